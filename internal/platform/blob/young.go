package blob

import (
	"context"
	"sync"
	"time"

	"hudang/internal/platform/clock"
)

// Youth is how long a blob that nothing refers to is left alone (reliability §2).
const Youth = 7 * 24 * time.Hour

// young are the names put since the program started whose rows nobody has seen yet: an operation under way may be about
// to refer to them, whatever a clock that somebody set says of their age.
type young struct {
	mu    sync.Mutex
	names map[string]bool
}

func (y *young) add(name string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	if y.names == nil {
		y.names = map[string]bool{}
	}
	y.names[name] = true
}

func (y *young) remove(name string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	delete(y.names, name)
}

func (y *young) has(name string) bool {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.names[name]
}

// Settled notes that a row refers to a blob.
func (s *Store) Settled(name string) { s.young.remove(name) }

// Old reports whether a blob was put so long ago, by an earlier run of the program, that no operation under way can still
// come to refer to it: whoever knows that no row does may delete it.
func (s *Store) Old(ctx context.Context, name string) (bool, error) {
	if s.young.has(name) {
		return false, nil
	}
	kept, err := s.place.Kept(ctx, name)
	return err == nil && clock.System{}.Now().Sub(kept) > Youth, err
}
