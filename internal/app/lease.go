package app

import (
	"errors"
	"io/fs"
	"path/filepath"

	"hudang/internal/platform/errs"
)

// lease keeps copies from being made while files are cleared away, and files from being cleared away while a copy is made.
// It ends with the process, however that ends.
func lease(data string) (release func() error, err error) {
	release, err = lockFolder(filepath.Join(data, "copying"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		err = errs.E(errs.Blocked, "copy.error.busy").Because(err)
	}
	return release, err
}
