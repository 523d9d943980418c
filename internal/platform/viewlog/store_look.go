package viewlog

import (
	"bytes"
	"context"
	"database/sql"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
)

const (
	lookTable  = "viewlog_look"
	mostSealed = 20_000 // looks of one sealing
)

func store(ctx context.Context, s *db.Session, looks []View) error {
	const most = 100 // rows of a statement
	for len(looks) > 0 {
		n := min(most, len(looks))
		args := make([]any, 0, n*6)
		for _, l := range looks[:n] {
			args = append(args, l.ID, int64(l.Estate), l.Account, l.Kind, l.Thing, l.At)
		}
		looks = looks[n:]
		_, err := s.Exec(ctx, `INSERT INTO viewlog_look (id, estate, account, kind, thing, at) VALUES `+
			strings.TrimSuffix(strings.Repeat("(?, ?, ?, ?, ?, ?), ", n), ", ")+` ON CONFLICT DO NOTHING`, args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// waiting are the estates with looks that are not sealed.
func waiting(ctx context.Context, q db.Querier) ([]access.EstateID, error) {
	var estates []access.EstateID
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var e access.EstateID
		err := rows.Scan(&e)
		estates = append(estates, e)
		return err
	}, `SELECT DISTINCT estate FROM viewlog_look WHERE seal IS NULL ORDER BY estate`)
	return estates, err
}

func unsealed(ctx context.Context, q db.Querier, e access.EstateID) ([]View, error) {
	rows, err := db.BoundRows(ctx, q, lookTable, "estate = ? AND seal IS NULL ORDER BY id LIMIT ?", e, mostSealed)
	looks := make([]View, len(rows))
	for i, r := range rows {
		looks[i] = View{ID: r.Int("id"), Estate: access.EstateID(r.Int("estate")), Account: r.Int("account"), Kind: r.Text("kind"), Thing: r.Int("thing"), At: r.Int("at")}
	}
	return looks, err
}

func read(ctx context.Context, q db.Querier, where string, args ...any) ([]View, error) {
	var looks []View
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var l View
		err := rows.Scan(&l.ID, &l.Estate, &l.Account, &l.Kind, &l.Thing, &l.At)
		looks = append(looks, l)
		return err
	}, `SELECT id, estate, account, kind, thing, at FROM viewlog_look `+where, args...)
	return looks, err
}

func markSealed(ctx context.Context, tx op.Tx, looks []View, by int64) error {
	_, err := tx.Exec(ctx, lookTable, `UPDATE viewlog_look SET seal = ? WHERE estate = ? AND seal IS NULL AND id BETWEEN ? AND ?`,
		by, looks[0].Estate, looks[0].ID, looks[len(looks)-1].ID)
	return err
}

// Of are the newest looks at a thing, at most n.
func Of(ctx context.Context, q db.Querier, r ref.Ref, n int) ([]View, error) {
	return read(ctx, q, `WHERE kind = ? AND thing = ? ORDER BY at DESC, id DESC LIMIT ?`, r.Kind, r.ID, n)
}

// Check recomputes every sealing's digest and gives those that do not agree with the looks there are now: an entry was
// added, changed or removed behind the program's back.
func Check(ctx context.Context, q db.Querier) ([]int64, error) {
	var seals []seal
	if err := q.Select(&seals).OrderExpr("id").Scan(ctx); err != nil {
		return nil, err
	}
	var broken []int64
	for _, s := range seals {
		looks, err := read(ctx, q, `WHERE seal = ? ORDER BY id`, int64(s.ID))
		if err != nil {
			return nil, err
		}
		if int64(len(looks)) != s.Looks || !bytes.Equal(digest(looks), s.Digest) {
			broken = append(broken, int64(s.ID))
		}
	}
	return broken, nil
}

// looksOf are the looks of a scope, for the list.
func looksOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*lookRow)(nil)), s).ColumnExpr("?TableColumns")
}

func ofAccount(q *bun.SelectQuery, name, _ string) *bun.SelectQuery {
	return q.Where("?TableAlias.account IN (SELECT id FROM account_account WHERE LOWER(name) LIKE ? ESCAPE '!' OR LOWER(login) LIKE ? ESCAPE '!')", list.Like(name), list.Like(name))
}

func between(q *bun.SelectQuery, from, to string) *bun.SelectQuery {
	if from != "" {
		q = q.Where("?TableAlias.at >= ?", startOf(from))
	}
	if to != "" {
		q = q.Where("?TableAlias.at < ?", startOf(to)+dayMicros)
	}
	return q
}
