package draft

import (
	"context"
	"database/sql"

	"hudang/internal/platform/db"
)

func put(ctx context.Context, s *db.Session, who int64, form string, now int64, sealed []byte) error {
	_, err := s.Exec(ctx, `INSERT INTO draft_form (account, form, saved, fields) VALUES (?, ?, ?, ?)
		ON CONFLICT (account, form) DO UPDATE SET saved = excluded.saved, fields = excluded.fields`, who, form, now, sealed)
	return err
}

// tidy forgets what is too old, and what an account has too much of.
func tidy(ctx context.Context, s *db.Session, who, oldest int64) error {
	if err := expire(ctx, s, oldest); err != nil {
		return err
	}
	_, err := s.Exec(ctx, `DELETE FROM draft_form WHERE account = ? AND form IN
		(SELECT form FROM draft_form WHERE account = ? ORDER BY saved DESC, form LIMIT 1000 OFFSET ?)`, who, who, mostForms)
	return err
}

func expire(ctx context.Context, s *db.Session, oldest int64) error {
	_, err := s.Exec(ctx, `DELETE FROM draft_form WHERE saved < ?`, oldest)
	return err
}

func drop(ctx context.Context, s *db.Session, who int64, form string) error {
	_, err := s.Exec(ctx, `DELETE FROM draft_form WHERE account = ? AND form = ?`, who, form)
	return err
}

// savedOf are the times of an account's drafts by their forms.
func savedOf(ctx context.Context, q db.Querier, who, oldest int64) (map[string]int64, error) {
	all := map[string]int64{}
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var form string
		var at int64
		err := rows.Scan(&form, &at)
		all[form] = at
		return err
	}, `SELECT form, saved FROM draft_form WHERE account = ? AND saved >= ?`, who, oldest)
	return all, err
}

// fieldsOf is a draft as it lies there, sealed; nil when there is none.
func fieldsOf(ctx context.Context, q db.Querier, who int64, form string, oldest int64) ([]byte, error) {
	var sealed []byte
	err := db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&sealed) },
		`SELECT fields FROM draft_form WHERE account = ? AND form = ? AND saved >= ?`, who, form, oldest)
	return sealed, err
}
