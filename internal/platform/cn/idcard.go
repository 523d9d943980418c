package cn

import (
	"regexp"
	"strings"
)

// IDKind is the kind of an identity paper.
type IDKind string

// The kinds told apart by form alone; the paper itself decides (docs/domain.md §6).
const (
	IDNone          IDKind = ""                  // nothing typed, or a placeholder
	IDResident      IDKind = "resident"          // 居民身份证, 18 characters (GB 11643)
	IDResidentOld   IDKind = "resident_15"       // the first generation, 15 digits
	IDHMTResidence  IDKind = "hmt_residence"     // 港澳台居民居住证
	IDForeignPR     IDKind = "foreign_pr"        // 外国人永久居留身份证 of 2023
	IDForeignPROld  IDKind = "foreign_pr_old"    // its forerunner: 3 letters, 12 digits
	IDHMTravel      IDKind = "hm_travel"         // 港澳居民来往内地通行证
	IDTaiwanTravel  IDKind = "taiwan_travel"     // 台湾居民来往大陆通行证
	IDPassport      IDKind = "passport"          // 中国护照, also of Hong Kong and Macau
	IDPassportOther IDKind = "passport_foreign"  // any other passport, and Taiwan's: 5 to 15 characters, no check
	IDMilitary      IDKind = "military"          // 军官证 and its like, free text
	IDHouseholdBook IDKind = "household_booklet" // 户口簿, free text
	IDUnknown       IDKind = "unknown"
)

// What can be the matter with an identity number.
const (
	IDWhose         Problem = "id.whose"          // of several people of a cell; nothing said of whom
	IDBadLength     Problem = "id.bad_length"     // digits, but neither 15 nor 18
	IDBadCharacter  Problem = "id.bad_character"  // a letter or sign where a digit belongs
	IDBadCheck      Problem = "id.bad_check"      // the last character does not fit
	IDBadDate       Problem = "id.bad_date"       // the calendar has no such birthday
	IDFutureBirth   Problem = "id.future_birth"   // born after today
	IDUnknownRegion Problem = "id.unknown_region" // no province has these first two digits
	IDExcelRounded  Problem = "id.excel_rounded"  // a spreadsheet kept 15 digits and lost the rest
	IDEndsInZeros   Problem = "id.ends_in_zeros"  // check digit fits, yet 000 at the end is what rounding leaves
	IDLooksLikeCell Problem = "id.looks_like_phone"
	IDNotUnderstood Problem = "id.not_understood"
)

// Sex as a resident id states it.
type Sex string

// The sexes; empty when the paper does not say.
const (
	Male   Sex = "male"
	Female Sex = "female"
)

// ID is an identity number as understood. Problems never stop it from being kept.
type ID struct {
	Original string // as typed
	Kind     IDKind
	Number   string // folded, upper case, no spaces
	Birth    Date
	Sex      Sex
	Problems []Problem
}

var (
	idShape18   = regexp.MustCompile(`^\d{17}[\dX]$`)
	idScientist = regexp.MustCompile(`^\d(\.\d+E\+?|E\+)\d{1,2}$`)
	idLabel     = regexp.MustCompile(`^((居民)?(身份证|护照|通行证|回乡证|台胞证|居住证|证件)(号码|号)?[:.]?|(ID|NO)[:.])`)
)

// idForms are the papers without a check digit, in the order they are tried.
var idForms = []struct {
	kind  IDKind
	shape *regexp.Regexp
}{
	{IDHMTravel, regexp.MustCompile(`^[HM]\d{8}(\d{2})?$`)},
	{IDTaiwanTravel, regexp.MustCompile(`^\d{8}$|^\d{10}\(?[A-Z]\)?$`)},
	{IDPassport, regexp.MustCompile(`^(E\d{8}|E[A-HJ-NP-Z]\d{7}|G\d{8}|1[45]\d{7}|(PE|SE|DE)\d{7}|[SDP]\.?\d{7,8}|K\d{8}|MA\d{7})$`)},
	{IDForeignPROld, regexp.MustCompile(`^[A-Z]{3}\d{12}$`)},
	{IDPassportOther, regexp.MustCompile(`^(\d{9}|[A-Z0-9]*[A-Z][A-Z0-9]*)$`)},
}

// ParseID reads an identity number. It marks what does not fit and repairs nothing.
func ParseID(text string, today Date) ID {
	id := ID{Original: text}
	if IsPlaceholder(text) {
		return id
	}
	id.Number = idLabel.ReplaceAllString(Compact(text), "")
	switch {
	case strings.ContainsAny(id.Number, "军兵警"):
		id.Kind = IDMilitary
	case strings.Contains(id.Number, "户口"):
		id.Kind = IDHouseholdBook
	case hasHan(id.Number):
		id.Kind, id.Problems = IDUnknown, []Problem{IDNotUnderstood}
	default:
		id.Number = strings.ReplaceAll(foldDashes(id.Number), "-", "")
		id.readNumber(today)
	}
	return id
}

