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
	maxAge      = 5 * time.Minute // a value depends on the day and the settings too
	restFactor  = 10              // a value that took a second is not computed again for ten: counting stays a small part of the work
	maxWait     = 10 * time.Second
	computeTime = 2 * time.Minute
)

// Cache keeps a computed value for each key until something changes in the estates its reader knows. Values are computed one at a
// time, however many ask, and never while a page is made.
type Cache[V any] struct {
	hub     *Hub
	log     *slog.Logger
	compute func(context.Context) (V, error)
	turn    chan struct{} // held by the one that computes
	mu      sync.Mutex
	entries map[string]*entry[V]
}

type entry[V any] struct {
	value V
	known bool          // value was computed once
	seq   int64         // of the hub, before it was computed
	at    time.Time     // when it was last computed or tried
	took  time.Duration // without waiting for its turn
	done  chan struct{} // closed when the running computation ends; nil when none runs
}

// NewCache makes a cache; compute reads the actor and his choices from the context, and whatever it depends on is part of the key.
func NewCache[V any](hub *Hub, log *slog.Logger, compute func(context.Context) (V, error)) *Cache[V] {
	return &Cache[V]{hub: hub, log: log, compute: compute, turn: make(chan struct{}, 1), entries: map[string]*entry[V]{}}
}

// Known is the last value of a key, whatever its age; false when there is none. It returns at once.
func (c *Cache[V]) Known(key string) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entry(key)
	return e.value, e.known
}

// Begin is the state of the hub, to be taken before a value is computed that is then Put.
func (c *Cache[V]) Begin() int64 { return c.hub.now() }

// Put keeps a value that the caller computed for a page of its own.
func (c *Cache[V]) Put(key string, begun int64, value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entry(key)
	e.value, e.known, e.seq, e.at = value, true, begun, time.Now()
}

// Fresh is the value of a key, computed anew if it is out of date; after maxWait the last one. False when there is none.
func (c *Cache[V]) Fresh(ctx context.Context, key string, who access.Actor) (V, bool) {
	c.mu.Lock()
	e := c.entry(key)
	if e.done == nil && c.stale(e, who) {
		e.done = make(chan struct{})
		go c.refresh(context.WithoutCancel(ctx), e) // who turns the page meanwhile finds it there
	}
	done := e.done
	c.mu.Unlock()
	if done != nil {
		select {
		case <-done:
		case <-ctx.Done():
		case <-time.After(maxWait):
		}
	}
	return c.Known(key)
}

// entry is the entry of a key; c.mu is held.
func (c *Cache[V]) entry(key string) *entry[V] {
	if c.entries[key] == nil {
		c.entries[key] = &entry[V]{}
	}
	return c.entries[key]
}

func (c *Cache[V]) stale(e *entry[V], who access.Actor) bool {
	age := time.Since(e.at)
	return !e.known || age > maxAge || age > restFactor*e.took && c.hub.since(e.seq, who)
}

func (c *Cache[V]) refresh(ctx context.Context, e *entry[V]) {
	c.turn <- struct{}{}
	defer func() { <-c.turn }()
	ctx, cancel := context.WithTimeout(ctx, computeTime)
	defer cancel()
	seq, began := c.hub.now(), time.Now()
	value, err := c.safely(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		e.value, e.known, e.seq = value, true, seq
	}
	e.at, e.took = time.Now(), time.Since(began)
	close(e.done)
	e.done = nil
}

// safely makes a panic an error: no request is there to answer with it.
func (c *Cache[V]) safely(ctx context.Context) (value V, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
		if err != nil {
			c.log.Error("live: cannot compute a value", "error", err)
		}
	}()
	return c.compute(ctx)
}
