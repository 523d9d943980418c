package archive

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"hudang/internal/platform/blob"
	"hudang/internal/platform/errs"
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
}

// Receive takes one file in for a volume: extension and first bytes must agree; then it streams into an encrypted blob,
// and only then is it looked into. A broken file of a type the archive takes is kept and says so. What is refused is an
// error of kind Invalid with the sentence for the person, and leaves nothing.
func (s Scans) Receive(ctx context.Context, v VolumeID, name string, r io.Reader) (Upload, error) {
	u := Upload{Name: CleanName(name), Type: promised(name)}
	if u.Type == "" {
		return u, refusedFile(u, "archive.file.type")
	}
	buffered := bufio.NewReader(r)
	head, err := buffered.Peek(16)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return u, err
	case len(head) == 0:
		return u, refusedFile(u, "archive.file.empty")
	case begins(head) != u.Type:
		return u, refusedFile(u, "archive.file.other")
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
		return u, errors.Join(err, s.Blobs.Delete(context.WithoutCancel(ctx), u.Stored.Name))
	}
	return u, nil
}

// errRefused marks the refusal of one file, after which the next can be taken.
var errRefused = errors.New("archive: a file was refused")

func refusedFile(u Upload, key string) error {
	return errs.E(errs.Invalid, key, u.Name).Because(errRefused)
}

// look has the renderer look into a received file.
func (s Scans) look(ctx context.Context, v VolumeID, u *Upload) error {
	u.State = Sound
	if !u.Type.Shown() {
		return nil
	}
	file, err := s.Blobs.Open(ctx, v.Key(), u.Stored)
	if err != nil {
		return err
	}
	defer file.Close()
	facts, err := s.Render.Inspect(ctx, u.Type.renders(), file, u.Size)
	if err != nil {
		return err
	}
	u.Pages, u.Flags = facts.Pages, facts.Flags
	switch {
	case facts.Broken:
		u.State, u.Pages = Broken, 0
	case len(facts.Flags) > 0:
		u.State = Flagged
	}
	return nil
}

// Discard takes uploads away that no row came to refer to.
func (s Scans) Discard(ctx context.Context, all []Upload) error {
	var failures []error
	for _, u := range all {
		failures = append(failures, s.Blobs.Delete(context.WithoutCancel(ctx), u.Stored.Name))
	}
	return errors.Join(failures...)
}

// flags are the marks of a file in its column.
func (u Upload) flags() string { return strings.Join(u.Flags, " ") }

// Says is the sentence about a received file: a catalogue key and its arguments.
func (u Upload) Says() (key string, args []any) {
	switch {
	case u.State == Broken && strings.Contains(u.flags(), render.FlagLocked):
		return "archive.file.locked", []any{u.Name}
	case u.State == Broken:
		return "archive.file.broken", []any{u.Name}
	case u.State == Flagged:
		return "archive.file.flagged", []any{u.Name, u.Pages}
	case u.Pages == 0:
		return "archive.file.stored", []any{u.Name}
	}
	return "archive.file.taken", []any{u.Name, u.Pages}
}
