package search

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

const (
	pause     = 500 * time.Millisecond // commits gathered before the index follows, unless somebody searches
	batch     = 500                    // things loaded at a time
	batchRows = 5000                   // rows of a log followed in one transaction
)

// Wake says that something was committed. It returns at once.
func (x *Index) Wake() { nudge(x.wake) }

// Follow makes the index when it is missing or was made otherwise, and then follows the logs until the context ends.
func (x *Index) Follow(ctx context.Context) {
	for {
		if err := x.CatchUp(ctx); err != nil && ctx.Err() == nil {
			x.cfg.Log.Error("search index", "error", err) // tried again with the next commit or search
		}
		if !x.rest(ctx) {
			return
		}
	}
}

// rest waits for something to do; false at the end.
func (x *Index) rest(ctx context.Context) bool {
	select {
	case <-x.wake:
		gathering, cancel := context.WithTimeout(ctx, pause)
		defer cancel()
		select {
		case <-x.hurry:
		case <-gathering.Done():
		}
	case <-x.hurry:
	case <-ctx.Done():
	}
	return ctx.Err() == nil
}

// CatchUp brings the index to where the logs are.
func (x *Index) CatchUp(ctx context.Context) error {
	for {
		more, err := x.step(ctx)
		if err != nil || !more {
			return err
		}
	}
}

// step follows each log by one batch, in one transaction. Other programs on the same database wait meanwhile, and what is
// loaded is loaded after the wait, so an older state of a thing never overwrites a newer.
func (x *Index) step(stop context.Context) (more bool, err error) {
	sizes, err := evidence.Sizes(stop, x.cfg.Data.Read())
	if err != nil {
		return false, err
	}
	if there, _ := x.has(sizes); there {
		return false, nil
	}
	var w *work
	err = x.cfg.Own.Write(stop, func(ctx context.Context, s *db.Session) error {
		w = &work{Index: x, stop: stop, s: s, reached: map[access.EstateID]int64{}}
		return w.run(ctx)
	})
	if err != nil {
		return false, err
	}
	x.checked = true // by the one goroutine that follows
	x.publish(w.reached, w.secrecies)
	return w.more, nil
}

// work is one transaction on the index.
type work struct {
	*Index
	stop      context.Context // of the follower: the transaction's own does not end with it
	s         *db.Session
	reached   map[access.EstateID]int64
	secrecies []secrecy
	more      bool
}

func (w *work) data() db.Querier { return w.cfg.Data.Read() }

func (w *work) run(ctx context.Context) error {
	if err := w.store.lock(ctx, w.s); err != nil {
		return err
	}
	sizes, err := evidence.Sizes(ctx, w.data())
	if err != nil {
		return err
	}
	positions, err := w.store.state().positions(ctx, w.s)
	if err != nil {
		return err
	}
	fits, err := w.fits(ctx, positions, sizes)
	if err != nil {
		return err
	}
	if !fits {
		return w.rebuild(ctx, sizes)
	}
	if w.secrecies, err = w.store.state().secrecies(ctx, w.s); err != nil {
		return err
	}
	for log, size := range sizes {
		if err := w.follow(ctx, log, positions[log].leaves, size); err != nil {
			return err
		}
	}
	return nil
}

// fits reports whether the index was made by this program, with these keys, from these logs: after a restore it was not.
func (w *work) fits(ctx context.Context, positions map[access.EstateID]position, sizes map[access.EstateID]int64) (bool, error) {
	stamp, err := w.store.state().stamp(ctx, w.s)
	if err != nil || stamp != w.stamp {
		return false, err
	}
	for log, p := range positions {
		if p.leaves > sizes[log] {
			return false, nil
		}
		if w.checked {
			continue
		}
		if op, err := w.lastOp(ctx, log, p.leaves); err != nil || op != p.op {
			return false, err
		}
	}
	return true, nil
}

