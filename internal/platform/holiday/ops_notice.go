package holiday

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// maxNotice is in bytes; a notice has about three thousand.
const maxNotice = 64 << 10

// NoticeIn is a yearly notice as it was published.
type NoticeIn struct {
	Text   string `form:"text"`
	Reason string `form:"reason"` // needed where the days of a year already known change
}

// Recorded is what came of a notice.
type Recorded struct {
	Year int
	Same bool // its days were known already; nothing was written
}

// RecordNotice brings in a year's days off. The same days again change nothing; other days for a year already known need a
// reason, and days gone by stay as they were: terms were counted by them.
var RecordNotice = op.Define("holiday.record_notice", op.Spec[NoticeIn, Recorded]{
	NoClause: "the terms of all clauses are counted in workdays",
	Posts:    mayRecord,
	Check:    checkNotice,
	Subject: func(context.Context, op.Tx, NoticeIn) (op.Subject, error) {
		return op.Subject{Kind: "holiday", Estate: access.Company}, nil
	},
	Do: record,
})

func checkNotice(in *NoticeIn, _ cn.Date, f *errs.Fields) {
	in.Text, in.Reason = strings.TrimSpace(in.Text), strings.TrimSpace(in.Reason)
	switch {
	case in.Text == "":
		f.Add("text", "error.required")
		return
	case len(in.Text) > maxNotice:
		f.Add("text", "holiday.error.long")
		return
	}
	_, _, err := cn.ParseNotice(in.Text)
	addProblem(f, err)
}

// addProblem says at the field what is wrong with a notice, in its own words where there are some.
func addProblem(f *errs.Fields, err error) {
	var n *cn.NoticeError
	var p cn.Problem
	switch {
	case errors.As(err, &n) && n.Where != "":
		f.Add("text", n.Key(), n.Where)
	case errors.As(err, &p):
		f.Add("text", p.Key())
	}
}

func record(ctx context.Context, tx op.Tx, in NoticeIn) (Recorded, error) {
	year, read, err := cn.ParseNotice(in.Text)
	if err != nil {
		return Recorded{}, err
	}
	was, err := Calendar(ctx, tx)
	if err != nil {
		return Recorded{}, err
	}
	will, err := cn.NewCalendar(read...)
	if err != nil {
		return Recorded{}, err
	}
	changed := Differing(was, will, year)
	if was.Known(year) && len(changed) == 0 {
		return Recorded{Year: year, Same: true}, nil
	}
	if err := mayChange(was, year, changed, in.Reason, tx.Today().String()); err != nil {
		return Recorded{}, err
	}
	return Recorded{Year: year}, write(ctx, tx, year, in)
}

// mayChange refuses what would judge anew what was judged already.
func mayChange(was *cn.Calendar, year int, changed []cn.Date, reason, today string) error {
	var f errs.Fields
	switch {
	case !was.Known(year):
		f.Check(strconv.Itoa(year) >= today[:4], "text", "holiday.error.old", year)
	case changed[0].String() < today:
		f.Add("text", "holiday.error.past", changed[0].String())
	default:
		f.Check(reason != "", "reason", "holiday.error.why", year)
	}
	return f.Err()
}

// write keeps one row a year.
func write(ctx context.Context, tx op.Tx, year int, in NoticeIn) error {
	notices, err := recorded(ctx, tx)
	if err != nil {
		return err
	}
	row := &notice{}
	if at := slices.IndexFunc(notices, func(n notice) bool { return n.Year == year }); at >= 0 {
		row.ID = notices[at].ID
		if err := tx.Lock(ctx, row); err != nil {
			return err
		}
		row.Body, row.Reason = in.Text, in.Reason
		return tx.Update(ctx, row)
	}
	row.ID, row.Year, row.Body, row.Reason = noticeID(tx.NewID()), year, in.Text, in.Reason
	return tx.Insert(ctx, row)
}

// Differing are the days of a year that two calendars call differently, in order.
func Differing(a, b *cn.Calendar, year int) (days []cn.Date) {
	for d := (cn.Date{Y: year, M: 1, D: 1, Precision: cn.DayExact}); d.Y == year; d = d.AddDays(1) {
		was, _, _ := a.Kind(d)
		if will, _, _ := b.Kind(d); was != will {
			days = append(days, d)
		}
	}
	return days
}
