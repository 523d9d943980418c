package setting

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// ChangeIn is a setting's new value, from a day on.
type ChangeIn struct {
	Name   string
	Estate access.EstateID // Company: for all estates without a value of their own
	Value  int64
	From   string // local date; empty: today
	Why    string
}

// Change is the operation that changes any setting of the registry.
func (r *Registry) Change() *op.Op[ChangeIn, int64] { return r.change }

var mayChange = []access.Post{access.Manager, access.SystemAdmin}

// MayChange are the posts that change settings.
func MayChange() []access.Post { return mayChange }

func (r *Registry) define() {
	r.change = op.Define("setting.change", op.Spec[ChangeIn, int64]{
		NoClause: "the limits of all clauses; each names its own",
		Posts:    mayChange,
		Check:    r.check,
		Subject: func(_ context.Context, _ op.Tx, in ChangeIn) (op.Subject, error) {
			return op.Subject{Kind: "setting", Estate: in.Estate}, nil
		},
		Do: apply,
	})
}

func (r *Registry) check(in *ChangeIn, _ cn.Date, f *errs.Fields) {
	in.Why = strings.TrimSpace(in.Why)
	n, ok := r.byName[in.Name]
	switch {
	case !ok:
		f.Add("name", "error.required")
	case len(n.Options) > 0 && !n.allows(in.Value):
		f.Add("value", "setting.error.option")
	case !n.allows(in.Value):
		f.Add("value", "setting.error.range", n.Min, n.Max)
	case n.Day && in.Value != 0 && DayOf(in.Value) == "":
		f.Add("value", "setting.error.date")
	}
	in.Estate = n.at(in.Estate)
	f.Check(in.Why != "", "why", "setting.error.why")
	if in.From != "" {
		_, err := time.Parse(time.DateOnly, in.From)
		f.Check(err == nil, "from", "setting.error.date")
	}
}

// apply keeps the past as it was: a change for a day gone by is refused, one for the same day replaces its value.
func apply(ctx context.Context, tx op.Tx, in ChangeIn) (int64, error) {
	today := tx.Today().String()
	if in.From == "" {
		in.From = today
	}
	if in.From < today {
		var f errs.Fields
		f.Add("from", "setting.error.past", today)
		return 0, f.Err()
	}
	row := &value{}
	err := tx.Select(row).Where("name = ?", in.Name).Where("estate = ?", in.Estate).Where("valid_from = ?", in.From).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		row = &value{Name: in.Name, Value: in.Value, ValidFrom: in.From, Reason: in.Why}
		row.ID, row.Estate = valueID(tx.NewID()), in.Estate
		return in.Value, tx.Insert(ctx, row)
	}
	if err != nil {
		return 0, err
	}
	if err := tx.Lock(ctx, row); err != nil {
		return 0, err
	}
	row.Value, row.Reason = in.Value, in.Why
	return in.Value, tx.Update(ctx, row)
}
