package sheet

import (
	"encoding/binary"
	"io"
	"math"

	"golang.org/x/text/encoding"

	"hudang/internal/platform/ole"
)

// xlsBook is what the sheets of a .xls share: BIFF8 (Excel 97 to 2003, WPS .et) or BIFF5 (Excel 5 and 95).
type xlsBook struct {
	stream   []byte
	lim      Limits
	biff8    bool
	page     encoding.Encoding
	strings  stringTable
	own      map[int]numberFormat
	formats  []numberFormat // by cell style (XF)
	styles   []int          // format ids, until all FORMAT records are known
	date1904 bool
	passed   []string // sheets that hold no cells
}

func openOLE(r io.ReaderAt, size int64, lim Limits) (*Book, error) {
	f, err := ole.Open(r, size)
	if err != nil {
		return nil, err
	}
	if f.Has("EncryptedPackage") || f.Has("EncryptionInfo") {
		return nil, refuse("sheet.encrypted")
	}
	for _, name := range []string{"Workbook", "WORKBOOK", "Book", "BOOK"} {
		stream, err := f.Stream(name, math.MaxInt32)
		if err != nil {
			return nil, err
		}
		if stream != nil {
			return openBIFF(stream, lim)
		}
	}
	return nil, refuse("sheet.unknown_format") // a letter, a presentation
}

func openBareBIFF(r io.ReaderAt, size int64, lim Limits) (*Book, error) {
	stream := make([]byte, size)
	if n, err := r.ReadAt(stream, 0); int64(n) < size {
		return nil, err
	}
	return openBIFF(stream, lim)
}

// boundSheet is a tab: where its records start.
type boundSheet struct {
	name   string
	hidden bool
	pos    int
}

func openBIFF(stream []byte, lim Limits) (*Book, error) {
	b := &xlsBook{stream: stream, lim: lim, page: codePage(0), own: map[int]numberFormat{}}
	recs := &biffRecords{stream: stream}
	if ok, err := recs.next(); err != nil || !ok || recs.id != recBOF || len(recs.data) < 4 {
		return nil, errBIFF
	}
	switch version := binary.LittleEndian.Uint16(recs.data); version {
	case 0x0600:
		b.biff8 = true
	case 0x0500:
	default:
		return nil, refuse("sheet.old_excel")
	}
	if binary.LittleEndian.Uint16(recs.data[2:]) != 5 {
		return nil, broken("xls: the stream does not start with the workbook")
	}
	tabs, err := b.readGlobals(recs)
	if err != nil {
		return nil, err
	}
	for _, id := range b.styles {
		f, ok := b.own[id]
		if !ok {
			f = builtinFormat(id)
		}
		b.formats = append(b.formats, f)
	}
	book := &Book{Format: XLS, Date1904: b.date1904, passed: b.passed}
	for _, tab := range tabs {
		if tab.pos < 0 || tab.pos >= len(stream) {
			return nil, errBIFF
		}
		book.sheets = append(book.sheets, &Sheet{
			Name: tab.name, Hidden: tab.hidden, lim: lim,
			src: &xlsSource{book: b, pos: tab.pos},
		})
	}
	if len(book.sheets) == 0 {
		return nil, broken("xls: no sheet")
	}
	return book, nil
}

// readGlobals reads the part of the stream that stands before the sheets.
func (b *xlsBook) readGlobals(recs *biffRecords) (tabs []boundSheet, err error) {
	for {
		ok, err := recs.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, errBIFF
		}
		d := recs.data
		switch recs.id {
		case recEOF:
			return tabs, nil
		case recFilePass:
			return nil, refuse("sheet.encrypted")
		case recDateMode:
			b.date1904 = len(d) >= 2 && d[0] == 1
		case recCodePage:
			if len(d) >= 2 {
				b.page = codePage(int(binary.LittleEndian.Uint16(d)))
			}
		case recFormat:
			err = b.readFormat(d)
		case recXF:
			if len(d) < 4 || len(b.styles) >= maxStyles {
				return nil, errBIFF
			}
			b.styles = append(b.styles, int(binary.LittleEndian.Uint16(d[2:])))
		case recBoundSheet:
			tabs, err = b.readTab(d, tabs)
		case recSST:
			err = b.readSST(recs.parts())
		}
		if err != nil {
			return nil, err
		}
	}
}

func (b *xlsBook) readFormat(d []byte) error {
	t := newBiffText(d)
	id, err := t.u16()
	if err != nil {
		return err
	}
	var code []byte
	if b.biff8 {
		n, err := t.u16()
		if err != nil {
			return err
		}
		code, err = t.unicode(n)
		if err != nil {
			return err
		}
	} else if code, err = b.shortBytes(t); err != nil {
		return err
	}
	if len(code) <= maxSmall {
		b.own[id] = formatOf(clean(string(code)))
	}
	return nil
}

func (b *xlsBook) shortBytes(t *biffText) ([]byte, error) {
	n, err := t.take(1)
	if err != nil {
		return nil, err
	}
	return t.bytes(int(n[0]), b.page)
}

func (b *xlsBook) readTab(d []byte, tabs []boundSheet) ([]boundSheet, error) {
	if len(d) < 8 || len(tabs)+len(b.passed) >= maxSheets {
		return nil, errBIFF
	}
	tab := boundSheet{hidden: d[4]&3 != 0, pos: int(binary.LittleEndian.Uint32(d))}
	t := newBiffText(d[6:])
	var name []byte
	var err error
	if b.biff8 {
		n, takeErr := t.take(1)
		if takeErr != nil {
			return nil, takeErr
		}
		name, err = t.unicode(int(n[0]))
	} else {
		name, err = b.shortBytes(t)
	}
	tab.name = clean(string(name))
	if d[5] != 0 { // a chart, a macro sheet or a module
		b.passed = append(b.passed, tab.name)
		return tabs, err
	}
	return append(tabs, tab), err
}

// readSST reads the table of shared texts. What it claims about their number is ignored.
func (b *xlsBook) readSST(parts [][]byte) error {
	t := newBiffText(parts...)
	if err := t.skip(8); err != nil {
		return err
	}
	for t.fill() {
		n, err := t.u16()
		if err != nil {
			return err
		}
		text, err := t.unicode(n)
		if err != nil {
			return err
		}
		if !b.strings.add(text) {
			return refuse("sheet.too_large_unpacked")
		}
	}
	return nil
}
