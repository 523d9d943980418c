package sheet

import (
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"
)

// xlsxBook is what the sheets of a workbook share.
type xlsxBook struct {
	parts    *parts
	lim      Limits
	strings  stringTable
	formats  []numberFormat // by cell style
	date1904 bool

	struck     []bool            // by cell style
	cellImages map[string]string // part of each picture that a formula names
	rich       []string          // part of each picture that a cell's metadata names
}

// The bounds of what a workbook may hold besides cells.
const (
	maxSheets = 1000
	maxStyles = 200_000
	maxSmall  = 4096 // bytes of a name or a format code
)

func openXLSX(r io.ReaderAt, size int64, lim Limits) (*Book, error) {
	p, err := openParts(r, size, lim)
	if err != nil {
		return nil, err
	}
	main, err := mainPart(p)
	if err != nil {
		return nil, err
	}
	b := &xlsxBook{parts: p, lim: lim}
	book := &Book{Format: XLSX}
	targets, err := b.relations(main)
	if err != nil {
		return nil, err
	}
	if err := b.readWorkbook(book, main, targets); err != nil {
		return nil, err
	}
	if err := b.readStyles(targets.byType["styles"]); err != nil {
		return nil, err
	}
	if err := b.readStrings(targets.byType["sharedStrings"]); err != nil {
		return nil, err
	}
	if err := b.readCellImages(targets.byType["cellImage"]); err != nil {
		return nil, err
	}
	return book, b.richPictures(targets)
}

// mainPart finds the workbook, or says what the archive is instead.
func mainPart(p *parts) (string, error) {
	if rels, err := readRelations(p, "_rels/.rels", ""); err == nil {
		if name := rels.byType["officeDocument"]; name != "" {
			switch {
			case strings.HasSuffix(name, ".bin"):
				return "", refuse("sheet.xlsb")
			case strings.HasPrefix(name, "word/"), strings.HasPrefix(name, "ppt/"):
				return "", refuse("sheet.unknown_format")
			}
			return name, nil
		}
	} else if err != errNoPart {
		return "", err
	}
	switch {
	case p.files["xl/workbook.xml"] != nil:
		return "xl/workbook.xml", nil
	case p.files["mimetype"] != nil, p.files["[content_types].xml"] != nil:
		return "", refuse("sheet.unknown_format") // OpenDocument, or another Office format
	}
	return "", refuse("sheet.zip")
}

// relations of a part: targets by id, the first of each type, and all of each.
type relations struct {
	byID, byType map[string]string
	all          map[string][]string
}

func (b *xlsxBook) relations(main string) (relations, error) {
	dir, file := path.Split(main)
	rels, err := readRelations(b.parts, dir+"_rels/"+file+".rels", dir)
	if err == errNoPart {
		return rels, broken("xlsx: workbook without relations")
	}
	return rels, err
}

