package app

import (
	"testing"

	"hudang/internal/platform/errs"
)

// While a copy is made nothing is cleared away, and the other way round.
func TestLease_OneAtATime(t *testing.T) {
	data := t.TempDir()
	release, err := lease(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lease(data); !errs.Is(err, errs.Blocked) {
		t.Errorf("a second one: %v", err)
	}
	if _, err := Copy(t.Context(), CopyOptions{Data: data, Dest: t.TempDir()}); !errs.Is(err, errs.Blocked) || errs.As(err).Key != "copy.error.busy" {
		t.Errorf("a copy: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	again, err := lease(data)
	if err != nil {
		t.Fatal(err)
	}
	_ = again()
}
