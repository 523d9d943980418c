package setting

import (
	"context"
	"slices"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
)

// Option is one value of a choice: the number it is kept as, for ever, and its word.
type Option struct {
	Value int64
	Label string // catalogue key
}

// Choice is a declared setting of a few values, each with its word; T is the type its room knows them by.
type Choice[T ~int64] struct{ Number }

// At is the value chosen for an estate on a local date: the estate's own, else the company's, else the default.
func (c Choice[T]) At(ctx context.Context, q db.Querier, estate access.EstateID, date string) (T, error) {
	v, err := c.Number.At(ctx, q, estate, date)
	return T(v), err
}

// Text is a value of the setting as people read it; nothing for a day that is not set.
func (n Number) Text(ctx context.Context, value int64) string {
	if n.Day {
		return DayOf(value)
	}
	for _, o := range n.Options {
		if o.Value == value {
			return i18n.T(ctx, o.Label)
		}
	}
	return strconv.FormatInt(value, 10)
}

// allows reports whether a value may be chosen.
func (n Number) allows(value int64) bool {
	if len(n.Options) > 0 {
		return slices.ContainsFunc(n.Options, func(o Option) bool { return o.Value == value })
	}
	return value >= n.Min && value <= n.Max
}