func readRelations(p *parts, name, dir string) (relations, error) {
	rels := relations{map[string]string{}, map[string]string{}, map[string][]string{}}
	err := eachElement(p, name, func(x *xmlScanner) error {
		if string(x.name) != "Relationship" || len(rels.byID) > maxHung {
			return nil
		}
		target := strings.ReplaceAll(x.attrText("Target"), `\`, "/")
		if string(x.attr("TargetMode")) == "External" {
			rels.byID[x.attrText("Id")] = x.attrText("Target")
			return nil
		}
		if rest, absolute := strings.CutPrefix(target, "/"); absolute {
			target = rest
		} else {
			target = path.Join(dir, target)
		}
		kind := path.Base(x.attrText("Type"))
		if kind == "worksheet" {
			target = "sheet:" + target
		}
		rels.byID[x.attrText("Id")] = target
		if rels.byType[kind] == "" {
			rels.byType[kind] = target
		}
		rels.all[kind] = append(rels.all[kind], target)
		return nil
	})
	return rels, err
}

// eachElement calls f at each start of an element in a small part.
func eachElement(p *parts, name string, f func(*xmlScanner) error) error {
	in, err := p.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	x := newXMLScanner(in, 0)
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return xmlRefusal(err)
		case event == xmlEOF:
			return nil
		case event == xmlStart:
			if err := f(x); err != nil {
				return err
			}
		}
	}
}

func xmlRefusal(err error) error {
	if errors.Is(err, errDTD) {
		return refuse("sheet.unsafe").Because(err)
	}
	return err
}

func (b *xlsxBook) readWorkbook(book *Book, main string, rels relations) error {
	err := eachElement(b.parts, main, func(x *xmlScanner) error {
		switch string(x.name) {
		case "workbookPr":
			book.Date1904 = x.flag("date1904")
			b.date1904 = book.Date1904
		case "sheet":
			target, isSheet := strings.CutPrefix(rels.byID[x.relationID()], "sheet:")
			if !isSheet { // a chart or a macro sheet
				if len(book.passed) < maxSheets {
					book.passed = append(book.passed, clean(x.attrText("name")))
				}
				return nil
			}
			if len(book.sheets) >= maxSheets {
				return broken("xlsx: more than %d sheets", maxSheets)
			}
			state := string(x.attr("state"))
			book.sheets = append(book.sheets, &Sheet{
				Name:   clean(x.attrText("name")),
				Hidden: state == "hidden" || state == "veryHidden",
				src:    &xlsxSource{book: b, part: target},
				lim:    b.lim,
			})
			if b.parts.files[strings.ToLower(target)] == nil {
				return broken("xlsx: sheet %d has no part", len(book.sheets))
			}
		}
		return nil
	})
	if err == nil && len(book.sheets) == 0 {
		err = broken("xlsx: no sheet")
	}
	return err
}

// relationID is the attribute id in the relationships' namespace, whatever its prefix.
func (x *xmlScanner) relationID() string {
	if v := x.attr("r:id"); v != nil {
		return string(v)
	}
	for _, field := range strings.Fields(string(x.attrs)) {
		if name, value, ok := strings.Cut(field, "="); ok && strings.HasSuffix(name, ":id") {
			return strings.Trim(value, `"'`)
		}
	}
	return ""
}

// readStyles keeps the number format of each cell style.
func (b *xlsxBook) readStyles(name string) error {
	if name == "" {
		return nil
	}
	own := map[int]numberFormat{}
	inCells := 0
	var fonts []bool // by number: struck out
	inFonts := 0
	err := eachElement(b.parts, name, func(x *xmlScanner) error {
		switch string(x.name) {
		case "numFmt":
			id, ok := x.number("numFmtId")
			// a differential style (dxf) repeats ids for itself; it comes after the cells' styles
			if code := x.attrText("formatCode"); ok && inCells == 0 && len(code) <= maxSmall && len(own) < maxStyles {
				own[id] = formatOf(clean(code))
			}
		case "fonts":
			inFonts = x.depth()
		case "font":
			if inFonts > 0 && x.depth() == inFonts+1 && len(fonts) < maxStyles {
				fonts = append(fonts, false)
			}
		case "strike":
			if v := x.attr("val"); inFonts > 0 && x.depth() == inFonts+2 && len(fonts) > 0 && (v == nil || x.flag("val")) {
				fonts[len(fonts)-1] = true
			}
		case "cellXfs":
			inCells, inFonts = x.depth(), 0
		case "xf":
			if inCells == 0 || x.depth() != inCells+1 {
				return nil
			}
			if len(b.formats) >= maxStyles {
				return broken("xlsx: more than %d styles", maxStyles)
			}
			id, _ := x.number("numFmtId")
			f, ok := own[id]
			if !ok {
				f = builtinFormat(id)
			}
			b.formats = append(b.formats, f)
			font, _ := x.number("fontId")
			b.struck = append(b.struck, font < len(fonts) && fonts[font])
		case "cellStyles", "dxfs":
			inCells, inFonts = -1, 0
		}
		return nil
	})
	if err == errNoPart {
		return nil
	}
	return err
}

// readStrings reads the table of shared texts.
func (b *xlsxBook) readStrings(name string) error {
	if name == "" {
		return nil
	}
	in, err := b.parts.open(name)
	if err == errNoPart {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	x := newXMLScanner(in, (b.lim.CellChars+1)*utf8.UTFMax*2)
	var buf []byte
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return xmlRefusal(err)
		case event == xmlEOF:
			return nil
		case event == xmlStart && string(x.name) == "si":
			if buf, err = x.richText(buf[:0]); err != nil {
				return err
			}
			// A text longer than a cell may be is refused where a cell uses it, with the row's number.
			if !b.strings.add(buf) {
				return refuse("sheet.too_large_unpacked")
			}
		}
	}
}

// richText reads the texts inside the element just started up to its end, without phonetic guides.
func (x *xmlScanner) richText(dst []byte) ([]byte, error) {
	depth := x.depth()
	phonetic := 0
	x.overlong = false
	for {
		event, err := x.next()
		if err != nil {
			return dst, xmlRefusal(err)
		}
		switch {
		case event == xmlEOF:
			return dst, io.ErrUnexpectedEOF
		case event == xmlStart && string(x.name) == "rPh":
			phonetic++
		case event == xmlStart && string(x.name) == "t" && phonetic == 0:
			x.text, x.keep = x.text[:0], true
		case event == xmlEnd && x.keep:
			x.keep = false
			if len(dst) >= x.maxText {
				x.overlong = true
				continue
			}
			ok := false
			if dst, ok = unescape(dst, x.text); !ok {
				return dst, errors.New("xml: unknown entity")
			}
		case event == xmlEnd && string(x.name) == "rPh":
			phonetic--
		}
		if event == xmlEnd && x.depth() < depth {
			if x.overlong { // marked by its length: the cell that uses it is refused
				dst = append(dst, make([]byte, x.maxText)...)
			}
			return unescapeXHHHH(dst), nil
		}
	}
}

// unescapeXHHHH resolves _x000D_ in place, the way a workbook writes what XML cannot hold, and _x005F_ for "_".
func unescapeXHHHH(s []byte) []byte {
	out := s[:0]
	for i := 0; i < len(s); i++ {
		if s[i] == '_' && i+7 <= len(s) && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(string(s[i+2:i+6]), 16, 16); err == nil && (n < 0xD800 || n > 0xDFFF) {
				out = utf8.AppendRune(out, rune(n)) // at most 3 bytes for 7
				i += 6
				continue
			}
		}
		out = append(out, s[i])
	}
	return out
}
