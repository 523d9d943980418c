package estate

import (
	"net/url"
	"testing"

	"hudang/internal/platform/access"
)

// A day's list of several estates has a line for each of them, of one estate a line for each of its buildings.
func TestByEstate(t *testing.T) {
	of := func(e int64, building string, n int) unmeasured {
		u := unmeasured{Units: n, Missing: 1}
		u.Estate, u.EstateName, u.Building = access.EstateID(e), "绿城花园", building
		return u
	}
	one := ByEstate([]unmeasured{of(1, "1", 10), of(1, "2", 20)})
	if len(one) != 2 || one[0].Whole() || one[1].In("/units", url.Values{"tab": {"no_area"}}) != "/units?building=2&tab=no_area" {
		t.Errorf("of one estate: %+v", one)
	}
	several := ByEstate([]unmeasured{of(1, "1", 10), of(1, "2", 20), of(2, "1", 30)})
	if len(several) != 2 || !several[0].Whole() || several[0].Units != 30 || several[0].Missing != 2 || several[1].In("/units", nil) != "/units?estate=2" {
		t.Errorf("of several: %+v", several)
	}
}
