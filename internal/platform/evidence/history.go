package evidence

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"reflect"
	"slices"

	"hudang/internal/platform/db"
	"hudang/internal/platform/vault"
)

// Change is one version of a row in its history.
type Change struct {
	Leaf    Leaf
	Version int64
	Reason  string
	Lost    bool // the owner's key was destroyed: when and who remain, what is gone
	Columns []Column
}

// Column is one value that a change altered; Old is nil in the first version, New in the last of a deleted row.
type Column struct {
	Name     string
	Old, New any // int64, string, []byte or nil
}

// History is every change of a row, the newest first, read from the log itself (C7: old values, who and why).
func (l *Log) History(ctx context.Context, q db.Querier, table string, row int64, o vault.Owner) ([]Change, error) {
	var changes []Change
	var sealed [][]byte
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var c Change
		var leaf, part []byte
		err := rows.Scan(&c.Version, &leaf, &part)
		if err == nil {
			c.Leaf, err = DecodeLeaf(leaf)
		}
		changes, sealed = append(changes, c), append(sealed, part)
		return err
	}, `SELECT t.version, l.leaf, p.sealed FROM evidence_touched t
		JOIN evidence_leaf l ON l.log = t.log AND l.pos = t.leaf
		JOIN evidence_part p ON p.log = t.log AND p.leaf = t.leaf AND p.owner_class = ? AND p.owner_id = ?
		WHERE t.tbl = ? AND t.row = ? ORDER BY t.version DESC`, string(o.Class), o.ID, table, row)
	if err != nil {
		return nil, err
	}
	for i := range changes {
		if err := l.fill(ctx, &changes[i], sealed[i], table, row, o); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

func (l *Log) fill(ctx context.Context, c *Change, sealed []byte, table string, row int64, o vault.Owner) error {
	plain, err := l.vault.Open(ctx, o, bindTo(c.Leaf.Op), sealed)
	if errors.Is(err, vault.ErrNoKey) {
		c.Lost = true
		return nil
	}
	if err != nil {
		return err
	}
	inside, err := decodeContent(plain)
	if err != nil {
		return err
	}
	c.Reason = inside.Reason
	for _, im := range inside.Images {
		if im.Table != table || im.Row != row {
			continue
		}
		c.Columns, err = diff(im)
		return err
	}
	return nil
}

// bookkeeping columns say nothing about the thing itself.
var bookkeeping = []string{"id", "estate", "version", "ev_op", "ev_salt"}

func diff(im image) ([]Column, error) {
	before, err := readImage(im.Before)
	if err != nil {
		return nil, err
	}
	after, err := readImage(im.After)
	if err != nil {
		return nil, err
	}
	all := maps.Clone(after)
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, before)
	var columns []Column
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if slices.Contains(bookkeeping, name) || reflect.DeepEqual(before[name], after[name]) {
			continue
		}
		columns = append(columns, Column{name, before[name], after[name]})
	}
	return columns, nil
}

// Before is a row as it was before one of its versions, by column; vault.ErrNoKey when its owner's key was destroyed.
func (l *Log) Before(ctx context.Context, q db.Querier, table string, row, version int64, o vault.Owner) (map[string]any, error) {
	var leaf, sealed []byte
	err := db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&leaf, &sealed) },
		`SELECT l.leaf, p.sealed FROM evidence_touched t
		JOIN evidence_leaf l ON l.log = t.log AND l.pos = t.leaf
		JOIN evidence_part p ON p.log = t.log AND p.leaf = t.leaf AND p.owner_class = ? AND p.owner_id = ?
		WHERE t.tbl = ? AND t.row = ? AND t.version = ?`, string(o.Class), o.ID, table, row, version)
	if err != nil {
		return nil, err
	}
	decoded, err := DecodeLeaf(leaf)
	if err != nil {
		return nil, err
	}
	plain, err := l.vault.Open(ctx, o, bindTo(decoded.Op), sealed)
	if err != nil {
		return nil, err
	}
	inside, err := decodeContent(plain)
	if err != nil {
		return nil, err
	}
	for _, im := range inside.Images {
		if im.Table == table && im.Row == row {
			return readImage(im.Before)
		}
	}
	return nil, nil
}
