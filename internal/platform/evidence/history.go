package evidence

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

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

// HistoryRequest is a row whose history is asked for, with the owner whose key its old values lie under.
type HistoryRequest struct {
	Table string
	Row   int64
	Owner vault.Owner
}

// History is every change of a row, the newest first, read from the log itself (C7: old values, who and why).
func (l *Log) History(ctx context.Context, q db.Querier, table string, row int64, o vault.Owner) ([]Change, error) {
	k := HistoryRequest{table, row, o}
	all, err := l.Histories(ctx, q, k)
	return all[k], err
}

const mostKept = 500 // rows of one query

// Histories are the histories of many rows, in one query for each 500. What a leaf says of an owner is opened once, however
// many of the rows it tells of.
func (l *Log) Histories(ctx context.Context, q db.Querier, rows ...HistoryRequest) (map[HistoryRequest][]Change, error) {
	all := map[HistoryRequest][]Change{}
	opened := map[saidOf]content{}
	for chunk := range slices.Chunk(rows, mostKept) {
		found, err := touchedBy(ctx, q, chunk)
		if err != nil {
			return nil, err
		}
		for _, t := range found {
			if err := l.fill(ctx, &t, opened); err != nil {
				return nil, err
			}
			all[t.kept] = append(all[t.kept], t.change)
		}
	}
	return all, nil
}

// saidOf is what a leaf says of an owner.
type saidOf struct {
	op    int64
	owner vault.Owner
}

// versionOf is a version of a row, with the sealed part that tells of it.
type versionOf struct {
	kept   HistoryRequest
	change Change
	sealed []byte
}

// touchedBy are all versions of some rows, the newest of each first.
func touchedBy(ctx context.Context, q db.Querier, rows []HistoryRequest) ([]versionOf, error) {
	var args []any
	for i, k := range rows {
		args = append(args, i, k.Table, k.Row, string(k.Owner.Class), k.Owner.ID)
	}
	var found []versionOf
	err := db.Rows(ctx, q, func(r *sql.Rows) error {
		var i int
		var t versionOf
		var leaf []byte
		err := r.Scan(&i, &t.change.Version, &leaf, &t.sealed)
		if err == nil {
			t.kept = rows[i]
			t.change.Leaf, err = DecodeLeaf(leaf)
		}
		found = append(found, t)
		return err
	}, versionsQuery(len(rows)), args...)
	return found, err
}

// versionsQuery asks for all versions of so many rows. The tables are joined in the order written: left to itself SQLite reads the
// whole log for a few hundred.
func versionsQuery(rows int) string {
	const one = "(CAST(? AS BIGINT), CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS TEXT), CAST(? AS BIGINT))"
	return `WITH asked (n, tbl, id, class, owner) AS (VALUES ` + one + strings.Repeat(", "+one, rows-1) + `)
		SELECT a.n, t.version, l.leaf, p.sealed
		FROM asked a CROSS JOIN evidence_touched t CROSS JOIN evidence_leaf l CROSS JOIN evidence_part p
		WHERE t.tbl = a.tbl AND t.row = a.id AND l.log = t.log AND l.pos = t.leaf
		AND p.log = t.log AND p.leaf = t.leaf AND p.owner_class = a.class AND p.owner_id = a.owner
		ORDER BY a.n, t.version DESC`
}

// fill says what a version changed.
func (l *Log) fill(ctx context.Context, t *versionOf, opened map[saidOf]content) error {
	c, at := &t.change, saidOf{t.change.Leaf.Op, t.kept.Owner}
	inside, known := opened[at]
	if !known {
		var err error
		inside, err = l.open(ctx, t.kept.Owner, c.Leaf.Op, t.sealed)
		if errors.Is(err, vault.ErrNoKey) {
			c.Lost = true
			return nil
		}
		if err != nil {
			return err
		}
		opened[at] = inside
	}
	c.Reason = inside.Reason
	for _, im := range inside.Images {
		if im.Table == t.kept.Table && im.Row == t.kept.Row {
			var err error
			c.Columns, err = diff(im)
			return err
		}
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
