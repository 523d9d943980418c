package search

import (
	"context"

	"hudang/internal/platform/db"
)

// entry is a document in the index.
type entry struct {
	id     int64
	kind   string
	tokens []string
}

// place is a document found.
type place struct {
	id   int64
	kind string
}

// position is how far a log is in the index: leaves, and the operation of the last of them.
type position struct{ leaves, op int64 }

// store is where the tokens lie: a file of its own on SQLite, a schema of its own on PostgreSQL. Everything that writes
// does so within one transaction that lock began.
type store interface {
	// lock makes what is missing and keeps out every other program until the transaction ends.
	lock(ctx context.Context, s *db.Session) error
	empty(ctx context.Context, s *db.Session) error
	tidy(ctx context.Context, s *db.Session) error
	put(ctx context.Context, s *db.Session, e entry) error
	remove(ctx context.Context, s *db.Session, id int64) error
	// find gives the places that answer a question as strictly as it is asked, the newest first.
	find(ctx context.Context, q db.Querier, asked expr, how level) ([]place, error)
	state() state
}
