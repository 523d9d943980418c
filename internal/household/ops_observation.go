package household

import (
	"context"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// NoteIn is a change of people somebody met (C7).
type NoteIn struct {
	Estate access.EstateID
	Place  string `form:"place"` // the room as he says it
	Said   string `form:"said"`
}

// Note keeps an observation until the custodian settles it. Its room is understood when exactly one unit answers to it.
var Note = op.Define("household.note", op.Spec[NoteIn, ObservationID]{
	Clauses: []string{"C7"},
	Posts:   mayNote,
	Silent:  true,
	Check: func(in *NoteIn, _ cn.Date, f *errs.Fields) {
		in.Place, in.Said = strings.TrimSpace(in.Place), strings.TrimSpace(in.Said)
		f.Check(in.Estate != access.Company, "estate", "error.required")
		f.Check(in.Place != "", "place", "error.required")
		f.Check(in.Said != "", "said", "error.required")
		f.Within("place", in.Place, 64)
		f.Within("said", in.Said, 1000)
	},
	Subject: estate.Subject(func(in NoteIn) access.EstateID { return in.Estate }),
	Do: func(ctx context.Context, tx op.Tx, in NoteIn) (ObservationID, error) {
		o := &Observation{Place: in.Place, State: Waiting, Noted: tx.Now().UnixMicro(), NotedBy: tx.Actor().Account}
		o.ID, o.Estate = ObservationID(tx.NewID()), in.Estate
		units, err := estate.UnitsLike(ctx, tx, in.Estate, in.Place)
		if err != nil {
			return 0, err
		}
		if len(units) == 1 {
			o.Unit = units[0].ID
		}
		if o.Said, err = masked.Seal(ctx, tx, o, observationSaid, masked.Fact{Clear: in.Said, Mask: "····"}); err != nil {
			return 0, err
		}
		return o.ID, tx.Insert(ctx, o)
	},
})

// SettleIn says what became of an observation.
type SettleIn struct {
	ID      ObservationID
	State   ObservationState `form:"state"` // Confirmed or Refused
	Outcome string           `form:"outcome"`
}

// Settle ends the waiting of an observation: what was true was put into the file, or it was not so.
var Settle = op.Define("household.settle", op.Spec[SettleIn, ObservationID]{
	Clauses: []string{"C7"},
	Posts:   maySettle,
	Check: func(in *SettleIn, _ cn.Date, f *errs.Fields) {
		in.Outcome = strings.TrimSpace(in.Outcome)
		f.Check(in.State == Confirmed || in.State == Refused, "state", "observation.error.state")
		f.Check(in.Outcome != "", "outcome", "error.required")
		f.Within("outcome", in.Outcome, 500)
	},
	Subject: record.Subject(func(in SettleIn) ObservationID { return in.ID }, lockObservation),
	Do: func(ctx context.Context, tx op.Tx, in SettleIn) (ObservationID, error) {
		o, _, err := lockObservation(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		o.State, o.Outcome = in.State, in.Outcome
		o.Settled, o.SettledBy = tx.Now().UnixMicro(), tx.Actor().Account
		return o.ID, tx.Update(ctx, o)
	},
})

var lockObservation = record.By[Observation, ObservationID]("observation")
