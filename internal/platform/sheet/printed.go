package sheet

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printed are the texts that a sheet prints above and below each page, without what the program fills in.
func (s *Sheet) Printed() ([]string, error) {
	lay, err := s.layout()
	if err != nil {
		return nil, err
	}
	return append(append([]string(nil), s.printed...), lay.printed...), nil
}

// printMark is a code within such a text: the place on the page, a font and its size, the page's number, the day, the file.
var printMark = regexp.MustCompile(`&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|.)`)

// mostBesideNumber is how long a text beside a page's number may be and say no more than that: "page  of ".
const mostBesideNumber = 8

// printedTexts are the texts of a head or foot, each part of the page its own.
func printedTexts(text string) []string {
	var out []string
	b := &strings.Builder{}
	numbered := false
	end := func() {
		said := strings.TrimSpace(clean(b.String()))
		letters := utf8.RuneCountInString(strings.Join(strings.Fields(said), ""))
		if strings.ContainsFunc(said, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) && (!numbered || letters > mostBesideNumber) {
			out = append(out, said)
		}
		b.Reset()
		numbered = false
	}
	for text != "" {
		at := printMark.FindStringIndex(text)
		if at == nil || at[0] > 0 {
			plain := text
			if at != nil {
				plain = text[:at[0]]
			}
			b.WriteString(plain)
			text = text[len(plain):]
			continue
		}
		switch mark := text[:at[1]]; mark {
		case "&L", "&C", "&R":
			end()
		case "&P", "&N":
			numbered = true
		case "&&":
			b.WriteByte('&')
		}
		text = text[at[1]:]
	}
	end()
	return out
}

// maxPrinted is above what a sheet can print: six texts.
const maxPrinted = 16

// print adds the texts of a head or foot.
func (l *layout) print(text string) {
	for _, said := range printedTexts(text) {
		if len(l.printed) < maxPrinted {
			l.printed = append(l.printed, said)
		}
	}
}

// elementText is the text of the element just started, up to its end.
func (x *xmlScanner) elementText() (string, error) {
	depth := x.depth()
	x.maxText, x.text, x.keep = max(x.maxText, maxSmall), x.text[:0], true
	defer func() { x.keep = false }()
	for {
		switch event, err := x.next(); {
		case err != nil:
			return "", xmlRefusal(err)
		case event == xmlEOF || event == xmlEnd && x.depth() < depth:
			out, _ := unescape(nil, x.text)
			return string(unescapeXHHHH(out)), nil
		}
	}
}

// altText is what somebody wrote about a picture; a program puts the name of the file there, which tells nothing.
func altText(x *xmlScanner) string {
	var out []string
	for _, name := range []string{"title", "descr"} {
		if text := strings.TrimSpace(clean(x.attrText(name))); text != "" && !fileNamed.MatchString(text) {
			out = append(out, text)
		}
	}
	return strings.Join(out, "\n")
}

var fileNamed = regexp.MustCompile(`(?i)^(.*\.(jpe?g|png|gif|bmp|tiff?|webp|heic|emf|wmf|svg)|(mmexport|IMG|image|picture|photo|screenshot)[\s_\-\d]*|\w{0,4}\p{Han}{2,4}(_\d{6,}\w*|\d{10,}| \d{1,3})|[0-9a-f]{16,})$`)
