package roster

import (
	"regexp"
	"strconv"
	"strings"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/sheet"
)

// pending notes a cell that says that its fact is still to come.
func (t *tableReader) pending(v value) { t.pendingIn(v, v.text) }

// pendingIn does so for a part of a cell.
func (t *tableReader) pendingIn(v value, part string) {
	if cn.ParseDate(part, cn.DateContext{}).None == cn.NonePending {
		t.note(v, ToCome, Warning, nil)
	}
}

// empty reports a cell that says that there is nothing, or nothing that can be read.
func (t *tableReader) empty(v value) bool {
	if t.broken(v) {
		return true
	}
	if blank(v.text) {
		t.pending(v)
		return true
	}
	return false
}

// errorText is what a spreadsheet shows where a formula failed; copied as text it looks like a value.
var errorText = regexp.MustCompile(`^#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)$`)

// broken reports a cell whose content a spreadsheet has spoilt.
func (t *tableReader) broken(v value) bool {
	switch {
	case errorText.MatchString(v.text):
		t.note(v, CellBroken, Ask, nil)
		return true
	case v.cell == nil:
	case v.cell.Kind == sheet.Error || v.cell.Kind == sheet.Uncomputed:
		t.note(v, CellBroken, Ask, nil)
		return true
	case v.cell.Ruined && !v.keep && (testable(v.field) == ID || testable(v.field) == Phone || v.field == USCC || v.field.date()):
		t.note(v, Ruined, Ask, nil)
		return true
	}
	return false
}

// date reads a date; one that has several readings is left out and asked.
func (t *tableReader) date(v value) Date {
	d := Date{Typed: v.typed}
	if v.cell != nil && v.cell.Kind == sheet.Date && !v.answered {
		day, _, _ := strings.Cut(v.text, " ")
		if parsed, err := cn.ParseStored(day); err == nil {
			d.Date = parsed
			return t.plausible(v, d)
		}
	}
	read := t.readDate(v.text, v.cell != nil && v.cell.Kind == sheet.Number && !v.answered)
	d.Date, d.None = read.Date, read.None
	if len(read.Problems) == 0 {
		if read.None == cn.NonePending {
			t.note(v, ToCome, Warning, nil)
		}
		return t.plausible(v, d)
	}
	if read.Problems[0] == cn.DateMaybeSerial {
		if serial, ok := t.serial(v); ok {
			d.Date = serial
			return t.plausible(v, d)
		}
	}
	var candidates []string
	for _, c := range read.Candidates {
		candidates = append(candidates, c.String())
	}
	t.note(v, read.Problems[0].Key(), Ask, candidates)
	return d
}

// plausible leaves a day out that nobody plans so far ahead, and asks: 2035 for 2025. A lease may well end then.
func (t *tableReader) plausible(v value, d Date) Date {
	stored := d.Date.String()
	if v.field == LeaseTo || !cn.FarAhead(stored, t.in.Today) && (v.field != Birth || !cn.AfterToday(stored, t.in.Today)) {
		return d
	}
	t.note(v, cn.DateAhead.Key(), Ask, nil)
	return Date{Typed: d.Typed}
}

type dateKey struct {
	text   string
	number bool
}

// maxDates bounds the dates that are remembered: a roster has few different ones.
const maxDates = 20_000

func (t *tableReader) readDate(text string, number bool) cn.DateReading {
	key := dateKey{text, number}
	read, ok := t.dates[key]
	if !ok {
		read = cn.ParseDate(text, cn.DateContext{Today: t.in.Today, SheetYear: t.options.Year, NumberCell: number})
		if len(t.dates) < maxDates {
			t.dates[key] = read
		}
	}
	return read
}

// serial reads a bare day count, if an option or the whole column says that it is one.
func (t *tableReader) serial(v value) (cn.Date, bool) {
	column := false
	for i, h := range t.Headers {
		column = column || h.Column == v.at.Column && i < len(t.serials) && t.serials[i]
	}
	if t.options.Dates == DatesAsk && !column {
		return cn.Date{}, false
	}
	d, err := cn.ParseSerial(v.text, t.options.Dates == Dates1904 || t.options.Dates == DatesAsk && v.cell != nil && v.cell.Date1904)
	if err != nil {
		return cn.Date{}, false
	}
	if t.options.Dates == DatesAsk {
		t.whole(DateSerials, Warning, v.field)
	}
	return d, true
}

