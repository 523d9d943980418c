package db

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"github.com/uptrace/bun"
)

// Snapshot is a Querier whose every question is answered from one moment, whatever is written meanwhile.
// One question at a time: read an answer to its end before the next. The function returned ends it.
func Snapshot(ctx context.Context, q Querier) (Querier, func() error, error) {
	if s, ok := q.(snapshot); ok { // already one
		return s, func() error { return nil }, nil
	}
	r, ok := q.(reader)
	if !ok {
		return nil, nil, errors.New("db: a snapshot is taken outside a write")
	}
	conn, err := r.bun.DB.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	begin := "BEGIN"
	if r.engine == Postgres {
		begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	}
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	end := func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		if e := conn.Close(); err == nil {
			err = e
		}
		return err
	}
	return snapshot{r, conn}, end, nil
}

type snapshot struct {
	reader
	conn *sql.Conn
}

func (snapshot) kept() *sync.Map { return nil }

func (s snapshot) Select(model any) *bun.SelectQuery { return s.reader.Select(model).Conn(s.conn) }

func (s snapshot) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.conn.QueryContext(ctx, rebind(s.engine, query), args...)
}
