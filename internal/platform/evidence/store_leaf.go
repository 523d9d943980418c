package evidence

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// LeafWithRows is a leaf with the lists it commits to, as docs/log-format.md has them. Nothing of it is personal.
type LeafWithRows struct {
	Leaf
	Hash  tlog.Hash // of the leaf as an entry of the log's tree
	Rows  []TouchedRow
	Parts []SealedPart
}

// TouchedRow is a row that an operation wrote; an empty digest says that it was deleted.
type TouchedRow struct {
	Table        string
	Row, Version int64
	Digest       []byte
}

// SealedPart is what an operation said under one owner's key, as far as it can be checked without the key.
type SealedPart struct {
	Owner              string
	Commitment, Sealed []byte // the commitment, and the digest of the sealed bytes
}

// LeafAt is one leaf of a log with at most n of the rows it touched; ErrNoLeaf when there is none.
func (l *Log) LeafAt(ctx context.Context, q db.Querier, log access.EstateID, index int64, n int) (LeafWithRows, error) {
	f, found := LeafWithRows{}, false
	err := db.Rows(ctx, q, func(rows *sql.Rows) (err error) {
		var raw []byte
		if err = rows.Scan(&raw); err == nil {
			f.Hash, found = tlog.RecordHash(raw), true
			f.Leaf, err = DecodeLeaf(raw)
		}
		return err
	}, `SELECT leaf FROM evidence_leaf WHERE log = ? AND pos = ?`, int64(log), index)
	if err != nil {
		return f, err
	}
	if !found {
		return f, ErrNoLeaf
	}
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var r TouchedRow
		err := rows.Scan(&r.Table, &r.Row, &r.Version, &r.Digest)
		f.Rows = append(f.Rows, r)
		return err
	}, `SELECT tbl, row, version, digest FROM evidence_touched WHERE log = ? AND leaf = ? ORDER BY seq LIMIT ?`, int64(log), index, n)
	if err != nil {
		return f, err
	}
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var class, id string
		var sealed []byte
		var p SealedPart
		err := rows.Scan(&class, &id, &p.Commitment, &sealed)
		sum := sha256.Sum256(sealed)
		p.Owner, p.Sealed = class+":"+id, sum[:]
		f.Parts = append(f.Parts, p)
		return err
	}, `SELECT owner_class, CAST(owner_id AS TEXT), commitment, sealed FROM evidence_part WHERE log = ? AND leaf = ? ORDER BY seq LIMIT ?`, int64(log), index, n)
	return f, err
}

// RowKey is a row of a table.
type RowKey struct {
	Table string
	Row   int64
}

// Subjects are the rows that leaves were about, in their order: a leaf keeps a number alone, and the log itself says of which
// table it is. What was made anew is among the rows the leaf touched. The zero value is about nothing, one without a table about
// something of which no evidence is kept.
func Subjects(ctx context.Context, q db.Querier, tables []string, leaves []Leaf) ([]RowKey, error) {
	about := make([]RowKey, len(leaves))
	touched, err := firstTouched(ctx, q, leaves)
	if err != nil {
		return nil, err
	}
	known, err := tablesOf(ctx, q, tables, leaves)
	if err != nil {
		return nil, err
	}
	for i, l := range leaves {
		about[i] = RowKey{known[l.Subject], l.Subject}
		if first, ok := touched[l.Op]; ok && (l.Subject == 0 || l.Subject == int64(l.Log) || known[l.Subject] == "") {
			about[i] = first
		}
	}
	return about, nil
}

// firstTouched is, by operation, the first row that each leaf touched: in a table of the operation's own room where there is one,
// since a household comes with the people in it.
func firstTouched(ctx context.Context, q db.Querier, leaves []Leaf) (map[int64]RowKey, error) {
	first, rooms := map[int64]RowKey{}, map[int64]string{}
	if len(leaves) == 0 {
		return first, nil
	}
	var ops []any
	for _, l := range leaves {
		room, _, _ := strings.Cut(l.Name, ".")
		ops, rooms[l.Op] = append(ops, l.Op), room+"_"
	}
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var op int64
		var k RowKey
		err := rows.Scan(&op, &k.Table, &k.Row)
		if had, ok := first[op]; !ok || strings.HasPrefix(k.Table, rooms[op]) && !strings.HasPrefix(had.Table, rooms[op]) {
			first[op] = k
		}
		return err
	}, `SELECT l.op, t.tbl, t.row FROM evidence_leaf l JOIN evidence_touched t ON t.log = l.log AND t.leaf = l.pos AND t.seq < 20
		WHERE l.op IN (`+marks(len(ops))+`) ORDER BY l.op, t.seq`, ops...)
	return first, err
}

// tablesOf says of which table the row with each leaf's subject is. An id is one row's in all tables.
func tablesOf(ctx context.Context, q db.Querier, tables []string, leaves []Leaf) (map[int64]string, error) {
	known := map[int64]string{}
	var args []any
	for _, t := range tables {
		args = append(args, t)
	}
	for _, l := range leaves {
		if _, twice := known[l.Subject]; !twice && l.Subject != 0 {
			known[l.Subject] = ""
			args = append(args, l.Subject)
		}
	}
	if len(known) == 0 || len(tables) == 0 {
		return known, nil
	}
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var k RowKey
		err := rows.Scan(&k.Table, &k.Row)
		known[k.Row] = k.Table
		return err
	}, `SELECT tbl, row FROM evidence_touched WHERE version = 1 AND tbl IN (`+marks(len(tables))+`) AND row IN (`+marks(len(known))+`)`, args...)
	return known, err
}

// marks are n placeholders.
func marks(n int) string { return "?" + strings.Repeat(", ?", n-1) }