func (id *ID) readNumber(today Date) {
	n := id.Number
	switch digits := len(digitsOf(n)); {
	case idScientist.MatchString(n):
		id.Kind = IDUnknown
		id.add(IDExcelRounded)
	case idShape18.MatchString(n):
		id.readEighteen(today)
	case allDigits(n) && len(n) == 15:
		id.Kind, id.Sex = IDResidentOld, sexOf(n[14])
		id.readRegion()
		id.readBirth("19"+n[6:12], today)
	case mobileShape.MatchString(n):
		id.Kind = IDUnknown
		id.add(IDLooksLikeCell)
	case len(n) == 18 && digits >= 14:
		id.Kind = IDResident
		id.add(IDBadCharacter)
	case id.readForm():
	case digits >= 10 && digits >= len(n)-1:
		id.Kind = IDResident
		id.add(IDBadLength)
	default:
		id.Kind = IDUnknown
		id.add(IDNotUnderstood)
	}
}

func (id *ID) readForm() bool {
	if len(id.Number) < 5 || len(id.Number) > 15 {
		return false
	}
	for _, form := range idForms {
		if form.shape.MatchString(id.Number) {
			if form.kind == IDPassportOther && strings.HasSuffix(id.Number, "X") && allDigits(id.Number[:len(id.Number)-1]) {
				return false // a resident id that lost digits
			}
			id.Kind = form.kind
			return true
		}
	}
	return false
}

// readEighteen checks the 18-character numbers: resident, residence permit, foreigner's card share one check digit.
func (id *ID) readEighteen(today Date) {
	n := id.Number
	switch {
	case n[0] == '9': // province 2, nation 3, birth 8, sequence 3; nobody writes that the sequence tells the sex
		id.Kind = IDForeignPR
	case strings.HasPrefix(n, "810000"), strings.HasPrefix(n, "820000"), strings.HasPrefix(n, "830000"):
		id.Kind, id.Sex = IDHMTResidence, sexOf(n[16])
	default:
		id.Kind, id.Sex = IDResident, sexOf(n[16])
		id.readRegion()
	}
	id.readBirth(n[6:14], today)
	fits := idCheck(n[:17]) == n[17]
	if !fits {
		id.add(IDBadCheck)
	}
	if strings.HasSuffix(n, "000") && fits {
		id.add(IDEndsInZeros)
	} else if strings.HasSuffix(n, "000") {
		id.add(IDExcelRounded)
	}
}

// idCheck is the check character of 17 digits (GB 11643, ISO 7064 MOD 11-2).
func idCheck(body string) byte {
	sum := 0
	for i, w := range [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * int(body[i]-'0')
	}
	return "10X98765432"[sum%11]
}

// readRegion looks at the province only: a code is that of the day of issue, and codes are abolished all the time.
func (id *ID) readRegion() {
	p := number(id.Number[:2])
	for _, r := range [][2]int{{11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}, {81, 83}} {
		if r[0] <= p && p <= r[1] {
			return
		}
	}
	id.add(IDUnknownRegion)
}

func (id *ID) readBirth(ymd string, today Date) {
	d, ok := Day(number(ymd[:4]), number(ymd[4:6]), number(ymd[6:]))
	switch {
	case !ok:
		id.add(IDBadDate)
	case !today.IsZero() && d.Compare(today) > 0:
		id.Birth = d
		id.add(IDFutureBirth)
	default:
		id.Birth = d
	}
}

func (id *ID) add(p Problem) { id.Problems = append(id.Problems, p) }

func sexOf(digit byte) Sex {
	if (digit-'0')%2 == 1 {
		return Male
	}
	return Female
}

// Lookups are all the numbers the same paper may be filed under: a resident's old and new number,
// a Hong Kong or Macau permit's lifelong nine characters (the last two count renewals).
func (id ID) Lookups() []string {
	n := id.Number
	switch {
	case n == "":
		return nil
	case id.Kind == IDResidentOld:
		body := n[:6] + "19" + n[6:]
		return []string{n, body + string(idCheck(body))}
	case id.Kind == IDResident && idShape18.MatchString(n) && n[6:8] == "19":
		return []string{n, n[:6] + n[8:17]}
	case id.Kind == IDHMTravel && len(n) == 11:
		return []string{n, n[:9]}
	}
	return []string{n}
}

// MaskID hides all but the last four characters; a short number keeps two (ui.md §5).
func MaskID(number string) string {
	n := Compact(number)
	if len(n) < 9 {
		return stars(n, min(2, len(n)/2))
	}
	return stars(n, 4)
}

// LabelledID is one identity number of a cell, with the name before its colon and the note in brackets.
type LabelledID struct {
	Label, Note string
	ID          ID
}

// ParseIDs reads a cell that may hold several, as "张三：110…、李四：110…(儿子)". Pieces not understood stay, as IDUnknown.
func ParseIDs(cell string, today Date) []LabelledID {
	var out []LabelledID
	for _, part := range splitCell(cell) {
		label, text := part.leadingName()
		pieces := []string{text}
		if len(text) <= maxCell && !ParseID(text, today).wellFormed() {
			pieces = strings.Fields(text)
		}
		if len(pieces) == 0 {
			pieces = []string{""}
		}
		for _, piece := range pieces {
			out = append(out, LabelledID{Label: label, Note: part.note, ID: ParseID(piece, today)})
		}
	}
	return out
}

// wellFormed is true when the whole text is one number, be its check digit wrong.
func (id ID) wellFormed() bool {
	return id.Kind == IDMilitary || id.Kind == IDHouseholdBook || idShape18.MatchString(id.Number) ||
		id.Kind != IDUnknown && len(id.Problems) == 0
}
