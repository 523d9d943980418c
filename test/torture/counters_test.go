//go:build linux

package torture

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/night"
	"hudang/internal/platform/op/optest/toy"
)

// numbers is a counter as it should be: each name is given the next number once, and the same one whenever it asks again.
type numbers struct {
	last  int
	given map[string]int
}

const unheard = 0 // the answer was lost

var counter = porcupine.Model{
	Init: func() any { return numbers{} },
	Step: func(state, input, output any) (bool, any) {
		s, name, no := state.(numbers), input.(string), output.(int)
		if had, again := s.given[name]; again {
			return no == had, s
		}
		next := numbers{s.last + 1, maps.Clone(s.given)}
		if next.given == nil {
			next.given = map[string]int{}
		}
		next.given[name] = next.last
		return no == next.last, next
	},
	Equal: func(a, b any) bool {
		x, y := a.(numbers), b.(numbers)
		return x.last == y.last && maps.Equal(x.given, y.given)
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprintf("%v → %v", input, output) },
}

// tellers are 32 clients that ask for numbers: at the same time, twice, late, and again after an answer was lost.
type tellers struct {
	t     *testing.T
	began time.Time
	mu    sync.Mutex
	said  []porcupine.Operation
}

const crowdSize = 32

// errLost is the answer that did not arrive; errShaken a failure before the end, which leaves nothing.
var errLost, errShaken = errs.E(errs.Internal, "error.internal"), errs.E(errs.Unavailable, "error.not_saved")

// shake makes one run in ten fail before its end, or after it.
func shake(d *op.Door) {
	var n atomic.Uint64
	d.OnStep(func(step op.Step, _ string) error {
		switch r := rand.New(rand.NewPCG(n.Add(1), 5)); {
		case step == op.Committed && r.IntN(10) == 0:
			return errLost
		case (step == op.Worked || step == op.Leafed) && r.IntN(20) == 0:
			return errShaken
		}
		return nil
	})
}

// crowd has every client ask for some names, while runs fail, and judges the answers; ask gives the number a name gets.
func (c *tellers) crowd(d *op.Door, each, names int, ask func(ctx context.Context, name int) (int, error)) {
	c.t.Helper()
	shake(d)
	var wg sync.WaitGroup
	for client := range crowdSize {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(client), 9))
			for range each {
				name := r.IntN(names)
				time.Sleep(time.Duration(r.IntN(2000)) * time.Microsecond)
				for range 1 + r.IntN(3) { // a double click, or what a browser sends again
					c.ask(client, name, ask)
				}
			}
		})
	}
	wg.Wait()
	d.OnStep(nil)
	c.recall(ask)
	c.judge(names)
}

func (c *tellers) ask(client, name int, ask func(ctx context.Context, name int) (int, error)) {
	call := time.Since(c.began).Nanoseconds()
	no, err := ask(c.t.Context(), name)
	back := time.Since(c.began).Nanoseconds()
	switch {
	case err == nil:
	case err == errLost:
		no = unheard
	case errs.Is(err, errs.Unavailable), errs.Is(err, errs.Conflict):
		return // nothing was saved
	default:
		c.t.Errorf("client %d asking for %d: %v", client, name, err)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said = append(c.said, porcupine.Operation{ClientId: client, Input: strconv.Itoa(name), Call: call, Output: no, Return: back})
}

// recall asks again for what was not heard: it was saved, and has its number.
func (c *tellers) recall(ask func(ctx context.Context, name int) (int, error)) {
	c.t.Helper()
	lost := 0
	for i, o := range c.said {
		if o.Output != unheard {
			continue
		}
		lost++
		name, _ := strconv.Atoi(o.Input.(string))
		no, err := ask(c.t.Context(), name)
		if err != nil {
			c.t.Errorf("asking again for %d: %v", name, err)
		}
		c.said[i].Output = no
	}
	if lost == 0 {
		c.t.Error("no answer was lost: the test shows too little")
	}
}

// judge finds an order in which one clerk alone would have given the same answers.
func (c *tellers) judge(names int) {
	c.t.Helper()
	highest := 0
	for _, o := range c.said {
		highest = max(highest, o.Output.(int))
	}
	if highest > names {
		c.t.Errorf("%d names have numbers up to %d", names, highest)
	}
	if len(c.said) < crowdSize {
		c.t.Errorf("only %d answers: the test shows nothing", len(c.said))
	}
	if got := porcupine.CheckOperationsTimeout(counter, c.said, 20*time.Second); got != porcupine.Ok {
		c.t.Errorf("%d answers in no order that one clerk could have given: %s", len(c.said), got)
	}
	c.t.Logf("%d answers", len(c.said))
}

// K5 of labels: a unit's label is printed by many at once; each unit has one number, without a gap.
func TestCounters_Labels(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		units := make([]estate.UnitID, night.Size(60, 40, 300))
		for i := range units {
			units[i] = estatetest.Unit(t, d, garden, "3", "1", fmt.Sprintf("%d01", i+1))
		}
		c := &tellers{t: t, began: time.Now()}
		c.crowd(d, night.Size(6, 4, 12), len(units), func(_ context.Context, name int) (int, error) {
			res, err := op.Run(estatetest.Manager(t), d, estate.PrintUnit, units[name])
			if err != nil {
				return 0, err
			}
			return strconv.Atoi(res.Out[2:9])
		})
	})
}

// receipts is a shift: a till of its own, and the forms that are sent to it.
func receipts(t *testing.T, d *op.Door, shift int) {
	till, err := op.Run(clerk(t.Context()), d, toy.OpenTill, 1)
	if err != nil {
		t.Fatal(err)
	}
	account, err := op.Run(clerk(t.Context()), d, toy.OpenAccount, 1)
	if err != nil {
		t.Fatal(err)
	}
	c := &tellers{t: t, began: time.Now()}
	c.crowd(d, night.Size(6, 4, 12), night.Size(100, 60, 200), func(ctx context.Context, name int) (int, error) {
		in, _ := receipt(0, name, till.Out, []toy.AccountID{account.Out})
		res, err := op.Run(clerk(ctx), d, toy.TakeMoney, in, op.Token(fmt.Appendf(nil, "shift %d, receipt %d", shift, name)))
		return int(res.Out.No), err
	})
}

// K5 of receipts: the same form sent by many at once, late and again takes money once; a till's receipts have no gap.
func TestCounters_Receipts(t *testing.T) {
	optest.Each(t, optest.Toy, func(t *testing.T, d *op.Door) {
		shift := 0
		for range night.Rounds(t, 1, 1, 60) { // of ten seconds each in a night, one shift otherwise
			for began := time.Now(); ; {
				receipts(t, d, shift)
				if shift++; !night.On() || time.Since(began) > 10*time.Second {
					break
				}
			}
		}
		found := 0
		err := db.Rows(t.Context(), d.DB.Read(), scanInto(&found), `SELECT COUNT(*) FROM toy_receipt WHERE total <> (SELECT COALESCE(SUM(fen), 0) FROM toy_line l WHERE l.receipt = toy_receipt.id)`)
		if err != nil || found != 0 {
			t.Errorf("%d receipts do not agree with their lines, %v", found, err)
		}
	})
}

func scanInto(n *int) func(*sql.Rows) error {
	return func(rows *sql.Rows) error { return rows.Scan(n) }
}
