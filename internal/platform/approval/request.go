package approval

import (
	"embed"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/module"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/setting"
	"hudang/internal/platform/vault"
)

// ID names a request.
type ID int64

// Path is the address of a request's page.
func (id ID) Path() string { return ListPath + "/" + ref.Text(id) }

// ListPath is the address of the requests of whoever looks.
const ListPath = "/approvals"

// State is where a request stands.
type State string

// The states. An approved request whose operation has not run yet (the program was stopped in between) is run by Carry.
const (
	Waiting   State = "waiting"
	Approved  State = "approved"
	Done      State = "done"
	Failed    State = "failed" // approved, and then refused by the operation itself
	Refused   State = "refused"
	Withdrawn State = "withdrawn"
)

// Request is an operation that waits, or waited, for approval.
type Request struct {
	bun.BaseModel `bun:"table:approval_request,alias:request"`
	evidence.Row[ID]
	Name       string      `bun:"name"`  // of the operation
	Input      []byte      `bun:"input"` // sealed
	OwnerClass vault.Class `bun:"owner_class"`
	OwnerID    int64       `bun:"owner_id"`
	Why        string      `bun:"why"`
	State      State       `bun:"state"`
	By         int64       `bun:"made_by"`
	At         int64       `bun:"made_at"`          // µs UTC
	Until      int64       `bun:"until"`            // µs UTC: decided no more after it
	Ran        int64       `bun:"ran,nullzero"`     // the real operation, once it was done
	Outcome    []byte      `bun:"outcome,nullzero"` // sealed: why it was refused
}

// Owner is the key of whom the operation is about.
func (r *Request) Owner() vault.Owner { return vault.Owner{Class: r.OwnerClass, ID: r.OwnerID} }

// Expired reports a request that nobody decided in time.
func (r *Request) Expired(now time.Time) bool { return r.State == Waiting && now.UnixMicro() > r.Until }

type stepID int64

// StepRow is one step of a request.
type StepRow struct {
	bun.BaseModel `bun:"table:approval_step,alias:step"`
	evidence.Row[stepID]
	Request ID     `bun:"request"`
	No      int64  `bun:"no"`    // 1, 2, …
	Posts   string `bun:"posts"` // who may decide it, with blanks between
	By      int64  `bun:"decided_by,nullzero"`
	At      int64  `bun:"decided_at,nullzero"` // µs UTC
	Agreed  bool   `bun:"agreed"`
	Why     string `bun:"why,nullzero"`
}

// Deciders are the posts that decide the step.
func (s *StepRow) Deciders() []access.Post {
	var posts []access.Post
	for _, p := range strings.Fields(s.Posts) {
		posts = append(posts, access.Post(p))
	}
	return posts
}

// RequestWithSteps is a request with its steps in order.
type RequestWithSteps struct {
	Request
	Steps []StepRow
}

// Current is the step that waits; nil when none does.
func (f RequestWithSteps) Current() *StepRow {
	i := slices.IndexFunc(f.Steps, func(s StepRow) bool { return s.At == 0 })
	if f.State != Waiting || i < 0 {
		return nil
	}
	return &f.Steps[i]
}

// WaitsFor reports whether an actor may decide the step that waits.
func (f RequestWithSteps) WaitsFor(who access.Actor, now time.Time) bool {
	step := f.Current()
	if step == nil || f.Expired(now) || f.By == who.Account || f.decidedBy(who.Account) {
		return false
	}
	_, ok := who.Holding(f.Estate, step.Deciders())
	return ok
}

func (f RequestWithSteps) decidedBy(account int64) bool {
	return slices.ContainsFunc(f.Steps, func(s StepRow) bool { return s.At != 0 && s.By == account })
}

// answeredAt is when the last step was decided, µs UTC; 0 while one waits, or when nobody will decide any more.
func (f RequestWithSteps) answeredAt() (at int64) {
	if f.State == Waiting || f.State == Withdrawn {
		return 0
	}
	for _, s := range f.Steps {
		at = max(at, s.At)
	}
	return at
}

// Concerns reports whether an actor may see the request: he made it, or holds a post that decides one of its steps.
func (f RequestWithSteps) Concerns(who access.Actor) bool {
	return f.By == who.Account || slices.ContainsFunc(f.Steps, func(s StepRow) bool {
		_, ok := who.Holding(f.Estate, s.Deciders())
		return ok
	})
}

// files are the package's migration and texts.
//
//go:embed migrations/*.sql locales/*.json
var files embed.FS

// Days is how long a request waits before it is decided no more.
var Days = setting.Number{Name: "approval.days", Default: 7, Min: 1, Max: 60,
	Label: "approval.days", Meaning: "approval.days.meaning", Unit: "setting.unit.days"}

// Module is what the package offers; its operations come with the Registry.
var Module = module.Module{
	Files:    files,
	Tables:   []evidence.Table{evidence.Of[Request](), evidence.Of[StepRow]()},
	Duties:   []duty.Source{{Posts: access.Posts, Load: toDecide}, {Posts: access.Posts, Load: answered}},
	Settings: []setting.Number{Days},
}
