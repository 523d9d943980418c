package render

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

const maxTIFFPages = 500

// tiffPage is one picture of a TIFF: the file, with its head pointing at that picture's directory. x/image/tiff reads
// only the first.
type tiffPage struct {
	head [8]byte
	file []byte
}

// tiffPages walks the directories of a TIFF. One that leads back or out of the file ends the walk with an error.
func tiffPages(file []byte) ([]tiffPage, error) {
	order, ok := byteOrder(file)
	if !ok {
		return nil, errors.New("no TIFF")
	}
	var pages []tiffPage
	seen := map[uint32]bool{}
	for at := order.Uint32(file[4:]); at != 0; {
		if seen[at] || len(pages) == maxTIFFPages || int64(at)+2 > int64(len(file)) {
			return nil, errors.New("the list of pages is damaged")
		}
		seen[at] = true
		entries := int64(order.Uint16(file[at:]))
		next := int64(at) + 2 + 12*entries
		if next+4 > int64(len(file)) {
			return nil, errors.New("the list of pages is cut off")
		}
		pages = append(pages, newTIFFPage(file, order, at))
		at = order.Uint32(file[next:])
	}
	if len(pages) == 0 {
		return nil, errors.New("no page")
	}
	return pages, nil
}

func newTIFFPage(file []byte, order binary.ByteOrder, at uint32) tiffPage {
	p := tiffPage{file: file}
	copy(p.head[:], file)
	order.PutUint32(p.head[4:], at)
	return p
}

func (p tiffPage) reader() io.Reader { return &tiffReader{tiffPage: p} }

// tiffReader reads a page's file; the decoder uses ReadAt.
type tiffReader struct {
	tiffPage
	at int64
}

func (r *tiffReader) Read(b []byte) (int, error) {
	n, err := r.ReadAt(b, r.at)
	r.at += int64(n)
	return n, err
}

func (r *tiffReader) ReadAt(b []byte, off int64) (int, error) {
	n, err := bytes.NewReader(r.file).ReadAt(b, off)
	if off >= 0 && off < int64(len(r.head)) {
		copy(b[:n], r.head[off:])
	}
	return n, err
}
