package db

import (
	"context"
	"database/sql/driver"

	"github.com/jackc/pgx/v5/stdlib"
)

// Notify tells all programs that listen at the same PostgreSQL database, this one among them.
func (d *DB) Notify(ctx context.Context, channel, text string) error {
	_, err := d.write.ExecContext(ctx, "SELECT pg_notify($1, $2)", channel, text)
	return err
}

// Listen hands on what is told on a channel, on a connection of its own, until the context ends or the connection is lost. It calls ready once
// nothing can be missed any more.
func (d *DB) Listen(ctx context.Context, channel string, ready func(), heard func(text string)) error {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	ready()
	var lost error
	_ = conn.Raw(func(dc any) error {
		for lost == nil {
			n, err := dc.(*stdlib.Conn).Conn().WaitForNotification(ctx)
			if lost = err; err == nil {
				heard(n.Payload)
			}
		}
		return driver.ErrBadConn // it listens: nobody else gets it
	})
	return lost
}
