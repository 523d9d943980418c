package archive_test

import (
	"bytes"
	"context"
	"image/jpeg"
	"log/slog"
	"testing"

	"hudang/internal/archive"
	"hudang/internal/platform/db"
	"hudang/internal/platform/render"
	"hudang/internal/platform/render/rendertest"
)

// thumb is the small picture of an item's page; 0 by 0 for none.
func (s scene) thumb(id archive.ItemID, n int) (w, h, turn int) {
	s.t.Helper()
	raw, turn, _, err := s.scans.Thumb(s.t.Context(), s.d.DB.Read(), s.item(id), n)
	must(s.t, err)
	if raw == nil {
		return 0, 0, turn
	}
	head, err := jpeg.DecodeConfig(bytes.NewReader(raw))
	must(s.t, err)
	if len(raw) > render.ThumbBytes {
		s.t.Errorf("page %d: %d bytes", n, len(raw))
	}
	return head.Width, head.Height, turn
}

// forget takes all thumbnails away, as in the data of a version that had none.
func (s scene) forget() {
	s.t.Helper()
	must(s.t, s.d.DB.Write(s.t.Context(), func(ctx context.Context, w *db.Session) error {
		_, err := w.Exec(ctx, "DELETE FROM archive_thumb WHERE first >= ?", int64(0))
		return err
	}))
}

func TestThumb_MadeWhenAPaperIsLookedAt(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		photo := s.scanned("照片", "照片.jpg", rendertest.JPEG(t, 800, 400))
		if w, h, _ := s.thumb(photo, 1); w != 72 || h != 36 {
			t.Errorf("a photograph: %d by %d", w, h)
		}
		_, err := clerk(s, archive.TurnPage, archive.TurnPageIn{ID: photo, Page: 1, By: 90})
		must(t, err)
		if w, _, turn := s.thumb(photo, 1); w != 72 || turn != 90 {
			t.Errorf("turned: %d wide, by %d", w, turn)
		}
		deed := s.scanned("合同", "合同.pdf", rendertest.PDF(3, "x", ""))
		for n := 1; n <= 3; n++ {
			if _, h, _ := s.thumb(deed, n); h != 72 {
				t.Errorf("page %d is %d high", n, h)
			}
		}
		film := s.scanned("录像", "录像.mp4", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00film"))
		if w, _, _ := s.thumb(film, 1); w != 0 {
			t.Error("a film has a picture")
		}
	})
}

// Papers from before there were thumbnails get theirs once the Looker comes by: of all pages, also of those looked at later.
func TestThumb_OldPapersGetTheirs(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		deed := s.scanned("记录", "记录.pdf", rendertest.PDF(60, "x", ""))
		odd := s.scanned("坏图", "坏图.png", []byte("\x89PNG\r\n\x1a\nnothing else"))
		if w, _, _ := s.thumb(deed, 50); w != 0 {
			t.Fatal("a page has a picture that nobody has looked at")
		}
		l := &archive.Looker{Scans: s.scans, Door: s.d, Log: slog.New(slog.DiscardHandler)}
		must(t, l.Round(t.Context()))
		for _, n := range []int{1, 40, 41, 60} {
			if _, h, _ := s.thumb(deed, n); h != 72 {
				t.Errorf("after the first look page %d is %d high", n, h)
			}
		}
		s.forget()
		if w, _, _ := s.thumb(deed, 1); w != 0 {
			t.Fatal("forgotten and there")
		}
		l = &archive.Looker{Scans: s.scans, Door: s.d, Log: slog.New(slog.DiscardHandler)} // the next start of the program
		must(t, l.Round(t.Context()))
		for _, n := range []int{1, 40, 41, 60} {
			if _, h, _ := s.thumb(deed, n); h != 72 {
				t.Errorf("made anew, page %d is %d high", n, h)
			}
		}
		if w, _, _ := s.thumb(odd, 1); w != 0 {
			t.Error("a damaged file has a picture")
		}
	})
}
