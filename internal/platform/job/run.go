package job

import (
	"time"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/ref"
)

// ID names a job.
type ID int64

// State is how a job stands; its name is stored.
type State string

// The states. A job that was interrupted stays Running until somebody takes it up again.
const (
	Waiting   State = "waiting"
	Running   State = "running"
	Done      State = "done"
	Cancelled State = "cancelled"
	Failed    State = "failed"
)

// Run is a job as it lies in its table.
type Run struct {
	bun.BaseModel `bun:"table:job_run,alias:run"`

	ID        ID              `bun:"id,pk"`
	Estate    access.EstateID `bun:"estate"`
	Kind      string          `bun:"kind"`
	Title     string          `bun:"title"`      // catalogue key
	StartedBy int64           `bun:"started_by"` // account; 0 for the program
	RefKind   string          `bun:"ref_kind"`
	RefID     int64           `bun:"ref_id"`
	Args      string          `bun:"args"`
	State     State           `bun:"state"`
	Done      int64           `bun:"done"`
	Total     int64           `bun:"total"`
	Step      string          `bun:"step"` // catalogue key
	ErrorKey  string          `bun:"error_key,nullzero"`
	ErrorArgs string          `bun:"error_args,nullzero"`
	Created   int64           `bun:"created"`            // µs UTC, as all instants
	Began     int64           `bun:"began,nullzero"`     // the first chunk
	Ended     int64           `bun:"ended,nullzero"`     // 0 while it is open
	Cancelled int64           `bun:"cancelled,nullzero"` // when somebody asked for it to stop
	Ready     int64           `bun:"ready"`              // see store_run.go
}

// Open reports whether something is left to do.
func (r Run) Open() bool { return r.Ended == 0 }

// Waits reports whether the next chunk could not be done for now, and is tried again: Why says what is missing.
func (r Run) Waits() bool { return r.Open() && r.ErrorKey != "" }

// Stopping reports whether the job was cancelled while a chunk is still at work.
func (r Run) Stopping() bool { return r.Open() && r.Cancelled != 0 }

// Of is what the job belongs to.
func (r Run) Of() ref.Ref { return ref.Ref{Kind: r.RefKind, ID: r.RefID} }

// Elapsed is how long the job has been at work, whole seconds; to its end when it is over.
func (r Run) Elapsed(c clock.Clock) time.Duration {
	until := r.Ended
	if r.Open() {
		until = c.Now().UnixMicro()
	}
	if r.Began == 0 || until < r.Began {
		return 0
	}
	return (time.Duration(until-r.Began) * time.Microsecond).Truncate(time.Second)
}

func (r Run) work() Work {
	return Work{Job: r.ID, Estate: r.Estate, Of: r.Of(), Progress: Progress{Done: r.Done, Total: r.Total, Step: r.Step}, args: r.Args}
}
