package app

import (
	"net/http"
	"sync/atomic"
)

// Gate answers with a waiting page until the demonstration company is there.
type Gate struct {
	next http.Handler
	open atomic.Bool
}

// Filling closes a gate before a handler.
func Filling(next http.Handler) *Gate { return &Gate{next: next} }

// Done opens it.
func (g *Gate) Done() { g.open.Store(true) }

func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if g.open.Load() {
		g.next.ServeHTTP(w, r)
		return
	}
	w.Header().Set("Refresh", "1")
	w.Header().Set("Retry-After", "1")
	http.Error(w, waiting, http.StatusServiceUnavailable)
}

const waiting = "Hudang 户档: the demonstration company is being made; this page goes on by itself."
