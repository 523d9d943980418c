package household_test

import (
	"net/url"
	"slices"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
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
