package imports_test

import (
	"database/sql"
	"io/fs"
	"strings"
	"testing"

	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// asBefore keeps what an import wrote row by row, as versions before 20261124210000 did.
const asBefore = `CREATE TABLE household_import_row (import BIGINT NOT NULL, seq BIGINT NOT NULL, tbl TEXT NOT NULL, id BIGINT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (import, seq));
	INSERT INTO household_import_row (import, seq, tbl, id, version)
	SELECT p.import, p.seq * 1000 + t.seq, t.tbl, t.row, t.version FROM household_import_piece p
	JOIN evidence_leaf l ON l.op = p.op JOIN evidence_touched t ON t.log = l.log AND t.leaf = l.pos AND t.tbl <> 'household_import';
	DROP TABLE household_import_piece;`

// An import written by an earlier version of the program, part of it taken back there, is taken back to its end by this one.
func TestMigrate_ImportsOfBeforeAreUndone(t *testing.T) {
	text, err := fs.ReadFile(imports.Module.Files, "migrations/20261124210000_import_piece.sql")
	if err != nil {
		t.Fatal(err)
	}
	step := strings.ReplaceAll(string(text), "{{rowless}}", "")
	optest.EachTampered(t, world, func(t *testing.T, d *op.Door, raw *sql.DB) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		id := in(t, d, garden, roster1)
		commit(t, d, id)
		undo, err := op.Run(estatetest.Manager(t), d, imports.Undo, id)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := op.Run(estatetest.Manager(t), d, imports.TakeBackRows, imports.TakeBackIn{ID: id, Rows: 3}); err != nil {
			t.Fatal(err)
		}
		for _, query := range []string{asBefore, `DELETE FROM household_import_row WHERE seq > (SELECT MAX(seq) - 3 FROM household_import_row)`, step} {
			if _, err := raw.Exec(query); err != nil {
				t.Fatal(err)
			}
		}
		blob := map[db.Engine]string{db.SQLite: "BLOB", db.Postgres: "BYTEA"}[d.DB.Engine()]
		if _, err := raw.Exec("ALTER TABLE household_import_piece ADD COLUMN bound " + blob); err != nil { // 20261201201111
			t.Fatal(err)
		}
		program := access.With(t.Context(), access.ProgramActor())
		if _, err := op.Run(program, d, account.BindRows, account.BindRowsIn{Tables: []string{"household_import_piece"}}); err != nil {
			t.Fatal(err)
		}
		finish(t, d, undo.Out)
		var left []household.Household
		if err := d.DB.Read().Select(&left).Scan(t.Context()); err != nil || len(left) != 0 {
			t.Errorf("households are left: %+v, %v", left, err)
		}
		if n := len(state(t, d, garden)); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}
