package doctext

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"hudang/internal/platform/ole"
)

// ErrLocked is a document that needs a password.
var ErrLocked = errors.New("doctext: needs a password")

var errNoWords = errors.New("doctext: not a document as its container says")

// mostStream is how much of a stream of old Office is read: text stands before pictures or beside them.
const mostStream = 16 << 20

// readOldWord reads Word 97 to 2003 ([MS-DOC]), and WPS, which writes the same: its text lies in pieces, which a table of
// the second stream names. Of Word 6 and 95 the text lies in one piece.
func readOldWord(r io.ReaderAt, size int64) (Text, error) {
	f, err := ole.Open(r, size)
	if err != nil {
		return Text{}, err
	}
	doc, err := f.Stream("WordDocument", mostStream)
	if err != nil || len(doc) < 0x22 {
		return Text{}, errors.Join(errNoWords, err)
	}
	flags := binary.LittleEndian.Uint16(doc[10:])
	if flags&0x100 != 0 {
		return Text{}, ErrLocked
	}
	l := newLines()
	w := &wordText{lines: l}
	if version := binary.LittleEndian.Uint16(doc[2:]); version < 106 || len(doc) < 0x1AA {
		from, to := binary.LittleEndian.Uint32(doc[0x18:]), binary.LittleEndian.Uint32(doc[0x1C:])
		if from > to || int64(to) > int64(len(doc)) {
			return Text{}, errNoWords
		}
		w.write(decode(doc[from:to], ""))
		return Text{Lines: l.done(), Cut: l.cut}, nil
	}
	name := "0Table"
	if flags&0x200 != 0 {
		name = "1Table"
	}
	table, err := f.Stream(name, mostStream)
	if err != nil {
		return Text{}, err
	}
	from, n := int64(binary.LittleEndian.Uint32(doc[0x1A2:])), int64(binary.LittleEndian.Uint32(doc[0x1A6:]))
	if from+n > int64(len(table)) {
		return Text{}, errNoWords
	}
	if err := w.pieces(doc, table[from:from+n]); err != nil {
		return Text{}, err
	}
	return Text{Lines: l.done(), Cut: l.cut || size > mostStream && l.full()}, nil
}

// wordText writes Word's characters as lines: some of them are marks of the page.
type wordText struct {
	lines *lines
	code  int // fields that are open: their instructions are no text
	bare  strings.Builder
}

func (w *wordText) pieces(doc, table []byte) error {
	for len(table) > 0 && table[0] == 1 { // what a piece may look like
		if len(table) < 3 || len(table) < 3+int(binary.LittleEndian.Uint16(table[1:])) {
			return errNoWords
		}
		table = table[3+int(binary.LittleEndian.Uint16(table[1:])):]
	}
	if len(table) < 5 || table[0] != 2 {
		return errNoWords
	}
	table = table[5:]
	n := (len(table) - 4) / 12
	for i := range max(n, 0) {
		first, last := binary.LittleEndian.Uint32(table[4*i:]), binary.LittleEndian.Uint32(table[4*i+4:])
		at := binary.LittleEndian.Uint32(table[4*(n+1)+8*i+2:])
		if last < first || w.lines.full() {
			break
		}
		from, chars, each := int64(at), int64(last-first), int64(2)
		if at&0x40000000 != 0 {
			from, each = int64(at&^0x40000000)/2, 1
		}
		if from > int64(len(doc)) {
			w.lines.cut = true // beyond what was read, or lost
			continue
		}
		part := doc[from:min(from+chars*each, int64(len(doc)))]
		if each == 1 {
			text, _ := charmap.Windows1252.NewDecoder().Bytes(part) // every byte stands for something
			w.write(string(text))
		} else {
			w.write(utf16LE(part))
		}
	}
	return nil
}

func utf16LE(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

func (w *wordText) write(text string) {
	for _, r := range text {
		switch {
		case r == 0x13:
			w.code++
		case r == 0x14 || r == 0x15:
			w.code = max(w.code-1, 0)
		case w.code > 0:
		case r == '\r' || r == '\v' || r == '\f' || r == '\n':
			w.lines.add(w.bare.String())
			w.bare.Reset()
			w.lines.end()
		case r == 7: // the end of a cell
			w.bare.WriteByte('\t')
		case r == 0x1E: // a hyphen that does not part
			w.bare.WriteByte('-')
		case r >= ' ' || r == '\t':
			w.bare.WriteRune(r)
		}
	}
	w.lines.add(w.bare.String())
	w.bare.Reset()
}

// Containers whose text is a template's.
const (
	masterSlide = 1016
	slideTexts  = 4080 // of masters, when its number is 1
)

// readOldSlides reads PowerPoint 97 to 2003 ([MS-PPT]): records within records, some of which are text.
func readOldSlides(r io.ReaderAt, size int64) (Text, error) {
	f, err := ole.Open(r, size)
	if err != nil {
		return Text{}, err
	}
	doc, err := f.Stream("PowerPoint Document", 2*mostStream)
	if err != nil || len(doc) < 8 {
		return Text{}, errors.Join(errNoWords, err)
	}
	if f.Has("EncryptedSummary") {
		return Text{}, ErrLocked
	}
	l := newLines()
	seen := map[string]bool{} // a master's words stand again in other records
	for len(doc) >= 8 && !l.full() {
		head, kind, n := binary.LittleEndian.Uint16(doc), binary.LittleEndian.Uint16(doc[2:]), int64(binary.LittleEndian.Uint32(doc[4:]))
		doc = doc[8:]
		if head&15 == 15 && kind != masterSlide && !(kind == slideTexts && head>>4 == 1) {
			continue // a container: what is in it follows
		}
		part := doc[:min(n, int64(len(doc)))]
		text := ""
		switch kind {
		case 4000:
			text = utf16LE(part)
		case 4008:
			raw, _ := charmap.Windows1252.NewDecoder().Bytes(part) // every byte stands for something
			text = string(raw)
		}
		if text = strings.Trim(strings.ReplaceAll(text, "\v", "\r"), "\r* "); text != "" && !seen[text] {
			seen[text] = true
			l.write(text)
			l.end()
		}
		doc = doc[len(part):]
	}
	return Text{Lines: l.done(), Cut: l.cut}, nil
}
