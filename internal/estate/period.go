package estate

import (
	"context"
	"slices"

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

// period is a row that holds for a time.
type period interface {
	evidence.Record
	InForce() bool
	begun() string         // the stored date from which it holds; empty for nobody knows
	endOn(day, why string) // nothing twice takes the ending back
}

// locker locks a row of a period, with the subject of the operation on it.
type locker[ID ~int64, R period] func(ctx context.Context, tx op.Tx, id ID) (R, op.Subject, error)

// ending is the operation that ends rows of one kind, from a day and for a reason; the row stays, and what it said.
func ending[ID ~int64, R period](name string, clauses []string, lock locker[ID, R]) *op.Op[EndIn[ID], ID] {
	return op.Define(name, op.Spec[EndIn[ID], ID]{
		Clauses: clauses,
		Posts:   mayChange,
		Check: func(in *EndIn[ID], today cn.Date, f *errs.Fields) {
			in.On = ReadPast(in.On, "on", today, f)
			checkWhy(&in.Why, f)
		},
		Subject: subjectOf(func(in EndIn[ID]) ID { return in.ID }, lock),
		Do: func(ctx context.Context, tx op.Tx, in EndIn[ID]) (ID, error) {
			row, _, err := lock(ctx, tx, in.ID)
			if err != nil {
				return 0, err
			}
			if !row.InForce() {
				return 0, errs.E(errs.Blocked, "period.error.ended")
			}
			day, err := DayGone(in.On, "on", row.begun(), tx.Today())
			if err != nil {
				return 0, err
			}
			row.endOn(day, in.Why)
			return in.ID, tx.Update(ctx, row)
		},
	})
}

// restoring is the operation that takes such an ending back; fits refuses where another took its place by now.
func restoring[ID ~int64, R period](name string, clauses []string, lock locker[ID, R], fits func(context.Context, op.Tx, R) error) *op.Op[ID, ID] {
	return op.Define(name, op.Spec[ID, ID]{
		Clauses: clauses,
		Posts:   mayChange,
		Subject: subjectOf(func(id ID) ID { return id }, lock),
		Do: func(ctx context.Context, tx op.Tx, id ID) (ID, error) {
			row, _, err := lock(ctx, tx, id)
			if err != nil || row.InForce() {
				return id, err
			}
			row.endOn("", "")
			if err := fits(ctx, tx, row); err != nil {
				return 0, err
			}
			return id, tx.Update(ctx, row)
		},
	})
}

// subjectOf is the subject of an operation on one row that exists.
func subjectOf[In any, ID ~int64, R any](id func(In) ID, lock func(context.Context, op.Tx, ID) (R, op.Subject, error)) func(context.Context, op.Tx, In) (op.Subject, error) {
	return func(ctx context.Context, tx op.Tx, in In) (op.Subject, error) {
		_, s, err := lock(ctx, tx, id(in))
		return s, err
	}
}

// locked locks a row by the id it holds; its owner's key takes what the operation says.
func locked[R evidence.Record](ctx context.Context, tx op.Tx, row R, kind string) (R, op.Subject, error) {
	err := tx.Lock(ctx, row)
	return row, op.Subject{Kind: kind, ID: row.Key(), Estate: row.EstateKey(), Version: row.RowVersion(), Owner: row.Owner()}, err
}

// mustHold refuses to change what has ended.
func mustHold(row period) error {
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
	f.Check(!endsBefore(from, day, today), field, "period.error.before", day, from)
	return day, f.Err()
}

// endsBefore reports an end before the beginning; today is an end of whatever has not begun.
func endsBefore(from, day string, today cn.Date) bool {
	return day != today.String() && cn.EndsBefore(from, day)
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

// firstDay and lastDay are the ends of a stored date of any precision; no date is no end.
func firstDay(stored string) string { return pad(stored, "-01-01", "-01") }

func lastDay(stored string) string { return pad(stored, "-12-31", "-31") }

// dayAfter is the first day after a stored date, which may lack its day or month; empty for none.
func dayAfter(stored string) string {
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

// oneOf takes a choice that is not offered as none.
func oneOf[T ~string](choice T, offered []T) T {
	if slices.Contains(offered, choice) {
		return choice
	}
	return ""
}
