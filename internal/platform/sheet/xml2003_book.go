package sheet

import (
	"io"
	"strings"
)

// openXML2003 reads SpreadsheetML as Excel 2002 and 2003 and many export programs write it: one XML file with all sheets
// ([MS-OI29500] does not cover it; the XML Spreadsheet Reference does).
func openXML2003(r io.ReaderAt, size int64, lim Limits) (*Book, error) {
	head := make([]byte, min(size, 1<<10))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	text, n, err := utf8Text(r, size, declaredBy(head, xmlEncoding))
	if err != nil {
		return nil, err
	}
	b := &xmlBook{text: text, size: n, lim: lim, styles: map[string]xmlStyle{}}
	book := &Book{Format: XML2003}
	if err := b.look(book); err != nil {
		return nil, xmlRefusal(err)
	}
	book.Date1904 = b.date1904
	if len(book.sheets) == 0 {
		return nil, broken("xml table: no sheet")
	}
	return book, nil
}

// xmlBook is what the sheets of the file share.
type xmlBook struct {
	text     io.ReaderAt
	size     int64
	lim      Limits
	styles   map[string]xmlStyle
	date1904 bool
}

type xmlStyle struct {
	format numberFormat
	struck bool
}

// look goes over the whole file once, so that a damaged one is refused at once, and notes where each sheet starts.
func (b *xmlBook) look(book *Book) error {
	x := newXMLScanner(io.NewSectionReader(b.text, 0, b.size), maxSmall)
	style := ""
	visible := false
	for {
		event, err := x.next()
		if err != nil {
			return err
		}
		last := len(book.sheets) - 1
		switch {
		case event == xmlEOF:
			return nil
		case event == xmlEnd:
			if visible && last >= 0 {
				book.sheets[last].Hidden = strings.HasPrefix(strings.TrimSpace(string(x.text)), "SheetHidden") ||
					strings.HasPrefix(strings.TrimSpace(string(x.text)), "SheetVeryHidden")
			}
			visible, x.keep = false, false
			continue
		}
		switch string(x.name) {
		case "Date1904":
			b.date1904 = true
		case "Style":
			if style = x.ssText("ID"); len(b.styles) < maxStyles {
				b.styles[style] = b.styles[x.ssText("Parent")]
			}
		case "NumberFormat", "Font":
			if _, ok := b.styles[style]; ok && last < 0 {
				b.styles[style] = b.styles[style].with(x)
			}
		case "Worksheet":
			if last+1 >= maxSheets {
				return broken("xml table: more than %d sheets", maxSheets)
			}
			book.sheets = append(book.sheets, &Sheet{Name: clean(x.ssText("Name")), lim: b.lim, src: &xmlSource{book: b, at: x.began}})
		case "Header", "Footer":
			if text := x.ssText("Data"); last >= 0 && text != "" {
				lay := layout{printed: book.sheets[last].printed}
				lay.print(text)
				book.sheets[last].printed = lay.printed
			}
		case "Visible":
			visible, x.keep, x.text = true, true, x.text[:0]
		}
	}
}

// with adds what an element of a style says.
func (s xmlStyle) with(x *xmlScanner) xmlStyle {
	if string(x.name) == "Font" {
		s.struck = string(x.ss("StrikeThrough")) == "1"
		return s
	}
	code := x.ssText("Format")
	if named, ok := xmlFormats[code]; ok {
		code = named
	}
	if len(code) <= maxSmall {
		s.format = formatOf(clean(code))
	}
	return s
}

// xmlFormats are the formats that have a name here.
var xmlFormats = map[string]string{
	"General Number": "General", "General Date": "yyyy/m/d h:mm", "Long Date": `yyyy"-"mm"-"dd`, "Medium Date": "d-mmm-yy", "Short Date": "yyyy/m/d",
	"Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%",
	"Scientific": "0.00E+00", "Currency": "#,##0.00", "Euro Currency": "#,##0.00", "Yes/No": "General", "True/False": "General", "On/Off": "General",
}

// ss is an attribute of the spreadsheet's namespace, whatever its prefix.
func (x *xmlScanner) ss(name string) []byte {
	if v := x.attr("ss:" + name); v != nil {
		return v
	}
	if v := x.attr(name); v != nil {
		return v
	}
	rest := string(x.attrs)
	if i := strings.Index(rest, ":"+name+"="); i > 0 {
		prefix := rest[:i]
		if j := strings.LastIndexAny(prefix, " \t\r\n"); j >= 0 {
			return x.attr(prefix[j+1:] + ":" + name)
		}
	}
	return nil
}

func (x *xmlScanner) ssText(name string) string {
	v, _ := unescape(nil, x.ss(name))
	return string(v)
}

func (x *xmlScanner) ssNumber(name string) (int, bool) { return wholeNumber(x.ss(name)) }

func (x *xmlScanner) ssFlag(name string) bool { return string(x.ss(name)) == "1" }
