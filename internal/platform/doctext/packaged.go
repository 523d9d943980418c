package doctext

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/filekind"
)

// pack is a container of parts, read within the limits.
type pack struct {
	files map[string]*zip.File // by lower-case path without a leading slash
	left  int64
}

func openPack(r io.ReaderAt, size int64) (*pack, error) {
	z := filekind.OpenZip(r, size)
	if z == nil {
		return nil, errors.New("doctext: no readable directory")
	}
	p := &pack{files: map[string]*zip.File{}, left: mostUnpacked}
	for _, f := range z.File {
		name := partName(f.Name)
		if _, twice := p.files[name]; !twice {
			p.files[name] = f
		}
	}
	return p, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

var errNoPart = errors.New("doctext: a part is missing")

// read unpacks a part. What is larger than the limit is cut off, which XML does not survive: it is read as far as it goes.
func (p *pack) read(name string) ([]byte, error) {
	f := p.files[partName(name)]
	if f == nil {
		return nil, errNoPart
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, p.left))
	p.left -= int64(len(raw))
	return raw, err
}

// matching are the parts whose names fit, by the number in them.
func (p *pack) matching(pattern *regexp.Regexp) []string {
	var all []string
	for name := range p.files {
		if pattern.MatchString(name) {
			all = append(all, name)
		}
	}
	number := func(name string) int {
		n, _ := strconv.Atoi(pattern.FindStringSubmatch(name)[1]) // no number is the first
		return n
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(number(a), number(b)), cmp.Compare(a, b)) })
	return all
}

func wordParts(p *pack) []string {
	return p.matching(regexp.MustCompile(`^word/document([0-9]*)\.xml$`))
}

func slideParts(p *pack) []string {
	return p.matching(regexp.MustCompile(`^ppt/slides/slide([0-9]+)\.xml$`))
}

func contentPart(*pack) []string { return []string{"content.xml"} }

// office reads the text of the parts that hold it.
func office(parts func(*pack) []string) reader {
	return func(r io.ReaderAt, size int64) (Text, error) {
		p, err := openPack(r, size)
		if err != nil {
			return Text{}, err
		}
		names := parts(p)
		if len(names) == 0 {
			return Text{}, errNoPart
		}
		l := newLines()
		for _, name := range names[:min(len(names), mostParts)] {
			raw, err := p.read(name)
			if err != nil {
				return Text{}, err
			}
			if err := words(raw, l); err != nil {
				return Text{}, err
			}
			l.end()
		}
		return Text{Lines: l.done(), Cut: l.cut}, nil
	}
}

// skipped are elements whose text is none of the document's: what was deleted, codes of fields, formulas' second form.
var skipped = []string{"delText", "instrText", "Fallback", "annotation", "tracked-changes", "scripts", "styles", "binData", "pict", "docPr"}

// words walks through XML of Word, PowerPoint or OpenDocument and gathers its text by paragraphs. It reads what is there
// before a fault; XML without a word before it is an error.
func words(raw []byte, l *lines) error {
	d := decoder(raw)
	depth := 0
	for !l.full() {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if len(l.all) > 0 {
				l.cut = true
				return nil
			}
			return err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			if depth++; depth > 200 {
				return errors.New("doctext: nested too deep")
			}
			switch {
			case slices.Contains(skipped, e.Name.Local):
				depth--
				if err := d.Skip(); err != nil {
					return err
				}
			case e.Name.Local == "tab", e.Name.Local == "s":
				l.add(" ")
			case e.Name.Local == "br", e.Name.Local == "cr", e.Name.Local == "line-break":
				l.end()
			}
		case xml.EndElement:
			depth--
			switch e.Name.Local {
			case "p", "h", "tr", "table-row":
				l.end()
			case "tc", "table-cell":
				l.add("\t")
			}
		case xml.CharData:
			if text := string(e); strings.TrimSpace(text) != "" {
				l.add(strings.ReplaceAll(text, "\n", " "))
			}
		}
	}
	return nil
}

func (l *lines) full() bool { return l.cut && l.left <= 0 }

// decoder reads XML leniently, as it comes from many programs: unknown entities, a prefix without a name.
func decoder(raw []byte) *xml.Decoder {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if bytes.Contains(raw, []byte("<:")) {
		raw = bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("<:"), []byte("<")), []byte("</:"), []byte("</"))
		raw = bytes.ReplaceAll(raw, []byte(" xmlns:=\""), []byte(" xmlns=\""))
	}
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		raw = []byte(decode(raw, ""))
	}
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict, d.CharsetReader = false, charsetReader
	return d
}

// readXML reads the text of any XML, an element a line, with the element's name before it.
func readXML(r io.ReaderAt, size int64) (Text, error) {
	raw, cut, err := whole(r, size)
	if err != nil {
		return Text{}, err
	}
	l := newLines()
	d := decoder(raw)
	name := ""
	for !l.full() {
		tok, err := d.Token()
		if err != nil {
			if !errors.Is(err, io.EOF) && len(l.all) == 0 {
				return readPlain(r, size)
			}
			break
		}
		switch e := tok.(type) {
		case xml.StartElement:
			name = e.Name.Local
		case xml.CharData:
			if text := strings.TrimSpace(string(e)); text != "" {
				l.add(name + "  " + strings.ReplaceAll(text, "\n", " "))
				l.end()
			}
		}
	}
	t := Text{Lines: l.done(), Cut: l.cut || cut}
	invoiceFacts(raw, &t)
	return t, nil
}
