package archive_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"hudang/internal/archive"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/render"
	"hudang/internal/platform/render/rendertest"
)

func (s scene) files(id archive.ItemID) []archive.Blob {
	s.t.Helper()
	files, err := archive.FilesOf(s.t.Context(), s.d.DB.Read(), s.item(id))
	must(s.t, err)
	return files
}

// What nobody came to the end of looking at is kept, called neither good nor bad, and looked at again, until somebody does.
func TestLooker_LooksAgainUntilItHasSeen(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		able := s.scans.Render
		s.scans.Render = render.None()
		id := s.scanned("合同", "合同.pdf", rendertest.PDF(3, "x", ""))
		odd := s.scanned("扫描", "扫描.png", []byte("\x89PNG\r\n\x1a\nnothing else"))
		f := s.files(id)[0]
		if f.State != archive.Unseen || f.Shown() || s.item(id).Pages != 1 {
			t.Fatalf("%s, %d pages", f.State, s.item(id).Pages)
		}
		rows, err := archive.ItemsIn(t.Context(), s.d.DB.Read(), s.scope(s.garden), s.volume)
		must(t, err)
		if rows[0].Sight != archive.Waiting {
			t.Errorf("its row says %d", rows[0].Sight)
		}
		_, err = s.scans.Picture(t.Context(), s.d.DB.Read(), s.item(id), 1, 300)
		wantKind(t, "its picture", err, errs.Blocked)
		l := &archive.Looker{Scans: s.scans, Door: s.d, Log: slog.New(slog.DiscardHandler)}
		must(t, l.Round(t.Context()))
		l.Scans.Render = able
		must(t, l.Round(t.Context())) // left alone for a while
		if s.files(id)[0].State != archive.Unseen {
			t.Error("it is asked for without a pause")
		}
		now := s.d.Clock.Now()
		s.d.Clock = clock.At(now.Add(2 * time.Minute))
		must(t, l.Round(t.Context()))
		if f := s.files(id)[0]; f.State != archive.Sound || f.Pages != 3 || s.item(id).Pages != 3 {
			t.Errorf("then: %s, %d pages, the paper has %d", f.State, f.Pages, s.item(id).Pages)
		}
		s.scans.Render = able
		if _, err := s.scans.Picture(t.Context(), s.d.DB.Read(), s.item(id), 3, 300); err != nil {
			t.Errorf("its third page: %v", err)
		}
		if f := s.files(odd)[0]; f.State != archive.Broken {
			t.Errorf("the damaged one is %s", f.State)
		}
	})
}

// Pages beyond the first are looked at in the background, and marked as those are.
func TestLooker_MarksLaterPages(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		id := s.scanned("记录", "记录.pdf", rendertest.PDFWithLostPage(60, 50))
		if f := s.files(id)[0]; f.State != archive.Sound || f.Flags != "rest:40" {
			t.Fatalf("at first: %s %q", f.State, f.Flags)
		}
		l := &archive.Looker{Scans: s.scans, Door: s.d, Log: slog.New(slog.DiscardHandler)}
		must(t, l.Round(t.Context()))
		f := s.files(id)[0]
		if f.State != archive.Doubtful || f.Flags != "blank:50" || !slices.Equal(f.Marks(50), []string{render.FlagBlank}) || len(f.Marks(49)) > 0 {
			t.Errorf("then: %s %q", f.State, f.Flags)
		}
	})
}

func TestLooker_LeavesWhatIsLost(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		able := s.scans.Render
		s.scans.Render = render.None()
		id := s.scanned("合同", "合同.pdf", rendertest.PDF(1, "x", ""))
		must(t, s.scans.Blobs.Delete(t.Context(), s.files(id)[0].Stored))
		s.scans.Render = able
		l := &archive.Looker{Scans: s.scans, Door: s.d, Log: slog.New(slog.DiscardHandler)}
		must(t, l.Round(t.Context()))
		if f := s.files(id)[0]; f.State != archive.Unseen {
			t.Errorf("a file that is away is %s", f.State)
		}
	})
}

func TestFolded(t *testing.T) {
	for flags, want := range map[string]string{
		"":                                "",
		"script glyphs:0 glyphs:1":        "script glyphs:0-1",
		"glyphs:1 blank:3 glyphs:0-0":     "blank:3 glyphs:0-1",
		"glyphs:0-17 glyphs:18 glyphs:20": "glyphs:0-18 glyphs:20",
		"large=20×30 page:1":              "large=20×30 page:1",
	} {
		if got := strings.Join(archive.Folded(strings.Fields(flags)), " "); got != want {
			t.Errorf("%q: %q, want %q", flags, got, want)
		}
	}
}
