package setting_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/setting"
)

type mode int64

const (
	off   mode = 0
	asked mode = 1
	must  mode = 2
)

var way = setting.Choice[mode]{Number: setting.Number{Name: "test.way", Default: int64(asked), Company: true,
	Options: []setting.Option{{Value: int64(off), Label: "test.off"}, {Value: int64(asked), Label: "test.asked"}, {Value: int64(must), Label: "test.must"}}}}

func words(t *testing.T) *i18n.Bundle {
	t.Helper()
	text := []byte(`{"test.off": "不用", "test.asked": "自愿", "test.must": "必须"}`)
	b, err := i18n.New(fstest.MapFS{"locales/zh.json": {Data: text}, "locales/en.json": {Data: text}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What the version before kept as a bare number between 0 and 2 is read as the choice of today, each day as it was.
func TestChoice_ReadsWhatTheVersionBeforeKept(t *testing.T) {
	before, err := setting.NewRegistry([]setting.Number{{Name: way.Name, Default: 1, Min: 0, Max: 2}})
	if err != nil {
		t.Fatal(err)
	}
	ctx := i18n.With(t.Context(), words(t), i18n.Chinese)
	world := optest.World{Migrations: []fs.FS{setting.Files}, Tables: [][]evidence.Table{setting.Tables}, Ops: []op.Any{before.Change()}}
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		manager := optest.As(t.Context(), 1, access.Company, access.Manager)
		for day, value := range map[string]int64{"2026-11-23": 2, "2026-12-01": 0} {
			in := setting.ChangeIn{Name: way.Name, Value: value, From: day, Why: "试行"}
			if _, err := op.Run(manager, d, before.Change(), in); err != nil {
				t.Fatal(err)
			}
		}
		for day, want := range map[string]mode{"2026-11-22": asked, "2026-11-23": must, "2026-12-01": off} {
			if got, err := way.At(t.Context(), d.DB.Read(), 7, day); err != nil || got != want {
				t.Errorf("on %s: %d, %v; want %d", day, got, err, want)
			}
		}
		past, err := way.History(t.Context(), d, 7)
		if err != nil || len(past) != 2 {
			t.Fatalf("history %+v, %v", past, err)
		}
		for _, c := range past {
			want := map[string]string{"2026-11-23": "必须", "2026-12-01": "不用"}[c.From]
			if got := way.Text(ctx, c.Value); got != want || c.Reason != "试行" {
				t.Errorf("from %s: %q, want %q", c.From, got, want)
			}
		}
	})
}

func TestChoice_OneOfItsValuesAndTheCompanys(t *testing.T) {
	r, err := setting.NewRegistry([]setting.Number{way.Number})
	if err != nil {
		t.Fatal(err)
	}
	world := optest.World{Migrations: []fs.FS{setting.Files}, Tables: [][]evidence.Table{setting.Tables}, Ops: []op.Any{r.Change()}}
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		change := func(who []access.Post, at access.EstateID, value int64) error {
			in := setting.ChangeIn{Name: way.Name, Estate: 7, Value: value, Why: "试行"}
			_, err := op.Run(optest.As(t.Context(), 1, at, who...), d, r.Change(), in)
			return err
		}
		manager := []access.Post{access.Manager}
		for _, value := range []int64{-1, 3} {
			if err := change(manager, access.Company, value); !errs.Is(err, errs.Invalid) {
				t.Errorf("%d: %v, want a field error", value, err)
			}
		}
		if err := change(manager, 7, 2); !errs.Is(err, errs.NotFound) {
			t.Errorf("the manager of one estate chooses for the company: %v", err)
		}
		if err := change(manager, access.Company, 2); err != nil { // sent from the page of one estate
			t.Fatal(err)
		}
		if got, err := way.At(t.Context(), d.DB.Read(), 8, "2026-11-23"); err != nil || got != must {
			t.Errorf("another estate goes by %d, %v", got, err)
		}
		if err := change(manager, access.Company, 0); err != nil {
			t.Fatal(err)
		}
		past, err := way.History(t.Context(), d, access.Company)
		if err != nil || len(past) != 2 || past[0].Value != 0 || past[1].Value != 2 {
			t.Errorf("changed twice in a day: %+v, %v", past, err)
		}
	})
	wrong := way.Number
	wrong.Default = 7
	if _, err := setting.NewRegistry([]setting.Number{wrong}); err == nil {
		t.Error("a default that is none of the options")
	}
}
