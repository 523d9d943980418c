package household

import (
	"context"

	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
)

// SaidInClear is what somebody noted, in clear: it tells of people.
var SaidInClear = masked.Define(masked.Field{
	Name: "household.reveal_observation", Posts: mayRead, Column: observationSaid,
	Load: func(ctx context.Context, tx op.Tx, id int64) (evidence.Record, masked.Value, error) {
		o, _, err := lockObservation(ctx, tx, ObservationID(id))
		return o, o.Said, err
	},
})

// RemarkInClear is a remark with the numbers that stand in it.
var RemarkInClear = masked.Define(masked.Field{
	Name: "household.reveal_remark", Posts: mayRead, Column: RemarkSaid,
	Load: func(ctx context.Context, tx op.Tx, id int64) (evidence.Record, masked.Value, error) {
		r := &Remark{}
		r.ID = RemarkID(id)
		err := tx.Lock(ctx, r)
		return r, r.Said, err
	},
})
