package evidence_test

import (
	"context"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/db/dbtest"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

type sheetID int64

// A table as it was, and as a later version of the program has it: one nullable column more.

type sheetBefore struct {
	bun.BaseModel `bun:"table:toy_sheet,alias:sheet"`
	evidence.Row[sheetID]
	Text string `bun:"text"`
}

type sheetAfter struct {
	bun.BaseModel `bun:"table:toy_sheet,alias:sheet"`
	evidence.Row[sheetID]
	Text  string `bun:"text"`
	Extra string `bun:"extra,nullzero"`
}

var (
	firstSchema = fstest.MapFS{"migrations/20260101000000_sheet.sql": {Data: []byte(`CREATE TABLE toy_sheet (id BIGINT NOT NULL PRIMARY KEY,
		estate BIGINT NOT NULL, version BIGINT NOT NULL, ev_op BIGINT NOT NULL, ev_salt {{blob}} NOT NULL, text {{text}} NOT NULL);`)}}
	secondStep = fstest.MapFS{"migrations/20270201000000_extra.sql": {Data: []byte(`ALTER TABLE toy_sheet ADD COLUMN extra {{text}};`)}}
)

// writeSheet is an operation of either version of the program.
func writeSheet(write func(ctx context.Context, tx op.Tx, id sheetID) error) *op.Op[sheetID, sheetID] {
	return op.Define("toy.write_sheet", op.Spec[sheetID, sheetID]{
		NoClause: "a test",
		Posts:    []access.Post{access.Assistant},
		Subject: func(context.Context, op.Tx, sheetID) (op.Subject, error) {
			return op.Subject{Kind: "estate", Estate: 1}, nil
		},
		Do: func(ctx context.Context, tx op.Tx, id sheetID) (sheetID, error) {
			if id == 0 {
				id = sheetID(tx.NewID())
			}
			return id, write(ctx, tx, id)
		},
	})
}

// A migration that adds a nullable column changes no digest: rows written before it verify after it, can be changed, and
// keep their history (door.md 3).
func TestVerify_AfterAMigrationThatAddsAColumn(t *testing.T) {
	for name, cfg := range map[string]func(*testing.T) db.Config{
		"sqlite":   func(t *testing.T) db.Config { return db.Config{File: filepath.Join(t.TempDir(), "hudang.db")} },
		"postgres": func(t *testing.T) db.Config { return db.Config{URL: dbtest.Postgres(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			clerk, at, keys := optest.As(t.Context(), 7, 1, access.Assistant), cfg(t), t.TempDir()
			add := writeSheet(func(ctx context.Context, tx op.Tx, id sheetID) error {
				row := &sheetBefore{Text: "old"}
				row.ID, row.Estate = id, 1
				return tx.Insert(ctx, row)
			})
			old := optest.World{Migrations: []fs.FS{firstSchema}, Tables: [][]evidence.Table{{evidence.Of[sheetBefore]()}}, Ops: []op.Any{add}}
			before, shut, err := old.Open(t.Context(), at, keys, clock.At(optest.Morning))
			if err != nil {
				t.Fatal(err)
			}
			added, err := op.Run(clerk, before, add, 0)
			if err != nil {
				t.Fatal(err)
			}
			if err := shut(); err != nil {
				t.Fatal(err)
			}

			change := writeSheet(func(ctx context.Context, tx op.Tx, id sheetID) error {
				row := &sheetAfter{}
				row.ID = id
				if err := tx.Lock(ctx, row); err != nil {
					return err
				}
				row.Extra = "new"
				return tx.Update(ctx, row)
			})
			now := optest.World{Migrations: []fs.FS{firstSchema, secondStep}, Tables: [][]evidence.Table{{evidence.Of[sheetAfter]()}}, Ops: []op.Any{change}}
			after, shut, err := now.Open(t.Context(), at, keys, clock.At(optest.Morning.Add(time.Minute))) // ids are made of the time
			if err != nil {
				t.Fatal(err)
			}
			defer shut()
			if found := optest.Verify(t, after).Findings; len(found) != 0 {
				t.Errorf("after the migration: %+v", found)
			}
			if _, err := op.Run(clerk, after, change, added.Out); err != nil {
				t.Fatal(err)
			}
			if found := optest.Verify(t, after).Findings; len(found) != 0 {
				t.Errorf("after a change of the old row: %+v", found)
			}
			row := &sheetAfter{}
			row.ID, row.Estate = added.Out, 1
			history, err := after.Log.History(t.Context(), after.DB.Read(), "toy_sheet", int64(row.ID), row.Owner())
			if err != nil || len(history) != 2 || len(history[0].Columns) != 1 || history[0].Columns[0].Name != "extra" {
				t.Errorf("history = %+v, %v", history, err)
			}
		})
	}
}
