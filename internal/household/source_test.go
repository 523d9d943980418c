package household_test

import (
	"log/slog"
	"path/filepath"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/search"
)

// Whatever a caller says finds the household, and what no longer holds finds it behind the others (issue 3, slice 5).
func TestSearch_FindsAHouseholdByWhateverACallerSays(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		ctx, garden := estatetest.Manager(t), estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		other := estatetest.Unit(t, d, garden, "3", "1", "1203")
		zhang := owner(household.Owner, "张伟", "13800138000")
		zhang.Identity.Number = "11010519491231002X"
		id := householdtest.Owner(t, d, garden, []estate.UnitID{flat}, zhang, owner(household.Owner, "曾丽", "13900139111"))
		householdtest.Owner(t, d, garden, []estate.UnitID{other}, owner(household.Owner, "王五", "13700137000"))
		own := d.DB
		if own.Engine() == db.SQLite {
			var err error
			if own, err = db.Open(t.Context(), db.Config{File: filepath.Join(t.TempDir(), "search.db")}, nil); err != nil {
				t.Fatal(err)
			}
			defer own.Close()
		}
		index, err := search.Open(t.Context(), search.Config{Data: d.DB, Own: own, Keys: d.Vault, Sources: household.Room.Sources, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		who := access.From(ctx)
		first := func(typed string) household.ID {
			t.Helper()
			if err := index.CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			got, err := index.Find(ctx, who, access.Company, typed, 8)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Hits) == 0 {
				return 0
			}
			return household.ID(got.Hits[0].Ref.ID)
		}
		for _, typed := range []string{"张伟", "zhangwei", "zw", "zengli", "zl", "0138", "8000", "13800138000", "+86 138-0013-8000", "9111", "002X",
			"3栋1单元1202", "3-1-1202", "三栋一单元1202室"} {
			if got := first(typed); got != id {
				t.Errorf("%q finds %d, want the household", typed, got)
			}
		}
		if got := first("李雷"); got != 0 {
			t.Errorf("somebody unknown finds %d", got)
		}
		if _, err := op.Run(ctx, d, household.Transfer, household.TransferIn{ID: id, On: "2026-11-20", Why: "买卖",
			OpenIn: household.OpenIn{People: []household.PersonIn{owner(household.Owner, "赵六", "")}}}); err != nil {
			t.Fatal(err)
		}
		if got := first("8000"); got != id {
			t.Errorf("the former owner's phone finds %d", got)
		}
		if got := first("3-1-1202"); got == id || got == 0 {
			t.Errorf("the room finds the former household first")
		}
	})
}
