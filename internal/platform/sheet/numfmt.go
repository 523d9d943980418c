package sheet

import "strings"

// dateKind says how a number format shows a number as time.
type dateKind uint8

const (
	notDate  dateKind = iota
	fullDate          // has a year, a month or a day
	timeOnly          // hours, minutes, seconds only
)

// numberFormat is what the readers need to know of a format code.
type numberFormat struct {
	code  string
	date  dateKind
	zeros int // a code of that many zeros pads whole numbers: 000000
}

// formatOf reads a format code. The first section decides; quoted, escaped and bracketed parts are not letters.
func formatOf(code string) numberFormat {
	f := numberFormat{code: code}
	if code == "" || code == "General" {
		return numberFormat{}
	}
	if len(code) > 1 && strings.Trim(code, "0") == "" {
		f.zeros = min(len(code), 32)
		return f
	}
	letters := formatLetters(code)
	letters = strings.ReplaceAll(letters, "am/pm", "")
	letters = strings.ReplaceAll(letters, "a/p", "")
	letters = strings.ReplaceAll(letters, "general", "")
	if i := strings.Index(letters, "s.0"); i >= 0 { // seconds with tenths
		letters = letters[:i+1] + strings.TrimLeft(letters[i+2:], "0")
	}
	if strings.ContainsAny(letters, "0#?@") {
		return f
	}
	clock := strings.ContainsAny(letters, "hs")
	switch {
	case strings.ContainsAny(letters, "yde") || strings.Contains(letters, "aaa"):
		f.date = fullDate
	case clock:
		f.date = timeOnly
	case strings.Contains(letters, "m"):
		f.date = fullDate
	}
	return f
}

// formatLetters is the first section of a code in lower case, without what only decorates. Of brackets only elapsed
// time stays: [h] [mm] [ss] against [Red] [$-804] [>100].
func formatLetters(code string) string {
	var b strings.Builder
	runes := []rune(strings.ToLower(code))
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; r {
		case ';':
			return b.String()
		case '\\', '_', '*':
			i++
		case '"':
			for i++; i < len(runes) && runes[i] != '"'; i++ {
			}
		case '[':
			var in []rune
			for i++; i < len(runes) && runes[i] != ']'; i++ {
				in = append(in, runes[i])
			}
			if t := string(in); t != "" && (strings.Trim(t, "h") == "" || strings.Trim(t, "m") == "" || strings.Trim(t, "s") == "") {
				b.WriteString("h")
			}
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// builtinFormats are the codes that files leave out (ECMA-376 part 1 §18.8.30). 27–36 and 50–58 are dates in the
// East Asian versions, whatever the letters.
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
	20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)",
	39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
	48: "##0.0E+0", 49: "@",
	27: "yyyy/m", 28: "m/d", 29: "m/d", 30: "m-d-yy", 31: "yyyy/m/d", 32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss",
	36: "yyyy/m", 50: "yyyy/m", 51: "m/d", 52: "yyyy/m", 53: "m/d", 54: "m/d", 55: "h:mm", 56: "h:mm:ss", 57: "yyyy/m", 58: "m/d",
}

// builtinFormat is the format of an id that the file does not define.
func builtinFormat(id int) numberFormat { return formatOf(builtinFormats[id]) }
