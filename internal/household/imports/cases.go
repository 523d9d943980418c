package imports

import (
	"context"

	"hudang/internal/estate"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
)

// unitCases are units of the plan beside those registered.
func (c comparer) unitCases(ctx context.Context, q db.Querier, e access.EstateID, units []roster.Unit) ([]unitCase, error) {
	places := make([]string, len(units))
	for i, u := range units {
		places[i] = placeOf(unitFacts(u))
	}
	var err error
	if c.known, err = load(ctx, q, e, places, false); err != nil {
		return nil, err
	}
	cases := make([]unitCase, len(units))
	for i, u := range units {
		cases[i] = c.unit(u)
	}
	return cases, nil
}

// householdCases are households of the plan beside those registered.
func (c comparer) householdCases(ctx context.Context, q db.Querier, e access.EstateID, households []roster.Household) ([]householdCase, error) {
	var places []string
	for _, h := range households {
		for _, n := range h.Units {
			places = append(places, placeOf(unitFacts(c.plan.Units[n])))
		}
	}
	var err error
	if c.known, err = load(ctx, q, e, places, true); err != nil {
		return nil, err
	}
	cases := make([]householdCase, len(households))
	for i, h := range households {
		cases[i] = c.household(h)
	}
	return cases, nil
}

// placeOf is where a unit stands in its estate, once its facts are in the form they are kept in.
func placeOf(f estate.UnitFacts) string {
	var ignored errs.Fields
	f.Normalise(&ignored)
	return f.Sorting()
}
