package household_test

import (
	"net/url"
	"slices"
	"strconv"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/ref"
)

func TestHouseholds_InTheOrderOfTheirRoomsThoseOverApart(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden, tower := estatetest.Estate(t, d, "澜庭花园"), estatetest.Estate(t, d, "金融中心")
		ids := map[string]household.ID{}
		for _, u := range []struct {
			at   access.EstateID
			room string
		}{{garden, "1002"}, {tower, "501"}, {garden, "201"}, {garden, "301"}} {
			unit := estatetest.Unit(t, d, u.at, "2", "1", u.room)
			ids[u.room] = householdtest.Owner(t, d, u.at, []estate.UnitID{unit}, owner(household.Owner, "张伟", ""))
		}
		estatetest.Do(t, d, household.Close, household.CloseIn{ID: ids["301"], Why: "退房"})
		for _, c := range []struct {
			at   access.EstateID
			tab  string
			want []string
		}{
			{garden, "", []string{"2-1-201", "2-1-1002"}}, {garden, "ended", []string{"2-1-301"}},
			{tower, "", []string{"2-1-501"}}, {tower, "ended", nil},
			{access.Company, "", []string{"2-1-201", "2-1-1002", "2-1-501"}}, {access.Company, "ended", []string{"2-1-301"}},
		} {
			who := list.Reader{Actor: access.From(estatetest.Manager(t)), Estate: c.at, Today: "2026-11-23"}
			v, err := household.Households.View(t.Context(), d.DB.Read(), who, url.Values{"tab": {c.tab}})
			var got []string
			for _, row := range v.Rows {
				got = append(got, row.Cells[0].Text)
			}
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("estate %d, tab %q: %q, want %q: %v", c.at, c.tab, got, c.want, err)
			}
			for _, filter := range []url.Values{{}, {"building": {"2"}}, {"q": {"2-1"}}, {"q": {"张"}}} {
				filter.Set("tab", c.tab)
				filter.Set("page", "2") // of a later page the rows before it are counted
				v, err := household.Households.View(t.Context(), d.DB.Read(), who, filter)
				if err != nil || v.Total != len(c.want) {
					t.Errorf("estate %d, %v: %d counted, want %d: %v", c.at, filter, v.Total, len(c.want), err)
				}
			}
		}
	})
}

// Leafing through the register shows every household once, in the order of all of them, whatever it is sorted and narrowed by.
func TestHouseholds_LaterPagesGoOn(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		for n := range 103 {
			building, name := "1", "张伟"
			if n%2 == 0 {
				building, name = "2", "李娜"
			}
			unit := estatetest.Unit(t, d, garden, building, "1", strconv.Itoa(1000-n))
			householdtest.Owner(t, d, garden, []estate.UnitID{unit}, owner(household.Owner, name, ""))
		}
		who := list.Reader{Actor: access.From(estatetest.Manager(t)), Today: "2026-11-23"}
		for address, want := range map[string]int{"": 103, "sort=-room": 103, "sort=names": 103, "sort=-since": 103, "building=2": 52, "q=李": 52, "tab=ended": 0} {
			asked, err := url.ParseQuery(address)
			if err != nil {
				t.Fatal(err)
			}
			all, err := household.Households.IDs(t.Context(), d.DB.Read(), who, asked, 200)
			if err != nil || len(all) != want {
				t.Fatalf("%s: %d households, want %d: %v", address, len(all), want, err)
			}
			var leafed []int64
			for page := range 4 {
				asked.Set("page", strconv.Itoa(page+1))
				v, err := household.Households.View(t.Context(), d.DB.Read(), who, asked)
				if err != nil {
					t.Fatal(err)
				}
				for _, row := range v.Rows {
					leafed = append(leafed, ref.ParseID[int64](row.ID))
				}
			}
			if !slices.Equal(leafed, all) {
				t.Errorf("%s: leafed through %d households, want the %d in their order", address, len(leafed), len(all))
			}
		}
	})
}
