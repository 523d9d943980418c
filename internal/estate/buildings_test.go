package estate_test

import (
	"slices"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

func TestBuildings_OfAScopeEachOnceInTheirOrder(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		garden, tower, empty := estatetest.Estate(t, d, "澜庭花园"), estatetest.Estate(t, d, "金融中心"), estatetest.Estate(t, d, "空地")
		for _, u := range []struct {
			at             access.EstateID
			building, room string
		}{{garden, "10", "101"}, {garden, "2", "101"}, {garden, "2", "102"}, {tower, "2", "501"}, {tower, "A", "501"}, {garden, "B", "101"}} {
			estatetest.Unit(t, d, u.at, u.building, "1", u.room)
		}
		for _, c := range []struct {
			at   access.EstateID
			want []string
		}{{garden, []string{"2", "10", "B"}}, {tower, []string{"2", "A"}}, {empty, nil}, {access.Company, []string{"2", "10", "A", "B"}}} {
			options, err := estate.Buildings(t.Context(), d.DB.Read(), access.From(estatetest.Manager(t)).Scope(estate.Units.Posts, c.at))
			var got []string
			for _, o := range options {
				got = append(got, o.Value)
			}
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("estate %d: %q, want %q: %v", c.at, got, c.want, err)
			}
		}
	})
}
