package archive

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"hudang/internal/platform/blob"
	"hudang/internal/platform/doctext"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/filekind"
	"hudang/internal/platform/render"
)

// MaxFile is the most bytes of one file: a hundred pages in colour at 300 dpi, or ten minutes of a phone's film.
const MaxFile = 200 << 20

// Scans are where the bytes of papers lie, and who looks into them.
type Scans struct {
	Blobs  *blob.Store
	Render *render.Worker
}

// Upload is a file that was received: it lies encrypted under the volume's key, and no row refers to it yet. The input of an
// operation holds it by what the person sent, so that the same file sent again is the same input.
type Upload struct {
	Name   string
	Type   Type
	Size   int64
	Sum    []byte
	State  BlobState
	Flags  []string
	Pages  int
	Stored blob.Blob `json:"-"`
	later  bool      // nobody waits for what is found in it
	thumbs []thumbs  // of its pages that were looked at
}

// Receive takes one file in for a volume: it streams into an encrypted blob, and only then is it looked into. Its content
// says what it is; whatever it is, it is kept whole, but for programs, scripts and web pages. What is refused is an error of
// kind Invalid with the sentence for the person, and leaves nothing.
func (s Scans) Receive(ctx context.Context, v VolumeID, name string, r io.Reader) (Upload, error) {
	u := Upload{Name: cmp.Or(CleanName(name), unnamed)}
	buffered := bufio.NewReaderSize(r, 4096)
	head, err := buffered.Peek(4096)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return u, err
	case len(head) == 0:
		return u, refusedFile(u, "archive.file.empty")
	}
	if k := filekind.Begins(head); k.Refused() { // known before a byte of it is kept
		return u, refusedKind(u, k)
	}
	u.Stored, err = s.Blobs.Put(ctx, v.Key(), buffered, MaxFile)
	if err != nil && errs.As(err).Key == "blob.error.large" {
		return u, errs.E(errs.Invalid, "archive.file.large", u.Name, MaxFile>>20).Because(errRefused)
	}
	if err != nil {
		return u, err
	}
	u.Size, u.Sum = u.Stored.Size, u.Stored.Sum
	if err := s.look(ctx, v, &u); err != nil {
		return Upload{Name: u.Name}, errors.Join(err, s.Discard(ctx, []Upload{u}))
	}
	return u, nil
}

// unnamed is the name of a file that came without one that can be shown.
const unnamed = "unnamed"

// errRefused marks the refusal of one file, after which the next can be taken.
var errRefused = errors.New("archive: a file was refused")

func refusedFile(u Upload, key string) error {
	return errs.E(errs.Invalid, key, u.Name).Because(errRefused)
}

// refusedKind is the refusal of what would run: it says what it is, and for a page what to do instead.
func refusedKind(u Upload, k Type) error {
	key := "archive.file.program"
	switch k {
	case filekind.WebPage, filekind.SVG:
		key = "archive.file.webpage"
	case filekind.Shortcut:
		key = "archive.file.shortcut"
	}
	return refusedFile(u, key)
}

// look finds out what a received file is: by its content, then by the renderer.
func (s Scans) look(ctx context.Context, v VolumeID, u *Upload) error {
	file, err := s.Blobs.OpenAt(ctx, v.Key(), u.Stored)
	if err != nil {
		return err
	}
	defer file.Close()
	found, err := filekind.Of(u.Name, file, u.Size)
	if err != nil {
		return err
	}
	if found.Kind.Refused() {
		return refusedKind(*u, found.Kind)
	}
	u.Type, u.State = found.Kind, Sound
	if err := s.inspect(ctx, v, u); err != nil {
		return err
	}
	if u.State == Broken && found.Behind {
		u.Type = filekind.PDF
		if err := s.inspect(ctx, v, u); err != nil {
			return err
		}
	}
	if doctext.Reads(u.Type) && !found.Locked {
		_, err := doctext.Of(u.Type, file, u.Size)
		found.Locked = errors.Is(err, doctext.ErrLocked)
		if err != nil && !found.Locked {
			u.State = Broken
		}
	}
	if promised := filekind.Named(filekind.Extension(u.Name)); promised != "" && (u.Type.Vague() || u.State == Broken) {
		return refusedKind(*u, promised)
	}
	if found.Locked {
		u.Flags = append(u.Flags, render.FlagLocked)
	}
	if found.Macros {
		u.Flags = append(u.Flags, FlagMacros)
	}
	return nil
}

