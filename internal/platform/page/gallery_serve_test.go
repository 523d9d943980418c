package page_test

import (
	"net/http"
	"os"
	"testing"
)

// TestServe shows the gallery on the address in HUDANG_GALLERY, for looking at it while the style sheet changes.
func TestServe(t *testing.T) {
	addr := os.Getenv("HUDANG_GALLERY")
	if addr == "" {
		t.Skip("set HUDANG_GALLERY=127.0.0.1:8099 to look")
	}
	t.Fatal(http.ListenAndServe(addr, newHouse(t).mux))
}
