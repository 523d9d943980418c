package op

import (
	"context"
	"database/sql"

	"hudang/internal/platform/db"
)

func answerOf(ctx context.Context, q db.Querier, key []byte, who int64) (sealed []byte, err error) {
	return sealed, db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&sealed) },
		`SELECT place FROM op_answer WHERE token = ? AND account = ?`, key, who)
}

// putAnswer keeps an answer and forgets the old ones.
func putAnswer(ctx context.Context, s *db.Session, key []byte, who int64, sealed []byte, now, oldest int64) error {
	if _, err := s.Exec(ctx, `DELETE FROM op_answer WHERE at < ?`, oldest); err != nil {
		return err
	}
	_, err := s.Exec(ctx, `INSERT INTO op_answer (token, account, place, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (token) DO UPDATE SET account = excluded.account, place = excluded.place, at = excluded.at`, key, who, sealed, now)
	return err
}
