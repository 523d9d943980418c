package archive

import (
	"archive/zip"
	"errors"
	"io"

	"github.com/nwaples/rardecode/v2"

	"hudang/internal/platform/blob"
	"hudang/internal/platform/filekind"
)

type zipPack struct{ *zip.Reader }

func openZip(at blob.At, size int64) pack {
	if z := filekind.OpenZip(at, size); z != nil {
		return zipPack{z}
	}
	return nil
}

func (z zipPack) entries() ([]entry, error) {
	if len(z.File) > mostPacked {
		return nil, errPacked
	}
	all := make([]entry, len(z.File))
	for no, f := range z.File {
		all[no] = entry{f.Name, f.Mode(), f.Flags&1 != 0, f.UncompressedSize64, f.CompressedSize64}
	}
	return all, nil
}

func (z zipPack) open(no int) (io.ReadCloser, error) { return z.File[no].Open() }

// rarPack reads a RAR from its beginning: what is asked for in its order is read in one go, for in a solid archive each file
// rests on those before it.
type rarPack struct {
	file *io.SectionReader
	r    *rardecode.Reader
	next int // the number of the file that r.Next comes to
}

// mostWindow is how much of what was unpacked a RAR may refer back to: what its own programs take at most by default.
const mostWindow = 64 << 20

func (p *rarPack) begin() (err error) {
	if _, err = p.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	p.r, err = rardecode.NewReader(p.file, rardecode.MaxDictionarySize(mostWindow))
	p.next = 0
	return err
}

func (p *rarPack) entries() (all []entry, err error) {
	if err := p.begin(); err != nil {
		return nil, err
	}
	for {
		h, err := p.r.Next()
		switch {
		case errors.Is(err, io.EOF):
			p.r = nil
			return all, nil
		case err != nil && len(all) > 0: // cut off: what stands before is there
			p.r = nil
			return all, nil
		case err != nil:
			return nil, err
		case len(all) > mostPacked:
			return nil, errPacked
		}
		e := entry{h.Name, h.Mode(), h.Encrypted, uint64(max(h.UnPackedSize, 0)), uint64(max(h.PackedSize, 0))}
		if h.UnKnownSize {
			e.size = MaxFile
		}
		all = append(all, e)
	}
}

func (p *rarPack) open(no int) (io.ReadCloser, error) {
	if p.r == nil || p.next > no {
		if err := p.begin(); err != nil {
			return nil, err
		}
	}
	for {
		_, err := p.r.Next()
		if err != nil {
			return nil, err
		}
		if p.next++; p.next > no {
			return io.NopCloser(p.r), nil
		}
	}
}
