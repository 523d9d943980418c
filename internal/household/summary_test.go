package household_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/list"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// deposits is a column as a room above adds one.
var deposits = household.SummaryColumn{Key: "deposit", Label: "unit.note", Print: "押金余额", Width: 3,
	Load: func(_ context.Context, _ db.Querier, units []estate.UnitID) (map[estate.UnitID]string, error) {
		told := map[estate.UnitID]string{}
		for _, u := range units {
			told[u] = "2,000.00"
		}
		return told, nil
	}}

func TestSummary_SaysWhoOwnsAndUsesEachUnit(t *testing.T) {
	summary := household.Summary(deposits)
	world := householdtest.World
	sheet := moduletest.World(module.Module{Lists: []list.Any{summary}})
	world.Ops = append(append([]op.Any{}, world.Ops...), sheet.Ops...)
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		let := estatetest.Unit(t, d, garden, "3", "1", "1202")
		estatetest.Unit(t, d, garden, "3", "1", "1203")
		zhang := owner(household.Owner, "张伟", "13800138000")
		zhang.Identity.Number = "11010519491231002X"
		householdtest.Owner(t, d, garden, []estate.UnitID{let}, zhang, owner(household.Emergency, "张父", "13900139000"))
		tenant := household.OpenIn{Estate: garden, Kind: household.TenantHome, Units: []estate.UnitID{let}, People: []household.PersonIn{owner(household.Tenant, "赵六", ""), owner(household.Resident, "赵小", "")}}
		if _, err := op.Run(estatetest.Manager(t), d, household.Open, tenant); err != nil {
			t.Fatal(err)
		}
		who := list.Reader{Actor: access.From(estatetest.Manager(t)), Estate: garden}
		taken, err := summary.Take(estatetest.Manager(t), d, list.Export, who, url.Values{})
		if err != nil {
			t.Fatal(err)
		}
		row := texts(taken, 0)
		for _, want := range []string{"3-1-1202", "张伟", "*002X", "138****8000", "赵六", "2", "张父 139****9000", "2,000.00"} {
			if !strings.Contains(row, "|"+want+"|") {
				t.Errorf("%s lacks %q", row, want)
			}
		}
		if vacant := texts(taken, 1); !strings.Contains(vacant, "|3-1-1203|") || strings.Contains(vacant, "张") {
			t.Errorf("the unit without household: %s", vacant)
		}
		empty := estatetest.Unit(t, d, garden, "3", "2", "1204")
		left := household.OpenIn{Estate: garden, Kind: household.OwnerHome, Stay: household.Empty, Units: []estate.UnitID{empty}, People: []household.PersonIn{owner(household.Owner, "钱七", "")}}
		if _, err := op.Run(estatetest.Manager(t), d, household.Open, left); err != nil {
			t.Fatal(err)
		}
		taken, err = summary.Take(estatetest.Manager(t), d, list.Export, who, url.Values{"q": {"1204"}})
		if err != nil {
			t.Fatal(err)
		}
		if row := texts(taken, 0); !strings.Contains(row, "|钱七|") || strings.Contains(row, "|1|") {
			t.Errorf("somebody is counted where nobody is: %s", row)
		}
		for asked, rows := range map[string]int{"tab=let": 1, "tab=vacant": 1, "q=赵": 1, "q=1203": 1, "stay=let": 1, "building=4": 0} {
			values, _ := url.ParseQuery(asked)
			if v, err := summary.View(estatetest.Manager(t), d.DB.Read(), who, values); err != nil || len(v.Rows) != rows {
				t.Errorf("%s: %d rows, %v", asked, len(v.Rows), err)
			}
		}
	})
}

func texts(t *list.Taking, row int) string {
	text := "|"
	for _, c := range t.Rows[row] {
		text += c.Text + "|"
	}
	return text
}
