package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
)

// parts are the files inside an .xlsx, within the limits.
type parts struct {
	files map[string]*zip.File // by lower-case path with forward slashes
	left  int64                // bytes that may still be unpacked in one go
}

// openParts reads the directory of the archive. The sizes it claims are checked here, and hold: archive/zip stops a
// part that unpacks to more than it claimed.
func openParts(r io.ReaderAt, size int64, lim Limits) (*parts, error) {
	n, err := countEntries(r, size)
	if err != nil {
		return nil, err
	}
	if n > lim.Entries {
		return nil, refuse("sheet.too_large_unpacked")
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	p := &parts{files: make(map[string]*zip.File, len(z.File)), left: lim.Unzipped}
	var total uint64
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, refuse("sheet.encrypted")
		}
		total += min(f.UncompressedSize64, 1<<50) // no overflow: at most Entries of them
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if _, twice := p.files[name]; !twice {
			p.files[name] = f
		}
	}
	if total > uint64(lim.Unzipped) || total > 16<<20 && total/uint64(size) > uint64(lim.Ratio) {
		return nil, refuse("sheet.too_large_unpacked")
	}
	return p, nil
}

// countEntries counts the directory entries before archive/zip builds an object for each of them.
func countEntries(r io.ReaderAt, size int64) (int, error) {
	mark := []byte("PK\x01\x02")
	buf := make([]byte, 256<<10)
	in := io.NewSectionReader(r, 0, size)
	n, kept := 0, 0
	for {
		got, err := io.ReadFull(in, buf[kept:])
		data := buf[:kept+got]
		n += bytes.Count(data, mark)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return n, nil
		}
		if err != nil {
			return 0, err
		}
		kept = copy(buf, data[len(data)-len(mark)+1:])
	}
}

var errNoPart = errors.New("xlsx: part missing")

// open reads a part; the caller closes it.
func (p *parts) open(name string) (io.ReadCloser, error) {
	f, ok := p.files[strings.ToLower(name)]
	if !ok {
		return nil, errNoPart
	}
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &boundedPart{ReadCloser: rc, left: p.left}, nil
}

// boundedPart is a second lock on the size of a part, beside the archive's own.
type boundedPart struct {
	io.ReadCloser
	left int64
}

func (b *boundedPart) Read(buf []byte) (int, error) {
	n, err := b.ReadCloser.Read(buf)
	if b.left -= int64(n); b.left < 0 {
		return 0, refuse("sheet.too_large_unpacked")
	}
	return n, err
}
