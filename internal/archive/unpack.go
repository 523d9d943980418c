package archive

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hudang/internal/platform/blob"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/filekind"
)

// Limits of an archive that is unpacked (reliability §6, Uploads).
const (
	mostPacked   = 2000
	mostUnpacked = 200 << 20
	mostRatio    = 100
)

// Packed is a file within an archive. Its name is data and never becomes a path.
type Packed struct {
	No   int // its place in the archive's directory
	Name string
	Path string // the folders before it, as the archive has them
	Size int64
	Why  string // key of why it is not taken; empty when it can be
	Note string // key of what is odd about it
}

// Archived is an opened archive; the caller closes it.
type Archived struct {
	Files []Packed
	zip   *zip.Reader
	at    blob.At
}

// Close ends reading.
func (a *Archived) Close() error { return a.at.Close() }

// OpenArchive reads the directory of a file that is a zip; what is damaged or has too many files is Blocked.
func (s Scans) OpenArchive(ctx context.Context, b *Blob) (*Archived, error) {
	at, err := s.Blobs.OpenAt(ctx, b.Owner(), b.stored())
	if err != nil {
		return nil, err
	}
	z := filekind.OpenZip(at, b.Size)
	if b.Type != filekind.Zip || z == nil || len(z.File) > mostPacked {
		return nil, errors.Join(errs.E(errs.Blocked, "archive.unpack.none"), at.Close())
	}
	a := &Archived{zip: z, at: at}
	left := int64(mostUnpacked)
	for no, f := range z.File {
		p := packedFile(no, f)
		if p.Name == "" {
			continue // a folder, or what a machine leaves in every folder
		}
		if left -= p.Size; p.Why == "" && left < 0 {
			p.Why = "archive.unpack.large"
		}
		a.Files = append(a.Files, p)
	}
	return a, nil
}

// litter is what machines put into archives beside what somebody packed.
var litter = []string{".ds_store", "thumbs.db", "desktop.ini"}

func packedFile(no int, f *zip.File) Packed {
	full := strings.ReplaceAll(decodedName(f.Name), `\`, "/")
	p := Packed{No: no, Name: CleanName(full), Size: int64(min(f.UncompressedSize64, 1<<40))}
	p.Path = cleanLine(strings.TrimSuffix(full, path.Base(full)))
	switch {
	case strings.HasSuffix(full, "/") || f.Mode().IsDir(), slices.Contains(litter, strings.ToLower(p.Name)), strings.HasPrefix(full, "__MACOSX/"):
		return Packed{}
	case f.Flags&1 != 0:
		p.Why = "archive.unpack.locked"
	case f.Mode()&fs.ModeType != 0:
		p.Why = "archive.unpack.link"
	case p.Size > MaxFile:
		p.Why = "archive.unpack.large"
	case f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/max(f.CompressedSize64, 1) > mostRatio:
		p.Why = "archive.unpack.bomb"
	case filekind.Named(filekind.Extension(p.Name)) != "":
		p.Why = "archive.unpack.program"
	}
	switch ext := filekind.Extension(p.Name); {
	case strings.Contains("/"+full, "/../") || strings.HasPrefix(full, "/") || strings.Contains(full, ":"):
		p.Note = "archive.unpack.path"
	case filekind.Zip.Fits(ext) || ext == ".rar" || ext == ".7z":
		p.Note = "archive.unpack.nested"
	}
	return p
}

// decodedName is a name in an archive: UTF-8, or GBK as Chinese Windows writes it without saying so.
func decodedName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().String(name)
	if err != nil {
		return strings.ToValidUTF8(name, "_")
	}
	return text
}

// Chosen gives some of an archive's files to be received, those that can be taken; numbers that name none give none.
func (a *Archived) Chosen(numbers []int) (Files, []Packed) {
	var all []Packed
	for _, p := range a.Files {
		if p.Why == "" && slices.Contains(numbers, p.No) {
			all = append(all, p)
		}
	}
	return &unpacking{archive: a, left: all}, all
}

// ErrTorn is read of a file that is damaged within its archive: it is refused, the others are not.
var ErrTorn = errors.New("archive: damaged within its archive")

// unpacking hands out the files of an archive one after the other.
type unpacking struct {
	archive *Archived
	left    []Packed
	open    io.Closer
}

func (u *unpacking) Next() (string, io.Reader, error) {
	if u.open != nil {
		_ = u.open.Close() // it was read; a sum that did not fit was an error then
		u.open = nil
	}
	if len(u.left) == 0 {
		return "", nil, io.EOF
	}
	p := u.left[0]
	u.left = u.left[1:]
	r, err := u.archive.zip.File[p.No].Open()
	if err != nil {
		return p.Name, torn{}, nil
	}
	u.open = r
	return p.Name, torn{io.LimitReader(r, MaxFile+1)}, nil
}

type torn struct{ r io.Reader }

func (t torn) Read(b []byte) (int, error) {
	if t.r == nil {
		return 0, ErrTorn
	}
	n, err := t.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = ErrTorn
	}
	return n, err
}

// FileOf is a file of an item; NotFound for another item's.
func FileOf(ctx context.Context, q db.Querier, item ItemID, id BlobID) (*Blob, error) {
	return fileOf(ctx, q, item, id)
}
