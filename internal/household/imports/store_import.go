package imports

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
	"hudang/internal/platform/vault"
)

// Find is one import of a scope; NotFound for one outside it.
func Find(ctx context.Context, q db.Querier, s access.Scope, id ID) (*Import, error) {
	return record.Find[Import](ctx, q, s, id)
}

// The parts of an import that lie sealed.
const (
	partFile    = "file"
	partMapping = "mapping"
	partAnswers = "answers"
	partPlaces  = "places" // what the estate had when the file came: a plan does not change while it is carried out
)

const (
	partTable   = "household_import_part"
	pieceTable  = "household_import_piece"
	importTable = "household_import"
	learnTable  = "household_import_mapping"
	piece       = 512 << 10 // bytes of a sealed piece
)

// placesOf are the buildings of an estate with their entrances, twice where several units have it.
func placesOf(ctx context.Context, q db.Querier, e access.EstateID) (roster.Places, error) {
	places := roster.Places{}
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var building, entrance string
		var units int
		err := rows.Scan(&building, &entrance, &units)
		for range min(units, 2) {
			places[building] = append(places[building], entrance)
		}
		return err
	}, `SELECT COALESCE(building, ''), COALESCE(entrance, ''), COUNT(*) FROM estate_unit WHERE estate = ? AND valid_to IS NULL GROUP BY 1, 2`, e)
	return places, err
}

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

// opener opens what was sealed: the vault, or an operation.
type opener interface {
	Open(ctx context.Context, o vault.Owner, bind, sealed []byte) ([]byte, error)
}

// open is a part of an import in clear; nil when there is none.
func open(ctx context.Context, q db.Querier, keys opener, id ID, kind string) ([]byte, error) {
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
	return hasPart(ctx, q, id, partFile)
}

func hasPart(ctx context.Context, q db.Querier, id ID, kind string) (bool, error) {
	n := 0
	err := db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&n) },
		`SELECT COUNT(*) FROM household_import_part WHERE import = ? AND kind = ?`, id, kind)
	return n > 0, err
}

// Stopped reports an import whose job ended before its time: somebody cancelled it, or it failed.
func Stopped(ctx context.Context, q db.Querier, imp *Import) (bool, error) {
	if imp.State != Running && imp.State != Undoing {
		return false, nil
	}
	n := 0
	err := db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&n) }, `SELECT COUNT(*) FROM job_run WHERE id = ? AND ended IS NOT NULL`, imp.Job)
	return n > 0, err
}

// dropOutcomes forgets what the pieces of an import did, once its lines say it.
func dropOutcomes(ctx context.Context, tx op.Tx, id ID) error {
	_, err := tx.Exec(ctx, partTable, `DELETE FROM household_import_part WHERE import = ? AND kind NOT IN (?, ?, ?) AND kind NOT LIKE ?`, id, partFile, partMapping, partAnswers, partPicture+"%")
	return err
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

// latest is the last import of a file in an estate; nil when there is none.
func latest(ctx context.Context, q db.Querier, e access.EstateID, hash []byte) (*Import, error) {
	var rows []*Import
	err := q.Select(&rows).Where("estate = ?", e).Where("hash = ?", hash).Where("state <> ?", Discarded).OrderExpr("id DESC").Limit(1).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

// rowsOf are the imports of a scope.
func rowsOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*Row)(nil)), s).ColumnExpr("?TableColumns").
		ColumnExpr(estate.NameColumn).
		ColumnExpr("(SELECT name FROM account_account WHERE id = ?TableAlias.by_account) AS by_name")
}

func openRows(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("state IN (?)", bun.List([]State{Open, Running, Undoing}))
}

func doneRows(q *bun.SelectQuery) *bun.SelectQuery   { return q.Where("state = ?", Done) }
func undoneRows(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("state = ?", Undone) }

// forget removes everything sealed of an import but the pictures that wait for their household.
func forget(ctx context.Context, tx op.Tx, id ID) error {
	_, err := tx.Exec(ctx, partTable, `DELETE FROM household_import_part WHERE import = ? AND kind NOT LIKE ?`, id, partPicture+"%")
	return err
}

// dropPictures removes the waiting pictures of an import that was taken back: its file holds them still.
func dropPictures(ctx context.Context, tx op.Tx, id ID) error {
	_, err := tx.Exec(ctx, partTable, `DELETE FROM household_import_part WHERE import = ? AND kind LIKE ?`, id, partPicture+"%")
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
