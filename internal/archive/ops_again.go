package archive

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/platform/op"
)

// LookedIn is what was found in a file that was looked at again.
type LookedIn struct {
	File  BlobID
	Type  Type
	State BlobState
	Flags []string
	Pages int
}

// Looked notes what was found in a file when it was looked at again: it was not looked at to its end when it came in.
// Its bytes stay as they are; where it stood as one page for want of knowledge, its pages take that one's place.
var Looked = op.Define("archive.look_again", op.Spec[LookedIn, int]{
	Clauses: []string{"C3", "D4"},
	Posts:   mayLook,
	Subject: func(ctx context.Context, tx op.Tx, in LookedIn) (op.Subject, error) {
		b := &Blob{}
		b.ID = in.File
		err := tx.Lock(ctx, b)
		return op.Subject{Kind: "file", ID: int64(in.File), Estate: b.Estate, Owner: b.Owner()}, err
	},
	Do: func(ctx context.Context, tx op.Tx, in LookedIn) (int, error) {
		b := &Blob{}
		b.ID = in.File
		if err := tx.Lock(ctx, b); err != nil {
			return 0, err
		}
		b.Type, b.State, b.Flags, b.Pages = in.Type, in.State, strings.Join(in.Flags, " "), int64(in.Pages)
		if err := tx.Update(ctx, b); err != nil {
			return 0, err
		}
		holders, err := holdersOf(ctx, tx, b.ID)
		if err != nil {
			return 0, err
		}
		for _, id := range holders {
			if err := unfold(ctx, tx, id, b); err != nil {
				return 0, err
			}
		}
		return len(holders), nil
	},
})

// unfold puts a file's pages in the place of the one by which it stood in an item.
func unfold(ctx context.Context, tx op.Tx, id ItemID, b *Blob) error {
	i, _, err := lockItem(ctx, tx, id)
	if err != nil {
		return err
	}
	pages, err := pagesOf(ctx, tx, i)
	if err != nil {
		return err
	}
	of := func(p Page) bool { return p.Blob == b.ID }
	at := slices.IndexFunc(pages, of)
	if at < 0 || b.Pages < 2 || slices.ContainsFunc(pages[at+1:], of) {
		return nil
	}
	for n := range b.Pages - 1 {
		pages = slices.Insert(pages, at+int(n)+1, Page{Blob: b.ID, Page: n + 1, Turn: pages[at].Turn})
	}
	return keep(ctx, tx, i, pages)
}
