package archive

import (
	"bytes"
	"context"
	"io"

	"hudang/internal/platform/blob"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/render"
)

// thumbs are the thumbnails of a file's pages from one on, as they lie in the store under the volume's key.
type thumbs struct {
	first  int
	sizes  []int
	stored blob.Blob
}

// keepThumbs keeps what a look has drawn. A paper is not refused for its thumbnails: those that cannot be kept now are made by the Looker.
func (s Scans) keepThumbs(ctx context.Context, v VolumeID, first int, drawn render.Thumbs) []thumbs {
	t := thumbs{first: first, sizes: drawn.Sizes}
	if len(t.sizes) == 0 {
		return nil
	}
	if len(drawn.Bytes) > 0 {
		var err error
		if t.stored, err = s.Blobs.Put(ctx, v.Key(), bytes.NewReader(drawn.Bytes), int64(len(drawn.Bytes))); err != nil {
			return nil
		}
	}
	return []thumbs{t}
}

// dropThumbs takes thumbnails away to which no row came to refer.
func (s Scans) dropThumbs(ctx context.Context, all []thumbs) (err error) {
	for _, t := range all {
		if t.stored.Name != "" {
			err = s.Blobs.Delete(context.WithoutCancel(ctx), t.stored.Name)
		}
	}
	return err
}

// span is where a page's picture lies within the blob.
func (t thumbs) span(page int) (from int64, n int) {
	for at, size := range t.sizes {
		if t.first+at == page {
			return from, size
		}
		from += int64(size)
	}
	return 0, 0
}

// Thumb is a small picture of the n-th page of an item, from 1, and how far it is to be turned; nil where there is none: it was not
// made yet, or the file has no pictures. The file says what stands in its place.
func (s Scans) Thumb(ctx context.Context, q db.Querier, i *Item, n int) (jpeg []byte, turn int, file *Blob, err error) {
	p, file, err := PageAt(ctx, q, i, n)
	if err != nil || !file.Shown() {
		return nil, 0, file, err
	}
	t, err := thumbsAt(ctx, q, file, p.Page)
	if err != nil {
		return nil, 0, file, err
	}
	from, size := t.span(int(p.Page))
	if size == 0 {
		return nil, 0, file, nil
	}
	at, err := s.Blobs.OpenAt(ctx, file.Owner(), t.stored)
	if err == nil {
		defer at.Close()
		jpeg = make([]byte, size)
		_, err = io.ReadFull(io.NewSectionReader(at, from, int64(size)), jpeg)
	}
	if errs.Is(err, errs.Blocked) { // damaged or lost: upkeep has it made anew
		return nil, 0, file, nil
	}
	return jpeg, int(p.Turn), file, err
}

// makeThumbs makes the thumbnails of a file that came in before there were any, or whose first ones got lost.
func (s Scans) makeThumbs(ctx context.Context, d *op.Door, b *Blob) error {
	file, err := s.Blobs.OpenAt(ctx, b.Owner(), b.stored())
	if err != nil {
		return err
	}
	defer file.Close()
	for from := 0; ; {
		facts, err := s.Render.InspectLater(ctx, render.Type(b.Type), file, b.Size, render.Later{From: from})
		if err != nil {
			return err
		}
		if facts.Broken {
			facts.Thumbs = render.Thumbs{Sizes: []int{0}} // it does not come up again
		}
		if err := s.noteThumbs(ctx, d, b, s.keepThumbs(ctx, b.Volume, from, facts.Thumbs)); err != nil {
			return err
		}
		if _, from = rest(facts.Flags); from == 0 || facts.Broken {
			return nil
		}
	}
}

// noteThumbs gives a file that is filed already its thumbnails.
func (s Scans) noteThumbs(ctx context.Context, d *op.Door, b *Blob, all []thumbs) error {
	if len(all) == 0 {
		return nil
	}
	return d.DB.Write(ctx, func(ctx context.Context, w *db.Session) error {
		for _, t := range all {
			if err := putThumbs(ctx, w.Exec, b.ID, t); err != nil {
				return err
			}
		}
		return nil
	})
}
