package estate

import (
	"context"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/ref"
)

const kindUnit = "unit"

// Ref points at the unit.
func (u *Unit) Ref() ref.Ref { return ref.Ref{Kind: kindUnit, ID: int64(u.ID)} }

func resolveUnit(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	u, err := FindUnit(ctx, q, s, UnitID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	return ref.Thing{Title: u.Code, Href: u.Path(), Estate: u.Estate}, nil
}

// String is the id as it stands in addresses and JSON.
func (id UnitID) String() string { return strconv.FormatInt(int64(id), 10) }

// ParseUnitID reads String's form; 0 for anything else, which no unit has.
func ParseUnitID(s string) UnitID {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return UnitID(id)
}

// Path is the address of a unit's page.
func (u Unit) Path() string { return "/units/" + u.ID.String() }
