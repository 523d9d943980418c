package evidence

import (
	"context"
	"database/sql"
	"sync"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// kept is an answer, and how long the logs it follows from were before it was counted.
type kept struct {
	mu     sync.Mutex // held while somebody counts: who asks meanwhile waits for his answer
	logs   [2]int64
	asked  string
	answer any
}

// Kept gives what count counts in an estate, and keeps it until the estate's log or the company's grows, or something else is asked:
// every evidential row belongs to one of the two, and none is written without a leaf. One answer is kept for each what and estate.
// It must follow from evidential rows and from asked alone, and whoever gets it must not change it.
func Kept[V any](ctx context.Context, q db.Querier, e access.EstateID, what, asked string, count func() (V, error)) (V, error) {
	return keep(q, struct {
		what string
		e    access.EstateID
	}{what, e}, asked, func() ([2]int64, error) { return sizes(ctx, q, e) }, count)
}

// KeptAcross is Kept of what follows from the rows of several estates: until any log grows.
func KeptAcross[V any](ctx context.Context, q db.Querier, s access.Scope, what, asked string, count func() (V, error)) (V, error) {
	return keep(q, struct{ what, scope string }{what, s.String()}, asked, func() (n [2]int64, err error) {
		return n, db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&n[0]) }, `SELECT COALESCE(SUM(size), 0) FROM evidence_head`)
	}, count)
}

func keep[V any](q db.Querier, key any, asked string, sizes func() ([2]int64, error), count func() (V, error)) (V, error) {
	all := db.Kept(q)
	if all == nil {
		return count()
	}
	found, _ := all.LoadOrStore(key, &kept{})
	k := found.(*kept)
	k.mu.Lock()
	defer k.mu.Unlock()
	logs, err := sizes()
	if v, ok := k.answer.(V); ok && err == nil && k.logs == logs && k.asked == asked {
		return v, nil
	}
	v, wrong := count()
	if k.answer = nil; err == nil && wrong == nil {
		k.logs, k.asked, k.answer = logs, asked, v
	}
	return v, wrong
}

// sizes are how many leaves the company's log has, and an estate's.
func sizes(ctx context.Context, q db.Querier, e access.EstateID) (n [2]int64, err error) {
	return n, db.Rows(ctx, q, func(rows *sql.Rows) error {
		var log, size int64
		err := rows.Scan(&log, &size)
		if log == int64(e) {
			n[1] = size
		} else {
			n[0] = size
		}
		return err
	}, `SELECT log, size FROM evidence_head WHERE log IN (?, ?)`, int64(access.Company), int64(e))
}
