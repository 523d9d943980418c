package account

import (
	"cmp"
	"context"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// Change is one operation in the history of an account: what became of it, of its posts, and of its work cards.
type Change struct {
	Leaf         evidence.Leaf
	Reason       string
	Gained, Lost []access.Grant
}

// History is every change of an account, the newest first, read from the log.
func History(ctx context.Context, d *op.Door, a *Account) ([]Change, error) {
	q := d.DB.Read()
	found := map[int64]*Change{}
	add := func(c evidence.Change) *Change {
		if found[c.Leaf.Op] == nil {
			found[c.Leaf.Op] = &Change{Leaf: c.Leaf, Reason: c.Reason}
		}
		return found[c.Leaf.Op]
	}
	changes, err := d.Log.History(ctx, q, "account_account", int64(a.ID), a.Owner())
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		add(c)
	}
	held, err := grantsOf(ctx, q, a.ID)
	if err != nil {
		return nil, err
	}
	for _, g := range held {
		changes, err := d.Log.History(ctx, q, "account_grant", int64(g.ID), g.Owner())
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			told, is := add(c), access.Grant{Post: g.Post, Estate: g.AtEstate}
			if c.Version == 1 {
				told.Gained = append(told.Gained, is)
			} else {
				told.Lost = append(told.Lost, is)
			}
		}
	}
	cards, err := cardsOf(ctx, q, a.ID)
	if err != nil {
		return nil, err
	}
	for _, card := range cards {
		changes, err := d.Log.History(ctx, q, "account_card", int64(card.ID), card.Owner())
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			add(c)
		}
	}
	all := make([]Change, 0, len(found))
	for _, c := range found {
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b Change) int { return cmp.Compare(b.Leaf.Op, a.Leaf.Op) })
	return all, nil
}

// Version is what a form that edits an account and its posts was filled from.
func Version(ctx context.Context, d *op.Door, a *Account) (int64, error) {
	held, err := grantsOf(ctx, d.DB.Read(), a.ID)
	return versionOf(a, held), err
}
