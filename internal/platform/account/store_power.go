package account

import (
	"context"
	"database/sql"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// actorOf is an enabled account with its posts in force, as the program itself wrote them; nobody when it has none. Every request asks it.
func actorOf(ctx context.Context, q db.Querier, id ID) (a access.Actor, err error) {
	powers, err := db.BoundRows(ctx, q, "account_power", "account = ? ORDER BY held", int64(id))
	if err != nil || len(powers) == 0 {
		return a, err
	}
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&a.Account, &a.Name) },
		`SELECT id, name FROM account_account WHERE id = ? AND disabled IS NULL`, int64(id))
	if err != nil || a.Account == 0 {
		return a, err
	}
	for _, p := range powers {
		a.Grants = append(a.Grants, access.Grant{Post: access.Post(p.Text("post")), Estate: access.EstateID(p.Int("at_estate"))})
	}
	return a, nil
}

// settlePowers writes anew what an account may act as: whatever changes its posts, or whether it is enabled, ends with it.
func settlePowers(ctx context.Context, tx op.Tx, a *Account) error {
	if _, err := tx.Exec(ctx, "account_power", `DELETE FROM account_power WHERE account = ?`, int64(a.ID)); err != nil || a.Disabled != 0 {
		return err
	}
	held, err := grantsOf(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	for _, g := range held {
		if g.Ended != 0 {
			continue
		}
		_, err := tx.Exec(ctx, "account_power", `INSERT INTO account_power (held, account, post, at_estate) VALUES (?, ?, ?, ?)`,
			int64(g.ID), int64(g.Account), string(g.Post), int64(g.AtEstate))
		if err != nil {
			return err
		}
	}
	return nil
}
