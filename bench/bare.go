package main

import (
	"context"
	"database/sql"
	"strings"
	"sync/atomic"

	"hudang/internal/platform/db"
)

// bare writes the rows of a receipt as somebody would by hand: prepared statements, one transaction, nothing else.
// The tables, and the pragmas or settings of the connection, are the door's own.
type bare struct {
	desk  *desk
	pool  *sql.DB
	conns chan *bareConn
	id    atomic.Int64
}

type bareConn struct {
	conn  *sql.Conn
	begin string
	stmts map[string]*sql.Stmt
}

const (
	bareLine    = `INSERT INTO toy_line (id, estate, version, ev_op, ev_salt, receipt, item, fen) VALUES (?, 1, 1, ?, ?, ?, ?, ?)`
	bareReceipt = `INSERT INTO toy_receipt (id, estate, version, ev_op, ev_salt, till, no, account, payer, total) VALUES (?, 1, 1, ?, ?, ?, ?, ?, ?, ?)`
	bareTill    = `UPDATE toy_till SET last = last + 1, version = version + 1, ev_op = ?, ev_salt = ? WHERE id = ? RETURNING last`
	bareAccount = `UPDATE toy_account SET balance = balance + ?, version = version + 1, ev_op = ?, ev_salt = ? WHERE id = ?`
	bareNote    = `INSERT INTO toy_note (id, estate, version, ev_op, ev_salt, text, done) VALUES (?, 1, 1, ?, ?, ?, 0)`
)

func newBare(ctx context.Context, d *desk, clients int) (*bare, error) {
	b := &bare{desk: d, conns: make(chan *bareConn, clients)}
	b.id.Store(1 << 40)
	var err error
	begin := "BEGIN"
	if d.door.DB.Engine() == db.SQLite {
		b.pool, err = db.File(d.cfg.File) // one connection, the product's pragmas
		clients, begin = 1, "BEGIN IMMEDIATE"
	} else {
		b.pool, err = sql.Open("pgx", d.cfg.URL)
	}
	if err != nil {
		return nil, err
	}
	for range clients {
		conn, err := b.pool.Conn(ctx)
		if err != nil {
			return nil, err
		}
		b.conns <- &bareConn{conn, begin, map[string]*sql.Stmt{}}
	}
	return b, nil
}

func (b *bare) close() error {
	for len(b.conns) > 0 {
		c := <-b.conns
		c.conn.Close()
	}
	return b.pool.Close()
}

func (c *bareConn) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := c.stmts[query]; s != nil {
		return s, nil
	}
	text := query
	if strings.HasPrefix(c.begin, "BEGIN") && len(c.begin) == len("BEGIN") { // PostgreSQL counts its placeholders
		text = numbered(query)
	}
	s, err := c.conn.PrepareContext(ctx, text)
	c.stmts[query] = s
	return s, err
}

func numbered(query string) string {
	var b strings.Builder
	n := '0'
	for _, r := range query {
		if r == '?' {
			n++
			b.WriteByte('$')
			if n > '9' {
				b.WriteByte('1')
				r = n - 10
			} else {
				r = n
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (c *bareConn) exec(ctx context.Context, query string, args ...any) error {
	s, err := c.stmt(ctx, query)
	if err == nil {
		_, err = s.ExecContext(ctx, args...)
	}
	return err
}

// row is one row in a transaction of its own.
func (b *bare) row(ctx context.Context, _, _ int) error {
	c := <-b.conns
	defer func() { b.conns <- c }()
	return c.exec(ctx, bareNote, b.id.Add(1), int64(7), make([]byte, 16), "一条记录")
}

// receipt is the six rows.
func (b *bare) receipt(ctx context.Context, client, n int) error {
	c := <-b.conns
	defer func() { b.conns <- c }()
	if err := c.exec(ctx, c.begin); err != nil {
		return err
	}
	if err := b.rows(ctx, c, client, n); err != nil {
		_ = c.exec(ctx, "ROLLBACK")
		return err
	}
	return c.exec(ctx, "COMMIT")
}

func (b *bare) rows(ctx context.Context, c *bareConn, client, n int) error {
	in, op, salt := b.desk.receipt(client, n), b.id.Add(1), make([]byte, 16)
	total := int64(0)
	for _, item := range in.Items {
		total += item.Fen
	}
	if err := c.exec(ctx, bareAccount, total, op, salt, int64(in.Account)); err != nil {
		return err
	}
	next, err := c.stmt(ctx, bareTill)
	if err != nil {
		return err
	}
	var no int64
	if err := next.QueryRowContext(ctx, op, salt, int64(in.Till)).Scan(&no); err != nil {
		return err
	}
	receipt := b.id.Add(1)
	if err := c.exec(ctx, bareReceipt, receipt, op, salt, int64(in.Till), no, int64(in.Account), in.Payer, total); err != nil {
		return err
	}
	for _, item := range in.Items {
		if err := c.exec(ctx, bareLine, b.id.Add(1), op, salt, receipt, item.Name, item.Fen); err != nil {
			return err
		}
	}
	return nil
}
