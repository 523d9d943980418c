package archive

import (
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
	pack  pack
	at    blob.At
}

// pack is what an archive has: one entry after the other, in its order, and the content of each.
type pack interface {
	entries() ([]entry, error)
	open(no int) (io.ReadCloser, error) // of numbers that grow
}

// entry is what an archive's directory says of one thing in it.
type entry struct {
	name         string
	mode         fs.FileMode
	locked       bool
	size, packed uint64
}

// Unpacks reports a kind of archive that can be taken apart here.
func Unpacks(t Type) bool { return t == filekind.Zip || t == filekind.RAR }

var errPacked = errors.New("archive: not an archive that can be read, or too many files")

// Close ends reading.
func (a *Archived) Close() error { return a.at.Close() }

// OpenArchive reads the directory of a file that is a zip; what is damaged or has too many files is Blocked.
func (s Scans) OpenArchive(ctx context.Context, b *Blob) (*Archived, error) {
	at, err := s.Blobs.OpenAt(ctx, b.Owner(), b.stored())
	if err != nil {
		return nil, err
	}
	a := &Archived{at: at}
	switch b.Type {
	case filekind.Zip:
		a.pack = openZip(at, b.Size)
	case filekind.RAR:
		a.pack = &rarPack{file: io.NewSectionReader(at, 0, b.Size)}
	}
	if err := a.list(); err != nil {
		return nil, errors.Join(errs.E(errs.Blocked, "archive.unpack.none").Because(err), at.Close())
	}
	return a, nil
}

func (a *Archived) list() error {
	if a.pack == nil {
		return errPacked
	}
	all, err := a.pack.entries()
	if err != nil {
		return err
	}
	if len(all) > mostPacked {
		return errPacked
	}
	left := int64(mostUnpacked)
	for no, e := range all {
		p := packedFile(no, e)
		if p.Name == "" {
			continue // a folder, or what a machine leaves in every folder
		}
		if left -= p.Size; p.Why == "" && left < 0 {
			p.Why = "archive.unpack.large"
		}
		a.Files = append(a.Files, p)
	}
	return nil
}

// litter is what machines put into archives beside what somebody packed.
var litter = []string{".ds_store", "thumbs.db", "desktop.ini"}

func packedFile(no int, e entry) Packed {
	full := strings.ReplaceAll(decodedName(e.name), `\`, "/")
	p := Packed{No: no, Name: CleanName(full), Size: int64(min(e.size, 1<<40))}
	p.Path = cleanLine(strings.TrimSuffix(full, path.Base(full)))
	switch {
	case strings.HasSuffix(full, "/") || e.mode.IsDir(), slices.Contains(litter, strings.ToLower(p.Name)), strings.HasPrefix(full, "__MACOSX/"):
		return Packed{}
	case e.locked:
		p.Why = "archive.unpack.locked"
	case e.mode&fs.ModeType != 0:
		p.Why = "archive.unpack.link"
	case p.Size > MaxFile:
		p.Why = "archive.unpack.large"
	case e.size > 1<<20 && e.size/max(e.packed, 1) > mostRatio:
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
	r, err := u.archive.pack.open(p.No)
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
