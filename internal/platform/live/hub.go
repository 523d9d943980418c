package live

import (
	"slices"
	"sync"

	"hudang/internal/platform/access"
)

// How many streams are held at most. A browser needs one; when one too many comes, the oldest is ended, since it may be dead.
const (
	perSession = 3 // of the six connections that a browser opens to one server
	perAccount = 12
)

// Hub knows which estates changed, and who wants to be told. The zero Hub is ready.
type Hub struct {
	mu      sync.Mutex
	seq     int64
	changed map[access.EstateID]int64 // when last, as a value of seq
	streams []*stream                 // oldest first
	out     func(access.EstateID)     // also tells the other programs; nil when there are none
	closed  bool
}

// stream is one open connection.
type stream struct {
	who  Reader
	wake chan struct{} // of one: something changed that was not told yet
	end  chan struct{} // closed: give the connection up
}

// Publish says that an operation was committed in an estate; it returns at once.
func (h *Hub) Publish(e access.EstateID) {
	h.note(e)
	if h.out != nil {
		h.out(e)
	}
}

func (h *Hub) note(e access.EstateID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.changed == nil {
		h.changed = map[access.EstateID]int64{}
	}
	h.seq++
	h.changed[e] = h.seq
	for _, s := range h.streams {
		if s.who.Actor.Knows(e) {
			select {
			case s.wake <- struct{}{}:
			default: // told soon anyway
			}
		}
	}
}

// now is the present state, to ask since about later.
func (h *Hub) now() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.seq
}

// since reports whether anything changed after a state in the estates somebody knows.
func (h *Hub) since(seq int64, who access.Actor) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for e, at := range h.changed {
		if at > seq && who.Knows(e) {
			return true
		}
	}
	return false
}

// enter takes a stream in and ends the oldest ones beyond what its session and its account may hold; false when the program stops.
func (h *Hub) enter(s *stream) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.streams = append(h.streams, s)
	h.trim(perSession, func(o *stream) bool { return o.who.Session == s.who.Session })
	h.trim(perAccount, func(o *stream) bool { return o.who.Actor.Account == s.who.Actor.Account })
	return true
}

// trim ends the oldest of some streams until at most so many are left.
func (h *Hub) trim(most int, of func(*stream) bool) {
	over := -most
	for _, s := range h.streams {
		if of(s) {
			over++
		}
	}
	h.streams = slices.DeleteFunc(h.streams, func(s *stream) bool {
		ends := over > 0 && of(s)
		if ends {
			over--
			close(s.end)
		}
		return ends
	})
}

func (h *Hub) leave(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.streams = slices.DeleteFunc(h.streams, func(o *stream) bool { return o == s })
}

// Close ends all streams and takes none in any more, so that a server can stop.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	h.trim(0, func(*stream) bool { return true })
}
