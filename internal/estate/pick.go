package estate

import (
	"context"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/vault"
)

// MostPicks is how many people a form offers at once.
const MostPicks = 12

// Pick is somebody whom a typed name or number may mean, told apart from others by the masks of his numbers.
type Pick struct {
	ID    PartyID
	Label string
}

// Picks are the people of a scope whom what was typed may mean.
func Picks(ctx context.Context, q db.Querier, keys *vault.Store, s access.Scope, typed, today string) ([]Pick, error) {
	found, err := SearchParties(ctx, q, keys, s, typed, today, MostPicks)
	if err != nil {
		return nil, err
	}
	ids := make([]PartyID, len(found))
	for i, party := range found {
		ids[i] = party.ID
	}
	contacts, err := ContactsOf(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	papers, err := IdentitiesOf(ctx, q, ids...)
	picks := make([]Pick, len(found))
	for i, party := range found {
		label := []string{party.Name}
		if all := contacts[party.ID]; len(all) > 0 {
			label = append(label, all[0].Value.Mask)
		}
		if all := papers[party.ID]; len(all) > 0 {
			label = append(label, all[0].Number.Mask)
		}
		picks[i] = Pick{party.ID, strings.Join(label, " · ")}
	}
	return picks, err
}

// Picked is the one chosen of those a field may mean, or the only one; else it notes at the field what to do.
func Picked(all []Pick, field string, chosen PartyID, f *errs.Fields) PartyID {
	for _, one := range all {
		if one.ID == chosen || len(all) == 1 {
			return one.ID
		}
	}
	f.Check(len(all) == 0, field, "party.pick.several", len(all))
	f.Check(len(all) > 0, field, "party.pick.none")
	return 0
}

// UnitTyped is the unit that a field names, in any notation of its code; nil with a mistake at the field where it names none, or
// several.
func UnitTyped(ctx context.Context, q db.Querier, e access.EstateID, field, typed string, f *errs.Fields) (*Unit, error) {
	units, err := UnitsNamed(ctx, q, e, typed)
	if err != nil {
		return nil, err
	}
	if len(units) == 1 {
		return &units[0], nil
	}
	f.Check(len(units) == 0, field, "party.unit.several", len(units))
	f.Check(len(units) > 0, field, "party.unit.none")
	return nil, nil
}
