package app_test

import (
	"io"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/errs"
)

// Whoever stopped the demonstration while it was being made is told what to do, not that a name is taken.
func TestFill_HalfMadeIsTold(t *testing.T) {
	c := apptest.Open(t)
	err := c.App.Fill(t.Context(), io.Discard)
	if !errs.Is(err, errs.Blocked) || errs.As(err).Key != "demo.error.unfinished" {
		t.Errorf("%v", err)
	}
}