// FlagMacros marks a document that carries programs of its own.
const FlagMacros = "macro"

// inspect has the renderer look into a file whose pages can be shown.
func (s Scans) inspect(ctx context.Context, v VolumeID, u *Upload) error {
	u.State, u.Pages, u.Flags = Sound, 0, nil
	if !u.Type.Shown() {
		return nil
	}
	file, err := s.Blobs.OpenAt(ctx, v.Key(), u.Stored)
	if err != nil {
		return err
	}
	defer file.Close()
	facts, err := s.ask(ctx, u, file)
	if errs.Is(err, errs.Unavailable) && ctx.Err() == nil { // nobody came to its end, which says nothing of the file
		u.State = Unseen
		return nil
	}
	if err != nil {
		return err
	}
	u.found(facts)
	u.thumbs = s.keepThumbs(ctx, v, 0, facts.Thumbs)
	return nil
}

// ask has the renderer look, at once or when it is free.
func (s Scans) ask(ctx context.Context, u *Upload, file io.ReaderAt) (render.Facts, error) {
	if u.later {
		return s.Render.InspectLater(ctx, render.Type(u.Type), file, u.Size, render.Later{})
	}
	return s.Render.Inspect(ctx, render.Type(u.Type), file, u.Size)
}

// found notes what the renderer found.
func (u *Upload) found(facts render.Facts) {
	u.Pages, u.Flags = facts.Pages, folded(facts.Flags)
	if facts.Broken {
		u.State, u.Pages = Broken, 0
		if facts.Fault != "" {
			u.Flags = append(u.Flags, faultFlag(facts))
		}
		return
	}
	u.State = stateOf(u.Flags)
}

// stateOf is the state of a file that could be read, by its flags.
func stateOf(flags []string) BlobState {
	odd, _ := rest(flags)
	switch {
	case render.Acts(odd):
		return Flagged
	case len(odd) > 0:
		return Doubtful
	}
	return Sound
}

// faultFlag keeps why a sound file cannot be shown: large=12000×9000, kind=.
func faultFlag(f render.Facts) string {
	flag := string(f.Fault) + "="
	if f.Width > 0 {
		flag += fmt.Sprintf("%d×%d", f.Width, f.Height)
	}
	return flag
}

// fault is what faultFlag kept.
func (u Upload) fault() (why render.Fault, size string) {
	for _, f := range u.Flags {
		if why, size, ok := strings.Cut(f, "="); ok {
			return render.Fault(why), size
		}
	}
	return "", ""
}

// Discard takes uploads away that no row came to refer to.
func (s Scans) Discard(ctx context.Context, all []Upload) error {
	var failures []error
	for _, u := range all {
		failures = append(failures, s.Blobs.Delete(context.WithoutCancel(ctx), u.Stored.Name), s.dropThumbs(ctx, u.thumbs))
	}
	return errors.Join(failures...)
}

// flags are the marks of a file in its column.
func (u Upload) flags() string { return strings.Join(u.Flags, " ") }

// Plain reports a file of which nothing is to be said but that it was taken.
func (u Upload) Plain() bool {
	odd, _ := rest(u.Flags)
	return u.State == Sound && u.Type.Shown() && len(odd) == 0 && ClaimedBy(u.Name, u.Type) == ""
}

func (u Upload) has(flag string) bool { return slices.Contains(u.Flags, flag) }
