package evidence_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
)

// No false alarm: verify and the cutting of checkpoints see one moment, whatever eight clients write meanwhile.
func TestVerify_CleanWhileEightClientsWrite(t *testing.T) {
	span := 3 * time.Second
	if testing.Short() {
		span = time.Second
	}
	optest.Each(t, optest.Toy, func(t *testing.T, d *op.Door) {
		high := evidence.HighWater{Dir: t.TempDir()}
		var wrote atomic.Int64
		var wg sync.WaitGroup
		end := time.Now().Add(span)
		for client := range 8 {
			estate := access.EstateID(client%2 + 1)
			wg.Go(func() {
				for n := 0; time.Now().Before(end); n++ {
					r, err := op.Run(clerk(t.Context(), estate), d, toy.AddNote, toy.AddNoteIn{Estate: estate, Text: fmt.Sprint(client, n), Holder: int64(client)})
					if err == nil && n%3 == 0 {
						_, err = op.Run(clerk(t.Context(), estate), d, toy.ChangeNote, toy.ChangeNoteIn{ID: r.Out, Text: "changed"})
					}
					if err == nil && n%5 == 0 {
						_, err = op.Run(clerk(t.Context(), estate), d, toy.DropNote, r.Out)
					}
					if err != nil {
						t.Error(err)
						return
					}
					wrote.Add(1)
				}
			})
		}
		looked, size := 0, int64(-1)
		for time.Now().Before(end) {
			if _, err := d.Log.Cut(t.Context(), d.DB.Read(), high); err != nil {
				t.Error(err)
			}
			notes, err := high.Notes()
			if err != nil {
				t.Fatal(err)
			}
			r := optest.VerifyAgainst(t, d, notes, nil)
			if !r.Clean() {
				t.Errorf("false alarm: %+v", r.Findings[:min(5, len(r.Findings))])
				break
			}
			if r.Leaves < size {
				t.Errorf("%d leaves, %d were seen before", r.Leaves, size)
			}
			looked, size = looked+1, r.Leaves
		}
		wg.Wait()
		t.Logf("%d verifications while %d rounds of operations went by", looked, wrote.Load())
	})
}
