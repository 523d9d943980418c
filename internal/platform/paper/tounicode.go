package paper

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf16"
)

// The PDF writer maps glyphs back to characters in plain streams, and writes a character beyond the first plane as its code
// point of five digits, where a PDF has UTF-16: it draws rightly, and whoever searches or copies it gets another character.
var (
	mapStream = regexp.MustCompile(`/Length (\d+)\n>>\nstream\n(/CIDInit [^\x00]*?CMapName currentdict /CMap defineresource pop end end\n)endstream`)
	farMapped = regexp.MustCompile(`><([0-9A-F]{5,6})>\n`)
	titleText = regexp.MustCompile(`/Title <FEFF([0-9A-F]*)>\n`)
	tableLine = regexp.MustCompile(`(?m)^(\d{10}) 00000 n`)
	tableAt   = regexp.MustCompile(`startxref\n(\d+)\n`)
)

// edit is a stretch of the PDF and what stands there instead.
type edit struct {
	from, to int
	text     []byte
}

// mendMaps writes those maps as they should be, and the places of what follows them anew.
func mendMaps(pdf []byte, title string) ([]byte, error) {
	var edits []edit
	for _, m := range mapStream.FindAllSubmatchIndex(pdf, -1) {
		body := pdf[m[4]:m[5]]
		mended := farMapped.ReplaceAllFunc(body, func(b []byte) []byte {
			n, err := strconv.ParseUint(string(b[2:len(b)-2]), 16, 32)
			if err != nil {
				return b
			}
			high, low := utf16.EncodeRune(rune(n))
			return fmt.Appendf(nil, "><%04X%04X>\n", high, low)
		})
		if len(mended) == len(body) {
			continue
		}
		edits = append(edits, edit{m[2], m[3], strconv.AppendInt(nil, int64(len(mended)), 10)}, edit{m[4], m[5], mended})
	}
	if m := titleText.FindSubmatchIndex(pdf); m != nil {
		edits = append(edits, edit{m[2], m[3], utf16Hex(title)})
	}
	if len(edits) == 0 {
		return pdf, nil
	}
	at := tableAt.FindAllSubmatchIndex(pdf, -1)
	if len(at) == 0 {
		return nil, errors.New("paper: the PDF has no table of its objects")
	}
	end := at[len(at)-1]
	table, err := strconv.Atoi(string(pdf[end[2]:end[3]]))
	if err != nil || table > end[0] {
		return nil, errors.New("paper: the PDF's table is not where it should be")
	}
	for _, l := range tableLine.FindAllSubmatchIndex(pdf[table:end[0]], -1) {
		from := table + l[2]
		n, _ := strconv.Atoi(string(pdf[from : from+10]))
		edits = append(edits, edit{from, from + 10, fmt.Appendf(nil, "%010d", moved(edits, n))})
	}
	slices.SortFunc(edits, func(a, b edit) int { return a.from - b.from })
	edits = append(edits, edit{end[2], end[3], strconv.AppendInt(nil, int64(moved(edits, table)), 10)})
	var out bytes.Buffer
	done := 0
	for _, e := range edits {
		out.Write(pdf[done:e.from])
		out.Write(e.text)
		done = e.to
	}
	out.Write(pdf[done:])
	return out.Bytes(), nil
}

func utf16Hex(s string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		out = fmt.Appendf(out, "%04X", unit)
	}
	return out
}

// moved is where a place of the PDF comes to lie.
func moved(edits []edit, at int) int {
	shift := 0
	for _, e := range edits {
		if e.to <= at {
			shift += len(e.text) - (e.to - e.from)
		}
	}
	return at + shift
}
