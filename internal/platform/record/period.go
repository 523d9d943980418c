package record

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// EndIn says that something no longer holds.
type EndIn[ID ~int64] struct {
	ID  ID
	On  string `form:"on"` // the first day it no longer holds; empty: today
	Why string `form:"why"`
}

// Period is a row that holds for a time.
type Period interface {
	evidence.Record
	InForce() bool
	Begun() string         // the stored date from which it holds; empty when nobody knows
	EndOn(day, why string) // two empty texts take the ending back
}

// Ending defines the operation that ends rows of one kind, from a day and for a reason; the row stays, and what it said.
func Ending[ID ~int64, R Period](name string, clauses []string, posts []access.Post, lock Locker[ID, R]) *op.Op[EndIn[ID], ID] {
	return op.Define(name, op.Spec[EndIn[ID], ID]{
		Clauses: clauses,
		Posts:   posts,
		Check: func(in *EndIn[ID], today cn.Date, f *errs.Fields) {
			in.On = ReadPast(in.On, "on", today, f)
			CheckWhy(&in.Why, f)
		},
		Subject: Subject(func(in EndIn[ID]) ID { return in.ID }, lock),
		Do: func(ctx context.Context, tx op.Tx, in EndIn[ID]) (ID, error) {
			row, _, err := lock(ctx, tx, in.ID)
			if err != nil {
				return 0, err
			}
			if err := MustHold(row); err != nil {
				return 0, err
			}
			day, err := DayGone(in.On, "on", row.Begun(), tx.Today())
			if err != nil {
				return 0, err
			}
			row.EndOn(day, in.Why)
			return in.ID, tx.Update(ctx, row)
		},
	})
}

// Restoring defines the operation that takes such an ending back; fits refuses where another took its place by now.
func Restoring[ID ~int64, R Period](name string, clauses []string, posts []access.Post, lock Locker[ID, R], fits func(context.Context, op.Tx, R) error) *op.Op[ID, ID] {
	return op.Define(name, op.Spec[ID, ID]{
		Clauses: clauses,
		Posts:   posts,
		Subject: Self(lock),
		Do: func(ctx context.Context, tx op.Tx, id ID) (ID, error) {
			row, _, err := lock(ctx, tx, id)
			if err != nil || row.InForce() {
				return id, err
			}
			row.EndOn("", "")
			if err := fits(ctx, tx, row); err != nil {
				return 0, err
			}
			return id, tx.Update(ctx, row)
		},
	})
}

// Void is how a row is taken back that should never have been: it stays, struck through. A row embeds it.
type Void struct {
	Voided     string `bun:"voided,nullzero"` // local date; empty for one that stands
	VoidReason string `bun:"void_reason,nullzero"`
}

// InForce reports whether the row counts.
func (v *Void) InForce() bool { return v.Voided == "" }

// VoidedOn is the day the row was voided and why; empty for one that stands.
func (v *Void) VoidedOn() (day, why string) { return v.Voided, v.VoidReason }

// Begun is no day: a void row never was.
func (v *Void) Begun() string { return "" }

func (v *Void) EndOn(day, why string) { v.Voided, v.VoidReason = day, why }

// VoidIn says that a row should never have been.
type VoidIn[ID ~int64] struct {
	ID  ID
	Why string `form:"why"`
}

// Voiding defines the operation that voids rows of one kind; Restoring takes it back.
func Voiding[ID ~int64, R Period](name string, clauses []string, posts []access.Post, lock Locker[ID, R]) *op.Op[VoidIn[ID], ID] {
	return op.Define(name, op.Spec[VoidIn[ID], ID]{
		Clauses: clauses,
		Posts:   posts,
		Check:   func(in *VoidIn[ID], _ cn.Date, f *errs.Fields) { CheckWhy(&in.Why, f) },
		Subject: Subject(func(in VoidIn[ID]) ID { return in.ID }, lock),
		Do: func(ctx context.Context, tx op.Tx, in VoidIn[ID]) (ID, error) {
			row, _, err := lock(ctx, tx, in.ID)
			if err == nil {
				err = MustHold(row)
			}
			if err != nil {
				return 0, err
			}
			row.EndOn(tx.Today().String(), in.Why)
			return in.ID, tx.Update(ctx, row)
		},
	})
}

