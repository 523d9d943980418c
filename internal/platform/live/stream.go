package live

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"hudang/internal/platform/access"
)

const (
	beat    = 20 * time.Second // proxies cut what is silent for a minute or half of one
	gap     = 3 * time.Second  // between two events of one stream
	patient = 10 * time.Second // that a write may take until the client counts as gone
)

// Reader is who listens. Again finds his session anew; false when it is over.
type Reader struct {
	Session string
	Actor   access.Actor
	Again   func(context.Context) (access.Actor, bool, error)
}

// Stream answers a request with events until the client leaves, the session ends, the stream is one too many or the program stops. What is
// behind a proxy that gathers answers, or behind a connection without deadlines, is not held.
func (h *Hub) Stream(w http.ResponseWriter, r *http.Request, who Reader) error {
	s := &stream{who: who, wake: make(chan struct{}, 1), end: make(chan struct{})}
	if !h.enter(s) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	defer h.leave(s)
	head := w.Header()
	head.Set("Content-Type", "text/event-stream")
	head.Set("Cache-Control", "no-cache, no-transform")
	head.Set("X-Accel-Buffering", "no")
	to := http.NewResponseController(w)
	_ = to.SetReadDeadline(time.Time{}) // the server's is for requests that arrive
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for text := "retry: 5000\n\n"; send(to, w, text) == nil; {
		if text == event && !s.rest(r.Context()) {
			return nil
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-s.end:
			return nil
		case <-tick.C:
			text = ":\n\n"
		case <-s.wake:
			text = event
		}
		actor, open, err := who.Again(r.Context())
		if err != nil || !open {
			return nil // nobody is told why; his browser comes again, and is refused
		}
		h.know(s, actor)
	}
	return nil
}

// event is all that is ever told.
const event = "data:\n\n"

// send writes at once, and waits no longer than for a living client. Where no deadline can be set it fails.
func send(to *http.ResponseController, w io.Writer, text string) error {
	_, err := io.WriteString(w, text)
	return errors.Join(err, to.Flush(), to.SetWriteDeadline(time.Now().Add(beat+patient)))
}

// rest waits after an event; false when the stream is over meanwhile.
func (s *stream) rest(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-s.end:
		return false
	case <-time.After(gap):
		return true
	}
}

// know has a stream go by what its reader holds now.
func (h *Hub) know(s *stream, a access.Actor) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.who.Actor = a
}
