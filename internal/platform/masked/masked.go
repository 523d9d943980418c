// Package masked keeps facts that are shown only in part: phone and identity numbers, addresses, notes about a person
// (design §5, "masked values"; D5, C7).
//
// Such a fact lies in its row three times: as anybody may see it (138****8000), sealed under its owner's key, and as a
// keyed hash by which an equal fact is found. A list shows the first and never opens the second. To see a fact in clear is an
// operation of its own, with a reason, that leaves a leaf (Reveal). It may import access, errs, evidence, op and vault.
// Always true: a sealed fact opens only in the row and column it was sealed for.
package masked

import (
	"context"
	"errors"
	"fmt"

	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// Column names a masked column of a table for ever: <table>.<column>. What was sealed for one opens in no other.
type Column string

// Value is a masked fact in a row. A struct embeds it with bun:"embed:<column>_"; the zero Value is no fact.
type Value struct {
	Mask   string `bun:"mask,nullzero"`   // what anybody who may see the row sees
	Sealed []byte `bun:"sealed,nullzero"` // the fact, under the row's owner's key
	Hash   []byte `bun:"hash,nullzero"`   // of the fact's normal form; equal facts of one purpose have equal hashes
}

// None reports whether there is no fact.
func (v Value) None() bool { return len(v.Sealed) == 0 }

// Fact is a fact in clear, on its way into a row.
type Fact struct {
	Clear   string
	Mask    string
	Purpose string // of the hash: "phone", "id"; empty for facts nobody looks up
	Normal  string // the form that is the same however it was typed; empty: Clear
}

// Seal makes the value of a fact for a row whose id is set. An empty fact gives the zero Value.
func Seal(ctx context.Context, tx op.Tx, row evidence.Record, c Column, f Fact) (Value, error) {
	if f.Clear == "" {
		return Value{}, nil
	}
	sealed, err := tx.Seal(ctx, row.Owner(), bind(row, c), []byte(f.Clear))
	if err != nil {
		return Value{}, err
	}
	v := Value{Mask: f.Mask, Sealed: sealed}
	if f.Purpose != "" {
		v.Hash = tx.MAC(Purpose(f.Purpose), []byte(f.normal()))
	}
	return v, nil
}

// Hasher makes keyed hashes: the key store, or an operation.
type Hasher interface {
	MAC(purpose string, parts ...[]byte) []byte
}

// Hash is the hash by which a fact is looked up.
func Hash(h Hasher, what, normal string) []byte { return h.MAC(Purpose(what), []byte(normal)) }

// Opener opens what was sealed: the key store, or an operation.
type Opener interface {
	Open(ctx context.Context, owner vault.Owner, bind, sealed []byte) ([]byte, error)
}

// Open is the fact in clear. For forms that are filled with it, prints and the index; a page asks by Reveal. It is
// vault.ErrNoKey once the owner's key was destroyed.
func Open(ctx context.Context, keys Opener, row evidence.Record, c Column, v Value) (string, error) {
	if v.None() {
		return "", nil
	}
	clear, err := keys.Open(ctx, row.Owner(), bind(row, c), v.Sealed)
	return string(clear), err
}

// Comparison is a masked fact beside what was typed for it, as both may be shown.
type Comparison struct {
	Kept, Typed string // masks
	Same        bool   // what lies behind them is the same; equal masks may hide different facts
}

// Compare compares the fact in a row with what was typed for it. Neither leaves in clear.
func Compare(ctx context.Context, keys Opener, row evidence.Record, c Column, v Value, typed Fact) (Comparison, error) {
	clear, err := Open(ctx, keys, row, c, v)
	if errors.Is(err, vault.ErrNoKey) {
		return Comparison{Kept: v.Mask, Typed: typed.Mask}, nil
	}
	return Comparison{v.Mask, typed.Mask, clear == typed.Clear}, err
}

func (f Fact) normal() string {
	if f.Normal == "" {
		return f.Clear
	}
	return f.Normal
}

// Purpose is what the hash of a fact is keyed for, for op.Tx.MAC.
func Purpose(what string) string { return "masked/" + what }

func bind(row evidence.Record, c Column) []byte { return fmt.Appendf(nil, "%s:%d", c, row.Key()) }
