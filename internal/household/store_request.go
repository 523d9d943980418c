package household

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

// requestRows are the requests of a scope, with the names of a register.
func requestRows(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*RequestRow)(nil)), s).ColumnExpr("?TableColumns").ColumnExpr("u.code AS code").
		ColumnExpr(estate.NameColumn).
		ColumnExpr("(SELECT name FROM account_account WHERE id = ?TableAlias.asked_by) AS asked_name").
		ColumnExpr("(SELECT name FROM account_account WHERE id = ?TableAlias.answered_by) AS answered_name").
		Join("JOIN estate_unit AS u ON u.id = ?TableAlias.unit")
}

func requestsIn(states ...RequestState) func(*bun.SelectQuery) *bun.SelectQuery {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("?TableAlias.state IN (?)", bun.List(states))
	}
}

// requestsOf are somebody's requests for a unit in a state.
func requestsOf(ctx context.Context, q db.Querier, account int64, unit estate.UnitID, state RequestState) ([]Request, error) {
	var rows []Request
	return rows, q.Select(&rows).Where("asked_by = ?", account).Where("unit = ?", unit).Where("state = ?", state).Scan(ctx)
}

const mostOwn = 20 // of somebody's own requests that he is shown

// RequestsBy are somebody's own requests, the newest first.
func RequestsBy(ctx context.Context, q db.Querier, account int64) ([]RequestRow, error) {
	var rows []RequestRow
	return rows, requestRows(q, access.ProgramActor().Scope([]access.Post{access.Program}, access.Company)).
		Where("?TableAlias.asked_by = ?", account).OrderExpr("?TableAlias.id DESC").Limit(mostOwn).Model(&rows).Scan(ctx)
}

// answersUnseen are the answers to somebody's requests that he has not looked at, the newest first.
func answersUnseen(ctx context.Context, q db.Querier, s access.Scope, account int64) ([]RequestRow, error) {
	var rows []RequestRow
	return rows, requestRows(q, s).Apply(requestsIn(Granted, Denied)).Where("?TableAlias.asked_by = ?", account).
		Where("NOT EXISTS (SELECT 1 FROM household_request_seen AS seen WHERE seen.request = ?TableAlias.id)").
		OrderExpr("?TableAlias.answered DESC").Limit(mostOwn).Model(&rows).Scan(ctx)
}

// SeeAnswers notes that an asker has the answers to his requests before him.
func SeeAnswers(ctx context.Context, d *db.DB, account int64) error {
	rows, err := answersUnseen(ctx, d.Read(), access.ProgramActor().Scope([]access.Post{access.Program}, access.Company), account)
	if err != nil || len(rows) == 0 {
		return err
	}
	return d.Write(ctx, func(ctx context.Context, s *db.Session) error {
		for _, r := range rows {
			if _, err := s.Exec(ctx, `INSERT INTO household_request_seen (request, account) VALUES (?, ?) ON CONFLICT (request) DO NOTHING`, int64(r.ID), account); err != nil {
				return err
			}
		}
		return nil
	})
}

// FindRequest is one request of a scope.
func FindRequest(ctx context.Context, q db.Querier, s access.Scope, id RequestID) (*RequestRow, error) {
	r := &Request{}
	r.ID = id
	if err := evidence.Find(ctx, q, s, r); err != nil {
		return nil, err
	}
	var rows []RequestRow
	err := requestRows(q, s).Where("?TableAlias.id = ?", id).Model(&rows).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return &RequestRow{Request: *r}, err
	}
	return &rows[0], nil
}

// requestsWaiting counts what waits, by estate.
func requestsWaiting(ctx context.Context, q db.Querier, s access.Scope) ([]waitingIn, error) {
	var rows []waitingIn
	return rows, evidence.Within(q.Select((*Request)(nil)), s).Where("?TableAlias.state = ?", Asked).
		ColumnExpr("?TableAlias.estate AS estate").ColumnExpr(estate.NameColumn).
		ColumnExpr("COUNT(*) AS n").GroupExpr("?TableAlias.estate").OrderExpr("estate").Scan(ctx, &rows)
}

// requestsSince counts the requests of a scope since a moment and those that wait since before, those that wait, and says when
// the oldest of these was made.
func requestsSince(ctx context.Context, q db.Querier, s access.Scope, since int64) (all, waiting, oldest int64, err error) {
	return standing(ctx, evidence.Within(q.Select((*Request)(nil)), s), "?TableAlias.asked", since, Asked)
}
