package imports

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// Find is one import of a scope; NotFound for one outside it.
func Find(ctx context.Context, q db.Querier, s access.Scope, id ID) (*Import, error) {
	imp := &Import{}
	imp.ID = id
	return imp, evidence.Find(ctx, q, s, imp)
}

// The parts of an import that lie sealed.
const (
	partFile    = "file"
	partMapping = "mapping"
	partAnswers = "answers"
)

const (
	partTable  = "household_import_part"
	rowTable   = "household_import_row"
	learnTable = "household_import_mapping"
	piece      = 512 << 10 // bytes of a sealed piece
)

// seal keeps a part of an import, in place of what it was.
func seal(ctx context.Context, tx op.Tx, id ID, kind string, data []byte) error {
	if _, err := tx.Exec(ctx, partTable, `DELETE FROM household_import_part WHERE import = ? AND kind = ?`, id, kind); err != nil {
		return err
	}
	for seq := 0; len(data) > 0; seq++ {
		n := min(piece, len(data))
		sealed, err := tx.Seal(ctx, keyOf(id), bind(id, kind, seq), data[:n])
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, partTable, `INSERT INTO household_import_part (import, kind, seq, sealed) VALUES (?, ?, ?, ?)`, id, kind, seq, sealed)
		if err != nil {
			return err
		}
		data = data[n:]
	}
	return nil
}

// open is a part of an import in clear; nil when there is none.
func open(ctx context.Context, q db.Querier, keys *vault.Store, id ID, kind string) ([]byte, error) {
	var data []byte
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var seq int
		var sealed []byte
		if err := rows.Scan(&seq, &sealed); err != nil {
			return err
		}
		clear, err := keys.Open(ctx, keyOf(id), bind(id, kind, seq), sealed)
		data = append(data, clear...)
		return err
	}, `SELECT seq, sealed FROM household_import_part WHERE import = ? AND kind = ? ORDER BY seq`, id, kind)
	return data, err
}

func bind(id ID, kind string, seq int) []byte {
	return fmt.Appendf(nil, "import:%d:%s:%d", id, kind, seq)
}

// HasFile reports whether the file itself is still kept.
func HasFile(ctx context.Context, q db.Querier, id ID) (bool, error) {
	n := 0
	err := db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&n) },
		`SELECT COUNT(*) FROM household_import_part WHERE import = ? AND kind = ?`, id, partFile)
	return n > 0, err
}

// hashPurpose is what the hash of a file is keyed for.
const hashPurpose = "import"

// Twin is an earlier import of the same file in the same estate that was not given up; nil for none.
func Twin(ctx context.Context, q db.Querier, imp *Import) (*Import, error) {
	var rows []*Import
	err := q.Select(&rows).Where("estate = ?", imp.Estate).Where("hash = ?", imp.Hash).Where("id < ?", imp.ID).
		Where("state <> ?", Discarded).OrderExpr("id DESC").Limit(1).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

// rowsOf are the imports of a scope.
func rowsOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*Row)(nil)), s).ColumnExpr("?TableColumns").
		ColumnExpr("(SELECT name FROM estate_estate WHERE id = ?TableAlias.estate) AS estate_name").
		ColumnExpr("(SELECT name FROM account_account WHERE id = ?TableAlias.by_account) AS by_name")
}

func openRows(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("state IN (?)", bun.List([]State{Open, Running, Undoing}))
}

func doneRows(q *bun.SelectQuery) *bun.SelectQuery   { return q.Where("state = ?", Done) }
func undoneRows(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("state = ?", Undone) }

// forget removes everything sealed of an import.
func forget(ctx context.Context, tx op.Tx, id ID) error {
	_, err := tx.Exec(ctx, partTable, `DELETE FROM household_import_part WHERE import = ?`, id)
	return err
}

// learn remembers how tables with these headers are read.
func learn(ctx context.Context, tx op.Tx, e access.EstateID, headers, mapping string) error {
	_, err := tx.Exec(ctx, learnTable, `INSERT INTO household_import_mapping (estate, headers, mapping, used) VALUES (?, ?, ?, ?)
		ON CONFLICT (estate, headers) DO UPDATE SET mapping = excluded.mapping, used = excluded.used`, e, headers, mapping, tx.Now().UnixMicro())
	return err
}

