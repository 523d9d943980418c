package control_test

import (
	"context"
	"errors"
	"io/fs"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/setting"
)

const today = "2026-11-23"

func registry(t *testing.T) (*setting.Registry, optest.World) {
	t.Helper()
	r, err := setting.NewRegistry(control.Settings)
	if err != nil {
		t.Fatal(err)
	}
	return r, optest.World{Migrations: []fs.FS{setting.Files}, Tables: [][]evidence.Table{setting.Tables}, Ops: []op.Any{r.Change()}}
}

func finds(f control.Finding, err error) control.Control {
	return control.Control{Clause: "D8", Name: "t", Find: func(context.Context, db.Querier, control.Query) (control.Finding, error) { return f, err }}
}

// startOn sets the company's first day.
func startOn(t *testing.T, d *op.Door, r *setting.Registry, day string) {
	t.Helper()
	manager := optest.As(t.Context(), 1, access.Company, access.Manager)
	in := setting.ChangeIn{Name: control.Start.Name, Value: setting.ValueOf(day), Why: "启用"}
	if _, err := op.Run(manager, d, r.Change(), in); err != nil {
		t.Fatal(err)
	}
}

func TestGather_FailsClosed(t *testing.T) {
	r, world := registry(t)
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		met := control.Finding{State: control.Met, Figure: 3, Target: 3}
		state := func(c control.Control) control.State {
			return control.Gather(t.Context(), d.DB.Read(), []control.Control{c}, []access.EstateID{7}, today)[0].State
		}
		if got := state(finds(met, nil)); got != control.Unproven {
			t.Errorf("before anybody set the first day: %s", got)
		}
		startOn(t, d, r, "2026-12-01")
		if got := state(finds(met, nil)); got != control.Unproven {
			t.Errorf("before the first day: %s", got)
		}
		startOn(t, d, r, today)
		for name, c := range map[string]struct {
			control.Control
			want control.State
		}{
			"proven":               {finds(met, nil), control.Met},
			"nothing to judge":     {finds(control.Finding{State: control.Met}, nil), control.Unproven},
			"without a state":      {finds(control.Finding{Figure: 3, Target: 3}, nil), control.Unproven},
			"a state nobody knows": {finds(control.Finding{State: "fine", Target: 3}, nil), control.Unproven},
			"unread":               {finds(met, errors.New("the disk")), control.Unproven},
			"broken":               {finds(control.Finding{State: control.Broken, Target: 3}, nil), control.Broken},
		} {
			if got := state(c.Control); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
	})
}

func TestGather_WhatAsksMostComesFirst(t *testing.T) {
	r, world := registry(t)
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		startOn(t, d, r, today)
		of := func(s control.State) control.Control { return finds(control.Finding{State: s, Target: 1}, nil) }
		all := control.Gather(t.Context(), d.DB.Read(), []control.Control{of(control.Met), of(control.Broken), of(control.Due)}, []access.EstateID{1, 2}, today)
		if len(all) != 6 || all[0].State != control.Broken || all[1].Estate != 2 || all[5].State != control.Met {
			t.Errorf("%+v", all)
		}
	})
}
