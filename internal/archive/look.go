package archive

import (
	"context"
	"io"
	"slices"
	"strconv"

	"hudang/internal/platform/db"
	"hudang/internal/platform/doctext"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/render"
)

// Picture is the n-th page of an item, from 1, as a JPEG at most so wide. What has no picture (a film, a broken file) is
// Blocked with a sentence. The caller has left the leaf (LookInto).
func (s Scans) Picture(ctx context.Context, q db.Querier, i *Item, n, width int) ([]byte, error) {
	p, b, err := PageAt(ctx, q, i, n)
	if err != nil {
		return nil, err
	}
	if !b.Shown() {
		return nil, errs.E(errs.Blocked, "archive.error.no_picture")
	}
	file, err := s.Blobs.OpenAt(ctx, b.Owner(), b.stored())
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return s.Render.Page(ctx, render.Type(b.Type), file, b.Size, render.Want{Page: int(p.Page), Width: width, Turn: int(p.Turn)})
}

// Words are the words of a file that has no picture: what can be read of a document. ok is false for a file without any.
// The caller has left the leaf (LookInto).
func (s Scans) Words(ctx context.Context, b *Blob) (text doctext.Text, ok bool, err error) {
	if b.Shown() || b.State == Broken || !doctext.Reads(b.Type) || slices.Contains(b.flags(), render.FlagLocked) {
		return text, false, nil
	}
	file, err := s.Blobs.OpenAt(ctx, b.Owner(), b.stored())
	if err != nil {
		return text, false, err
	}
	defer file.Close()
	text, err = doctext.Of(b.Type, file, b.Size)
	if errs.Is(err, errs.Unavailable) {
		return text, false, err
	}
	return text, err == nil, nil // what was readable and is no longer has an incident of its own (package upkeep)
}

// Original is the bytes of an item's file as they came in. The caller has left the leaf (TakeFile).
func (s Scans) Original(ctx context.Context, q db.Querier, item ItemID, id BlobID) (*Blob, io.ReadCloser, error) {
	b, err := fileOf(ctx, q, item, id)
	if err != nil {
		return nil, nil, err
	}
	file, err := s.Blobs.Open(ctx, b.Owner(), b.stored())
	return b, file, err
}

func accountText(account int64) string { return strconv.FormatInt(account, 10) }
