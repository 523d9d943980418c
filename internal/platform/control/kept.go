package control

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
)

type keptID int64

// kept is how a control stood in an estate at the end of a month. Rows and log could not tell it afterwards: facts are dated back,
// corrected and taken back.
type kept struct {
	bun.BaseModel `bun:"table:control_kept,alias:kept"`
	evidence.Row[keptID]
	Found
	Month YearMonth `bun:"month"`
	At    int64     `bun:"kept"` // µs UTC
}

// Found is a finding as it is kept.
type Found struct {
	Name    string `bun:"name"`
	Clause  string `bun:"clause"`
	State   State  `bun:"state"`
	Figure  int64  `bun:"figure"`
	Target  int64  `bun:"target"`
	Unit    string `bun:"unit"`
	Records string `bun:"records"`
	Zh      string `bun:"zh"`
	En      string `bun:"en"`
}

const (
	// mostKept is how many months are written down at once after the program was not used.
	mostKept = 12
	// lateness is how long after its end a month may be written down although somebody has worked since: the program did it as
	// soon as it could, and says when.
	lateness = time.Hour
)

// KeepMonths writes down how the controls stood in the estates at the end of the months gone by, as the program. It can while
// nothing was done since a month ended: then all stands as it stood. What cannot be read in one estate does not hinder the others.
// ctx knows the texts.
func KeepMonths(ctx context.Context, d *op.Door, controls []Control, estates []access.EstateID) error {
	q := d.DB.Read()
	last, err := evidence.LastInstant(ctx, q)
	if err != nil || last == 0 {
		return err
	}
	for _, m := range unchanged(time.UnixMicro(last), d.Clock.Now()) {
		for _, e := range estates {
			some, wrong := isKept(ctx, q, e, m)
			if wrong == nil && !some {
				wrong = keep(ctx, d, controls, e, m)
			}
			err = errors.Join(err, wrong)
		}
	}
	return err
}

// unchanged are the months gone by since whose end nothing was done, the newest first, given the last moment that something was.
func unchanged(last, now time.Time) (months []YearMonth) {
	for m := MonthOf(now).Before(1); len(months) < mostKept && (last.Before(m.end()) || now.Sub(m.end()) < lateness); m = m.Before(1) {
		months = append(months, m)
	}
	return months
}

// keep judges one estate as of a month's last day, in both languages, and writes it down; nothing where a control cannot be read.
func keep(ctx context.Context, d *op.Door, controls []Control, e access.EstateID, m YearMonth) error {
	in := KeepIn{Estate: e, Month: m}
	for _, c := range controls {
		f, err := judge(i18n.In(ctx, i18n.Chinese), d.DB.Read(), c, e, m.LastDay())
		if err != nil {
			return err
		}
		english, err := judge(i18n.In(ctx, i18n.English), d.DB.Read(), c, e, m.LastDay())
		if err != nil {
			return err
		}
		in.Found = append(in.Found, Found{c.Name, c.Clause, f.State, f.Figure, f.Target, f.Unit, f.Records, f.Text, english.Text})
	}
	_, err := op.Run(access.With(ctx, access.ProgramActor()), d, KeepMonth, in)
	return err
}

// At judges the controls as of a moment; of an earlier month it gives what was kept of its end. A month to come is refused; none is
// the one that runs.
func At(ctx context.Context, q db.Querier, controls []Control, estates []access.EstateID, m YearMonth, now time.Time) ([]Result, error) {
	switch this := MonthOf(now); {
	case m == "" || m == this:
		return Gather(ctx, q, controls, estates, clock.Date(now)), nil
	case m.first().IsZero() || m > this:
		return nil, errs.E(errs.Invalid, "control.error.month", string(m), string(this))
	}
	return past(ctx, q, controls, estates, m)
}

// AtKept is At, kept from one asking to the next until somebody does something or another day comes. What could not be read is
// asked for again.
func AtKept(ctx context.Context, q db.Querier, controls []Control, estates []access.EstateID, m YearMonth, now time.Time) ([]Result, error) {
	all, err := evidence.KeptAcross(ctx, q, access.Only(estates...), "controls "+string(i18n.LangOf(ctx)), clock.Date(now)+" "+string(m), func() ([]Result, error) {
		all, err := At(ctx, q, controls, estates, m, now)
		for _, r := range all {
			err = errors.Join(err, r.Failed)
		}
		return all, err
	})
	if all != nil {
		err = nil // each says itself that it was not read
	}
	return all, err
}

// past are the findings kept of a month in estates, as Gather gives those of today. An estate of which none were kept has every
// control unproven, for that reason.
func past(ctx context.Context, q db.Querier, controls []Control, estates []access.EstateID, m YearMonth) ([]Result, error) {
	var all []Result
	for _, e := range estates {
		rows, err := keptIn(ctx, q, e, m)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			for _, c := range controls {
				all = append(all, Result{Control: c, Estate: e, Finding: unproven(ctx, "control.not_kept")})
			}
		}
		for _, row := range rows {
			all = append(all, Result{Control: named(controls, row), Estate: e, Finding: row.finding(ctx), Kept: row.At})
		}
	}
	return worstFirst(all), nil
}

// named is the control of a finding; one that there is no more has its name for a title.
func named(controls []Control, row kept) Control {
	for _, c := range controls {
		if c.Name == row.Name {
			return c
		}
	}
	return Control{Clause: row.Clause, Name: row.Name, Title: "control.gone", Period: Month}
}

func (k *kept) finding(ctx context.Context) Finding {
	f := Finding{State: k.State, Figure: k.Figure, Target: k.Target, Unit: k.Unit, Records: k.Records, Text: k.Zh}
	if i18n.LangOf(ctx) == i18n.English {
		f.Text = k.En
	}
	return f
}
