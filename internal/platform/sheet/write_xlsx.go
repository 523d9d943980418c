package sheet

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"hudang/internal/platform/errs"
)

// Writer writes an .xlsx as a stream: each row goes out as it comes, nothing is kept but a buffer, nothing touches
// the disk. Each sheet has a styled, frozen row of titles, a filter, and prints on A4 landscape, as wide as the page,
// with the titles on every page. The same input gives the same bytes.
type Writer struct {
	zip    *zip.Writer
	out    *bufio.Writer
	sheets []sheetOut
	row    []out
	buf    []byte
	err    error
	closed bool
}

// sheetOut is a sheet written or being written.
type sheetOut struct {
	name    string
	columns []Column
	rows    int
}

var _ Table = (*Writer)(nil)

// NewWriter begins an .xlsx file.
func NewWriter(w io.Writer) *Writer { return &Writer{zip: zip.NewWriter(w)} }

// Sheet ends the sheet before, if any, and begins a new one. A name that Excel would refuse is mended: forbidden
// characters, more than 31 characters, a name already taken.
func (w *Writer) Sheet(name string, columns []Column) error {
	if len(columns) == 0 || len(columns) > DefaultLimits.Columns {
		return fmt.Errorf("sheet: %d columns", len(columns))
	}
	if w.closed {
		return errClosed
	}
	w.endSheet()
	w.sheets = append(w.sheets, sheetOut{name: w.freeName(name), columns: columns, rows: 1})
	w.part("xl/worksheets/sheet" + strconv.Itoa(len(w.sheets)) + ".xml")
	w.write(sheetHead)
	if len(w.sheets) == 1 {
		w.write(` tabSelected="1"`)
	}
	w.write(sheetView)
	for i, c := range columns {
		n := strconv.Itoa(i + 1)
		w.write(`<col min="` + n + `" max="` + n + `" width="` + strconv.FormatFloat(c.width(), 'f', 2, 64) +
			`" style="` + strconv.Itoa(c.style()) + `" customWidth="1"/>`)
	}
	w.write(`</cols><sheetData><row r="1">`)
	for i, c := range columns {
		title := clean(c.Title)
		if tooLong(title, 255) {
			return fmt.Errorf("sheet: title of column %d too long", i+1)
		}
		w.cell(i+1, 1, styleHeader, out{text: title})
	}
	w.write(`</row>`)
	return w.err
}

var errClosed = errors.New("sheet: writer is closed or has no sheet")

// Row writes one row of the present sheet.
func (w *Writer) Row(row ...any) error {
	if w.out == nil || w.closed {
		return errClosed
	}
	s := &w.sheets[len(w.sheets)-1]
	if s.rows >= DefaultLimits.Rows {
		return errs.E(errs.Invalid, "sheet.too_many_rows", DefaultLimits.Rows)
	}
	var err error
	if w.row, err = values(w.row[:0], s.columns, row); err != nil {
		return err
	}
	s.rows++
	w.write(`<row r="` + strconv.Itoa(s.rows) + `">`)
	for i, c := range s.columns {
		o := out{}
		if i < len(w.row) {
			o = w.row[i]
		}
		style := c.style()
		if c.Kind == DateColumn && !o.number {
			if serial, ok := serialOf(o.text); ok {
				o = out{strconv.FormatFloat(serial, 'f', 0, 64), true}
			}
		}
		if !o.number && o.text != "" {
			style = styleText
		}
		w.cell(i+1, s.rows, style, o)
	}
	w.write(`</row>`)
	return w.err
}

// Close ends the file. A file without a sheet is an error.
func (w *Writer) Close() error {
	if w.closed {
		return w.err
	}
	w.closed = true
	if len(w.sheets) == 0 {
		return errClosed
	}
	w.endSheet()
	w.part("xl/styles.xml")
	w.write(stylesXML)
	w.part("xl/workbook.xml")
	w.write(workbookHead)
	for i, s := range w.sheets {
		n := strconv.Itoa(i + 1)
		w.write(`<sheet name="` + escaped(s.name) + `" sheetId="` + n + `" r:id="rId` + n + `"/>`)
	}
	w.write(`</sheets><definedNames>`)
	for i, s := range w.sheets {
		ref := escaped("'" + strings.ReplaceAll(s.name, "'", "''") + "'!")
		local := `" localSheetId="` + strconv.Itoa(i)
		w.write(`<definedName name="_xlnm._FilterDatabase` + local + `" hidden="1">` + ref + "$A$1:$" +
			columnName(len(s.columns)) + "$" + strconv.Itoa(s.rows) + `</definedName>`)
		w.write(`<definedName name="_xlnm.Print_Titles` + local + `">` + ref + `$1:$1</definedName>`)
	}
	w.write(`</definedNames></workbook>`)
	w.relations()
	w.flush()
	if err := w.zip.Close(); w.err == nil {
		w.err = err
	}
	return w.err
}

