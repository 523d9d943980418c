package live

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"hudang/internal/platform/access"
)

const (
	oldest  = 5 * time.Minute // an answer depends on the day and the settings too
	share   = 10              // an answer that took a second is not computed again for ten: counting stays a small part of the work
	enough  = 10 * time.Second
	longest = 2 * time.Minute
)

// Cache is the answers of one question, each kept until something changes in the estates its reader knows. They are computed one at a
// time, however many ask, and never while a page waits to be shown.
type Cache[V any] struct {
	hub     *Hub
	log     *slog.Logger
	compute func(context.Context) (V, error)
	turn    chan struct{}
	mu      sync.Mutex
	all     map[string]*answer[V]
}

type answer[V any] struct {
	value V
	known bool
	seq   int64         // of the hub, when it was asked
	at    time.Time     // when it was there
	took  time.Duration // without waiting for its turn
	done  chan struct{} // closed when the one at work is there; nil when none is
}

// NewCache makes a place for answers; compute goes by the context's person and what he has chosen, as the key says.
func NewCache[V any](hub *Hub, log *slog.Logger, compute func(context.Context) (V, error)) *Cache[V] {
	return &Cache[V]{hub: hub, log: log, compute: compute, turn: make(chan struct{}, 1), all: map[string]*answer[V]{}}
}

// Known is the last answer, computed by no one now; false when there is none.
func (k *Cache[V]) Known(key string) (V, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if a := k.all[key]; a != nil {
		return a.value, a.known
	}
	return *new(V), false
}

// Put keeps an answer that a page has just computed for itself, begun at a state of the hub.
func (k *Cache[V]) Put(key string, begun int64, value V) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a := k.of(key)
	a.value, a.known, a.seq, a.at = value, true, begun, time.Now()
}

// Begin is the state of the hub now, for Put.
func (k *Cache[V]) Begin() int64 { return k.hub.now() }

// Fresh is the answer as it should be now, waiting for it as long as a page does; false when there is none yet.
func (k *Cache[V]) Fresh(ctx context.Context, key string, who access.Actor) (V, bool) {
	k.mu.Lock()
	a := k.of(key)
	if a.done == nil && k.stale(a, who) {
		a.done = make(chan struct{})
		go k.work(context.WithoutCancel(ctx), a) // who turns the page meanwhile finds it there
	}
	done := a.done
	k.mu.Unlock()
	if done != nil {
		select {
		case <-done:
		case <-ctx.Done():
		case <-time.After(enough):
		}
	}
	return k.Known(key)
}

func (k *Cache[V]) of(key string) *answer[V] {
	if k.all[key] == nil {
		k.all[key] = &answer[V]{}
	}
	return k.all[key]
}

func (k *Cache[V]) stale(a *answer[V], who access.Actor) bool {
	age := time.Since(a.at)
	return !a.known || age > oldest || age > share*a.took && k.hub.since(a.seq, who)
}

func (k *Cache[V]) work(ctx context.Context, a *answer[V]) {
	k.turn <- struct{}{}
	defer func() { <-k.turn }()
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	seq, began := k.hub.now(), time.Now()
	value, err := k.safely(ctx)
	k.mu.Lock()
	defer k.mu.Unlock()
	if err == nil {
		a.value, a.known, a.seq = value, true, seq
	}
	a.at, a.took = time.Now(), time.Since(began)
	close(a.done)
	a.done = nil
}

// safely makes a panic an error: behind no page there is nobody to catch it.
func (k *Cache[V]) safely(ctx context.Context) (value V, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
		if err != nil {
			k.log.Error("live: an answer is not computed", "error", err)
		}
	}()
	return k.compute(ctx)
}
