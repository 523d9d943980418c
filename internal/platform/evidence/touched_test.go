package evidence_test

import (
	"maps"
	"slices"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
)

// Who follows a log leaf by leaf meets every row it touched, however few he reads at a time, and no leaf twice.
func TestTouchedSince(t *testing.T) {
	optest.Each(t, optest.Toy, func(t *testing.T, d *op.Door) {
		ctx := optest.As(t.Context(), 1, 7, toy.Clerks[0])
		want := map[int64]bool{}
		for range 5 {
			res, err := op.Run(ctx, d, toy.AddNote, toy.AddNoteIn{Estate: 7, Text: "a"})
			if err != nil {
				t.Fatal(err)
			}
			want[int64(res.Out)] = true
			if _, err := op.Run(ctx, d, toy.ChangeNote, toy.ChangeNoteIn{ID: res.Out, Text: "forbidden"}); err == nil {
				t.Fatal("not refused") // its leaf touches nothing
			}
		}
		sizes, err := evidence.Sizes(ctx, d.DB.Read())
		if err != nil || !maps.Equal(sizes, map[access.EstateID]int64{7: 10}) {
			t.Fatal(sizes, err)
		}
		for _, most := range []int{1, 2, 100} {
			var met []int64
			for leaf := int64(0); leaf < 10; {
				touched, next, err := evidence.TouchedSince(ctx, d.DB.Read(), 7, leaf, 10, most)
				if err != nil || next <= leaf {
					t.Fatal(next, err)
				}
				met, leaf = append(met, touched["toy_note"]...), next
			}
			slices.Sort(met)
			if !slices.Equal(met, slices.Sorted(maps.Keys(want))) {
				t.Errorf("%d at a time: %d rows met, %d written", most, len(met), len(want))
			}
		}
	})
}
