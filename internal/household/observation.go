package household

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/vault"
)

// ObservationID names an observation.
type ObservationID int64

// ObservationState is what became of an observation.
type ObservationState string

// The states: 待核实, 已核实, 不属实.
const (
	Waiting   ObservationState = "waiting"
	Confirmed ObservationState = "confirmed"
	Refused   ObservationState = "refused"
)

// Observation is a change of people that somebody met in his daily duty (C7): anybody of the estate may note one, the
// custodian settles it. Until then it changes nothing.
type Observation struct {
	bun.BaseModel `bun:"table:household_observation,alias:observation"`
	evidence.Row[ObservationID]
	Unit      estate.UnitID    `bun:"unit,nullzero"`
	Household ID               `bun:"household,nullzero"`
	Place     string           `bun:"place"`
	Said      masked.Value     `bun:"embed:said_"`
	State     ObservationState `bun:"state"`
	Noted     int64            `bun:"noted"` // µs UTC
	NotedBy   int64            `bun:"noted_by"`
	Settled   int64            `bun:"settled,nullzero"`
	SettledBy int64            `bun:"settled_by,nullzero"`
	Outcome   string           `bun:"outcome,nullzero"`
}

// Seen is an observation with the words in which it was noted.
type Seen struct {
	Observation `bun:",extend"`
	Text        string `bun:"-"`
}

const observationSaid masked.Column = "household_observation.said"

// Words are what was noted, in clear: whoever serves the household works with it. Nothing once the key was destroyed.
func (o *Observation) Words(ctx context.Context, keys *vault.Store) (string, error) {
	text, err := masked.Open(ctx, keys, o, observationSaid, o.Said)
	if errors.Is(err, vault.ErrNoKey) {
		return "", nil
	}
	return text, err
}
