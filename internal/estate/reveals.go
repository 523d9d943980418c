package estate

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
)

// The masked facts of parties, each with the operation that shows it in clear; to the service group only (D5).
var (
	RevealContact  = reveal("estate.reveal_contact", contactValue, lockContact, func(c *Contact) masked.Value { return c.Value })
	RevealIdentity = reveal("estate.reveal_identity", identityNumber, lockIdentity, func(i *Identity) masked.Value { return i.Number })
	RevealBirth    = reveal("estate.reveal_birth", partyBirth, lockParty, func(p *Party) masked.Value { return p.Birth })
	RevealNote     = reveal("estate.reveal_note", partyNote, lockParty, func(p *Party) masked.Value { return p.Note })
)

func reveal[ID ~int64, R evidence.Record](name string, column masked.Column, lock func(context.Context, op.Tx, ID) (R, op.Subject, error), value func(R) masked.Value) *masked.Field {
	return masked.Define(masked.Field{Name: name, Posts: access.Desk, Column: column,
		Load: func(ctx context.Context, tx op.Tx, id int64) (evidence.Record, masked.Value, error) {
			row, _, err := lock(ctx, tx, ID(id))
			return row, value(row), err
		}})
}
