package imports_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"hudang/internal/estate/estatetest"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// many is a roster of n flats, an owner in each.
func many(n int) string {
	var b strings.Builder
	b.WriteString("楼栋,单元,房号,业主姓名,联系电话\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%d,%d%02d,%s,138%08d\n", i/200+1, i/100%2+1, i%100/4+1, i%4+1, string([]rune("赵钱孙李周吴郑王")[i%8])+string('一'+rune(i)), i)
	}
	return b.String()
}

// An import whose runner ends between a piece and its progress goes on where it was: nothing twice, nothing lost.
func TestImport_GoesOnAfterAKill(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		id := in(t, d, garden, many(400))
		started, err := op.Run(estatetest.Manager(t), d, imports.Commit, id)
		if err != nil {
			t.Fatal(err)
		}
		posts := []access.Grant{{Post: access.Manager, Estate: access.Company}}
		for piece := range 4 {
			r, err := job.NewRunner(d, imports.Module.Jobs, jobtest.Holding(posts), slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			cut, left := make(chan struct{}), piece%2+1
			d.OnStep(func(step op.Step, name string) error {
				if step == op.Committed && name == "household.import_rows" {
					if left--; left == 0 {
						close(cut)
						return fmt.Errorf("killed")
					}
				}
				return nil
			})
			if err := r.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			<-cut
			r.Stop(context.Background())
		}
		d.OnStep(nil)
		finish(t, d, started.Out)
		again := dry(t, d, in(t, d, garden, many(400)))
		if again.Units[imports.Same] != 400 || again.Households[imports.Same] != 400 {
			t.Errorf("afterwards %+v", again)
		}
		if n := len(state(t, d, garden)); n != 400*4 { // unit, household, party, contact
			t.Errorf("%d rows, want %d", n, 400*4)
		}
	})
}
