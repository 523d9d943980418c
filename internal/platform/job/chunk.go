package job

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/ref"
)

// advance is a job after its next chunk.
func (r *Runner) advance(ctx context.Context, run Run) Run {
	run.State, run.Ready = Running, machine()
	if run.Cancelled != 0 {
		run.ErrorKey, run.ErrorArgs = "", ""
		return r.ended(run, Cancelled)
	}
	if run.Began == 0 {
		run.Began = r.door.Clock.Now().UnixMicro()
	}
	p, err := r.chunk(ctx, run)
	run.Ready = machine()
	switch {
	case err != nil && ctx.Err() != nil: // the program ends: the next start goes on
		return run
	case errs.Is(err, errs.Unavailable):
		run = run.because(errs.As(err))
		run.Ready += r.pause.Microseconds()
		return run
	case errs.Is(err, errs.Internal) && r.again(run.ID, err):
		run.Ready += r.pause.Microseconds()
		return run
	case err != nil:
		return r.failed(run, err)
	case !p.Over && p.Done == run.Done && p.Step == run.Step:
		return r.failed(run, fmt.Errorf("job: a chunk of %s moved neither Done nor Step", run.Kind))
	}
	delete(r.tries, run.ID)
	run.Done, run.Total, run.Step, run.ErrorKey, run.ErrorArgs = p.Done, p.Total, p.Step, "", ""
	if p.Over {
		return r.ended(run, Done)
	}
	return run
}

const mostTries = 3

// again reports whether a chunk is worth another try after an error nobody classified: a lost connection is one, and so
// is a mistake of the program, which comes again.
func (r *Runner) again(id ID, why error) bool {
	r.tries[id]++
	if r.tries[id] < mostTries {
		r.log.Warn("job tried again", "job", id, "error", why)
		return true
	}
	delete(r.tries, id)
	return false
}

// chunk does the next chunk as the person who started the job, if he still may.
func (r *Runner) chunk(ctx context.Context, run Run) (p Progress, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic in job: %v\n%s", v, debug.Stack())
		}
	}()
	k, known := r.kinds[run.Kind]
	if !known {
		return p, errs.E(errs.Blocked, "job.error.kind")
	}
	actor, err := r.actor(ctx, run.StartedBy)
	if err != nil {
		return p, err
	}
	if _, ok := actor.Holding(run.Estate, k.Posts); !ok {
		return p, errs.E(errs.Forbidden, "job.error.posts")
	}
	return k.Chunk(access.With(ctx, actor), r.door, run.work())
}

func (r *Runner) actor(ctx context.Context, account int64) (access.Actor, error) {
	if account == 0 {
		return access.ProgramActor(), nil
	}
	return r.actors(ctx, r.door.DB.Read(), account)
}

func (r *Runner) ended(run Run, s State) Run {
	run.State, run.Ended = s, r.door.Clock.Now().UnixMicro()
	return run
}

// failed keeps why in words for a person; for an error that has none the log has it under the job's number.
func (r *Runner) failed(run Run, why error) Run {
	e := errs.As(why)
	if e.Kind == errs.Internal {
		r.log.Error("job failed", "job", run.ID, "kind", run.Kind, "error", why)
		e = errs.E(errs.Internal, "job.error.internal", ref.Text(run.ID))
	}
	return r.ended(run.because(e), Failed)
}

// because keeps why a job failed, or what it waits for.
func (r Run) because(e *errs.Error) Run {
	r.ErrorKey, r.ErrorArgs = e.Key, storedArgs(e.Args)
	if len(e.Fields) > 0 {
		r.ErrorKey, r.ErrorArgs = e.Fields[0].Key, storedArgs(e.Fields[0].Args)
	}
	return r
}

// storedKey is an argument that is itself a text of the catalogue, as stored.
type storedKey struct {
	Key i18n.Key `json:"key"`
}

// storedArgs is a message's arguments as JSON: texts, and keys of texts.
func storedArgs(args []any) string {
	if len(args) == 0 {
		return ""
	}
	told := make([]any, len(args))
	for i, a := range args {
		if k, ok := a.(i18n.Key); ok {
			told[i] = storedKey{k}
		} else {
			told[i] = fmt.Sprint(a)
		}
	}
	raw, err := json.Marshal(told)
	if err != nil {
		return ""
	}
	return string(raw)
}

// Why is what made a job fail, or what an open one waits for, in the language of the context; empty for one that goes on.
func (r Run) Why(ctx context.Context) string {
	if r.ErrorKey == "" {
		return ""
	}
	var stored []json.RawMessage
	_ = json.Unmarshal([]byte(r.ErrorArgs), &stored) // empty where there are none
	args := make([]any, len(stored))
	for i, raw := range stored {
		var key storedKey
		var text string
		if bytes.HasPrefix(raw, []byte("{")) && json.Unmarshal(raw, &key) == nil {
			args[i] = key.Key
		} else if json.Unmarshal(raw, &text) == nil {
			args[i] = text
		}
	}
	return i18n.T(ctx, r.ErrorKey, args...)
}
