package blob

import (
	"bufio"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"golang.org/x/crypto/chacha20poly1305"

	"hudang/internal/platform/vault"
)

// A blob on the disk is a header (magic, 16 random bytes that name the stream) and segments of 64 KiB, each sealed with
// XChaCha20-Poly1305. A segment's nonce is the stream's name, its number, and whether it is the last; the owner and the
// header are authenticated with each. So segments cannot be swapped, dropped, cut off or moved to another blob.
const (
	magic     = "hudang blob 1\x00"
	nameBytes = 16
	header    = len(magic) + nameBytes
	segment   = 64 << 10
	sealed    = segment + chacha20poly1305.Overhead
)

// stream is what sealing and opening share.
type stream struct {
	aead  cipher.AEAD
	nonce [chacha20poly1305.NonceSizeX]byte // name 16, number 7, last 1
	bound []byte
	count uint64
}

func newStream(key, head []byte, owner vault.Owner) (*stream, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	s := &stream{aead: aead, bound: append([]byte(owner.String()+"\x00"), head...)}
	copy(s.nonce[:], head[len(magic):])
	return s, nil
}

// next is the nonce of the next segment.
func (s *stream) next(last bool) []byte {
	binary.BigEndian.PutUint64(s.nonce[nameBytes:], s.count<<8)
	if last {
		s.nonce[len(s.nonce)-1] = 1
	}
	s.count++
	return s.nonce[:]
}

// sealer encrypts what is written to it.
type sealer struct {
	w      io.Writer
	stream *stream
	buf    []byte // clear bytes of a segment that is not full, or full and perhaps the last
	out    []byte
}

func newSealer(w io.Writer, owner vault.Owner) (s *sealer, key []byte, err error) {
	random := make([]byte, chacha20poly1305.KeySize+nameBytes)
	_, _ = rand.Read(random) // never fails: the runtime ends the program when the system has no randomness
	key = random[:chacha20poly1305.KeySize]
	head := append([]byte(magic), random[chacha20poly1305.KeySize:]...)
	if _, err := w.Write(head); err != nil {
		return nil, nil, err
	}
	st, err := newStream(key, head, owner)
	return &sealer{w: w, stream: st, buf: make([]byte, 0, segment), out: make([]byte, 0, sealed)}, key, err
}

func (s *sealer) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		if len(s.buf) == segment { // more follows, so it is not the last
			if err := s.flush(false); err != nil {
				return 0, err
			}
		}
		take := min(segment-len(s.buf), len(p))
		s.buf = append(s.buf, p[:take]...)
		p = p[take:]
	}
	return n, nil
}

// Close seals the last segment, which may be empty.
func (s *sealer) Close() error { return s.flush(true) }

func (s *sealer) flush(last bool) error {
	s.out = s.stream.aead.Seal(s.out[:0], s.stream.next(last), s.buf, s.stream.bound)
	s.buf = s.buf[:0]
	_, err := s.w.Write(s.out)
	return err
}

// opener decrypts what it reads.
type opener struct {
	file   io.Closer
	r      *bufio.Reader
	stream *stream
	in     []byte
	clear  []byte // decrypted and not yet read
	ended  bool
	failed error
}

func newOpener(file io.ReadCloser, owner vault.Owner, key []byte) (io.ReadCloser, error) {
	o := &opener{file: file, r: bufio.NewReaderSize(file, sealed), in: make([]byte, sealed)}
	head := make([]byte, header)
	_, err := io.ReadFull(o.r, head)
	if err == nil && string(head[:len(magic)]) != magic {
		err = errors.New("blob: it does not begin as one")
	}
	if err == nil {
		o.stream, err = newStream(key, head, owner)
	}
	if err != nil {
		return nil, errors.Join(damaged(err), file.Close())
	}
	return o, nil
}

func (o *opener) Read(p []byte) (int, error) {
	for len(o.clear) == 0 && o.failed == nil {
		o.failed = o.fill()
	}
	if len(o.clear) == 0 {
		return 0, o.failed
	}
	n := copy(p, o.clear)
	o.clear = o.clear[n:]
	return n, nil
}

// fill decrypts one segment. The last is the one after which the file ends; were that a lie, its nonce would not fit.
func (o *opener) fill() error {
	if o.ended {
		return io.EOF
	}
	n, err := io.ReadFull(o.r, o.in)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged(fmt.Errorf("blob: segment %d: %w", o.stream.count, err))
	}
	_, peek := o.r.Peek(1)
	if peek != nil && !errors.Is(peek, io.EOF) {
		return damaged(peek)
	}
	o.ended = peek != nil
	o.clear, err = o.stream.aead.Open(o.in[:0], o.stream.next(o.ended), o.in[:n], o.stream.bound)
	if err != nil {
		o.clear = nil
		return damaged(fmt.Errorf("blob: segment %d: %w", o.stream.count-1, err))
	}
	return nil
}

func (o *opener) Close() error { return o.file.Close() }
