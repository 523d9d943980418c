package household

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"hudang/internal/platform/db"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/vault"
)

// RemarksOf are the remarks of households that stand today, in the order they were made.
func RemarksOf(ctx context.Context, q db.Querier, ids ...ID) (map[ID][]Remark, error) {
	return remarks(ctx, q, true, ids)
}

func remarks(ctx context.Context, q db.Querier, now bool, ids []ID) (map[ID][]Remark, error) {
	found := map[ID][]Remark{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []Remark
	query := q.Select(&rows).Where("household IN (?)", bun.List(ids))
	if now {
		query = query.Where("until IS NULL")
	}
	err := query.OrderExpr("household, id").Scan(ctx)
	for _, r := range rows {
		found[r.Household] = append(found[r.Household], r)
	}
	return found, err
}

// SaidOf are all remarks of a household with their words, those of the past too.
func SaidOf(ctx context.Context, q db.Querier, keys *vault.Store, id ID) ([]Said, error) {
	found, err := remarks(ctx, q, false, []ID{id})
	if err != nil {
		return nil, err
	}
	return open(ctx, keys, found[id])
}

// SaidNow are the words of the remarks of households that stand today.
func SaidNow(ctx context.Context, q db.Querier, keys *vault.Store, ids ...ID) (map[ID][]Said, error) {
	found, err := RemarksOf(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	said := make(map[ID][]Said, len(found))
	for id, rows := range found {
		if said[id], err = open(ctx, keys, rows); err != nil {
			return nil, err
		}
	}
	return said, nil
}

// open reads the words of remarks; those whose key was destroyed are left out.
func open(ctx context.Context, keys *vault.Store, rows []Remark) ([]Said, error) {
	var said []Said
	for i := range rows {
		text, err := masked.Open(ctx, keys, &rows[i], RemarkSaid, rows[i].Said)
		if errors.Is(err, vault.ErrNoKey) {
			continue
		}
		if err != nil {
			return nil, err
		}
		said = append(said, Said{rows[i], text})
	}
	return said, nil
}
