package search

import (
	"context"
	"database/sql"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// state is the tables both engines have alike; schema stands before their names.
type state struct{ schema string }

// stamp is what the index was made from; empty when it was not made.
func (t state) stamp(ctx context.Context, q db.Querier) (stamp string, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&stamp) }, `SELECT stamp FROM `+t.schema+`search_stamp`)
	return stamp, err
}

func (t state) setStamp(ctx context.Context, s *db.Session, stamp string) error {
	return s.Send(ctx, `INSERT INTO `+t.schema+`search_stamp (stamp) VALUES (?)`, stamp)
}

func (t state) positions(ctx context.Context, q db.Querier) (map[access.EstateID]position, error) {
	all := map[access.EstateID]position{}
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var log access.EstateID
		var p position
		err := rows.Scan(&log, &p.leaves, &p.op)
		all[log] = p
		return err
	}, `SELECT log, leaves, op FROM `+t.schema+`search_log`)
	return all, err
}

func (t state) setPosition(ctx context.Context, s *db.Session, log access.EstateID, p position) error {
	return s.Send(ctx, `INSERT INTO `+t.schema+`search_log (log, leaves, op) VALUES (?, ?, ?)
		ON CONFLICT (log) DO UPDATE SET leaves = excluded.leaves, op = excluded.op`, int64(log), p.leaves, p.op)
}

// secrecies are the different ones of the documents.
func (t state) secrecies(ctx context.Context, q db.Querier) (known []secrecy, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var code secrecy
		err := rows.Scan(&code)
		known = append(known, code)
		return err
	}, `SELECT code FROM `+t.schema+`search_secrecy ORDER BY code`)
	return known, err
}

func (t state) addSecrecy(ctx context.Context, s *db.Session, code secrecy) error {
	return s.Send(ctx, `INSERT INTO `+t.schema+`search_secrecy (code) VALUES (?)`, int64(code))
}

func (t state) empty(ctx context.Context, s *db.Session) error {
	return send(ctx, s, `DELETE FROM `+t.schema+`search_stamp`, `DELETE FROM `+t.schema+`search_log`,
		`DELETE FROM `+t.schema+`search_secrecy`, `DELETE FROM `+t.schema+`search_doc`)
}

func send(ctx context.Context, s *db.Session, statements ...string) error {
	for _, text := range statements {
		if err := s.Send(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

func places(ctx context.Context, q db.Querier, query string, args ...any) ([]place, error) {
	var found []place
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var p place
		err := rows.Scan(&p.id, &p.kind)
		found = append(found, p)
		return err
	}, query, args...)
	return found, err
}