func (w *Writer) relations() {
	rel, override := "", ""
	for i := range w.sheets {
		n := strconv.Itoa(i + 1)
		rel += `<Relationship Id="rId` + n + `" Type="` + relOffice + `worksheet" Target="worksheets/sheet` + n + `.xml"/>`
		override += `<Override PartName="/xl/worksheets/sheet` + n + `.xml" ContentType="` + typeSheetML + `worksheet+xml"/>`
	}
	styles := `<Relationship Id="rId` + strconv.Itoa(len(w.sheets)+1) + `" Type="` + relOffice + `styles" Target="styles.xml"/>`
	w.part("xl/_rels/workbook.xml.rels")
	w.write(xmlHead + `<Relationships xmlns="` + relPackage + `">` + rel + styles + `</Relationships>`)
	w.part("_rels/.rels")
	w.write(xmlHead + `<Relationships xmlns="` + relPackage + `"><Relationship Id="rId1" Type="` + relOffice +
		`officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	w.part("[Content_Types].xml")
	w.write(contentTypesHead + override + `</Types>`)
}

func (w *Writer) endSheet() {
	if w.out == nil {
		return
	}
	s := w.sheets[len(w.sheets)-1]
	w.write(`</sheetData><autoFilter ref="A1:` + cellName(len(s.columns), s.rows) + `"/>` + sheetFoot)
}

// part begins a file inside the archive; the one before is complete.
func (w *Writer) part(name string) {
	w.flush()
	in, err := w.zip.Create(name)
	if err != nil {
		in = io.Discard
		if w.err == nil {
			w.err = err
		}
	}
	if w.out == nil {
		w.out = bufio.NewWriterSize(in, 64<<10)
	} else {
		w.out.Reset(in)
	}
}

func (w *Writer) flush() {
	if w.out == nil {
		return
	}
	if err := w.out.Flush(); w.err == nil {
		w.err = err
	}
}

// write keeps the first error.
func (w *Writer) write(s string) {
	if _, err := w.out.WriteString(s); w.err == nil {
		w.err = err
	}
}

// cell writes a cell. An empty one is written too: it carries the border and, in a text column, the text format, so
// that an 18-digit number typed there later stays whole.
func (w *Writer) cell(col, row, style int, o out) {
	b := append(w.buf[:0], `<c r="`...)
	b = append(b, columnName(col)...)
	b = strconv.AppendInt(b, int64(row), 10)
	b = append(b, `" s="`...)
	b = strconv.AppendInt(b, int64(style), 10)
	switch {
	case o.number:
		b = append(b, `"><v>`...)
		b = append(b, o.text...)
		b = append(b, `</v></c>`...)
	case o.text == "":
		b = append(b, `"/>`...)
	default:
		b = append(b, `" t="inlineStr"><is><t xml:space="preserve">`...)
		b = appendEscaped(b, o.text, true)
		b = append(b, `</t></is></c>`...)
	}
	w.buf = b
	if _, err := w.out.Write(b); w.err == nil {
		w.err = err
	}
}

func escaped(s string) string { return string(appendEscaped(nil, s, false)) }

// appendEscaped writes a clean text for XML. In cells a carriage return, which XML would normalise away, is written
// _x000D_, and an underscore that might begin such an escape _x005F_.
func appendEscaped(b []byte, s string, cell bool) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '<':
			b = append(b, "&lt;"...)
		case c == '>':
			b = append(b, "&gt;"...)
		case c == '"':
			b = append(b, "&quot;"...)
		case c == '\r' && cell:
			b = append(b, "_x000D_"...)
		case c == '_' && cell && i+1 < len(s) && s[i+1] == 'x':
			b = append(b, "_x005F_"...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// freeName mends a sheet's name.
func (w *Writer) freeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return '_'
		}
		return r
	}, clean(name))
	if name = strings.Trim(cut(name, 31), "' "); name == "" {
		name = "Sheet" + strconv.Itoa(len(w.sheets)+1)
	}
	free := name
	for n := 2; w.taken(free); n++ {
		tail := "(" + strconv.Itoa(n) + ")"
		free = cut(name, 31-len(tail)) + tail
	}
	return free
}

func (w *Writer) taken(name string) bool {
	for _, s := range w.sheets {
		if strings.EqualFold(s.name, name) {
			return true
		}
	}
	return false
}

// cut shortens a text to n UTF-16 units, which is what Excel counts, without cutting a character.
func cut(s string, n int) string {
	used := 0
	for i, r := range s {
		if used += max(1, utf16.RuneLen(r)); used > n {
			return s[:i]
		}
	}
	return s
}
