// Package duty is what a duty is: something due, for certain posts, with the place where it is done (design §6).
//
// Duties are derived from the state of the rooms, never stored and never ticked: done is
// what no longer follows from the state. Rooms offer Sources; the home page gathers them.
// It may import access, db, evidence, i18n. Always true: a source reads within the scope it is given.
package duty

import (
	"cmp"
	"context"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
)

// Urgency orders duties: late before today before soon.
type Urgency uint8

// The urgencies, as the home page groups them.
const (
	Late  Urgency = iota // 逾期
	Today                // 今日
	Soon                 // 3 日内
)

// Duty is one thing due, or several of one kind and place rolled up (realities 7).
type Duty struct {
	Title    string // what, already in the person's language
	Text     string // who or where
	Act      string // the button: where it is done
	Href     string
	Clause   string
	Due      string // local date; empty: due today
	Done, Of int    // cells of a rolled-up duty; Of 0 for a single one
}

// Source is one kind of duty a room derives.
type Source struct {
	Posts []access.Post // whose duty it is
	// Kept names the source where its duties follow from evidential rows, the scope, the day and the language alone, so that they may
	// be kept until somebody does something; empty where they follow from anything else.
	Kept string
	Load func(ctx context.Context, q db.Querier, s access.Scope, today string) ([]Duty, error)
}

// Due is a duty with its urgency on a day.
type Due struct {
	Duty
	Urgency Urgency
}

// Gather asks every source for an actor and sorts what is due by urgency, then date. Later duties are left out.
func Gather(ctx context.Context, q db.Querier, sources []Source, who access.Actor, at access.EstateID, today, soon string) ([]Due, error) {
	var all []Due
	for _, s := range sources {
		if !who.HoldsAny(s.Posts) {
			continue
		}
		found, err := s.load(ctx, q, who.Scope(s.Posts, at), today)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			switch due := cmp.Or(d.Due, today); {
			case due < today:
				all = append(all, Due{d, Late})
			case due == today:
				all = append(all, Due{d, Today})
			case due <= soon:
				all = append(all, Due{d, Soon})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Due) int {
		return cmp.Or(cmp.Compare(a.Urgency, b.Urgency), cmp.Compare(a.Due, b.Due))
	})
	return all, nil
}

func (s Source) load(ctx context.Context, q db.Querier, scope access.Scope, today string) ([]Duty, error) {
	if s.Kept == "" {
		return s.Load(ctx, q, scope, today)
	}
	return evidence.KeptAcross(ctx, q, scope, s.Kept+" "+string(i18n.LangOf(ctx)), today, func() ([]Duty, error) { return s.Load(ctx, q, scope, today) })
}
