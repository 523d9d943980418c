package doctext

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hudang/internal/platform/filekind"
	"hudang/internal/platform/sheet"
)

// Limits of what is shown, and of what is unpacked for it.
const (
	mostText     = 64 << 10 // bytes of text
	mostRows     = 200      // of a table
	mostColumns  = 30
	mostCell     = 300 // characters
	mostUnpacked = 16 << 20
	mostRead     = 16 << 20 // of a file without a container
	mostParts    = 500      // of a mail, or pages of a document
	mostDepth    = 8        // of mails within mails
	mostFacts    = 40
)

// Text is what was read of a document.
type Text struct {
	Facts []Fact
	Lines []string
	Table [][]string // the first table of a workbook; its sheet is a fact
	Files []string   // names of what is attached
	Cut   bool       // there is more than is shown
}

// Fact is one thing said of a document. Name is the end of a catalogue key; what a document names itself is in Label.
type Fact struct{ Name, Label, Value string }

// Empty reports a document in which no word was found.
func (t Text) Empty() bool { return len(t.Lines) == 0 && len(t.Table) == 0 && len(t.Facts) == 0 }

// reader reads one kind.
type reader func(r io.ReaderAt, size int64) (Text, error)

var readers = map[filekind.Kind]reader{
	filekind.Word: office(wordParts), filekind.Slides: office(slideParts), "odt": office(contentPart), "odp": office(contentPart), "odg": office(contentPart), "ods": office(contentPart),
	filekind.OFD: readOFD, filekind.Mail: readMail, filekind.MHT: readMail, filekind.Text: readPlain, filekind.RTF: readRTF,
	filekind.OldWord: readOldWord, filekind.OldPPT: readOldSlides, filekind.Outlook: readOutlook,
	filekind.XML: readXML, filekind.Word03: readXML,
	filekind.Excel: readTable, filekind.OldXLS: readTable, filekind.CSV: readCSV, filekind.Table03: readXMLTable,
}

// Reads reports a kind whose words can be read.
func Reads(k filekind.Kind) bool { return readers[k] != nil }

var errUnread = errors.New("doctext: no reader for this kind")

// Of reads the words of a document.
func Of(k filekind.Kind, r io.ReaderAt, size int64) (t Text, err error) {
	defer func() {
		if v := recover(); v != nil { // a reader that lost its way has met a broken file
			t, err = Text{}, fmt.Errorf("doctext: %v", v)
		}
	}()
	read := readers[k]
	if read == nil {
		return Text{}, errUnread
	}
	return read(r, size)
}

// lines gathers text up to the limit.
type lines struct {
	all  []string
	line strings.Builder
	left int
	cut  bool
}

func newLines() *lines { return &lines{left: mostText} }

func (l *lines) add(text string) {
	if l.left <= 0 {
		l.cut = l.cut || strings.TrimSpace(text) != ""
		return
	}
	if len(text) > l.left {
		text, l.cut = strings.ToValidUTF8(text[:l.left], ""), true
	}
	l.left -= len(text)
	l.line.WriteString(text)
}

// end ends a line; two blank ones in a row are one.
func (l *lines) end() {
	text := strings.TrimRight(visible(l.line.String()), " \t")
	l.line.Reset()
	if text == "" && (len(l.all) == 0 || l.all[len(l.all)-1] == "") || len(l.all) >= mostText/8 {
		l.cut = l.cut || text != ""
		return
	}
	l.all = append(l.all, text)
}

func (l *lines) done() []string {
	l.end()
	for len(l.all) > 0 && l.all[len(l.all)-1] == "" {
		l.all = l.all[:len(l.all)-1]
	}
	return l.all
}

// write adds a text with its own ends of lines.
func (l *lines) write(text string) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for part := range strings.SplitSeq(text, "\n") {
		if l.left <= 0 && l.cut {
			return
		}
		l.add(part)
		l.end()
	}
}

// visible is a text without controls and marks that turn its direction.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && (r == utf8.RuneError || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r)) {
			return -1
		}
		return r
	}, text)
}

// fact adds something known of a document, unless it is said already or says nothing.
func (t *Text) fact(name, label, value string) {
	value = short(strings.Join(strings.Fields(visible(value)), " "), mostCell)
	if f := (Fact{name, short(visible(label), 40), value}); value != "" && len(t.Facts) < mostFacts && !slices.Contains(t.Facts, f) {
		t.Facts = append(t.Facts, f)
	}
}

func short(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// whole reads a file that has no container, as far as is looked at.
func whole(r io.ReaderAt, size int64) (raw []byte, cut bool, err error) {
	raw = make([]byte, min(size, mostRead))
	if n, err := r.ReadAt(raw, 0); n < len(raw) {
		return nil, false, errors.Join(io.ErrUnexpectedEOF, err)
	}
	return raw, size > mostRead, nil
}

func readPlain(r io.ReaderAt, size int64) (Text, error) {
	raw := make([]byte, min(size, 4*mostText))
	if n, err := r.ReadAt(raw, 0); n < len(raw) {
		return Text{}, errors.Join(io.ErrUnexpectedEOF, err)
	}
	l := newLines()
	l.write(decode(raw, ""))
	return Text{Lines: l.done(), Cut: l.cut || size > int64(len(raw))}, nil
}

// readTable reads the beginning of a workbook's first sheet that is not hidden.
func readTable(r io.ReaderAt, size int64) (Text, error) {
	book, err := sheet.Open(r, size, "", sheet.Limits{})
	if err != nil {
		return Text{}, err
	}
	var t Text
	for _, s := range book.Sheets() {
		if s.Hidden {
			continue
		}
		if book.Format != sheet.CSV {
			t.fact("sheet", "", s.Name)
		}
		if len(t.Table) > 0 {
			continue // its name is enough
		}
		for row, err := range s.Rows() {
			if err != nil {
				return t, err
			}
			if len(t.Table) >= mostRows {
				t.Cut = true
				break
			}
			t.Table = append(t.Table, cells(row, &t.Cut))
		}
	}
	return t, nil
}

func cells(row sheet.Row, cut *bool) []string {
	var out []string
	for i, c := range row.Cells {
		if i >= mostColumns {
			*cut = true
			break
		}
		out = append(out, short(visible(c.Text), mostCell))
	}
	return out
}

// readCSV reads a table of text; what is no table in the end is read as text.
func readCSV(r io.ReaderAt, size int64) (Text, error) {
	if t, err := readTable(r, size); err == nil {
		return t, nil
	}
	return readPlain(r, size)
}

// readXMLTable reads a table in XML; where that is beyond the reader, its words.
func readXMLTable(r io.ReaderAt, size int64) (Text, error) {
	if t, err := readTable(r, size); err == nil {
		return t, nil
	}
	return readXML(r, size)
}
