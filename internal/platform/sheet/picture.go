package sheet

import (
	"io"
	"path"
	"strings"
)

// Picture is a picture in a cell, or one that lies over the sheet with its upper left corner in it. Its bytes stay in the
// file until they are asked for.
type Picture struct {
	Key    string // of its content within the file: a picture that two cells show has the same key twice
	Name   string // a name of its own, with the extension that the file gives it
	Size   int64  // bytes, as the file claims
	Absent bool   // the file names a picture that is not in it
	open   func() (io.ReadCloser, error)
}

// Open gives the picture's bytes; the caller closes it.
func (p Picture) Open() (io.ReadCloser, error) {
	if p.open == nil {
		return nil, broken("picture %s is not in the file", p.Key)
	}
	in, err := p.open()
	if err != nil {
		return nil, asRefusal(err)
	}
	return in, nil
}

// maxHung is above any sheet of pictures or notes; more are refused when read.
const maxHung = 200_000

// hung is what hangs on a cell and does not stand in it.
type hung struct {
	row, col int
	also     Also
}

// picturePart is a part of the archive as a picture.
func (b *xlsxBook) picturePart(part string) Picture {
	p := Picture{Key: part, Name: path.Base(part)}
	if f := b.parts.files[strings.ToLower(part)]; part != "" && f != nil {
		p.Size = int64(f.UncompressedSize64)
		p.open = func() (io.ReadCloser, error) { return b.parts.open(part) }
	}
	p.Absent = p.open == nil
	return p
}

// relationsOf are the relations of a part; none when it has no such part.
func (b *xlsxBook) relationsOf(part string) (relations, error) {
	dir, file := path.Split(part)
	rels, err := readRelations(b.parts, dir+"_rels/"+file+".rels", dir)
	if err == errNoPart {
		return rels, nil
	}
	return rels, err
}

// cellImages are the pictures in cells as WPS keeps them, by the name that a cell's formula calls them by.
func (b *xlsxBook) readCellImages(part string) error {
	if part == "" {
		part = "xl/cellimages.xml"
	}
	if b.parts.files[strings.ToLower(part)] == nil {
		return nil
	}
	rels, err := b.relationsOf(part)
	if err != nil {
		return err
	}
	b.cellImages = map[string]string{}
	name := ""
	return eachElement(b.parts, part, func(x *xmlScanner) error {
		switch string(x.name) {
		case "cNvPr":
			name = x.attrText("name")
		case "blip":
			if len(b.cellImages) < maxHung {
				b.cellImages[name] = rels.byID[x.embedID()]
			}
		}
		return nil
	})
}

// embedID is the relation of a picture: what is in the file before what is only linked.
func (x *xmlScanner) embedID() string {
	if v := x.attr("r:embed"); v != nil {
		return string(v)
	}
	for _, field := range strings.Fields(string(x.attrs)) {
		if name, value, ok := strings.Cut(field, "="); ok && strings.HasSuffix(name, ":embed") {
			return strings.Trim(value, `"'`)
		}
	}
	return ""
}

// dispImage is the picture that a formula such as _xlfn.DISPIMG("ID_…",1) shows.
func (b *xlsxBook) dispImage(formula string) (Picture, bool) {
	_, rest, found := strings.Cut(strings.ToUpper(formula), "DISPIMG(")
	if !found {
		return Picture{}, false
	}
	rest = formula[len(formula)-len(rest):]
	id, _, _ := strings.Cut(strings.TrimLeft(rest, ` "`), `"`)
	return b.picturePart(b.cellImages[id]), true
}
