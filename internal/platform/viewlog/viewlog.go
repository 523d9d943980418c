// Package viewlog keeps who looked at whose page, and when (design §3; lessons D14; D5).
//
// A look is no operation: a page notes it in memory, a writer stores what has gathered every few seconds, and once an hour
// what is new is sealed: one evidential row for each estate, with a digest over its entries, so that an entry added,
// changed or removed afterwards shows. It may import access, clock, db, evidence, i18n, list, op, ref and room.
// Always true: an entry tells who looked at what, never what stood there; a look that could not be stored is reported to
// the operator's log, and never keeps a page from being shown.
package viewlog

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/binary"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
)

// View is one look at something.
type View struct {
	bun.BaseModel `bun:"table:viewlog_look,alias:look"`
	ID            int64           `bun:"id"`
	Estate        access.EstateID `bun:"estate"`
	Account       int64           `bun:"account"`
	Kind          string          `bun:"kind"` // of what was looked at; kindSearch for a search that named somebody
	Thing         int64           `bun:"thing"`
	At            int64           `bun:"at"`            // µs UTC
	Seal          int64           `bun:"seal,nullzero"` // the sealing it is part of
}

// Ref is what was looked at.
func (l View) Ref() ref.Ref { return ref.Ref{Kind: l.Kind, ID: l.Thing} }

// Searched is the kind of a look that is a search; its Thing is the number of results.
const Searched = "search"

type sealID int64

// seal is an hour's looks in an estate.
type seal struct {
	bun.BaseModel `bun:"table:viewlog_seal,alias:seal"`
	evidence.Row[sealID]
	First  int64  `bun:"first_look"`
	Last   int64  `bun:"last_look"`
	Looks  int64  `bun:"looks"`
	Digest []byte `bun:"digest"` // SHA-256 over the entries in the order of their ids
}

// files are the package's migration and texts.
//
//go:embed migrations/*.sql locales/*.json
var files embed.FS

// Module is what the package offers.
var Module = module.Module{
	Files:  files,
	Tables: []evidence.Table{evidence.Of[seal](), evidence.Bound("viewlog_look", "looks are sealed by the hour: viewlog_seal", "id")},
	Ops:    []op.Any{Seal},
}

// digest binds looks together; they are in the order of their ids.
func digest(looks []View) []byte {
	h := sha256.New()
	h.Write([]byte("hudang looks 1\x00"))
	for _, l := range looks {
		for _, n := range []int64{l.ID, int64(l.Estate), l.Account, l.Thing, l.At, int64(len(l.Kind))} {
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(n)))
		}
		h.Write([]byte(l.Kind))
	}
	return h.Sum(nil)
}

// Seal seals the looks of an estate that are not sealed yet. The program does it, by the hour.
var Seal = op.Define("viewlog.seal", op.Spec[access.EstateID, int]{
	Clauses: []string{"D5"},
	Posts:   []access.Post{access.Program},
	Subject: func(_ context.Context, _ op.Tx, e access.EstateID) (op.Subject, error) {
		return op.Subject{Kind: "estate", ID: int64(e), Estate: e}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, e access.EstateID) (int, error) {
		looks, err := unsealed(ctx, tx, e)
		if err != nil || len(looks) == 0 {
			return 0, err
		}
		s := &seal{First: looks[0].ID, Last: looks[len(looks)-1].ID, Looks: int64(len(looks)), Digest: digest(looks)}
		s.ID, s.Estate = sealID(tx.NewID()), e
		if err := tx.Insert(ctx, s); err != nil {
			return 0, err
		}
		return len(looks), markSealed(ctx, tx, looks, int64(s.ID))
	},
})

// SealAll seals what is new in every estate; to be called by the hour.
func SealAll(ctx context.Context, d *op.Door) error {
	estates, err := waiting(ctx, d.DB.Read())
	if err != nil {
		return err
	}
	ctx = access.With(ctx, access.ProgramActor())
	for _, e := range estates {
		for {
			res, err := op.Run(ctx, d, Seal, e)
			if err != nil {
				return err
			}
			if res.Out < mostSealed {
				break
			}
		}
	}
	return nil
}
