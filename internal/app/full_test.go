//go:build linux

package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hudang/internal/app"
)

// A disk that is full before the installation is made, wherever it fills, or that has just room enough: nothing of it stays open,
// so that the folder can be moved to a larger one.
func TestOpen_FullDiskLeavesNothingOpen(t *testing.T) {
	for room, made := 4<<10, false; !made; room += room / 3 {
		disk := t.TempDir()
		if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprintf("size=%d", room)); err != nil {
			t.Skipf("no small disk can be mounted here: %v", err)
		}
		a, err := app.Open(t.Context(), app.Options{Data: filepath.Join(disk, "data")})
		if made = err == nil; made {
			err = a.Close(t.Context())
			if err != nil {
				t.Error(err)
			}
		}
		if open := openIn(t, disk); len(open) > 0 {
			t.Errorf("on a disk of %d bytes (%v) these stay open: %v", room, err, open)
		}
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Fatal(err)
		}
	}
}

// openIn are the files below a folder that this process has open.
func openIn(t *testing.T, dir string) (open []string) {
	t.Helper()
	const descriptors = "/proc/self/fd"
	all, err := os.ReadDir(descriptors)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if name, err := os.Readlink(filepath.Join(descriptors, one.Name())); err == nil && strings.HasPrefix(name, dir) {
			open = append(open, name)
		}
	}
	return open
}
