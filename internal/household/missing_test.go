package household_test

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// dutiesOf are the room's duties of the manager, as the home page gathers them.
func dutiesOf(t *testing.T, q db.Querier) []duty.Due {
	t.Helper()
	due, err := duty.Gather(t.Context(), q, household.Module.Duties, access.From(estatetest.Manager(t)), access.Company, "2026-11-23", "2026-11-26")
	if err != nil {
		t.Fatal(err)
	}
	return due
}

// While several estates are chosen, what each of their buildings asks for is one duty for each estate, and its way leads to the whole
// estate: building by building the home page had as many rows as there are buildings.
func TestDuties_OneForAnEstateWhileSeveralAreChosen(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden, tower := estatetest.Estate(t, d, "澜庭花园"), estatetest.Estate(t, d, "汇丰金融中心")
		for i, e := range []access.EstateID{garden, garden, tower} {
			building := strconv.Itoa(i + 1)
			householdtest.Owner(t, d, e, []estate.UnitID{estatetest.Unit(t, d, e, building, "1", "101")}, owner(household.Owner, "张伟", ""))
		}
		said := map[string][]string{}
		for _, one := range dutiesOf(t, d.DB.Read()) {
			if _, asked, _ := strings.Cut(one.Href, "?"); strings.Contains(asked, "papers=") || strings.Contains(asked, "reach=") {
				address, _ := url.Parse(one.Href)
				v, err := household.Households.View(t.Context(), d.DB.Read(), list.Reader{Actor: access.Actor{Grants: []access.Grant{{Post: access.Manager}}}, Today: "2026-11-23"}, address.Query())
				if err != nil || v.Total != one.Of {
					t.Errorf("%s with %d leads to %d: %v", one.Href, one.Of, v.Total, err)
				}
				said[one.Clause] = append(said[one.Clause], address.Query().Get("estate"))
			}
		}
		for _, clause := range []string{"A1", "D4"} {
			slices.Sort(said[clause])
			if want := []string{strconv.Itoa(int(garden)), strconv.Itoa(int(tower))}; !slices.Equal(said[clause], want) {
				t.Errorf("the duties of %s are of %q, want %q", clause, said[clause], want)
			}
		}
	})
}

// Files that lack papers are one duty for each building, whose way leads to those files; what was said not to apply, or to be lost
// long ago, is asked for no more.
func TestPapersMissing_OneDutyForABuilding(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		var homes []household.ID
		for _, at := range [][2]string{{"3", "101"}, {"3", "102"}, {"5", "101"}} {
			homes = append(homes, householdtest.Owner(t, d, garden, []estate.UnitID{estatetest.Unit(t, d, garden, at[0], "1", at[1])}, owner(household.Owner, "张伟", "")))
		}
		says := func(building string) (found duty.Due) {
			for _, one := range dutiesOf(t, d.DB.Read()) {
				if strings.Contains(one.Href, "papers=") && strings.Contains(one.Href, "building="+building+"&") {
					found = one
				}
			}
			return found
		}
		three := says("3")
		if three.Of != 2 || three.Done != 0 || says("5").Of != 1 {
			t.Errorf("the duties are %+v and %+v", three, says("5"))
		}
		listed := func() int {
			t.Helper()
			address, err := url.Parse(three.Href)
			if err != nil {
				t.Fatal(err)
			}
			reader := list.Reader{Actor: access.Actor{Grants: []access.Grant{{Post: access.Manager}}}, Today: "2026-11-23"}
			v, err := household.Households.View(t.Context(), d.DB.Read(), reader, address.Query())
			if err != nil {
				t.Fatal(err)
			}
			return len(v.Rows)
		}
		if n := listed(); n != 2 {
			t.Errorf("the way leads to %d files, want 2", n)
		}
		var codes []string
		for _, l := range household.BuiltIn(household.OwnerHome).Lines {
			if l.Need == household.Required {
				codes = append(codes, l.Code)
			}
		}
		estatetest.Do(t, d, household.MarkLines, household.MarkLinesIn{Household: homes[0], Codes: codes[1:], Mark: household.LostLongAgo})
		if n := listed(); n != 2 {
			t.Errorf("with one paper missing %d files are listed, want 2", n)
		}
		estatetest.Do(t, d, household.MarkLines, household.MarkLinesIn{Household: homes[0], Codes: codes[:1], Mark: household.LostLongAgo})
		if n := listed(); n != 1 || says("3").Done != 1 {
			t.Errorf("complete, %d files are listed and %d are done, want 1 and 1", n, says("3").Done)
		}
	})
}

// The register of units says what each is used for as its household's page does, and filters by it.
func TestUnits_StandAsTheirHouseholds(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flats := []estate.UnitID{estatetest.Unit(t, d, garden, "3", "1", "101"), estatetest.Unit(t, d, garden, "3", "1", "102"), estatetest.Unit(t, d, garden, "3", "1", "103"), estatetest.Unit(t, d, garden, "3", "1", "104")}
		for i, stay := range []household.Stay{household.LivedIn, household.Empty, household.LivedIn} {
			in := household.OpenIn{Estate: garden, Kind: household.OwnerHome, Units: flats[i : i+1], Stay: stay, People: []household.PersonIn{owner(household.Owner, "张伟", "")}}
			estatetest.Do(t, d, household.Open, in)
		}
		estatetest.Do(t, d, household.MoveIn, moving(flats[1], owner("", "赵六", "13700137000")))
		mixed := moving(flats[2], owner("", "钱七", "13700137001"))
		mixed.Kind = estate.Mixed
		estatetest.Do(t, d, household.MoveIn, mixed)
		reader := list.Reader{Actor: access.Actor{Grants: []access.Grant{{Post: access.Manager}}}, Today: "2026-11-23"}
		for stay, want := range map[household.Stay]string{household.LivedIn: "3-1-101", household.LetOut: "3-1-102", household.Mixed: "3-1-103", household.Empty: "", household.FitOut: ""} {
			for _, l := range []list.Any{household.Units, household.Summary()} {
				v, err := l.View(t.Context(), d.DB.Read(), reader, url.Values{"stay": {string(stay)}})
				if err != nil {
					t.Fatal(err)
				}
				got := ""
				for _, row := range v.Rows {
					got += row.Cells[0].Text
				}
				if got != want {
					t.Errorf("%s lists %q as %s, want %q", l.ListName(), got, stay, want)
				}
			}
		}
	})
}
