package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// textCell is a cell holding text as the file has it. Control characters that no spreadsheet can hold are left out
// of Text, broken UTF-8 becomes U+FFFD.
func textCell(raw string) Cell {
	if raw == "" {
		return Cell{}
	}
	text := clean(raw)
	c := Cell{Text: text, Raw: raw, Kind: Text, Ruined: looksRuined(text)}
	if text == "" {
		c.Kind = Empty
	}
	return c
}

// clean makes a text valid UTF-8 without control characters other than tab, LF and CR, and without U+FFFE, U+FFFF.
func clean(s string) string {
	if !strings.ContainsFunc(s, unfit) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r != utf8.RuneError && unfit(r) {
			return -1
		}
		return r // broken bytes arrive here as U+FFFD
	}, s)
}

func unfit(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF
}

// looksRuined finds what Excel leaves of a long number once the file went through it as text: 4.40103E+17, ########.
// A room called 1E2 or 4e is not that: Excel always writes the sign and two digits.
func looksRuined(s string) bool {
	if len(s) >= 3 && strings.Trim(s, "#") == "" {
		return true
	}
	head, exp, found := strings.Cut(strings.TrimPrefix(s, "-"), "E+")
	if !found || len(exp) < 2 || len(exp) > 3 || !digits(exp) {
		return false
	}
	whole, frac, dot := strings.Cut(head, ".")
	return len(whole) == 1 && digits(whole) && (!dot || digits(frac))
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// numberCell is a cell holding a number in a format.
func numberCell(n float64, raw string, f numberFormat, date1904 bool) Cell {
	c := Cell{Raw: raw, Format: f.code, Number: n, Kind: Number}
	if f.date != notDate && n >= 0 && n < maxSerial {
		c.Kind, c.Serial, c.Date1904 = Date, true, date1904
		c.Text = serialText(n, f.date, date1904)
		return c
	}
	c.Text = plain(n)
	c.Ruined = math.Abs(n) >= 1e15
	if pad := f.zeros - len(c.Text); pad > 0 && n >= 0 && digits(c.Text) {
		c.Text = strings.Repeat("0", pad) + c.Text
	}
	return c
}

// plain writes a number whole, with the 15 digits a spreadsheet shows: 98.65 is stored as 98.650000000000006.
func plain(n float64) string {
	if math.Abs(n) < 1e15 && n == math.Trunc(n) {
		return strconv.FormatInt(int64(n), 10)
	}
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return strconv.FormatFloat(n, 'g', -1, 64)
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'e', 14, 64), 64)
	if err != nil {
		rounded = n
	}
	if a := math.Abs(rounded); a >= 1e30 || a < 1e-15 {
		return strconv.FormatFloat(rounded, 'g', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// parseNumber accepts a decimal number only; strconv would also take hexadecimal, underscores, Inf and NaN.
func parseNumber(s string) (float64, bool) {
	if s == "" || len(s) > 400 || strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}

// maxSerial is the day after 9999-12-31.
const maxSerial = 2_958_466

const day = 24 * 60 * 60

// serialText writes a serial as the person sees it, in ISO form. Excel takes 1900 for a leap year: serial 60 is a
// 29 February that never was, and is written so.
func serialText(serial float64, kind dateKind, date1904 bool) string {
	secs := int64(math.Round(serial * day))
	whole, rest := secs/day, secs%day
	clock := func(h int64) string {
		b := make([]byte, 0, 10)
		b = appendTwo(b, h)
		b = appendTwo(append(b, ':'), rest/60%60)
		return string(appendTwo(append(b, ':'), rest%60))
	}
	if kind == timeOnly {
		return clock(whole*24 + rest/3600)
	}
	text := dayText(whole, date1904)
	if rest != 0 {
		text += " " + clock(rest/3600)
	}
	return text
}

func appendTwo(b []byte, n int64) []byte {
	if n < 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, n, 10)
}

func dayText(serial int64, date1904 bool) string {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial == 0:
		return "1900-01-00" // what Excel shows for an empty cell fetched by a formula
	case serial == 60:
		return "1900-02-29"
	case serial < 60:
		epoch = epoch.AddDate(0, 0, 1)
	}
	return epoch.AddDate(0, 0, int(serial)).Format(time.DateOnly)
}

// serialOf is the serial of an ISO date, for the years where all programs agree on it.
func serialOf(iso string) (float64, bool) {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil || t.Before(time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)) {
		return 0, false
	}
	return float64((t.Unix() - time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()) / day), true
}

// tooLong reports whether a text has more characters than allowed.
func tooLong(s string, limit int) bool {
	return len(s) > limit && utf8.RuneCountInString(s) > limit
}

// stringTable keeps many texts in one block of memory.
type stringTable struct {
	block []byte
	ends  []uint32
}

// The bounds of a table of texts: far above any roster, and what keeps a hostile file's memory in check.
const (
	maxTableBytes = 128 << 20
	maxTableTexts = 10_000_000
)

// add appends a text; false when the table is full.
func (t *stringTable) add(text []byte) bool {
	if len(t.ends) >= maxTableTexts || len(t.block)+len(text) > maxTableBytes {
		return false
	}
	t.block = append(t.block, text...)
	t.ends = append(t.ends, uint32(len(t.block)))
	return true
}

func (t *stringTable) len() int { return len(t.ends) }

func (t *stringTable) at(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return string(t.block[from:t.ends[i]]), true
}
