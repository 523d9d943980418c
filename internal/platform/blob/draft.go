package blob

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"hudang/internal/platform/disk"
)

// draft is a blob being written into the folder "new".
type draft struct {
	*Folder
	file *os.File
	kept bool
}

func (d *draft) Write(p []byte) (int, error) {
	n, err := d.file.Write(p)
	if err != nil {
		err = d.failure(err)
	}
	return n, err
}

// Keep puts the bytes on the disk, then the name, then the folder that holds the name. A failed fsync is final
// (reliability §2): the draft is dropped and nothing refers to it.
func (d *draft) Keep(_ context.Context, name string) error {
	if err := errors.Join(d.file.Sync(), d.file.Close()); err != nil {
		return d.failure(err)
	}
	to := d.path(name)
	if err := d.makeFolder(filepath.Dir(to)); err != nil {
		return d.failure(err)
	}
	if err := os.Rename(d.file.Name(), to); err != nil {
		return d.failure(err)
	}
	d.kept = true
	if err := disk.SyncFolder(filepath.Dir(to)); err != nil {
		return d.failure(err)
	}
	return nil
}

// Drop removes what was not kept.
func (d *draft) Drop() {
	if d.kept {
		return
	}
	_ = d.file.Close()           // closed already when Keep failed
	_ = os.Remove(d.file.Name()) // what stays after all is cleared away at the next start
}

// makeFolder makes the two levels below the place, durably.
func (f *Folder) makeFolder(dir string) error {
	if _, known := f.made.Load(dir); known {
		if _, err := os.Stat(dir); err == nil {
			return nil
		}
	}
	if _, err := os.Stat(filepath.Join(f.dir, fresh)); err != nil {
		return err // the place itself is gone: nothing is made in its stead
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := errors.Join(disk.SyncFolder(filepath.Dir(dir)), disk.SyncFolder(f.dir)); err != nil {
		return err
	}
	f.made.Store(dir, true)
	return nil
}
