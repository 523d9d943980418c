package approval

import (
	"context"
	"slices"
	"strconv"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
)

// Listed are the requests an actor has to do with.
type Listed struct{ ToDecide, Own, Decided []RequestWithSteps }

// List is what an actor has to do with; at narrows what waits for him to one estate unless it is access.Company.
func List(ctx context.Context, q db.Querier, who access.Actor, at access.EstateID, now time.Time) (l Listed, err error) {
	if l.ToDecide, err = toDecideIn(ctx, q, who, who.Scope(access.Posts, at), now); err != nil {
		return l, err
	}
	if l.Own, err = madeBy(ctx, q, who.Account); err != nil {
		return l, err
	}
	l.Decided, err = decidedBy(ctx, q, who.Account)
	return l, err
}

func toDecideIn(ctx context.Context, q db.Querier, who access.Actor, s access.Scope, now time.Time) ([]RequestWithSteps, error) {
	all, err := waitingIn(ctx, q, s, now.UnixMicro())
	return slices.DeleteFunc(all, func(f RequestWithSteps) bool { return !f.WaitsFor(who, now) }), err
}

// toDecide is the duty of whoever decides: the requests that wait for him, in one line, due on the day the first one ends.
func toDecide(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	midnight, err := time.ParseInLocation(time.DateOnly, today, clock.China)
	if err != nil {
		return nil, err
	}
	all, err := toDecideIn(ctx, q, access.From(ctx), s, midnight)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	first := slices.MinFunc(all, func(a, b RequestWithSteps) int { return int(a.Until - b.Until) })
	d := duty.Duty{Title: i18n.T(ctx, "approval.duty"), Text: i18n.T(ctx, "approval.duty.text", strconv.Itoa(len(all)), clock.Date(time.UnixMicro(first.Until))),
		Act: i18n.T(ctx, "approval.duty.do"), Href: ListPath}
	if len(all) == 1 {
		d.Href = first.ID.Path()
	}
	return []duty.Duty{d}, nil
}

// answered tells whoever asked what became of his requests: those decided today or yesterday, one line each.
func answered(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	midnight, err := time.ParseInLocation(time.DateOnly, today, clock.China)
	if err != nil {
		return nil, err
	}
	own, err := madeBy(ctx, q, access.From(ctx).Account)
	var told []duty.Duty
	for _, f := range own {
		if f.answeredAt() >= midnight.AddDate(0, 0, -1).UnixMicro() && s.Covers(f.Estate) {
			told = append(told, duty.Duty{Title: i18n.T(ctx, "approval.answered", i18n.T(ctx, "approval.state."+string(f.State))), Text: i18n.T(ctx, "op."+f.Name),
				Act: i18n.T(ctx, "approval.answered.do"), Href: f.ID.Path()})
		}
	}
	return told, err
}
