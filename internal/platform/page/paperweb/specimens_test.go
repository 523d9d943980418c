package paperweb_test

import (
	"strings"
	"testing"

	"hudang/internal/platform/page/paperweb"
)

// Each kind of print of the gallery is one page of its paper.
func TestSpecimens_AreOnePageOfTheirPaper(t *testing.T) {
	for i, size := range []string{`width="241mm" height="139.5mm"`, `width="210mm" height="296.5mm"`, `width="80mm"`, `width="40mm" height="29.5mm"`} {
		var b strings.Builder
		s := paperweb.Specimens()[i]
		if err := s.Body.Render(t.Context(), &b); err != nil {
			t.Fatal(s.Title, err)
		}
		if strings.Count(b.String(), "<svg ") != 1 || !strings.Contains(b.String(), size) {
			t.Errorf("%s: %d pages, %.120s", s.Title, strings.Count(b.String(), "<svg "), b.String())
		}
	}
}
