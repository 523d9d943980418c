package job

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
)

// Kind is a kind of long work. It is made once, as a package variable, and listed in its room's module.go.
type Kind struct {
	Name  string        // <room>.<verb_noun>, stored for ever
	Title string        // catalogue key: what the work is called
	Posts []access.Post // who may start it; he must hold one of them at every chunk
	Chunk Chunk
}

// Chunk does the next chunk of a job, in operations of at most 500 rows, and says how far the job is now. It runs
// again when the program ended before that was written down, so: the operation takes w.Token(); which operation it is,
// and its input, follow from the job's arguments and position alone, never from what an earlier run of the chunk may
// have changed; and what is done outside the operation may be repeated. The context's actor is who started the job.
// Unavailable is tried again after a pause for as long as it takes, an error of no kind three times; any other ends the
// job.
type Chunk func(ctx context.Context, d *op.Door, w Work) (Progress, error)

// Progress is how far a job is. The first chunk is given the Progress of Start; every chunk moves Done or Step.
type Progress struct {
	Done, Total int64  // Total 0: not known yet
	Step        string // catalogue key of what is being done; empty: the kind's title says it all
	Over        bool   // nothing is left to do
}

// Work is what a chunk is told of its job.
type Work struct {
	Job      ID
	Estate   access.EstateID
	Of       ref.Ref // what the job belongs to
	Progress         // as the last chunk left it

	args string
}

// Args reads the arguments the job was started with.
func (w Work) Args(into any) error { return json.Unmarshal([]byte(w.args), into) }

// Token makes the chunk's operation count once.
func (w Work) Token() op.Option {
	return op.Token(fmt.Appendf(nil, "job %d at %s %d", w.Job, w.Step, w.Done))
}

// Files are the package's migrations and texts.
//
//go:embed migrations/*.sql locales/*.json
var Files embed.FS

// Tables are the package's tables.
var Tables = []evidence.Table{evidence.Bound("job_run", "how far the program's own work is; what it did has leaves", "id")}

// Ops are the package's operations.
var Ops = []op.Any{Cancel}

// Lists are the package's lists.
var Lists = []list.Any{Mine}
