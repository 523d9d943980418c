package archive

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
)

// Twin is a paper in force that holds the same file as another, byte for byte.
type Twin struct {
	Item   ItemID `bun:"item"`
	Title  string `bun:"title"`
	Volume string `bun:"volume_title"`
	Sum    []byte `bun:"sum"`
}

// TwinsOf are the papers of a scope that hold a file of an item too, the item itself left out.
func TwinsOf(ctx context.Context, q db.Querier, s access.Scope, i *Item) ([]Twin, error) {
	files, err := FilesOf(ctx, q, i)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	sums := make([][]byte, len(files))
	for n, f := range files {
		sums[n] = f.Sum
	}
	return holding(ctx, q, s, sums, i.ID)
}

// DropTwin takes a paper out whose every file lies in another paper in force too: sent in twice, it need not stay. Whoever
// adds papers may do so himself, for nothing goes from the files but the repetition.
var DropTwin = itemOp("archive.drop_twin", op.Spec[ItemID, ItemID]{
	Clauses: []string{"D4", "E15"},
	Posts:   mayChange,
}, func(id ItemID) ItemID { return id }, func(ctx context.Context, tx op.Tx, i *Item, _ ItemID) error {
	kept, err := keptElsewhere(ctx, tx, i)
	if err != nil {
		return err
	}
	if kept.Item == 0 {
		return errs.Rule("D4", "archive.error.no_twin", i.Title)
	}
	i.Voided, i.VoidReason = tx.Today().String(), "= "+kept.Title
	return nil
})

// keptElsewhere is a paper of the same estate that holds a file of the item, if every file of it is held by one; the others
// stay locked until this is written, so that of two papers only one goes.
func keptElsewhere(ctx context.Context, tx op.Tx, i *Item) (Twin, error) {
	files, err := FilesOf(ctx, tx, i)
	if err != nil {
		return Twin{}, err
	}
	var kept Twin
	for _, f := range files {
		all, err := holding(ctx, tx, tx.Actor().Scope(mayChange, i.Estate), [][]byte{f.Sum}, i.ID)
		if err != nil || len(all) == 0 {
			return Twin{}, err
		}
		if _, err := lockInForce(ctx, tx, all[0].Item); err != nil {
			return Twin{}, err
		}
		kept = all[0]
	}
	return kept, nil
}

// Alike notes which of a form's uploads the scope has already, or which came twice at once: what is said of them, and where
// the other one is. It is asked before they are filed.
func Alike(ctx context.Context, q db.Querier, s access.Scope, uploads []Upload, answers []Answer) error {
	var sums [][]byte
	for _, u := range uploads {
		sums = append(sums, u.Sum)
	}
	if len(sums) == 0 {
		return nil
	}
	known, err := holding(ctx, q, s, sums, 0)
	if err != nil {
		return err
	}
	first := map[string]string{}
	n := 0
	for at := range answers {
		if !answers[at].Taken {
			continue
		}
		u := uploads[n]
		n++
		for _, k := range known {
			if string(k.Sum) == string(u.Sum) && len(answers[at].Twins) < 3 {
				answers[at].Twins, answers[at].Plain = append(answers[at].Twins, k), false
			}
		}
		if earlier, twice := first[string(u.Sum)]; twice {
			answers[at].Text += i18n.T(ctx, "archive.file.and") + i18n.T(ctx, "archive.file.twice", earlier)
			answers[at].Plain = false
		} else {
			first[string(u.Sum)] = u.Name
		}
	}
	return nil
}
