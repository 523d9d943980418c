package cn

import (
	"regexp"
	"strings"
)

// OrgKind is the kind of a company's number.
type OrgKind string

// The kinds still met in old files; the store keeps each as it is (docs/domain.md §6).
const (
	OrgNone         OrgKind = ""
	OrgUSCC         OrgKind = "uscc"            // 统一社会信用代码, 18 characters (GB 32100)
	OrgRegistration OrgKind = "registration_15" // 工商注册号 before 2015, 15 digits
	OrgCode         OrgKind = "org_code"        // 组织机构代码, 9 characters (GB 11714)
	OrgTax          OrgKind = "tax_15"          // 税务登记号: region and organisation code
	OrgUnknown      OrgKind = "unknown"
)

// OrgClass is the registering authority's class of body, from the first two characters (unconfirmed: a hint only).
type OrgClass string

// The classes a property office meets.
const (
	ClassCompany    OrgClass = "company"     // 91
	ClassSoleTrader OrgClass = "sole_trader" // 92
	ClassFarmCoop   OrgClass = "farm_coop"   // 93
	ClassSocial     OrgClass = "social"      // 51-53
	ClassPublic     OrgClass = "public"      // 11-13
)

// What can be the matter with a company's number.
const (
	OrgBadLength     Problem = "org.bad_length"
	OrgBadCharacter  Problem = "org.bad_character"   // I O S V Z never occur; characters 3 to 8 are digits
	OrgBadCheck      Problem = "org.bad_check"       // the last character does not fit
	OrgBadInnerCheck Problem = "org.bad_inner_check" // the organisation code inside does not fit its own
	OrgExcelRounded  Problem = "org.excel_rounded"
)

// Org is a company's number as understood.
type Org struct {
	Original string
	Kind     OrgKind
	Class    OrgClass
	Code     string // folded, upper case, no spaces or dashes
	Inner    string // the GB 11714 code, when the number contains one
	Problems []Problem
}

const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var (
	usccShape    = regexp.MustCompile(`^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$`)
	orgCodeShape = regexp.MustCompile(`^[0-9A-Z]{8}[0-9X]$`)
	taxShape     = regexp.MustCompile(`^\d{6}[0-9A-Z]{8}[0-9X]$`)
)

// ParseOrg reads a unified social credit code or one of its forerunners.
func ParseOrg(text string) Org {
	o := Org{Original: text}
	if IsPlaceholder(text) {
		return o
	}
	n := Compact(text)
	if idScientist.MatchString(n) {
		o.Kind, o.Code, o.Problems = OrgUnknown, n, []Problem{OrgExcelRounded}
		return o
	}
	n = strings.ReplaceAll(foldDashes(n), "-", "")
	o.Code = n
	switch {
	case allDigits(n) && len(n) == 15:
		o.Kind = OrgRegistration
	case taxShape.MatchString(n) && orgCheck(n[6:14]) == n[14]:
		o.Kind, o.Inner = OrgTax, n[6:]
	case orgCodeShape.MatchString(n):
		o.Kind, o.Inner = OrgCode, n
		if orgCheck(n[:8]) != n[8] {
			o.add(OrgBadCheck)
		}
	case usccShape.MatchString(n):
		o.readUSCC()
	case len(n) == 18:
		o.Kind = OrgUSCC
		o.add(OrgBadCharacter)
	default:
		o.Kind = OrgUnknown
		o.add(OrgBadLength)
	}
	return o
}

func (o *Org) readUSCC() {
	o.Kind, o.Inner = OrgUSCC, o.Code[8:17]
	switch o.Code[:2] {
	case "91":
		o.Class = ClassCompany
	case "92":
		o.Class = ClassSoleTrader
	case "93":
		o.Class = ClassFarmCoop
	case "51", "52", "53":
		o.Class = ClassSocial
	case "11", "12", "13":
		o.Class = ClassPublic
	}
	if usccCheck(o.Code[:17]) != o.Code[17] {
		o.add(OrgBadCheck)
	}
	if orgCheck(o.Inner[:8]) != o.Inner[8] {
		o.add(OrgBadInnerCheck)
	}
	if strings.HasSuffix(o.Code, "000") && allDigits(o.Code) && len(o.Problems) > 0 {
		o.add(OrgExcelRounded)
	}
}

func (o *Org) add(p Problem) { o.Problems = append(o.Problems, p) }

// usccCheck is the check character of 17 characters of the alphabet (GB 32100, MOD 31).
func usccCheck(body string) byte {
	sum, weight := 0, 1
	for i := range len(body) {
		sum += weight * strings.IndexByte(usccAlphabet, body[i])
		weight = weight * 3 % 31
	}
	return usccAlphabet[(31-sum%31)%31]
}

// orgCheck is the check character of 8 digits or capitals (GB 11714, MOD 11).
func orgCheck(body string) byte {
	sum := 0
	for i, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		c := body[i]
		if isDigit(c) {
			sum += w * int(c-'0')
		} else {
			sum += w * int(c-'A'+10)
		}
	}
	return "0X987654321"[sum%11]
}
