package record

import (
	"context"
	"embed"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// Locales are the words of records.
//
//go:embed locales/*.json
var Locales embed.FS

// Locker locks a row of one kind, and names it as the subject of the operation that changes it.
type Locker[ID ~int64, R any] func(ctx context.Context, tx op.Tx, id ID) (R, op.Subject, error)

// Row is a pointer to a row type, by whose id it can be read.
type Row[T any, ID ~int64] interface {
	*T
	evidence.Record
	SetKey(ID)
}

// By is the Locker of a row type, which the operation's subject calls kind; the key of the row's owner takes what the operation logs.
func By[T any, ID ~int64, P Row[T, ID]](kind string) Locker[ID, P] {
	return func(ctx context.Context, tx op.Tx, id ID) (P, op.Subject, error) {
		row := P(new(T))
		row.SetKey(id)
		err := tx.Lock(ctx, row)
		return row, op.Subject{Kind: kind, ID: row.Key(), Estate: row.EstateKey(), Version: row.RowVersion(), Owner: row.Owner()}, err
	}
}

// Find is one row of a scope; NotFound for one outside it, as if it did not exist.
func Find[T any, ID ~int64, P Row[T, ID]](ctx context.Context, q db.Querier, s access.Scope, id ID) (P, error) {
	row := P(new(T))
	row.SetKey(id)
	return row, evidence.Find(ctx, q, s, row)
}

// Subject is the Subject of an operation on one row that exists.
func Subject[In any, ID ~int64, R any](id func(In) ID, lock Locker[ID, R]) func(context.Context, op.Tx, In) (op.Subject, error) {
	return func(ctx context.Context, tx op.Tx, in In) (op.Subject, error) {
		_, s, err := lock(ctx, tx, id(in))
		return s, err
	}
}

// Values are the values of a vocabulary, for the Choices of a Field.
func Values[T ~string](all []T) []string {
	values := make([]string, len(all))
	for i, v := range all {
		values[i] = string(v)
	}
	return values
}

// Self is Subject of an operation whose input is the row's id.
func Self[ID ~int64, R any](lock Locker[ID, R]) func(context.Context, op.Tx, ID) (op.Subject, error) {
	return Subject(func(id ID) ID { return id }, lock)
}
