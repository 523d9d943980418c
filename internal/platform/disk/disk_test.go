package disk_test

import (
	"os"
	"path/filepath"
	"testing"

	"hudang/internal/platform/disk"
)

func TestWrite_PutsAFileInPlaceOfTheOlderOne(t *testing.T) {
	file := filepath.Join(t.TempDir(), "identity.txt")
	for _, text := range []string{"one, longer than the next", "two"} {
		if err := disk.Write(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != text {
			t.Errorf("%q, %v; want %q", got, err, text)
		}
	}
	if left, _ := filepath.Glob(file + ".*"); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := disk.Write(filepath.Join(t.TempDir(), "none", "file"), nil, 0o600); err == nil {
		t.Error("written into a folder that is not there")
	}
}

func TestRoom(t *testing.T) {
	if free, total, err := disk.Room(t.TempDir()); err != nil || total == 0 || free > total {
		t.Errorf("free %d of %d, %v", free, total, err)
	}
}
