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
	heartbeat   = 20 * time.Second // proxies cut a connection that is silent for 30 or 60 seconds
	minInterval = 3 * time.Second  // between two events of one stream
	writeTime   = 10 * time.Second // after a heartbeat is due, until the client counts as gone
)

// event is all that is ever sent of a change.
const event = "data:\n\n"

// Reader is who reads a stream. Again looks up the session anew; false when it has ended.
type Reader struct {
	Session string
	Actor   access.Actor
	Again   func(context.Context) (access.Actor, bool, error)
}

// Stream answers a request with events until the client leaves, the session ends, the stream is one too many or the hub is closed.
func (h *Hub) Stream(w http.ResponseWriter, r *http.Request, reader Reader) error {
	s := &stream{reader: reader, wake: make(chan struct{}, 1), end: make(chan struct{})}
	if !h.enter(s) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	defer h.leave(s)
	head := w.Header()
	head.Set("Content-Type", "text/event-stream")
	head.Set("Cache-Control", "no-cache, no-transform") // no proxy compresses it, which would hold events back
	head.Set("X-Accel-Buffering", "no")                 // nginx
	conn := http.NewResponseController(w)
	_ = conn.SetReadDeadline(time.Time{}) // the server's limit is for requests that arrive
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for text := ":\n\n"; send(conn, w, text) == nil; {
		if text == event && s.ended(r.Context(), minInterval) {
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
		actor, found, err := reader.Again(r.Context())
		if err != nil || !found {
			return nil // the browser connects again and is refused
		}
		h.mu.Lock()
		s.reader.Actor = actor // posts may have changed
		h.mu.Unlock()
	}
	return nil
}

// send writes and flushes. It fails where no deadline can be set, since a dead client would be held for ever.
func send(conn *http.ResponseController, w io.Writer, text string) error {
	_, err := io.WriteString(w, text)
	return errors.Join(err, conn.Flush(), conn.SetWriteDeadline(time.Now().Add(heartbeat+writeTime)))
}

// ended waits and reports whether the stream ended meanwhile.
func (s *stream) ended(ctx context.Context, wait time.Duration) bool {
	select {
	case <-ctx.Done():
	case <-s.end:
	case <-time.After(wait):
		return false
	}
	return true
}
