package householdweb

import (
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// sameOf is who the people of a household are in other estates, told only to those who see both (design §4), on whichever
// estate their header stands.
func sameOf(r *http.Request, q db.Querier, d household.Detail) (map[estate.PartyID][]estate.SameAs, error) {
	sees := access.From(r.Context()).Scope(household.MayRead(), access.Company)
	if !sees.All() && len(sees.Estates()) < 2 {
		return nil, nil
	}
	var parties []estate.PartyID
	for _, p := range d.People {
		parties = append(parties, p.Whom)
	}
	return estate.SameAsOf(r.Context(), q, sees, parties...)
}
