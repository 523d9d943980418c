package household

import (
	"strconv"

	"hudang/internal/platform/ref"
)

const kindHousehold = "household"

// Ref points at a household.
func (id ID) Ref() ref.Ref { return ref.Ref{Kind: kindHousehold, ID: int64(id)} }

// String is the id as it stands in addresses and JSON.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// Path is the address of a household's page.
func (id ID) Path() string { return "/households/" + id.String() }
