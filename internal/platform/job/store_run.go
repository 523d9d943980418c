package job

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// Find is a job that an actor started; NotFound for anybody else's, or in an estate he no longer knows, as if it did
// not exist.
func Find(ctx context.Context, q db.Querier, who access.Actor, id ID) (*Run, error) {
	r := &Run{}
	err := q.Select(r).Where("id = ?", id).Where("started_by = ?", who.Account).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (who.Account == 0 || !who.Knows(r.Estate)) {
		return nil, errs.E(errs.NotFound, "error.not_found")
	}
	return r, err
}

func runsOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*Run)(nil)), s)
}

func startedBy(q *bun.SelectQuery, account int64) *bun.SelectQuery {
	return q.Where("?TableAlias.started_by = ?", account)
}

func open(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.ended IS NULL") }

// Others reports whether jobs are open besides one: work of people, before which the upkeep of the house stands back.
func Others(ctx context.Context, q db.Querier, id ID) (bool, error) {
	return open(q.Select((*Run)(nil))).Where("id <> ?", id).Exists(ctx)
}

// Newest is the newest job of a kind, whoever started it; the zero Run when there was none.
func Newest(ctx context.Context, q db.Querier, k Kind) (Run, error) {
	var r Run
	err := q.Select(&r).Where("kind = ?", k.Name).Order("id DESC").Limit(1).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return r, err
}

func insertRun(ctx context.Context, tx op.Tx, r Run) error {
	_, err := tx.Exec(ctx, "job_run",
		`INSERT INTO job_run (id, estate, kind, title, started_by, ref_kind, ref_id, args, state, done, total, step, created, ready)
		 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 0)`,
		int64(r.ID), int64(r.Estate), r.Kind, r.Title, r.StartedBy, r.RefKind, r.RefID, r.Args, string(r.State), r.Total, r.Step, r.Created)
	return err
}

// cancelRun asks an open job to stop; false when it is over.
func cancelRun(ctx context.Context, tx op.Tx, id ID) (bool, error) {
	n, err := tx.Exec(ctx, "job_run", `UPDATE job_run SET cancelled = COALESCE(cancelled, ?) WHERE id = ? AND ended IS NULL`,
		tx.Now().UnixMicro(), int64(id))
	return n == 1, err
}

// The column ready says when a job may be worked at: it lies in the future while a runner has it or while it pauses, and
// is the end of its last turn otherwise. A runner's hold on a job is the value it wrote there: whoever finds another one
// has lost it, because he was away for longer than the hold lasts.

// nextRun is the open job whose last turn is the longest ago; nil when none is ready. Jobs that the program did not write are
// none.
func nextRun(ctx context.Context, q db.Querier, now int64) (*Run, error) {
	rows, err := db.BoundRows(ctx, q, "job_run", "ended IS NULL AND ready <= ? ORDER BY ready, id LIMIT 100", now)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	r := rows[0]
	return &Run{ID: ID(r.Int("id")), Estate: access.EstateID(r.Int("estate")), Kind: r.Text("kind"), Title: r.Text("title"), StartedBy: r.Int("started_by"),
		RefKind: r.Text("ref_kind"), RefID: r.Int("ref_id"), Args: r.Text("args"), State: State(r.Text("state")), Done: r.Int("done"), Total: r.Int("total"),
		Step: r.Text("step"), ErrorKey: r.Text("error_key"), ErrorArgs: r.Text("error_args"), Created: r.Int("created"), Began: r.Int("began"),
		Ended: r.Int("ended"), Cancelled: r.Int("cancelled"), Ready: r.Int("ready")}, nil
}

// take gives a hold on a job until an instant, or moves one; false when somebody else has it.
func take(ctx context.Context, s *db.Session, id ID, was, until int64) (bool, error) {
	n, err := s.Exec(ctx, `UPDATE job_run SET ready = ? WHERE id = ? AND ready = ? AND ended IS NULL`, until, int64(id), was)
	return n == 1, err
}

// saveRun writes how far a job is and gives up the hold that ends at held; nothing when that was lost.
func saveRun(ctx context.Context, s *db.Session, r Run, held int64) error {
	_, err := s.Exec(ctx, `UPDATE job_run SET state = ?, done = ?, total = ?, step = ?, error_key = ?, error_args = ?, began = ?, ended = ?, ready = ?
		WHERE id = ? AND ready = ?`,
		string(r.State), r.Done, r.Total, r.Step, orNull(r.ErrorKey), orNull(r.ErrorArgs), orNull(r.Began), orNull(r.Ended), r.Ready, int64(r.ID), held)
	return err
}

// dropHolds gives every job free again: what a dead program held, where only one can be at work.
func dropHolds(ctx context.Context, s *db.Session, now int64) error {
	_, err := s.Exec(ctx, `UPDATE job_run SET ready = ? WHERE ended IS NULL AND ready > ?`, now, now)
	return err
}

func orNull[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}
