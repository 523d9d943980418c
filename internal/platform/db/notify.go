package db

import (
	"context"
	"database/sql/driver"

	"github.com/jackc/pgx/v5/stdlib"
)

// Notify sends text to all programs that listen on a channel of the same PostgreSQL database, this one among them.
func (d *DB) Notify(ctx context.Context, channel, text string) error {
	_, err := d.write.ExecContext(ctx, "SELECT pg_notify($1, $2)", channel, text)
	return err
}

// Listen calls heard for every notification on a channel of PostgreSQL, on a connection of its own, until the context ends or the connection is
// lost, and returns why. It calls ready once, when nothing sent from then on can be missed.
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
		return driver.ErrBadConn // it still listens: the pool must not hand it out
	})
	return lost
}
