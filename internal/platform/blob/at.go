package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/vault"
)

// At is a blob that is read at any place, a segment in memory at a time. Its methods are safe for concurrent use.
type At interface {
	io.ReaderAt
	io.Closer
}

// OpenAt gives a blob whose bytes are read at any place: the directory of a zip stands at its end. A damaged segment fails
// when it is read; what was not read was not checked.
func (s *Store) OpenAt(ctx context.Context, owner vault.Owner, b Blob) (At, error) {
	r, err := s.Open(ctx, owner, b)
	if err != nil {
		return nil, err
	}
	o, ok := r.(*opener)
	file, at := o.file.(io.ReaderAt)
	if !ok || !at {
		return nil, errors.Join(errs.E(errs.Unavailable, "blob.error.away").Because(errors.New("blob: its place reads only from the beginning")), r.Close())
	}
	return &segments{opener: o, file: file, size: b.Size, last: max(b.Size-1, 0) / segment, held: -1}, nil
}

// segments reads a blob by its segments.
type segments struct {
	*opener
	file io.ReaderAt
	size int64
	last int64 // number of the last segment

	mu   sync.Mutex
	held int64 // the segment that is decrypted; -1 for none
	part []byte
}

// ReadAt reads what lies at a place in clear.
func (s *segments) ReadAt(p []byte, off int64) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if off < 0 {
		return 0, errors.New("blob: a negative offset")
	}
	for n < len(p) && off < s.size {
		if err := s.hold(off / segment); err != nil {
			return n, err
		}
		from := off % segment
		if from >= int64(len(s.part)) {
			return n, damaged(fmt.Errorf("blob: segment %d is short", s.held))
		}
		got := copy(p[n:], s.part[from:])
		n, off = n+got, off+int64(got)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// hold decrypts a segment.
func (s *segments) hold(number int64) error {
	if number == s.held {
		return nil
	}
	s.held = -1
	n, err := s.file.ReadAt(s.in, int64(header)+number*sealed)
	if err != nil && !errors.Is(err, io.EOF) {
		return damaged(err)
	}
	s.stream.count = uint64(number)
	s.part, err = s.stream.aead.Open(s.in[:0], s.stream.next(number == s.last), s.in[:n], s.stream.bound)
	if err != nil {
		return damaged(fmt.Errorf("blob: segment %d: %w", number, err))
	}
	s.held = number
	return nil
}
