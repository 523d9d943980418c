package app_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"hudang/internal/app"
)

// An installation that cannot be opened to the end says why, and leaves its folder to the next who tries.
func TestOpen_GivesUpAndLetsGo(t *testing.T) {
	for _, blocked := range []string{"blobs", "derived"} {
		t.Run(blocked, func(t *testing.T) {
			data := t.TempDir()
			at := filepath.Join(data, blocked)
			if err := os.WriteFile(at, []byte("in the way"), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := app.Open(t.Context(), app.Options{Data: data}); err == nil {
				t.Fatalf("opened although %s is no folder", blocked)
			}
			if err := os.Remove(at); err != nil {
				t.Fatal(err)
			}
			a, err := app.Open(t.Context(), app.Options{Data: data})
			if err != nil {
				t.Fatal(err)
			}
			if err := a.Close(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
}
