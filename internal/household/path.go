package household

import (
	"hudang/internal/platform/ref"
)

const kindHousehold = "household"

// Ref points at a household.
func (id ID) Ref() ref.Ref { return ref.Ref{Kind: kindHousehold, ID: int64(id)} }

// Path is the address of a household's page.
func (id ID) Path() string { return "/households/" + ref.Text(id) }
