package live

import (
	"slices"
	"sync"

	"hudang/internal/platform/access"
)

// The most streams that are held. A browser needs one; one too many ends the oldest, which may be dead.
const (
	perSession = 3 // of the six connections that a browser opens to one server
	perAccount = 12
)

// Hub keeps when each estate last changed, and the open streams. The zero Hub is ready to use.
type Hub struct {
	mu      sync.Mutex
	seq     int64                     // counts changes
	changed map[access.EstateID]int64 // seq of an estate's last change
	streams []*stream                 // oldest first
	notify  func(access.EstateID)     // notifies the other programs; nil when there are none
	closed  bool
}

// stream is one open connection.
type stream struct {
	reader Reader
	wake   chan struct{} // holds one value while a change was not sent yet
	end    chan struct{} // closed to end the stream
}

// Publish records that an operation was committed in an estate; it returns at once.
func (h *Hub) Publish(e access.EstateID) {
	h.note(e)
	if h.notify != nil {
		h.notify(e)
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
		if s.reader.Actor.Knows(e) {
			select {
			case s.wake <- struct{}{}:
			default:
			}
		}
	}
}

// now is the present count of changes, for since.
func (h *Hub) now() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.seq
}

// since reports whether an estate that an actor knows changed after seq.
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

// enter adds a stream and ends the oldest ones over the limits of its session and account; false when the hub is closed.
func (h *Hub) enter(s *stream) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.streams = append(h.streams, s)
	h.trim(perSession, func(o *stream) bool { return o.reader.Session == s.reader.Session })
	h.trim(perAccount, func(o *stream) bool { return o.reader.Actor.Account == s.reader.Actor.Account })
	return true
}

// trim ends the oldest of the streams that match until at most so many are left.
func (h *Hub) trim(most int, match func(*stream) bool) {
	over := -most
	for _, s := range h.streams {
		if match(s) {
			over++
		}
	}
	h.streams = slices.DeleteFunc(h.streams, func(s *stream) bool {
		ends := over > 0 && match(s)
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

// Close ends all streams and refuses new ones, so that a server can stop.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	h.trim(0, func(*stream) bool { return true })
}
