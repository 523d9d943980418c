package search

import (
	"context"
	"strings"

	"hudang/internal/platform/db"
)

// sqlite keeps tokens in FTS5 without the documents themselves (stack.md 5: contentless, detail=none).
type sqlite struct{}

func (sqlite) state() state { return state{} }

func (sqlite) lock(ctx context.Context, s *db.Session) error {
	return send(ctx, s,
		`CREATE TABLE IF NOT EXISTS search_stamp (stamp TEXT NOT NULL)`,
		`CREATE TABLE IF NOT EXISTS search_log (log INTEGER PRIMARY KEY, leaves INTEGER NOT NULL, op INTEGER NOT NULL)`,
		`CREATE TABLE IF NOT EXISTS search_secrecy (code INTEGER PRIMARY KEY)`,
		`CREATE TABLE IF NOT EXISTS search_doc (id INTEGER PRIMARY KEY, kind TEXT NOT NULL)`,
		`CREATE VIRTUAL TABLE IF NOT EXISTS search_token USING fts5(tokens, content='', contentless_delete=1, detail=none,
			tokenize="ascii tokenchars '-_'")`)
}

func (sqlite) empty(ctx context.Context, s *db.Session) error {
	if err := (state{}).empty(ctx, s); err != nil {
		return err
	}
	return send(ctx, s, `INSERT INTO search_token (search_token) VALUES ('delete-all')`,
		`INSERT INTO search_token (search_token, rank) VALUES ('secure-delete', 1)`,
		`INSERT INTO search_token (search_token, rank) VALUES ('hashsize', 16777216)`,
		`INSERT INTO search_token (search_token, rank) VALUES ('automerge', 0)`) // tidy merges, once
}

// tidy joins the segments, and has them joined early from now on: each of them costs each word of a search.
func (sqlite) tidy(ctx context.Context, s *db.Session) error {
	return send(ctx, s, `INSERT INTO search_token (search_token) VALUES ('optimize')`,
		`INSERT INTO search_token (search_token, rank) VALUES ('automerge', 2)`)
}

func (sqlite) put(ctx context.Context, s *db.Session, e entry) error {
	if err := s.Send(ctx, `INSERT OR REPLACE INTO search_doc (id, kind) VALUES (?, ?)`, e.id, e.kind); err != nil {
		return err
	}
	return s.Send(ctx, `INSERT OR REPLACE INTO search_token (rowid, tokens) VALUES (?, ?)`, e.id, strings.Join(e.tokens, " "))
}

func (sqlite) remove(ctx context.Context, s *db.Session, id int64) error {
	n, err := s.Exec(ctx, `DELETE FROM search_doc WHERE id = ?`, id)
	if err != nil || n == 0 {
		return err
	}
	return s.Send(ctx, `DELETE FROM search_token WHERE rowid = ?`, id)
}

var fts = dialect{and: " AND ", or: " OR ", not: " NOT ", leaf: func(token string, prefix bool) string {
	if prefix {
		return `"` + token + `"*`
	}
	return `"` + token + `"`
}}

func (sqlite) find(ctx context.Context, q db.Querier, asked expr, how level) ([]place, error) {
	return places(ctx, q, `SELECT d.id, d.kind FROM (SELECT rowid AS id FROM search_token WHERE search_token MATCH ? ORDER BY rowid DESC LIMIT ?) AS found
		JOIN search_doc AS d ON d.id = found.id ORDER BY found.id DESC`, asked.in(fts, how), mostHits)
}
