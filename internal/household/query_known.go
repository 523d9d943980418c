package household

import (
	"context"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/vault"
)

// Known is somebody who is known to an estate already, with the household he is of; none when Household is 0.
type Known struct {
	Party     estate.PartyID
	Name      string
	Household ID
	Rooms     string
	Part      Part
}

// KnownAs are the people of an estate who have a telephone or identity number of somebody about to be registered
// (ui.md §4.3: the duplicate warning).
func KnownAs(ctx context.Context, q db.Querier, keys *vault.Store, e access.EstateID, in PersonIn, today cn.Date) ([]Known, error) {
	parties, err := partiesByHash(ctx, q, e, in.hashes(keys, today))
	if err != nil {
		return nil, err
	}
	return knownOf(ctx, q, parties)
}

// Namesakes are the people of an estate who are called as typed: a twin is told, never taken for the same.
func Namesakes(ctx context.Context, q db.Querier, e access.EstateID, name string) ([]Known, error) {
	parties, err := partiesCalled(ctx, q, e, strings.Join(strings.Fields(name), " "))
	if err != nil {
		return nil, err
	}
	return knownOf(ctx, q, parties)
}

// knownOf are parties with the household each leads, or is of.
func knownOf(ctx context.Context, q db.Querier, parties []estate.Party) ([]Known, error) {
	if len(parties) == 0 {
		return nil, nil
	}
	ids := make([]estate.PartyID, len(parties))
	for i, p := range parties {
		ids[i] = p.ID
	}
	parts, err := partsOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	of := map[estate.PartyID]Occupancy{}
	households := make([]ID, 0, len(parts))
	for _, o := range parts {
		if _, seen := of[o.Party]; !seen || o.Part.Leads() {
			of[o.Party] = o
		}
		households = append(households, o.Household)
	}
	all, err := named(ctx, q, households)
	if err != nil {
		return nil, err
	}
	known := make([]Known, len(parties))
	for i, p := range parties {
		known[i] = Known{Party: p.ID, Name: p.Name}
		if o, ok := of[p.ID]; ok {
			known[i].Household, known[i].Part, known[i].Rooms = o.Household, o.Part, all[o.Household].Rooms()
		}
	}
	return known, nil
}

// hashes are those of the numbers typed that can be read.
func (in PersonIn) hashes(keys *vault.Store, today cn.Date) [][]byte {
	var all [][]byte
	for _, c := range in.Phones {
		for _, p := range cn.ParsePhones(c.Value) {
			if len(p.Problems) == 0 && p.Digits != "" {
				all = append(all, masked.Hash(keys, estate.PhoneHash, p.Digits))
			}
		}
	}
	if in.Identity.Number != "" {
		all = append(all, masked.Hash(keys, estate.IdentityHash, estate.IdentityNormal(cn.ParseID(in.Identity.Number, today).Number, today)))
	}
	return all
}
