package viewlog

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
)

// Recorder gathers looks and stores them. One per program.
type Recorder struct {
	door *op.Door
	log  *slog.Logger

	mu    sync.Mutex
	looks []View
	last  map[look]int64 // of each pair of somebody and something, when the last look was noted

	wake chan struct{}
	stop chan struct{}
	over chan struct{}
}

// look is somebody and what he looks at.
type look struct {
	account int64
	thing   ref.Ref
}

const (
	flushAfter  = 2 * time.Second
	flushAt     = 200 // looks
	typingPause = 3 * time.Second
	sameLook    = 5 * time.Minute // leafing through a page's tabs is one look
)

// NewRecorder makes a recorder; Start begins the storing.
func NewRecorder(d *op.Door, log *slog.Logger) *Recorder {
	return &Recorder{door: d, log: log, last: map[look]int64{}, wake: make(chan struct{}, 1)}
}

// Note notes that the context's actor looked at something of an estate. It never fails and does not wait.
func (r *Recorder) Note(ctx context.Context, e access.EstateID, what ref.Ref) {
	who := access.From(ctx).Account
	now := r.door.Clock.Now().UnixMicro()
	r.mu.Lock()
	defer r.mu.Unlock()
	if what.Kind == Searched && r.typing(who, what, now) {
		return
	}
	key := look{who, what}
	if then, ok := r.last[key]; ok && now-then < sameLook.Microseconds() && what.Kind != Searched {
		return
	}
	r.last[key] = now
	r.looks = append(r.looks, View{ID: r.door.NewID(), Estate: e, Account: who, Kind: what.Kind, Thing: what.ID, At: now})
	if len(r.looks) >= flushAt {
		select {
		case r.wake <- struct{}{}:
		default:
		}
	}
}

// typing reports that a search goes on one that was just noted: a name being typed is one search, with its last answer.
func (r *Recorder) typing(who int64, what ref.Ref, now int64) bool {
	for i := len(r.looks) - 1; i >= 0; i-- {
		l := &r.looks[i]
		if l.Account != who || l.Kind != Searched || now-l.At > typingPause.Microseconds() {
			continue
		}
		l.Thing, l.At = what.ID, now
		return true
	}
	return false
}

// Start stores what gathers until Stop.
func (r *Recorder) Start() {
	r.stop, r.over = make(chan struct{}), make(chan struct{})
	go func() {
		defer close(r.over)
		tick := time.NewTicker(flushAfter)
		defer tick.Stop()
		for {
			select {
			case <-r.stop:
				return
			case <-tick.C:
			case <-r.wake:
			}
			if err := r.Flush(context.Background()); err != nil {
				r.log.Error("looks are not stored", "error", err)
			}
		}
	}()
}

// Stop stores the rest and ends.
func (r *Recorder) Stop(ctx context.Context) error {
	if r.stop != nil {
		close(r.stop)
		<-r.over
		r.stop = nil
	}
	return r.Flush(ctx)
}

// Flush stores what has gathered. What cannot be stored is kept for the next time.
func (r *Recorder) Flush(ctx context.Context) error {
	r.mu.Lock()
	looks := r.looks
	r.looks = nil
	before := r.door.Clock.Now().UnixMicro() - sameLook.Microseconds()
	for key, at := range r.last {
		if at < before {
			delete(r.last, key)
		}
	}
	r.mu.Unlock()
	if len(looks) == 0 {
		return nil
	}
	err := r.door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error { return store(ctx, s, looks) })
	if err != nil {
		r.mu.Lock()
		r.looks = append(looks, r.looks...)
		r.mu.Unlock()
	}
	return err
}
