package series_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/series"
)

type takeIn struct {
	Name string
	N    int
	Fail bool
}

var errGivenUp = errors.New("given up")

var take = op.Define("test.take", op.Spec[takeIn, int64]{
	NoClause: "a test",
	Posts:    []access.Post{access.Program},
	Subject: func(context.Context, op.Tx, takeIn) (op.Subject, error) {
		return op.Subject{Kind: "till", ID: 1, Estate: access.Company}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in takeIn) (int64, error) {
		s, err := series.Hold(ctx, tx, in.Name)
		if err != nil {
			return 0, err
		}
		first, err := s.Take(ctx, in.N)
		if in.Fail {
			err = errGivenUp
		}
		return first, err
	},
})

var world = moduletest.World(series.Module, module.Module{Ops: []op.Any{take}})

// Many take numbers at once, some several, some of operations that fail: none is given twice and none is left out.
func TestSeries_NoGapAndNoNumberTwice(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		ctx := access.With(t.Context(), access.ProgramActor())
		var mu sync.Mutex
		got := map[string][]int64{}
		var wg sync.WaitGroup
		for clerk := range 8 {
			wg.Go(func() {
				for i := range 12 {
					in := takeIn{Name: []string{"till 1", "till 2"}[i%2], N: 1 + i%3, Fail: (clerk+i)%4 == 0}
					done, err := op.Run(ctx, d, take, in)
					if in.Fail != errors.Is(err, errGivenUp) {
						t.Errorf("%+v: %v", in, err)
					}
					mu.Lock()
					for n := range in.N {
						if err == nil {
							got[in.Name] = append(got[in.Name], done.Out+int64(n))
						}
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		for name, numbers := range got {
			slices.Sort(numbers)
			for i, n := range numbers {
				if n != int64(i)+1 {
					t.Fatalf("%s: %d stands where %d belongs in %v", name, n, i+1, numbers)
				}
			}
		}
		if len(got) != 2 {
			t.Errorf("numbers of %d series, want 2", len(got))
		}
	})
}

// A counter that was set behind the program's back is not believed.
func TestSeries_ForgedCounter(t *testing.T) {
	optest.EachTampered(t, world, func(t *testing.T, d *op.Door, raw *sql.DB) {
		ctx := access.With(t.Context(), access.ProgramActor())
		if _, err := op.Run(ctx, d, take, takeIn{Name: "till", N: 3}); err != nil {
			t.Fatal(err)
		}
		if _, err := raw.Exec("UPDATE series_counter SET last = 4000"); err != nil {
			t.Fatal(err)
		}
		done, err := op.Run(ctx, d, take, takeIn{Name: "till", N: 1})
		if err != nil || done.Out > 4 {
			t.Errorf("the number behind a forged counter is %d, %v", done.Out, err)
		}
	})
}
