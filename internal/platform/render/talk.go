package render

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// talk is one request with a child: it gives the parts of the file that the child asks for, and watches the clock.
type talk struct {
	*child
	q      request
	file   io.ReaderAt
	turn   *turn
	limits Limits

	mu    sync.Mutex
	clock *time.Timer   // ends it
	began time.Duration // what the child had worked when the clock was set
	ended error         // why the clock killed the child
	later bool          // it was killed because it held up the short lane
	done  bool          // it has ended: nothing may kill the child any more
	dead  bool
}

const maxPicture = 64 << 20

// errDeclined is a child that was told not to go on now; it is ready for another request.
var errDeclined = errors.New("render: declined")

// sourceError marks an error of the file's reader, so that a damaged blob is not taken for a crash of the child.
type sourceError struct{ error }

func (s *talk) run(ctx context.Context) (a answer, picture []byte, err error) {
	defer context.AfterFunc(ctx, func() { s.end(nil) })()
	defer s.finish()
	s.time(s.limits.Time)
	if !s.q.mayTakeLong() {
		defer time.AfterFunc(s.limits.Short, s.push).Stop()
	}
	if err := writeHead(s.in, s.q); err != nil {
		return a, nil, err
	}
	for {
		var r reply
		if err := readHead(s.out, &r); err != nil {
			return a, nil, err
		}
		switch {
		case r.Read != nil:
			err = s.send(*r.Read)
		case r.Heavy:
			err = s.judge()
		case r.Making:
			s.time(s.limits.Making)
		case r.Made:
			s.time(s.limits.Time)
		case r.Answer != nil:
			return s.picture(*r.Answer)
		default:
			err = errors.New("render: an empty reply")
		}
		if err != nil {
			return a, nil, err
		}
	}
}

func (s *talk) picture(a answer) (answer, []byte, error) {
	if a.Size < 0 || a.Size > maxPicture {
		return a, nil, fmt.Errorf("render: a picture of %d bytes", a.Size)
	}
	picture := make([]byte, a.Size)
	_, err := io.ReadFull(s.out, picture)
	return a, picture, err
}

// send gives the child a part of the file.
func (s *talk) send(part span) error {
	if part.Len <= 0 || part.Len > blockSize || part.From < 0 || part.From > s.q.Size-int64(part.Len) {
		return fmt.Errorf("render: the child asks for %d bytes at %d of %d", part.Len, part.From, s.q.Size)
	}
	p := make([]byte, part.Len)
	if n, err := s.file.ReadAt(p, part.From); n < len(p) {
		if err == nil || errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return sourceError{err}
	}
	_, err := s.in.Write(p)
	return err
}

// judge tells the child whether its heavy request may go on in the long lane.
func (s *talk) judge() error {
	v := verdict{Go: s.q.mayTakeLong() || s.turn.isLong()}
	if err := writeHead(s.in, v); err != nil {
		return err
	}
	if !v.Go {
		return errDeclined
	}
	return nil
}

// time gives the child so much work from now.
func (s *talk) time(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.clock != nil {
		s.clock.Stop()
	}
	if s.worked != nil {
		s.began = s.worked()
	}
	s.clock = time.AfterFunc(d, func() { s.over(d, s.limits.Waits-d) })
}

// over ends a child that has had its time. Where it is known how long it really worked, one that had to wait for the
// processor goes on, as long as the clock allows.
func (s *talk) over(d, left time.Duration) {
	s.mu.Lock()
	rest := time.Duration(0)
	if s.worked != nil {
		rest = min(max(d-(s.worked()-s.began), 0), left)
	}
	if rest > 0 && !s.done {
		rest = max(rest, 10*time.Millisecond)
		s.clock = time.AfterFunc(rest, func() { s.over(d, left-rest) })
		s.mu.Unlock()
		return
	}
	s.mu.Unlock()
	s.end(func() { s.ended = fmt.Errorf("killed after %s", d) })
}

// end kills the child, unless it has answered.
func (s *talk) end(note func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done {
		return
	}
	if note != nil {
		note()
	}
	s.dead = true
	s.kill()
}

func (s *talk) finish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done = true
	s.clock.Stop()
}

// push moves a request that takes long out of the short lane: into the long one, or back to its queue.
func (s *talk) push() {
	if !s.turn.isLong() {
		s.end(func() { s.later = true })
	}
}

func (s *talk) pushed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.later
}

func (s *talk) why(failed error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended != nil {
		return s.ended
	}
	return failed
}
