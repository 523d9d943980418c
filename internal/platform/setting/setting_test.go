package setting_test

import (
	"io/fs"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/setting"
)

var period = setting.Number{Name: "test.period", Default: 183, Min: 30, Max: 366}

func registry(t *testing.T) (*setting.Registry, optest.World) {
	t.Helper()
	r, err := setting.NewRegistry([]setting.Number{period})
	if err != nil {
		t.Fatal(err)
	}
	return r, optest.World{Migrations: []fs.FS{setting.Files}, Tables: [][]evidence.Table{setting.Tables}, Ops: []op.Any{r.Change()}}
}

func TestNumber_IsReadAsOfADay(t *testing.T) {
	r, world := registry(t)
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		manager := optest.As(t.Context(), 1, access.Company, access.Manager)
		change := func(estate access.EstateID, value int64, from string) error {
			_, err := op.Run(manager, d, r.Change(), setting.ChangeIn{Name: period.Name, Estate: estate, Value: value, From: from, Why: "试行"})
			return err
		}
		for _, c := range []struct {
			estate access.EstateID
			value  int64
			from   string
		}{{access.Company, 90, ""}, {access.Company, 60, "2027-01-01"}, {7, 120, "2026-12-01"}, {access.Company, 91, ""}} {
			if err := change(c.estate, c.value, c.from); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			estate access.EstateID
			date   string
			want   int64
		}{
			{access.Company, "2026-11-22", 183}, {access.Company, "2026-11-23", 91}, {access.Company, "2027-06-01", 60},
			{7, "2026-11-30", 91}, {7, "2026-12-01", 120}, {7, "2027-06-01", 120}, {8, "2027-06-01", 60},
		} {
			if got, err := period.At(t.Context(), d.DB.Read(), c.estate, c.date); err != nil || got != c.want {
				t.Errorf("estate %d on %s: %d, %v; want %d", c.estate, c.date, got, err, c.want)
			}
		}
		d.Clock.(*clock.Manual).Move(24 * time.Hour)
		for name, in := range map[string]setting.ChangeIn{
			"out of range": {Name: period.Name, Value: 29, Why: "x"}, "without reason": {Name: period.Name, Value: 30},
			"unknown": {Name: "test.other", Value: 30, Why: "x"}, "the past": {Name: period.Name, Value: 30, From: "2026-11-23", Why: "x"},
			"no date": {Name: period.Name, Value: 30, From: "soon", Why: "x"},
		} {
			if _, err := op.Run(manager, d, r.Change(), in); !errs.Is(err, errs.Invalid) {
				t.Errorf("%s: %v, want a field error", name, err)
			}
		}
	})
}

func TestNewRegistry_RefusesNonsense(t *testing.T) {
	if _, err := setting.NewRegistry([]setting.Number{period}, []setting.Number{period}); err == nil {
		t.Error("declared twice")
	}
	if _, err := setting.NewRegistry([]setting.Number{{Name: "a", Default: 1, Min: 2, Max: 3}}); err == nil {
		t.Error("default out of range")
	}
}

func TestNumber_ADayIsAPlainDateOrNone(t *testing.T) {
	first := setting.Number{Name: "test.first", Day: true, Max: setting.MaxDay}
	r, err := setting.NewRegistry([]setting.Number{first})
	if err != nil {
		t.Fatal(err)
	}
	world := optest.World{Migrations: []fs.FS{setting.Files}, Tables: [][]evidence.Table{setting.Tables}, Ops: []op.Any{r.Change()}}
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		manager := optest.As(t.Context(), 1, access.Company, access.Manager)
		for value, good := range map[int64]bool{0: true, 20261123: true, 20261345: false, 20260229: false, 7: false} {
			_, err := op.Run(manager, d, r.Change(), setting.ChangeIn{Name: first.Name, Value: value, Why: "启用"})
			if good != (err == nil) || !good && !errs.Is(err, errs.Invalid) {
				t.Errorf("%d: %v", value, err)
			}
		}
	})
	if setting.ValueOf("2026-11-23") != 20261123 || setting.DayOf(20261123) != "2026-11-23" || setting.DayOf(0) != "" || setting.ValueOf("") != 0 {
		t.Error("a day does not come back as it went in")
	}
}
