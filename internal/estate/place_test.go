package estate

import (
	"net/url"
	"testing"

	"hudang/internal/platform/access"
)

// A day's list of several estates has a line for each of them, which leads to that estate alone.
func TestRolled_OneForEachEstate(t *testing.T) {
	of := func(e access.EstateID, building string, n int) unmeasured {
		u := unmeasured{Units: n, Missing: 1}
		u.Estate, u.EstateName, u.Building = e, "绿城花园", building
		return u
	}
	rows := []unmeasured{of(1, "1", 10), of(1, "2", 20), of(2, "1", 30)}
	if at := rows[1].In("/units", url.Values{"tab": {"no_area"}}); at != "/units?building=2&tab=no_area" {
		t.Errorf("a building leads to %s", at)
	}
	all := Rolled(rows)
	if len(all) != 2 || !all[0].Whole() || all[0].Units != 30 || all[0].Missing != 2 || all[1].In("/units", nil) != "/units?estate=2" {
		t.Errorf("rolled up: %+v", all)
	}
}