// Always is the condition of Restoring where nothing can have taken a row's place.
func Always[R any](context.Context, op.Tx, R) error { return nil }

// MaxWhy is how many characters a reason may have.
const MaxWhy = 200

// CheckWhy asks for a reason in the field why.
func CheckWhy(why *string, f *errs.Fields) {
	*why = strings.TrimSpace(*why)
	f.Check(*why != "", "why", "period.error.why")
	f.Within("why", *why, MaxWhy)
}

// MustHold refuses to change a row that has ended, or is void.
func MustHold(row interface{ InForce() bool }) error {
	if row.InForce() {
		return nil
	}
	return errs.E(errs.Blocked, "period.error.ended")
}

// DayGone is the day, read by ReadPast, on which something ended that holds from a stored date, and not before; none is today.
// What was to begin later may be called off today.
func DayGone(day, field, from string, today cn.Date) (string, error) {
	var f errs.Fields
	if day == "" {
		day = today.String()
	}
	f.Check(!EndsBefore(from, day, today), field, "period.error.before", day, from)
	return day, f.Err()
}

// EndsBefore reports an end before the beginning; today is an end of whatever has not begun.
func EndsBefore(from, day string, today cn.Date) bool {
	return day != today.String() && cn.EndsBefore(from, day)
}

// ReadDate is a typed date of any precision in its stored form; nothing, or a word for nothing, is "".
func ReadDate(typed, field string, today cn.Date, f *errs.Fields) string {
	r := cn.ParseDate(typed, cn.DateContext{Today: today, Entry: true})
	if len(r.Problems) > 0 {
		f.Add(field, r.Problems[0].Key())
		return typed
	}
	if r.None != "" {
		return ""
	}
	return r.Date.String()
}

// ReadSince is ReadDate of the day from which something holds: it may be planned, but within a year.
func ReadSince(typed, field string, today cn.Date, f *errs.Fields) string {
	day := ReadDate(typed, field, today, f)
	f.Check(!cn.FarAhead(day, today), field, "period.error.ahead", day)
	return day
}

// ReadPast is ReadDate of a day that has come: of a birth, or a paper.
func ReadPast(typed, field string, today cn.Date, f *errs.Fields) string {
	day := ReadDate(typed, field, today, f)
	f.Check(!cn.AfterToday(day, today), field, "period.error.future")
	return day
}

// ReadMoment is a typed moment (cn.ParseMoment) of a whole day that has come, in its stored form; nothing, or a word for nothing, is "".
func ReadMoment(typed, field string, today cn.Date, f *errs.Fields) string {
	m, wrong := cn.ParseMoment(typed, cn.DateContext{Today: today, Entry: true})
	if wrong != "" {
		f.Add(field, wrong.Key())
		return typed
	}
	f.Check(typed == "" || m.Day == (cn.Date{}) || m.Day.Precision == cn.DayExact, field, "period.error.day")
	f.Check(!cn.AfterToday(m.Day.String(), today), field, "period.error.future")
	return m.String()
}

// FirstDay is the first day of a stored date of any precision; empty for no date.
func FirstDay(stored string) string { return pad(stored, "-01-01", "-01") }

// LastDay is the last day of a stored date; of a month it is the 31st, which is only compared.
func LastDay(stored string) string { return pad(stored, "-12-31", "-31") }

// DayAfter is the first day after a stored date, which may lack its day or month; empty for none.
func DayAfter(stored string) string {
	d, err := cn.ParseStored(stored)
	if err != nil {
		return ""
	}
	switch len(stored) {
	case len("2006"):
		return clock.Date(d.First().Time().AddDate(1, 0, 0))
	case len("2006-01"):
		return clock.Date(d.First().Time().AddDate(0, 1, 0))
	}
	return d.AddDays(1).String()
}

func pad(stored, ofYear, ofMonth string) string {
	switch len(stored) {
	case len("2006"):
		return stored + ofYear
	case len("2006-01"):
		return stored + ofMonth
	}
	return stored
}

// OneOf takes a choice that is not offered as none.
func OneOf[T ~string](choice T, offered []T) T {
	if slices.Contains(offered, choice) {
		return choice
	}
	return ""
}
