package archive

import (
	"context"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

// OpenItemIn says which item is looked at, on which local day.
type OpenItemIn struct {
	ID  ItemID
	Day string
}

// openItem is a look into a document: one leaf for each account, item and day, however often it is opened (design §3).
var openItem = op.Define("archive.open_item", op.Spec[OpenItemIn, int]{
	Clauses: []string{"D5"},
	Posts:   mayRead,
	Subject: record.Subject(func(in OpenItemIn) ItemID { return in.ID }, lockItem),
	Do:      func(context.Context, op.Tx, OpenItemIn) (int, error) { return 0, nil },
})

// LookInto leaves the leaf of a look into an item; every page that shows what is in it asks for it first.
func LookInto(ctx context.Context, d *op.Door, account int64, id ItemID) error {
	in := OpenItemIn{ID: id, Day: clock.Date(d.Clock.Now())}
	token := d.Vault.MAC("archive look", []byte(in.Day), []byte(ref.Text(id)), []byte(accountText(account)))
	_, err := op.Run(ctx, d, openItem, in, op.Token(token))
	return err
}

// TakeFileIn names a file of an item.
type TakeFileIn struct {
	ID   ItemID
	Blob BlobID
}

// TakeFile is taking the original file out: each time leaves a leaf.
var TakeFile = op.Define("archive.take_file", op.Spec[TakeFileIn, int64]{
	Clauses: []string{"D5", "E7"},
	Posts:   mayRead,
	Subject: record.Subject(func(in TakeFileIn) ItemID { return in.ID }, lockItem),
	Do: func(ctx context.Context, tx op.Tx, in TakeFileIn) (int64, error) {
		b, err := fileOf(ctx, tx, in.ID, in.Blob)
		if err != nil {
			return 0, err
		}
		return b.Size, nil
	},
})
