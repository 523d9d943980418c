package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"time"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/vault"
)

// Place is where ciphertext lies under its name. A place that cannot be reached answers errs.Unavailable; a name it does
// not have, errMissing.
type Place interface {
	// Create begins an object whose name is not known yet; errs.Unavailable when there is no room for more.
	Create(ctx context.Context) (Draft, error)
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	Stat(ctx context.Context, name string) (size int64, err error)
	Delete(ctx context.Context, name string) error
	// Names lists what is there whose name begins so, in no order.
	Names(ctx context.Context, prefix string) iter.Seq2[string, error]
	// Kept is when a name was kept.
	Kept(ctx context.Context, name string) (time.Time, error)
}

// Draft is an object being written. Keep makes it durable under its name; Drop, also after Keep, leaves nothing behind.
type Draft interface {
	io.Writer
	Keep(ctx context.Context, name string) error
	Drop()
}

// Blob is a kept blob as its row remembers it.
type Blob struct {
	Name string // where it lies: the digest of its ciphertext, in hex
	Size int64  // bytes in clear
	Sum  []byte // keyed digest of the bytes in clear: equal files have equal sums, and nobody can try files out against it
	Key  []byte // its own key, wrapped for its owner
}

// Store encrypts on the way in and decrypts on the way out. It is safe for concurrent use.
type Store struct {
	place Place
	keys  *vault.Store
	young young
}

// New is a store that keeps ciphertext in a place and keys in the key store.
func New(place Place, keys *vault.Store) *Store { return &Store{place: place, keys: keys} }

// Put keeps what a reader gives, at most most bytes of it, for an owner. On an error nothing was kept.
func (s *Store) Put(ctx context.Context, owner vault.Owner, r io.Reader, most int64) (Blob, error) {
	draft, err := s.place.Create(ctx)
	if err != nil {
		return Blob{}, err
	}
	defer draft.Drop()
	named, content := sha256.New(), sha256.New()
	w, key, err := newSealer(io.MultiWriter(draft, named), owner)
	if err != nil {
		return Blob{}, err
	}
	n, err := copyUpTo(w, io.TeeReader(reading{ctx, r}, content), most)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return Blob{}, err
	}
	b := Blob{Name: hex.EncodeToString(named.Sum(nil)), Size: n, Sum: s.keys.MAC("blob content", content.Sum(nil))}
	if b.Key, err = s.keys.Seal(ctx, owner, bind(b.Name), key); err != nil { // makes the owner's key durable first
		return Blob{}, errs.E(errs.Unavailable, "error.not_saved").Because(err)
	}
	s.young.add(b.Name)
	return b, draft.Keep(ctx, b.Name)
}

// Open gives a blob's bytes. What is damaged fails at the damaged segment; the end is reached only by an undamaged blob.
func (s *Store) Open(ctx context.Context, owner vault.Owner, b Blob) (io.ReadCloser, error) {
	key, err := s.keys.Open(ctx, owner, bind(b.Name), b.Key)
	switch {
	case errors.Is(err, vault.ErrNoKey):
		return nil, errs.E(errs.Blocked, "blob.error.gone").Because(err)
	case err != nil:
		return nil, damaged(err)
	}
	file, err := s.place.Open(ctx, b.Name)
	if err != nil {
		return nil, err
	}
	return newOpener(file, owner, key)
}

// Stat is the size of a blob's ciphertext.
func (s *Store) Stat(ctx context.Context, name string) (int64, error) { return s.place.Stat(ctx, name) }

// Delete takes a blob away that no row refers to: an upload whose operation failed. It is no destruction: copies stay
// readable to the key.
func (s *Store) Delete(ctx context.Context, name string) error {
	s.young.remove(name)
	return s.place.Delete(ctx, name)
}

// Names lists the names of the blobs that begin so; an empty prefix lists all.
func (s *Store) Names(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return s.place.Names(ctx, prefix)
}

// Check reads a blob's ciphertext and compares it with its name; it needs no key. Bytes that do not fit are an error of
// kind Blocked.
func (s *Store) Check(ctx context.Context, name string) error {
	file, err := s.place.Open(ctx, name)
	if err != nil {
		return err
	}
	defer file.Close()
	var sum hash.Hash = sha256.New()
	if _, err := io.Copy(sum, reading{ctx, file}); err != nil {
		return damaged(err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != name {
		return damaged(fmt.Errorf("blob %s: its bytes have another digest", name))
	}
	return nil
}

// CheckInside decrypts a blob to its end and throws away what it reads: only one that is whole gets there. Check's kinds of
// error; blob.error.gone when the owner's key was destroyed.
func (s *Store) CheckInside(ctx context.Context, owner vault.Owner, b Blob) error {
	file, err := s.Open(ctx, owner, b)
	if err != nil {
		return err
	}
	defer file.Close()
	n, err := io.Copy(io.Discard, reading{ctx, file})
	if err == nil && n != b.Size {
		err = damaged(fmt.Errorf("blob %s: %d bytes, its row says %d", b.Name, n, b.Size))
	}
	return err
}

// reading stops when its context ends: whoever uploads has left.
type reading struct {
	ctx context.Context
	r   io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

func copyUpTo(w io.Writer, r io.Reader, most int64) (int64, error) {
	n, err := io.Copy(w, io.LimitReader(r, most+1))
	if err == nil && n > most {
		err = errs.E(errs.Invalid, "blob.error.large", most>>20)
	}
	return n, err
}

func bind(name string) []byte { return []byte("blob:" + name) }

func damaged(cause error) error { return errs.E(errs.Blocked, "blob.error.damaged").Because(cause) }

// errMissing is a name that a place does not have.
func errMissing(name string) error {
	return errs.E(errs.Blocked, "blob.error.missing").Because(fmt.Errorf("blob %s is not there", name))
}
