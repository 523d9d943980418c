package control_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/setting"
)

const garden access.EstateID = 7

// months is a company that began on 23 November 2026, with one control whose finding a test sets.
type months struct {
	t     *testing.T
	ctx   context.Context
	d     *op.Door
	r     *setting.Registry
	found control.Finding
	err   error
}

func eachMonth(t *testing.T, test func(m *months)) {
	t.Helper()
	r, world := registry(t)
	world.Migrations = []fs.FS{setting.Files, control.Files}
	world.Tables = append(world.Tables, control.Tables)
	world.Ops = append(world.Ops, control.KeepMonth)
	text := func(found, none string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{"found": "` + found + `", "control.not_kept": "` + none + `", "control.gone": "gone"}`)}
	}
	texts, err := i18n.New(fstest.MapFS{"locales/zh.json": text("都做了", "没有记下"), "locales/en.json": text("all done", "not kept")})
	if err != nil {
		t.Fatal(err)
	}
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		startOn(t, d, r, today)
		test(&months{t: t, ctx: i18n.With(t.Context(), texts, i18n.Chinese), d: d, r: r, found: control.Finding{State: control.Met, Figure: 3, Target: 3, Records: "/x"}})
	})
}

func (m *months) controls() []control.Control {
	return []control.Control{{Clause: "D8", Name: "t", Title: "t", Find: func(ctx context.Context, _ db.Querier, _ control.Query) (control.Finding, error) {
		f := m.found
		f.Text = i18n.T(ctx, "found")
		return f, m.err
	}}}
}

func (m *months) clock(at string) {
	m.t.Helper()
	then, err := time.ParseInLocation("2006-01-02 15:04", at, clock.China)
	if err != nil {
		m.t.Fatal(err)
	}
	m.d.Clock.(*clock.Manual).Move(then.Sub(m.d.Clock.Now()))
}

func (m *months) keep() error {
	return control.KeepMonths(m.ctx, m.d, m.controls(), []access.EstateID{garden})
}

// work does something, so that the state may have changed.
func (m *months) work() {
	m.t.Helper()
	manager := optest.As(m.t.Context(), 1, access.Company, access.Manager)
	if _, err := op.Run(manager, m.d, m.r.Change(), setting.ChangeIn{Name: control.Start.Name, Value: setting.ValueOf(today), Why: "启用"}); err != nil {
		m.t.Fatal(err)
	}
}

func (m *months) stood(month control.YearMonth, want control.State, text string) {
	m.t.Helper()
	all, err := control.At(m.ctx, m.d.DB.Read(), m.controls(), []access.EstateID{garden}, month, m.d.Clock.Now())
	if err != nil || len(all) != 1 || all[0].State != want || all[0].Text != text {
		m.t.Errorf("%s: %+v %v, want %s %s", month, all, err, want, text)
	}
}

// When the program is opened again after months in which it was not used, all stands as it stood then: the months are written down,
// once, in both languages, and stay what they are.
func TestKeepMonths_WhileNothingWasDone(t *testing.T) {
	eachMonth(t, func(m *months) {
		m.clock("2027-01-15 08:00")
		for range 2 {
			if err := m.keep(); err != nil {
				t.Fatal(err)
			}
		}
		m.found = control.Finding{State: control.Broken, Target: 3}
		m.work()
		m.stood("2026-10", control.Unproven, "没有记下")
		m.stood("2026-11", control.Met, "都做了")
		m.stood("2026-12", control.Met, "都做了")
		m.stood("2027-01", control.Broken, "都做了")
		m.stood("", control.Broken, "都做了")
		m.ctx = i18n.In(m.ctx, i18n.English)
		m.stood("2026-12", control.Met, "all done")
		if err := m.keep(); err != nil {
			t.Fatal(err)
		}
		m.stood("2026-12", control.Met, "all done")
		all, err := control.At(m.ctx, m.d.DB.Read(), nil, []access.EstateID{garden}, "2026-12", m.d.Clock.Now())
		if err != nil || len(all) != 1 || all[0].Name != "t" || all[0].Clause != "D8" || all[0].Title != "control.gone" || clock.Moment(all[0].Kept) != "2027-01-15 08:00" || all[0].Records != "/x" {
			t.Errorf("of a control that there is no more: %+v %v", all, err)
		}
		months, err := control.KeptMonths(m.ctx, m.d.DB.Read(), []access.EstateID{garden})
		if err != nil || len(months) != 2 || months[0] != "2026-12" {
			t.Errorf("kept %v %v", months, err)
		}
		for _, wrong := range []control.YearMonth{"2027-02", "2027", "2026-13", "x"} {
			if _, err := control.At(m.ctx, m.d.DB.Read(), nil, nil, wrong, m.d.Clock.Now()); !errs.Is(err, errs.Invalid) {
				t.Errorf("%s: %v", wrong, err)
			}
		}
	})
}

// A month after whose end somebody worked is written down within the hour only: later nobody knows how it stood.
func TestKeepMonths_NotAfterSomebodyWorked(t *testing.T) {
	eachMonth(t, func(m *months) {
		m.clock("2026-12-01 00:10")
		m.work()
		m.clock("2026-12-01 01:00")
		if err := m.keep(); err != nil {
			t.Fatal(err)
		}
		m.stood("2026-11", control.Unproven, "没有记下")
		m.clock("2027-01-01 00:10")
		m.work()
		m.clock("2027-01-01 00:59")
		if err := m.keep(); err != nil {
			t.Fatal(err)
		}
		m.stood("2026-11", control.Unproven, "没有记下")
		m.stood("2026-12", control.Met, "都做了")
	})
}

// A control that cannot be read keeps nothing of the month; it is tried again.
func TestKeepMonths_AllOrNothing(t *testing.T) {
	eachMonth(t, func(m *months) {
		m.clock("2026-12-01 00:00")
		m.err = errors.New("the disk")
		if err := m.keep(); err == nil || !strings.Contains(err.Error(), "the disk") {
			t.Errorf("%v", err)
		}
		m.err = nil
		m.stood("2026-11", control.Unproven, "没有记下")
		if err := m.keep(); err != nil {
			t.Fatal(err)
		}
		m.stood("2026-11", control.Met, "都做了")
		if _, err := op.Run(optest.As(t.Context(), 1, access.Company, access.Manager), m.d, control.KeepMonth, control.KeepIn{Estate: garden, Month: "2026-10"}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("by hand: %v", err)
		}
	})
}

// A control that cannot be read in one estate hinders no other, and is tried again within the hour.
func TestKeepMonths_UnreadInOneEstate(t *testing.T) {
	eachMonth(t, func(m *months) {
		m.clock("2026-12-01 00:10")
		const tower access.EstateID = 8
		unread := errors.New("the disk")
		controls := m.controls()
		find := controls[0].Find
		controls[0].Find = func(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
			f, err := find(ctx, q, a)
			if a.Estate == garden {
				err = unread
			}
			return f, err
		}
		kept := func(e access.EstateID) bool {
			months, err := control.KeptMonths(m.ctx, m.d.DB.Read(), []access.EstateID{e})
			return err == nil && len(months) == 1
		}
		try := func() error {
			return control.KeepMonths(m.ctx, m.d, controls, []access.EstateID{garden, tower})
		}
		if err := try(); !errors.Is(err, unread) || kept(garden) || !kept(tower) {
			t.Errorf("%v, kept %v %v", err, kept(garden), kept(tower))
		}
		unread = nil
		m.clock("2026-12-01 00:11")
		if err := try(); err != nil || !kept(garden) {
			t.Errorf("tried again: %v", err)
		}
	})
}
