package list

import (
	"context"
	"database/sql"
	"strings"

	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

// Tables are the package's tables.
var Tables = []evidence.Table{
	evidence.Bound("list_preference", "the columns a person likes to see: comfort, no evidence", "account", "list"),
	evidence.Bound("list_view", "the views a person saved for himself: comfort, no evidence", "account", "list", "name"),
}

func preferenceOf(ctx context.Context, q db.Querier, account int64, list string) (*Preference, error) {
	p := &Preference{}
	return p, db.Rows(ctx, q, func(rows *sql.Rows) error {
		var hidden sql.NullString
		var v OwnView
		err := rows.Scan(&hidden, &v.Name, &v.Query, new(int64))
		switch {
		case !hidden.Valid:
			p.Views = append(p.Views, v)
		case hidden.String != "":
			p.Hidden = strings.Split(hidden.String, ",")
		}
		p.Chosen = p.Chosen || hidden.Valid
		return err
	}, `SELECT hidden, '' AS name, '' AS query, 0 AS made FROM list_preference WHERE account = ? AND list = ?
		UNION ALL SELECT NULL, name, query, made FROM list_view WHERE account = ? AND list = ? ORDER BY made, name`, account, list, account, list)
}

func putColumns(ctx context.Context, d *db.DB, account int64, list, hidden string) error {
	return write(ctx, d, `INSERT INTO list_preference (account, list, hidden) VALUES (?, ?, ?)
		ON CONFLICT (account, list) DO UPDATE SET hidden = excluded.hidden`, account, list, hidden)
}

func dropColumns(ctx context.Context, d *db.DB, account int64, list string) error {
	return write(ctx, d, `DELETE FROM list_preference WHERE account = ? AND list = ?`, account, list)
}

func putView(ctx context.Context, d *db.DB, account int64, list string, v OwnView, now int64) error {
	return write(ctx, d, `INSERT INTO list_view (account, list, name, query, made) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (account, list, name) DO UPDATE SET query = excluded.query`, account, list, v.Name, v.Query, now)
}

func renameView(ctx context.Context, d *db.DB, account int64, list, old, name string) error {
	return write(ctx, d, `UPDATE list_view SET name = ? WHERE account = ? AND list = ? AND name = ?`, name, account, list, old)
}

func dropView(ctx context.Context, d *db.DB, account int64, list, name string) error {
	return write(ctx, d, `DELETE FROM list_view WHERE account = ? AND list = ? AND name = ?`, account, list, name)
}

func write(ctx context.Context, d *db.DB, query string, args ...any) error {
	return d.Write(ctx, func(ctx context.Context, s *db.Session) error {
		_, err := s.Exec(ctx, query, args...)
		return err
	})
}
