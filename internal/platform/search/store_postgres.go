package search

import (
	"context"

	"hudang/internal/platform/db"
)

// postgres keeps tokens as a tsvector under a GIN index, in a schema that a dump can leave out.
type postgres struct{}

// What is put waits in the index's list of pending entries: a short one, which every search reads through, or while the
// index is made a long one, which is quicker to work off.
const (
	shortList = `SET LOCAL gin_pending_list_limit = '64kB'`
	longList  = `SET LOCAL gin_pending_list_limit = '32MB'`
	roomy     = `SET LOCAL work_mem = '64MB'`
)

const indexLock = 0x68756473 // the advisory lock of whoever writes the index; no estate has this id

func (postgres) state() state { return state{"derived."} }

// findFunction is a function, so that its plan is the bitmap of the GIN index whatever the planner makes of a rare word,
// in one round trip (stack.md 5b); the cap keeps a common word from being read to its end.
const findFunction = `CREATE OR REPLACE FUNCTION derived.search_find(asked tsquery, cap bigint, most bigint)
	RETURNS TABLE (id bigint, kind text) LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
	WITH m AS MATERIALIZED (SELECT d.id, d.kind FROM derived.search_doc d WHERE d.tokens @@ asked LIMIT cap)
	SELECT m.id, m.kind FROM m ORDER BY m.id DESC LIMIT most $$`

func (postgres) lock(ctx context.Context, s *db.Session) error {
	if err := s.Lock(ctx, indexLock); err != nil {
		return err
	}
	var there bool
	if err := s.Send(ctx, shortList); err != nil {
		return err
	}
	if _, err := s.One(ctx, `SELECT to_regproc('derived.search_find') IS NOT NULL`, nil, &there); err != nil || there {
		return err
	}
	return send(ctx, s,
		`CREATE SCHEMA IF NOT EXISTS derived`,
		`CREATE TABLE IF NOT EXISTS derived.search_stamp (stamp text NOT NULL)`,
		`CREATE TABLE IF NOT EXISTS derived.search_log (log bigint PRIMARY KEY, leaves bigint NOT NULL, op bigint NOT NULL)`,
		`CREATE TABLE IF NOT EXISTS derived.search_secrecy (code bigint PRIMARY KEY)`,
		`CREATE TABLE IF NOT EXISTS derived.search_doc (id bigint PRIMARY KEY, kind text NOT NULL, tokens tsvector NOT NULL)`,
		`CREATE INDEX IF NOT EXISTS search_doc_tokens ON derived.search_doc USING gin (tokens)`,
		findFunction)
}

// empty deletes rather than truncates: who searches meanwhile is answered from what was there.
func (postgres) empty(ctx context.Context, s *db.Session) error {
	return state{"derived."}.empty(ctx, s)
}

// tidy has nothing to do: vacuum takes care of the table.
func (postgres) tidy(context.Context, *db.Session) error { return nil }

func (postgres) put(ctx context.Context, s *db.Session, e entry) error {
	return s.Send(ctx, `INSERT INTO derived.search_doc (id, kind, tokens) VALUES (?, ?, array_to_tsvector(?::text[]))
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, tokens = excluded.tokens`, e.id, e.kind, e.tokens)
}

func (postgres) remove(ctx context.Context, s *db.Session, id int64) error {
	return s.Send(ctx, `DELETE FROM derived.search_doc WHERE id = ?`, id)
}

// tsquery is a question in PostgreSQL's words. Tokens hold letters and digits only, no quotes.
var tsquery = dialect{and: " & ", or: " | ", not: " & !", leaf: func(token string, prefix bool) string {
	if prefix {
		return "'" + token + "':*"
	}
	return "'" + token + "'"
}}

const capped = 500 // places looked at of a common word

func (postgres) find(ctx context.Context, q db.Querier, asked expr, how level) ([]place, error) {
	return places(ctx, q, `SELECT id, kind FROM derived.search_find(?::text::tsquery, ?, ?)`, asked.in(tsquery, how), capped, mostHits)
}