// lastOp is the operation of the last of a log's first leaves.
func (w *work) lastOp(ctx context.Context, log access.EstateID, leaves int64) (int64, error) {
	if leaves == 0 {
		return 0, nil
	}
	last, err := evidence.NewLog(w.cfg.Keys).Leaves(ctx, w.data(), log, leaves, 1)
	if err != nil || len(last) == 0 {
		return 0, err
	}
	return last[0].Op, nil
}

func (w *work) follow(ctx context.Context, log access.EstateID, from, size int64) error {
	w.reached[log] = from
	if from >= size {
		return nil
	}
	touched, next, err := evidence.TouchedSince(ctx, w.data(), log, from, size, batchRows)
	if err != nil {
		return err
	}
	for _, source := range w.cfg.Sources {
		if err := w.refresh(ctx, source, touched); err != nil {
			return fmt.Errorf("%s: %w", source.Kind, err)
		}
	}
	w.more = w.more || next < size
	return w.stand(ctx, log, next)
}

// stand notes how far a log is in the index.
func (w *work) stand(ctx context.Context, log access.EstateID, leaves int64) error {
	op, err := w.lastOp(ctx, log, leaves)
	if err != nil {
		return err
	}
	w.reached[log] = leaves
	return w.store.state().setPosition(ctx, w.s, log, position{leaves, op})
}

// refresh loads again what the touched rows make stale.
func (w *work) refresh(ctx context.Context, source Source, touched map[string][]int64) error {
	var stale []int64
	for table, of := range source.Stale {
		for rows := range slices.Chunk(touched[table], batch) {
			ids, err := of(ctx, w.data(), rows)
			if err != nil {
				return err
			}
			stale = append(stale, ids...)
		}
	}
	slices.Sort(stale)
	for ids := range slices.Chunk(slices.Compact(stale), batch) {
		if err := w.load(ctx, source, ids); err != nil {
			return err
		}
	}
	return nil
}

// load puts things into the index as they are now, and takes out those that are no more.
func (w *work) load(ctx context.Context, source Source, ids []int64) error {
	if err := w.stop.Err(); err != nil {
		return err
	}
	docs, err := source.Load(ctx, w.data(), w.cfg.Keys, ids)
	if err != nil {
		return err
	}
	gone := map[int64]bool{}
	for _, id := range ids {
		gone[id] = true
	}
	for _, d := range docs {
		delete(gone, d.Ref.ID)
		if err := w.note(ctx, secrecyOf(d.Posts)); err != nil {
			return err
		}
		if err := w.store.put(ctx, w.s, entry{d.Ref.ID, source.Kind, source.tokensOf(w.cfg.Keys, d)}); err != nil {
			return err
		}
	}
	for id := range gone {
		if err := w.store.remove(ctx, w.s, id); err != nil {
			return err
		}
	}
	return w.s.Flush(ctx)
}

// note keeps a secrecy that no document had before.
func (w *work) note(ctx context.Context, code secrecy) error {
	if slices.Contains(w.secrecies, code) {
		return nil
	}
	w.secrecies = append(w.secrecies, code)
	return w.store.state().addSecrecy(ctx, w.s, code)
}

// rebuild makes the index anew, in one transaction, so that searches are answered from the old one meanwhile.
func (w *work) rebuild(ctx context.Context, sizes map[access.EstateID]int64) error {
	if err := w.store.empty(ctx, w.s); err != nil {
		return err
	}
	for _, source := range w.cfg.Sources {
		for after := int64(0); ; {
			ids, err := source.After(ctx, w.data(), after, batch)
			if err != nil {
				return fmt.Errorf("%s: %w", source.Kind, err)
			}
			if len(ids) == 0 {
				break
			}
			after = ids[len(ids)-1]
			if err := w.load(ctx, source, ids); err != nil {
				return fmt.Errorf("%s: %w", source.Kind, err)
			}
		}
	}
	for log, size := range sizes {
		if err := w.stand(ctx, log, size); err != nil {
			return err
		}
	}
	if err := w.store.tidy(ctx, w.s); err != nil {
		return err
	}
	return w.store.state().setStamp(ctx, w.s, w.stamp)
}
