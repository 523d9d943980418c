package estate

import "strconv"

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
