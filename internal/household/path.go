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

// ParseID reads String's form; 0 for anything else, which no household has.
func ParseID(s string) ID {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return ID(id)
}

// Path is the address of a household's page.
func (id ID) Path() string { return "/households/" + id.String() }
