package archive

import (
	"context"
	"slices"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// AddPagesIn adds files to an item.
type AddPagesIn struct {
	ID      ItemID
	Uploads []Upload
}

// AddPages adds the pages of files behind those an item has; an item on paper only becomes a scanned one.
var AddPages = itemOp("archive.add_pages", op.Spec[AddPagesIn, ItemID]{
	Clauses: []string{"C3", "D4"},
	Posts:   mayChange,
	Check: func(in *AddPagesIn, _ cn.Date, f *errs.Fields) {
		f.Check(len(in.Uploads) > 0, "files", "error.required")
	},
}, func(in AddPagesIn) ItemID { return in.ID }, func(ctx context.Context, tx op.Tx, i *Item, in AddPagesIn) error {
	return addPages(ctx, tx, i, in.Uploads)
})

// addPages adds the pages of files behind those of an item; the item is changed, and its row the caller's to write.
func addPages(ctx context.Context, tx op.Tx, i *Item, uploads []Upload) error {
	pages, err := pagesOf(ctx, tx, i)
	if err != nil {
		return err
	}
	rows, err := filed(ctx, tx, i, pages, uploads)
	if err != nil {
		return err
	}
	return tx.Insert(ctx, rows...)
}

// TurnPageIn turns a page.
type TurnPageIn struct {
	ID   ItemID
	Page int   // from 1
	By   int64 `form:"by"` // 90, 180 or 270 degrees clockwise
}

// TurnPage turns a page; the file stays as it is.
var TurnPage = itemOp("archive.turn_page", op.Spec[TurnPageIn, ItemID]{
	Clauses: []string{"C3"},
	Posts:   mayChange,
	Check: func(in *TurnPageIn, _ cn.Date, f *errs.Fields) {
		f.Check(in.By == 90 || in.By == 180 || in.By == 270, "by", "error.required")
	},
}, func(in TurnPageIn) ItemID { return in.ID }, func(ctx context.Context, tx op.Tx, i *Item, in TurnPageIn) error {
	return rearrange(ctx, tx, i, func(pages []Page) ([]Page, error) {
		if in.Page < 1 || in.Page > len(pages) {
			return nil, errs.E(errs.NotFound, "error.not_found")
		}
		at := &pages[in.Page-1]
		at.Turn = (at.Turn + in.By) % 360
		return pages, nil
	})
})

// SplitItemIn splits an item in two.
type SplitItemIn struct {
	ID ItemID
	At int `form:"at"` // the first page of the second part, from 2
}

// SplitItem makes two items of one: a pile scanned in one go. The second part begins as a copy of the first's facts; it
// answers the new item.
var SplitItem = op.Define("archive.split_item", op.Spec[SplitItemIn, ItemID]{
	Clauses: []string{"C3"},
	Posts:   mayChange,
	Subject: record.Subject(func(in SplitItemIn) ItemID { return in.ID }, lockItem),
	Do: func(ctx context.Context, tx op.Tx, in SplitItemIn) (ItemID, error) {
		i, err := lockInForce(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		pages, err := pagesOf(ctx, tx, i)
		if err != nil {
			return 0, err
		}
		if in.At < 2 || in.At > len(pages) {
			return 0, errs.E(errs.Blocked, "archive.error.split")
		}
		second := *i
		second.ID, second.Note, second.Verified, second.VerifiedBy = ItemID(tx.NewID()), nil, "", 0
		rest, err := arranged(ctx, tx, &second, pages[in.At-1:], fromArrange)
		if err != nil {
			return 0, err
		}
		if err := tx.Insert(ctx, &second); err != nil {
			return 0, err
		}
		if err := tx.Insert(ctx, rest...); err != nil {
			return 0, err
		}
		return second.ID, keep(ctx, tx, i, pages[:in.At-1])
	},
})

// MergeItemIn joins an item to another.
type MergeItemIn struct {
	ID   ItemID
	Into ItemID `form:"into"`
}

// MergeItem joins an item's pages behind those of another of its volume, and voids it: one paper scanned in two goes.
var MergeItem = itemOp("archive.merge_item", op.Spec[MergeItemIn, ItemID]{
	Clauses: []string{"C3"},
	Posts:   mayVoid,
	Check: func(in *MergeItemIn, _ cn.Date, f *errs.Fields) {
		f.Check(in.Into != 0 && in.Into != in.ID, "into", "error.required")
	},
}, func(in MergeItemIn) ItemID { return in.ID }, func(ctx context.Context, tx op.Tx, i *Item, in MergeItemIn) error {
	into, err := lockInForce(ctx, tx, in.Into)
	if err != nil {
		return err
	}
	if into.Volume != i.Volume || i.Current == 0 || into.Current == 0 {
		return errs.E(errs.Blocked, "archive.error.merge")
	}
	pages, err := pagesOf(ctx, tx, into)
	if err != nil {
		return err
	}
	more, err := pagesOf(ctx, tx, i)
	if err != nil {
		return err
	}
	i.voidInto(into, tx)
	return keep(ctx, tx, into, slices.Concat(pages, more))
})

// rearrange gives an item a new version of its pages.
func rearrange(ctx context.Context, tx op.Tx, i *Item, change func([]Page) ([]Page, error)) error {
	pages, err := pagesOf(ctx, tx, i)
	if err != nil {
		return err
	}
	if pages, err = change(pages); err != nil {
		return err
	}
	rows, err := arranged(ctx, tx, i, pages, fromArrange)
	if err != nil {
		return err
	}
	return tx.Insert(ctx, rows...)
}

// keep writes an item with a new version of pages.
func keep(ctx context.Context, tx op.Tx, i *Item, pages []Page) error {
	err := rearrange(ctx, tx, i, func([]Page) ([]Page, error) { return pages, nil })
	if err != nil {
		return err
	}
	return tx.Update(ctx, i)
}
