//go:build linux

package torture

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest/toy"
)

// K4, the disk full: 8 MB, which a short day fills. What has no room is refused in the house's words and leaves nothing; once
// there is room, all goes on.
func TestDisk_Full(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8m"); err != nil {
		t.Skipf("no small disk can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	t.Setenv(envAcks, t.TempDir())
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 2<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	f := fill(t, dir)
	for refused := 0; refused < 40; {
		refused += f.step()
		if t.Failed() || f.n > 2000 {
			t.Fatalf("after %d steps %d were refused", f.n, refused)
		}
	}
	before := f.n
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if f.step() > 0 {
			t.Error("with room again there was a refusal")
		}
	}
	select {
	case <-f.door.DB.Broken():
		t.Error("a full disk was taken for a broken one")
	default:
	}
	if err := f.shut(); err != nil {
		t.Error(err)
	}
	judge(t, dir, 1)
	t.Logf("full after %d steps", before)
}

// filling is a day that goes on while the disk fills.
type filling struct {
	*testing.T
	*house
	acks     *list
	tills    []toy.TillID
	accounts []toy.AccountID
	n        int
}

func fill(t *testing.T, dir string) *filling {
	t.Helper()
	h, err := open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	f := &filling{T: t, house: h}
	if f.tills, f.accounts, err = h.desks(t.Context()); err == nil {
		f.acks, err = h.list("day")
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// step takes money and writes a long note; it says how much of it was refused.
func (f *filling) step() (refused int) {
	f.Helper()
	f.n++
	in, token := receipt(0, f.n, f.tills[0], f.accounts)
	taken, err := op.Run(clerk(f.Context()), f.door, toy.TakeMoney, in, token)
	refused += f.told(err, "receipt %d %d %d %d", in.Till, taken.Out.No, taken.Out.Receipt, taken.Out.Total)
	text := strings.Repeat(fmt.Sprint("long ", f.n), 3000)
	note, err := op.Run(clerk(f.Context()), f.door, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: text, Holder: int64(f.n)})
	refused += f.told(err, "note %d 1", note.Out)
	if _, err := f.scan(f.Context(), 100); !errs.Is(err, errs.Unavailable) { // far less is free than the house keeps free
		f.Errorf("a scan on a small disk: %v", err)
	}
	return refused
}

func (f *filling) told(err error, format string, args ...any) (refused int) {
	f.Helper()
	switch {
	case err == nil:
		f.acks.write(format, args...)
		return 0
	case !errs.Is(err, errs.Unavailable):
		f.Errorf("step %d: %v", f.n, err)
	}
	return 1
}
