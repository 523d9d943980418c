package viewlog_test

import (
	"database/sql"
	"log/slog"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/viewlog"
)

var world = moduletest.World(viewlog.Module)

const garden = access.EstateID(7)

func looked(t *testing.T, d *op.Door, r *viewlog.Recorder, account int64, things ...int64) {
	t.Helper()
	for _, id := range things {
		r.Note(optest.As(t.Context(), account, garden, access.Assistant), garden, ref.Ref{Kind: "household", ID: id})
	}
	if err := r.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestLooks_StandOnTheThingAndAreSealedByTheHour(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		r := viewlog.NewRecorder(d, slog.New(slog.DiscardHandler))
		looked(t, d, r, 5, 1, 2, 1) // leafing back within minutes is the same look
		looked(t, d, r, 6, 1)
		d.Clock.(*clock.Manual).Move(time.Hour)
		looked(t, d, r, 5, 1)
		looks, err := viewlog.Of(t.Context(), d.DB.Read(), ref.Ref{Kind: "household", ID: 1}, 10)
		if err != nil || len(looks) != 3 || looks[0].Account != 5 || looks[1].Account != 6 {
			t.Fatalf("looks %+v, %v", looks, err)
		}
		before := optest.Leaves(t, d, garden)
		for range 2 { // nothing is sealed twice, and no leaf is left for nothing
			if err := viewlog.SealAll(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
		if sealed := optest.Leaves(t, d, garden) - before; sealed != 1 {
			t.Errorf("%d leaves for one hour", sealed)
		}
		if broken, err := viewlog.Check(t.Context(), d.DB.Read()); err != nil || len(broken) != 0 {
			t.Errorf("a clean log is broken: %v, %v", broken, err)
		}
	})
}

func TestCheck_FindsWhatWasDoneToSealedLooks(t *testing.T) {
	for name, query := range map[string]string{
		"removed": `DELETE FROM viewlog_look WHERE thing = 2`,
		"changed": `UPDATE viewlog_look SET account = 9 WHERE thing = 2`,
		"moved":   `UPDATE viewlog_look SET at = at + 1 WHERE thing = 1`,
		"added":   `INSERT INTO viewlog_look (id, estate, account, kind, thing, at, seal) SELECT 1, estate, 9, kind, thing, at, seal FROM viewlog_look WHERE thing = 1`,
	} {
		t.Run(name, func(t *testing.T) {
			optest.EachTampered(t, world, func(t *testing.T, d *op.Door, raw *sql.DB) {
				r := viewlog.NewRecorder(d, slog.New(slog.DiscardHandler))
				looked(t, d, r, 5, 1, 2, 3)
				if err := viewlog.SealAll(t.Context(), d); err != nil {
					t.Fatal(err)
				}
				if _, err := raw.Exec(query); err != nil {
					t.Fatal(err)
				}
				if broken, err := viewlog.Check(t.Context(), d.DB.Read()); err != nil || len(broken) != 1 {
					t.Errorf("not found: %v, %v", broken, err)
				}
			})
		})
	}
}
