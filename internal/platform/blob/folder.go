package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"hudang/internal/platform/disk"
	"hudang/internal/platform/errs"
)

// Folder is a place in a folder: blobs lie two levels deep by the beginning of their names, what is being written lies in
// "new".
type Folder struct {
	dir  string
	sign string   // below dir: what is there shows that the place itself is, and not only where it is to be
	made sync.Map // folders below dir that are there, and durably so
}

const fresh = "new"

// OpenFolder opens a folder, making it on the first day, and clears away what uploads of an earlier run left half-done.
// Only one process may have it open.
func OpenFolder(dir string) (*Folder, error) {
	half := filepath.Join(dir, fresh)
	if err := os.RemoveAll(half); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	if err := os.MkdirAll(half, 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	return &Folder{dir: dir, sign: fresh}, errors.Join(disk.SyncFolder(dir), disk.SyncFolder(filepath.Dir(dir)))
}

// LookInto is a folder that is only read, beside the program that has it open, or a copy; nothing is cleared away.
func LookInto(dir string) *Folder { return &Folder{dir: dir} }

// Create begins a blob; Unavailable when the disk has less room than the house keeps free for cash and log.
func (f *Folder) Create(context.Context) (Draft, error) {
	free, total, err := disk.Room(f.dir)
	if err != nil {
		return nil, f.failure(err)
	}
	if free < keepFree(total) {
		return nil, errs.E(errs.Unavailable, "blob.error.full").Because(fmt.Errorf("%d of %d bytes free", free, total))
	}
	file, err := os.CreateTemp(filepath.Join(f.dir, fresh), "*")
	if err != nil {
		return nil, f.failure(err)
	}
	return &draft{Folder: f, file: file}, nil
}

// keepFree is the room uploads leave alone, in bytes: a tenth of the disk, at least 2 GiB (reliability §2) and at most 10 GiB, which is years of what
// cash and log write: a tenth of a large disk is hundreds of gigabytes that no clerk may fill (decision 8).
func keepFree(total uint64) uint64 { return min(max(total/10, 2<<30), 10<<30) }

// Open opens a blob's ciphertext.
func (f *Folder) Open(_ context.Context, name string) (io.ReadCloser, error) {
	file, err := os.Open(f.path(name))
	if err != nil {
		return nil, f.lookup(name, err)
	}
	return file, nil
}

// Stat is the size of a blob's ciphertext.
func (f *Folder) Stat(_ context.Context, name string) (int64, error) {
	info, err := os.Stat(f.path(name))
	if err != nil {
		return 0, f.lookup(name, err)
	}
	return info.Size(), nil
}

// Delete takes a blob away; one that is not there is no error.
func (f *Folder) Delete(_ context.Context, name string) error {
	err := os.Remove(f.path(name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f.failure(err)
	}
	return nil
}

// Kept is when a blob was put into the folder.
func (f *Folder) Kept(_ context.Context, name string) (time.Time, error) {
	info, err := os.Stat(f.path(name))
	if err != nil {
		return time.Time{}, f.lookup(name, err)
	}
	return info.ModTime(), nil
}

// Names lists the blobs whose names begin so.
func (f *Folder) Names(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		err := filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return f.failure(err)
			case ctx.Err() != nil:
				return ctx.Err()
			case d.IsDir() && path != f.dir && (d.Name() == fresh || !f.leads(path, prefix)):
				return fs.SkipDir
			case !d.IsDir() && strings.HasPrefix(d.Name(), prefix) && !yield(d.Name(), nil):
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield("", err)
		}
	}
}

// leads reports whether a folder below the place may hold names that begin so.
func (f *Folder) leads(path, prefix string) bool {
	within, err := filepath.Rel(f.dir, path)
	begins := strings.ReplaceAll(filepath.ToSlash(within), "/", "")
	return err == nil && (strings.HasPrefix(prefix, begins) || strings.HasPrefix(begins, prefix))
}

// path is where a blob lies. Names come from rows, never from a person; what is no digest leads nowhere.
func (f *Folder) path(name string) string {
	if len(name) != 64 || strings.Trim(name, "0123456789abcdef") != "" {
		return filepath.Join(f.dir, fresh, "none")
	}
	return filepath.Join(f.dir, name[:2], name[2:4], name)
}

// lookup tells a blob that is missing from a folder that is.
func (f *Folder) lookup(name string, err error) error {
	if _, there := os.Stat(filepath.Join(f.dir, f.sign)); errors.Is(err, fs.ErrNotExist) && there == nil {
		return errMissing(name)
	}
	return f.failure(err)
}

func (f *Folder) failure(err error) error {
	key := "blob.error.away"
	if errors.Is(err, syscall.ENOSPC) {
		key = "blob.error.full"
	}
	return errs.E(errs.Unavailable, key).Because(err)
}
