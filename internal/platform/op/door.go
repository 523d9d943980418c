package op

import (
	"crypto/rand"
	"embed"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/vault"
)

// Migrations are the door's own tables.
//
//go:embed migrations/*.sql
var Migrations embed.FS

// Tables are the door's own tables.
var Tables = []evidence.Table{evidence.Bound("op_token", "idempotency of requests, cleared after weeks", "token"),
	evidence.Exempt("op_answer", "where accepted forms led to, sealed: a forged row is not read, and opens nothing")}

// Door is where operations go through. One per program.
type Door struct {
	DB     *db.DB
	Vault  *vault.Store
	Log    *evidence.Log
	Tables *evidence.Tables
	Clock  clock.Clock
	ops    map[string]Any
	ids    ids
	hook   Hook
	after  []func(access.EstateID)
}

// BoundPurpose is what the keyed hash of bound rows is made for.
const BoundPurpose = "bound row"

// Hook is called at each step of a run, for tests that fail, wait or kill there; nil in the product.
type Hook func(step Step, op string) error

// Step is a point in a run.
type Step string

// The steps, in order.
const (
	Began     Step = "began"
	Tokened   Step = "token"
	Subjected Step = "subject"
	Worked    Step = "done"
	Leafed    Step = "leaf"
	Committed Step = "committed"
)

// NewDoor makes the door for the operations listed; two of one name are refused.
func NewDoor(d *db.DB, v *vault.Store, tables *evidence.Tables, c clock.Clock, ops []Any) (*Door, error) {
	door := &Door{DB: d, Vault: v, Log: evidence.NewLog(v), Tables: tables, Clock: c, ops: map[string]Any{}}
	for _, o := range ops {
		if _, twice := door.ops[o.Name()]; twice {
			return nil, fmt.Errorf("op: %s is listed twice", o.Name())
		}
		door.ops[o.Name()] = o
	}
	v.OnLost(d.Fail)
	d.BindWith(db.Bindings{Keys: tables.Bound(), MAC: func(row []byte) []byte { return v.MAC(BoundPurpose, row) }})
	door.ids.node = randomNode()
	return door, nil
}

// Ops lists the operations by name.
func (d *Door) Ops() []Any {
	all := slices.Collect(maps.Values(d.ops))
	slices.SortFunc(all, func(a, b Any) int { return strings.Compare(a.Name(), b.Name()) })
	return all
}

// Has reports whether a room lists the operation; Run refuses one that none does.
func (d *Door) Has(o Any) bool { return d.ops[o.Name()] == o }

// NewID makes an id for a row that no operation writes.
func (d *Door) NewID() int64 { return d.ids.next(d.Clock) }

// OnStep sets the hook; tests only.
func (d *Door) OnStep(h Hook) { d.hook = h }

// OnCommit has f called after every committed operation, with the estate whose log has grown; f returns at once. Composition says so before the
// door is used.
func (d *Door) OnCommit(f func(access.EstateID)) { d.after = append(d.after, f) }

func (d *Door) committed(e access.EstateID) {
	for _, f := range d.after {
		f(e)
	}
}

func (d *Door) at(step Step, name string) error {
	if d.hook == nil {
		return nil
	}
	return d.hook(step, name)
}

// ids makes the program's ids: milliseconds since 2025, 8 bits of the process, 14 bits counting; so they sort by time,
// say nothing else, and two processes do not meet. If the clock is set back they go on from where they were.
type ids struct {
	mu   sync.Mutex
	last int64
	node int64
}

const (
	idEpoch     = 1735689600000 // 2025-01-01 UTC, ms
	idCountBits = 14
	idNodeBits  = 8
)

// FirstID is the least id that is made at a moment or later.
func FirstID(t time.Time) int64 { return (t.UnixMilli() - idEpoch) << (idCountBits + idNodeBits) }

func (g *ids) next(c clock.Clock) int64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := (c.Now().UnixMilli() - idEpoch) << idCountBits
	g.last = max(g.last+1, now)
	count := g.last & (1<<idCountBits - 1)
	return g.last>>idCountBits<<(idCountBits+idNodeBits) | g.node<<idCountBits | count
}

func randomNode() int64 {
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	return int64(binary.BigEndian.Uint64(b) & (1<<idNodeBits - 1))
}