// learned is how tables with these headers were read last time; empty when never.
func learned(ctx context.Context, q db.Querier, e access.EstateID, headers string) (string, error) {
	var mapping string
	err := db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&mapping) },
		`SELECT mapping FROM household_import_mapping WHERE estate = ? AND headers = ?`, e, headers)
	return mapping, err
}

// writtenRow is a row an import wrote.
type writtenRow struct {
	seq     int64
	table   string
	id      int64
	version int64
	first   bool // the earliest version the import wrote of it
}

// remember keeps which rows an operation of the import wrote.
func remember(ctx context.Context, tx op.Tx, id ID, changes []op.Change) error {
	var next int64
	if err := db.Rows(ctx, tx, func(rows *sql.Rows) error { return rows.Scan(&next) },
		`SELECT COALESCE(MAX(seq), 0) FROM household_import_row WHERE import = ?`, id); err != nil {
		return err
	}
	const most = 100 // rows of a statement
	for len(changes) > 0 {
		n := min(most, len(changes))
		var args []any
		for _, c := range changes[:n] {
			if c.Table == "household_import" {
				continue
			}
			next++
			args = append(args, int64(id), next, c.Table, c.Row, c.Version)
		}
		changes = changes[n:]
		if len(args) == 0 {
			continue
		}
		query := `INSERT INTO household_import_row (import, seq, tbl, id, version) VALUES ` + strings.TrimSuffix(strings.Repeat("(?, ?, ?, ?, ?), ", len(args)/5), ", ")
		if _, err := tx.Exec(ctx, rowTable, query, args...); err != nil {
			return err
		}
	}
	return nil
}

// lastRows are the rows an import wrote last, the newest first.
func lastRows(ctx context.Context, q db.Querier, id ID, n int) ([]writtenRow, error) {
	var written []writtenRow
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var r writtenRow
		err := rows.Scan(&r.seq, &r.table, &r.id, &r.version, &r.first)
		written = append(written, r)
		return err
	}, `SELECT seq, tbl, id, version, NOT EXISTS (SELECT 1 FROM household_import_row e WHERE e.import = r.import AND e.tbl = r.tbl AND e.id = r.id AND e.version < r.version)
		FROM household_import_row r WHERE import = ? ORDER BY seq DESC LIMIT ?`, id, n)
	return written, err
}

func dropRows(ctx context.Context, tx op.Tx, id ID, rows []writtenRow) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, rowTable, `DELETE FROM household_import_row WHERE import = ? AND seq >= ?`, id, rows[len(rows)-1].seq)
	return err
}

// rowsLeft counts the rows of an import that are not taken back.
func rowsLeft(ctx context.Context, q db.Querier, id ID) (n int64, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&n) }, `SELECT COUNT(*) FROM household_import_row WHERE import = ?`, id)
	return n, err
}

// touchedSince counts the rows an import wrote that somebody has changed since, and what was added to its households.
func touchedSince(ctx context.Context, q db.Querier, id ID) (touched int64, err error) {
	count := func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		touched += n
		return err
	}
	err = db.Rows(ctx, q, count, `SELECT COUNT(*) FROM household_import_row r WHERE r.import = ? AND EXISTS (
		SELECT 1 FROM evidence_touched t WHERE t.tbl = r.tbl AND t.row = r.id AND t.version > r.version
		AND NOT EXISTS (SELECT 1 FROM household_import_row later WHERE later.import = r.import AND later.tbl = r.tbl AND later.id = r.id AND later.version >= t.version))`, id)
	if err != nil {
		return 0, err
	}
	for table, column := range map[string]string{"household_occupancy": "household", "household_holding": "household"} {
		err := db.Rows(ctx, q, count, `SELECT COUNT(*) FROM `+table+` x JOIN household_household h ON h.id = x.`+column+`
			WHERE h.batch = ? AND NOT EXISTS (SELECT 1 FROM household_import_row r WHERE r.import = ? AND r.tbl = ? AND r.id = x.id)`, id, id, table)
		if err != nil {
			return 0, err
		}
	}
	return touched, nil
}
