package imports

import (
	"context"
	"database/sql"

	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// remember keeps that an operation of the import wrote rows. Which ones says its leaf; what it writes of the import itself
// comes last there and is none of them.
func remember(ctx context.Context, tx op.Tx, id ID) error {
	rows := 0
	for _, c := range tx.Written() {
		if c.Table != importTable {
			rows++
		}
	}
	if rows == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, pieceTable, `INSERT INTO household_import_piece (import, seq, op, upto)
		SELECT ?, COALESCE(MAX(seq), 0) + 1, ?, ? FROM household_import_piece WHERE import = ?`, id, tx.Op(), rows, id)
	return err
}

// writtenRow is a row an import wrote.
type writtenRow struct {
	seq     int64 // in the leaf
	table   string
	id      int64
	version int64
	first   bool // the earliest version the import wrote of it
}

// lastRows are the rows an import wrote last, the newest first: rows of its last operation that is not taken back.
func lastRows(ctx context.Context, q db.Querier, id ID, most int) (piece int64, written []writtenRow, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var r writtenRow
		err := rows.Scan(&piece, &r.seq, &r.table, &r.id, &r.version, &r.first)
		written = append(written, r)
		return err
	}, `SELECT p.seq, t.seq, t.tbl, t.row, t.version, NOT EXISTS (
			SELECT 1 FROM evidence_touched e JOIN evidence_leaf el ON el.log = e.log AND el.pos = e.leaf JOIN household_import_piece ep ON ep.op = el.op
			WHERE e.tbl = t.tbl AND e.row = t.row AND e.version < t.version AND ep.import = p.import)
		FROM household_import_piece p JOIN evidence_leaf l ON l.op = p.op JOIN evidence_touched t ON t.log = l.log AND t.leaf = l.pos AND t.seq < p.upto
		WHERE p.import = ? AND p.seq = (SELECT MAX(seq) FROM household_import_piece WHERE import = ?)
		ORDER BY t.seq DESC LIMIT ?`, id, id, most)
	return piece, written, err
}

// dropRows says that a piece is taken back from a row on.
func dropRows(ctx context.Context, tx op.Tx, id ID, piece, from int64) (err error) {
	if from == 0 {
		_, err = tx.Exec(ctx, pieceTable, `DELETE FROM household_import_piece WHERE import = ? AND seq = ?`, id, piece)
	} else {
		_, err = tx.Exec(ctx, pieceTable, `UPDATE household_import_piece SET upto = ? WHERE import = ? AND seq = ?`, from, id, piece)
	}
	return err
}

// rowsLeft counts the rows of an import that are not taken back.
func rowsLeft(ctx context.Context, q db.Querier, id ID) (n int64, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&n) }, `SELECT COALESCE(SUM(upto), 0) FROM household_import_piece WHERE import = ?`, id)
	return n, err
}
