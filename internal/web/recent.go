package web

import (
	"slices"
	"sync"

	"hudang/internal/platform/ref"
)

const (
	mostRecent   = 10
	mostSessions = 1000 // more are forgotten together: what was opened last is a convenience
)

// recent are the records each session opened last, the newest first. It is kept in memory only, and says which things, not
// what stands in them; the browser keeps nothing.
type recent struct {
	mu       sync.Mutex
	sessions map[string][]ref.Ref
}

func (r *recent) note(session string, what ref.Ref) {
	if session == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.sessions == nil || len(r.sessions) > mostSessions {
		r.sessions = map[string][]ref.Ref{}
	}
	others := slices.DeleteFunc(r.sessions[session], func(o ref.Ref) bool { return o == what })
	last := append([]ref.Ref{what}, others...)
	r.sessions[session] = last[:min(len(last), mostRecent)]
}

func (r *recent) of(session string) []ref.Ref {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.sessions[session])
}
