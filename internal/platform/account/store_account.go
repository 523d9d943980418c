package account

import (
	"context"
	"database/sql"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// accountRow is an account in the register, with the posts it holds in words and when it was last at work.
type accountRow struct {
	Account `bun:",extend"`
	Seen    int64  `bun:"seen,scanonly"`
	Posts   string `bun:"-"`
}

// accountsOf are the accounts of a scope: those who hold a post there, which whoever holds one in all estates does.
func accountsOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	query := q.Select((*accountRow)(nil)).ColumnExpr("?TableColumns").
		ColumnExpr("COALESCE((SELECT seen FROM account_seen s WHERE s.account = ?TableAlias.id), 0) AS seen")
	if s.All() {
		return query
	}
	places := append([]access.EstateID{access.Company}, s.Estates()...)
	if len(places) == 1 {
		return query.Where("1 = 0")
	}
	return query.Where("EXISTS (SELECT 1 FROM account_grant g WHERE g.account = ?TableAlias.id AND g.ended IS NULL AND g.at_estate IN (?))", bun.List(places))
}

// fillPosts writes the posts of each row in words.
func fillPosts(ctx context.Context, q db.Querier, places Places, rows []accountRow) error {
	if len(rows) == 0 {
		return nil
	}
	known, err := places(ctx, q)
	if err != nil {
		return err
	}
	held := map[ID][]access.Grant{}
	err = db.Rows(ctx, q, func(found *sql.Rows) error {
		var id ID
		var g access.Grant
		err := found.Scan(&id, &g.Post, &g.Estate)
		held[id] = append(held[id], g)
		return err
	}, `SELECT account, post, at_estate FROM account_grant WHERE ended IS NULL ORDER BY id`)
	for i := range rows {
		rows[i].Posts = GrantsText(ctx, held[rows[i].ID], known)
	}
	return err
}

func holding(q *bun.SelectQuery, post, _ string) *bun.SelectQuery {
	return q.Where("EXISTS (SELECT 1 FROM account_grant g WHERE g.account = ?TableAlias.id AND g.ended IS NULL AND g.post = ?)", post)
}

func enabled(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.disabled IS NULL") }
func disabled(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("?TableAlias.disabled IS NOT NULL")
}

// SeenAt is when an account was last at work, µs UTC; 0 for never.
func SeenAt(ctx context.Context, q db.Querier, id ID) (seen int64, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&seen) }, `SELECT seen FROM account_seen WHERE account = ?`, int64(id))
	return seen, err
}

// holdersOf are the accounts that hold one of some posts.
func holdersOf(ctx context.Context, q db.Querier, posts []access.Post) (ids []ID, err error) {
	err = q.Select((*grant)(nil)).ColumnExpr("DISTINCT account").Where("ended IS NULL").Where("post IN (?)", bun.List(posts)).Scan(ctx, &ids)
	return ids, err
}

// onlyOne reports that no second account was ever made.
func onlyOne(ctx context.Context, q db.Querier) (bool, error) {
	n, err := q.Select((*Account)(nil)).Limit(2).Count(ctx)
	return n < 2, err
}
