// Package disk is what the rooms that keep files of their own know of the disk: how to write so that a power cut leaves a
// file whole or absent, and how much room there is (reliability §2).
//
// It imports nothing of the house and keeps nothing. Always true: what Write or SyncFolder returned for without an error is on
// the disk, names too.
package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write puts a file in place, or in place of an older one, so that after a power cut it is there whole as it was or as it is.
func Write(file string, data []byte, perm fs.FileMode) error {
	f, err := os.OpenFile(file+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(file+".new", file); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(file))
}
