// Package db is the engine room: SQLite or PostgreSQL behind one read side and one write side, and the migrations.
//
// Reads go through a Querier on connections the engine itself keeps read-only. Writes are transactions of DB.Write,
// which only package op calls (an architecture test says so): on SQLite one writer goroutine commits what is waiting
// together, on PostgreSQL each body has a READ COMMITTED transaction of its own (door.md 1 and 2).
// It may import errs. It knows no table.
// Always true: a body that returned nil and whose Write returned nil is on disk; an fsync error ends all writing.
// Start reading at db.go, then writer.go.
package db
