package approval

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
)

// listed is how many requests a page shows of each kind.
const listed = 50

func find(ctx context.Context, q db.Querier, id ID) (RequestWithSteps, error) {
	var rows []Request
	err := q.Select(&rows).Where("id = ?", id).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) || err == nil && len(rows) == 0 {
		return RequestWithSteps{}, errs.E(errs.NotFound, "error.not_found")
	}
	if err != nil {
		return RequestWithSteps{}, err
	}
	all, err := withSteps(ctx, q, rows)
	if err != nil {
		return RequestWithSteps{}, err
	}
	return all[0], nil
}

func withSteps(ctx context.Context, q db.Querier, rows []Request) ([]RequestWithSteps, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	all, at := make([]RequestWithSteps, len(rows)), map[ID]int{}
	ids := make([]ID, len(rows))
	for i, r := range rows {
		all[i], at[r.ID], ids[i] = RequestWithSteps{Request: r}, i, r.ID
	}
	var steps []StepRow
	err := q.Select(&steps).Where("request IN (?)", bun.List(ids)).OrderExpr("request, no").Scan(ctx)
	for _, s := range steps {
		i := at[s.Request]
		all[i].Steps = append(all[i].Steps, s)
	}
	return all, err
}

// waitingIn are the requests of a scope that wait and are not too old, the oldest first.
func waitingIn(ctx context.Context, q db.Querier, s access.Scope, now int64) ([]RequestWithSteps, error) {
	var rows []Request
	err := evidence.Within(q.Select(&rows), s).Where("state = ?", Waiting).Where("until >= ?", now).OrderExpr("id").Scan(ctx)
	if err != nil {
		return nil, err
	}
	return withSteps(ctx, q, rows)
}

// madeBy are somebody's own requests, the newest first.
func madeBy(ctx context.Context, q db.Querier, account int64) ([]RequestWithSteps, error) {
	var rows []Request
	if err := q.Select(&rows).Where("made_by = ?", account).OrderExpr("id DESC").Limit(listed).Scan(ctx); err != nil {
		return nil, err
	}
	return withSteps(ctx, q, rows)
}

// decidedBy are the requests somebody decided, the newest first.
func decidedBy(ctx context.Context, q db.Querier, account int64) ([]RequestWithSteps, error) {
	var rows []Request
	err := q.Select(&rows).Where("id IN (SELECT request FROM approval_step WHERE decided_by = ?)", account).OrderExpr("id DESC").Limit(listed).Scan(ctx)
	if err != nil {
		return nil, err
	}
	return withSteps(ctx, q, rows)
}