// phones reads a cell of telephone numbers; what went through a spreadsheet and lost digits is left out and asked. A word for
// none is among them: see noPhone.
func (t *tableReader) phones(v value) []cn.Phone {
	if t.empty(v) {
		return nil
	}
	if plainMobile(v.text) {
		return []cn.Phone{{Kind: cn.PhoneMobile, Digits: v.text}}
	}
	var out []cn.Phone
	for _, p := range cn.ParsePhones(v.text) {
		if p.Rest != "" && blank(p.Rest) {
			t.pendingIn(v, p.Rest)
			out = append(out, cn.Phone{Rest: p.Rest}) // its place in the order
		} else if t.doubts(v, p.Problems) {
			out = append(out, p)
		}
	}
	return out
}

// noPhone reports a word for none among the numbers of a cell.
func noPhone(p cn.Phone) bool { return p.Digits == "" && blank(p.Rest) && p.Label+p.Note == "" }

func plainMobile(s string) bool {
	return len(s) == 11 && s[0] == '1' && s[1] >= '3' && s[1] <= '9' && strings.Trim(s, "0123456789") == ""
}

// ids reads a cell of identity numbers; doubtful ones are kept and marked.
func (t *tableReader) ids(v value) []cn.LabelledID {
	if t.empty(v) {
		return nil
	}
	if len(v.text) == 18 && strings.Trim(v.text, "0123456789X") == "" {
		id := cn.ParseID(v.text, t.in.Today)
		if !t.doubts(v, id.Problems) {
			return nil
		}
		return []cn.LabelledID{{ID: id}}
	}
	var out []cn.LabelledID
	for _, id := range cn.ParseIDs(labelAfterBlank.ReplaceAllString(v.text, "\n$1"), t.in.Today) {
		if id.ID.Kind == cn.IDNone {
			t.pendingIn(v, id.ID.Original)
			out = append(out, id) // its place in the order
		} else if t.doubts(v, id.ID.Problems) {
			out = append(out, id)
		}
	}
	return out
}

// doubts notes what is the matter with a value, and reports whether it is kept all the same: of lost digits nothing else
// need be said.
func (t *tableReader) doubts(v value, problems []cn.Problem) bool {
	for _, p := range problems {
		if doubtful(p) == Ask && !v.keep {
			t.note(v, p.Key(), Ask, nil)
			return false
		}
	}
	for _, p := range problems {
		t.note(v, p.Key(), Warning, nil)
	}
	return true
}

func (t *tableReader) plates(v value) []cn.Plate {
	if t.empty(v) {
		return nil
	}
	if p := cn.ParsePlate(v.text); len(v.text) <= 12 && p.Kind != cn.PlateNone && p.Kind != cn.PlateUnknown && len(p.Problems) == 0 {
		return []cn.Plate{p}
	}
	var out []cn.Plate
	for _, p := range cn.ParsePlates(v.text) {
		if p.Kind != cn.PlateNone && t.doubts(v, p.Problems) {
			out = append(out, p)
		}
	}
	return out
}

// names reads a cell of names.
func (t *tableReader) names(v value) []cn.Name {
	if t.broken(v) {
		return nil
	}
	out := cn.ParseNames(v.text)
	if len(out) == 0 {
		t.pending(v)
	}
	for _, n := range out {
		t.doubts(v, n.Problems)
	}
	return out
}

// heads reads how many live there.
func (t *tableReader) heads(v value) int {
	if t.empty(v) {
		return 0
	}
	digits := strings.TrimRightFunc(cn.Compact(v.text), func(r rune) bool { return r > 127 })
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > 10_000 {
		t.note(v, NumberUnread, Ask, nil)
		return 0
	}
	return n
}
