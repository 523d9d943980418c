package search

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/vault"
)

// Config is what composition gives.
type Config struct {
	Data    *db.DB // where the things are
	Own     *db.DB // where the tokens lie: a file of its own, or Data itself on PostgreSQL
	Keys    *vault.Store
	Sources []Source
	Log     *slog.Logger
}

// Index answers the search box. Somebody has to run Follow; Wake tells it that something was committed.
type Index struct {
	cfg     Config
	store   store
	sources map[string]Source
	stamp   string
	wake    chan struct{} // something was committed
	hurry   chan struct{} // somebody is waiting for it

	mu        sync.Mutex
	reached   map[access.EstateID]int64 // leaves of each log that are in the index
	moved     chan struct{}             // closed when reached changes
	secrecies []secrecy                 // of what is in the index
	checked   bool                      // that the index belongs to these logs
}

// Open prepares the index; it is made or brought up to date by Follow.
func Open(ctx context.Context, cfg Config) (*Index, error) {
	x := &Index{cfg: cfg, store: sqlite{}, sources: map[string]Source{}, moved: make(chan struct{}),
		wake: make(chan struct{}, 1), hurry: make(chan struct{}, 1)}
	if cfg.Own.Engine() == db.Postgres {
		x.store = postgres{}
	}
	x.cfg.Sources = slices.Clone(cfg.Sources)
	slices.SortStableFunc(x.cfg.Sources, func(a, b Source) int { return cmp.Compare(b.shelf(), a.shelf()) }) // papers come last
	x.stamp = fmt.Sprintf("%d %x %v", tokenizer, cfg.Keys.MAC("search")[:8], access.Posts)
	for _, s := range x.cfg.Sources {
		if _, twice := x.sources[s.Kind]; twice {
			return nil, fmt.Errorf("search: two sources for %s", s.Kind)
		}
		x.sources[s.Kind] = s
		x.stamp += fmt.Sprintf(" %s.%d", s.Kind, s.Version)
	}
	if err := cfg.Own.Write(ctx, x.store.lock); err != nil {
		return nil, err
	}
	var err error
	x.secrecies, err = x.store.state().secrecies(ctx, cfg.Own.Read())
	return x, err
}

const (
	patience = 300 * time.Millisecond // how long a search waits for the index to have what was committed before it
	mostHits = 200                    // places looked at; more of one word is no answer to anybody
)

// Find answers what somebody typed, within his posts, in one estate or, from access.Company, in all he knows; at most so
// many hits of each source; Left says where there are more. What was committed before is found, or Behind says that it may
// be missing.
func (x *Index) Find(ctx context.Context, who access.Actor, at access.EstateID, typed string, most int) (Found, error) {
	return x.find(ctx, who, at, typed, most, x.cfg.Sources)
}

// FindAll is Find for one group alone, by the key of its heading: every hit, up to as many as anybody looks through.
func (x *Index) FindAll(ctx context.Context, who access.Actor, at access.EstateID, typed, group string) (Found, error) {
	sources := slices.DeleteFunc(slices.Clone(x.cfg.Sources), func(s Source) bool { return s.Title != group })
	return x.find(ctx, who, at, typed, mostHits, sources)
}

func (x *Index) find(ctx context.Context, who access.Actor, at access.EstateID, typed string, most int, sources []Source) (Found, error) {
	q, means := parse(x.cfg.Keys, typed)
	if !means {
		return Found{}, nil
	}
	current, err := x.settled(ctx)
	if err != nil {
		return Found{}, err
	}
	found := Found{Behind: !current}
	shelves, err := x.shelves(ctx, who, at, q)
	if err != nil {
		return Found{}, err
	}
	for _, source := range sources {
		shelf := shelves[source.shelf()]
		hits, all, err := x.show(ctx, source, shelf.byKind[source.Kind], who, at, most, q)
		if err != nil {
			return Found{}, err
		}
		found.add(source, hits, all, shelf.full)
	}
	return found, nil
}

// add takes the hits of a source, out of so many that fit.
func (f *Found) add(s Source, hits []Hit, all int, full bool) {
	f.Hits = append(f.Hits, hits...)
	f.Full = f.Full || full
	n := slices.IndexFunc(f.Left, func(l Left) bool { return l.Group == s.Title })
	switch {
	case n >= 0:
		f.Left[n].All += all
	case all > len(hits):
		shown := slices.DeleteFunc(slices.Clone(f.Hits), func(h Hit) bool { return h.Group != s.Title })
		f.Left = append(f.Left, Left{Group: s.Title, All: len(shown) - len(hits) + all, Least: full})
	}
}

// shelf is what the index answers: places by kind, in tiers.
type shelf struct {
	byKind map[string][][]int64
	full   bool // as many as are looked at; there may be more
}

// shelves asks the index for the things and, where a room has any, for the papers, each within what somebody may see.
func (x *Index) shelves(ctx context.Context, who access.Actor, at access.EstateID, q question) (map[string]shelf, error) {
	asked := map[string]expr{tokScope: q.expr}
	if slices.ContainsFunc(x.cfg.Sources, func(s Source) bool { return s.Papers }) {
		asked[tokPaper] = q.papers
	}
	found := map[string]shelf{}
	for letter, words := range asked {
		scope, may := scopeOf(who, at, x.known(), letter)
		if !may {
			continue
		}
		var err error
		if found[letter], err = x.places(ctx, allOf(scope, words)); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// places asks the index; the answer is by kind, in tiers: what is its own fact, what is of somebody who belongs to it, what is
// former. One answer needs no order.
func (x *Index) places(ctx context.Context, asked expr) (shelf, error) {
	found, err := x.store.find(ctx, x.cfg.Own.Read(), asked, anything)
	if err != nil {
		return shelf{}, err
	}
	tiers := [][]place{found}
	if strict, ok := asked.current(); ok && len(found) > 1 {
		tiers = nil
		for _, how := range []level{own, held} {
			some, err := x.store.find(ctx, x.cfg.Own.Read(), strict, how)
			if err != nil {
				return shelf{}, err
			}
			tiers = append(tiers, some)
		}
		tiers = append(tiers, found)
	}
	byKind := map[string][][]int64{}
	seen := map[int64]bool{}
	for n, tier := range tiers {
		for _, p := range tier {
			if seen[p.id] {
				continue
			}
			seen[p.id] = true
			if byKind[p.kind] == nil {
				byKind[p.kind] = make([][]int64, len(tiers))
			}
			byKind[p.kind][n] = append(byKind[p.kind][n], p.id)
		}
	}
	return shelf{byKind, len(found) == mostHits}, nil
}

// ordered are the places of a source's things in the order in which they are shown.
func (x *Index) ordered(ctx context.Context, s Source, tiers [][]int64) ([]int64, error) {
	var all []int64
	for _, ids := range tiers {
		if s.Order != nil && len(ids) > 1 {
			var err error
			if ids, err = s.Order(ctx, x.cfg.Data.Read(), ids); err != nil {
				return nil, err
			}
		}
		all = append(all, ids...)
	}
	return all, nil
}

// show loads the things found as they are now; what somebody may not see by now, or is no more, is left out. The number is
// how many fit.
func (x *Index) show(ctx context.Context, s Source, tiers [][]int64, who access.Actor, at access.EstateID, most int, q question) ([]Hit, int, error) {
	ids, err := x.ordered(ctx, s, tiers)
	if err != nil {
		return nil, 0, err
	}
	var hits []Hit
	all := len(ids)
	for chunk := range slices.Chunk(ids, 2*most) {
		docs, err := s.Load(ctx, x.cfg.Data.Read(), nil, chunk)
		if err != nil {
			return nil, 0, err
		}
		byID := map[int64]Doc{}
		for _, d := range docs {
			byID[d.Ref.ID] = d
		}
		for _, id := range chunk {
			if d, ok := byID[id]; ok && d.visible(who, at) {
				hits = append(hits, Hit{Doc: d, Group: s.Title, Exact: exactly(d, q.exact)})
			} else {
				all--
			}
		}
		if len(hits) >= most {
			break
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(rank(a), rank(b)) })
	hits = hits[:min(most, len(hits))]
	if s.Papers {
		return hits, all, nil
	}
	return hits, all, x.tell(ctx, s, hits, q)
}

// tell has each hit say by what it was found, where its title does not: a plate, the end of a number, somebody who belongs to it.
// Only what is shown is opened for that.
func (x *Index) tell(ctx context.Context, s Source, hits []Hit, q question) error {
	ids := make([]int64, len(hits))
	for i, h := range hits {
		ids[i] = h.Ref.ID
	}
	if len(ids) == 0 {
		return nil
	}
	docs, err := s.Load(ctx, x.cfg.Data.Read(), x.cfg.Keys, ids)
	if err != nil {
		return err
	}
	for _, d := range docs {
		i := slices.Index(ids, d.Ref.ID)
		if i < 0 {
			continue
		}
		if by := q.foundBy(x.cfg.Keys, d); by != "" && !strings.Contains(hits[i].Line, by) {
			hits[i].Line = by + " · " + hits[i].Line
		}
	}
	return nil
}

// foundBy is what a document shows of the first part by which it was found.
func (q question) foundBy(keys *vault.Store, d Doc) string {
	for _, p := range d.Parts {
		if p.Shown != "" && q.touches(partTokens(keys, p)) {
			return p.Shown
		}
	}
	return ""
}

func rank(h Hit) int {
	if h.Exact {
		return 0
	}
	return 1
}

// exactly reports whether a document is the room or has the number that was typed.
func exactly(d Doc, exact set) bool {
	return slices.ContainsFunc(d.Parts, func(p Part) bool {
		var whole string
		switch {
		case p.Former || p.Beside:
		case p.Kind == Room:
			whole = tokRoom + joined(p.Text)
		case p.Kind == Code:
			whole = tokCode + codeForm(p.Text)
		}
		_, ok := exact[whole]
		return ok
	})
}

// settled waits until the index has what was committed by now; false when that takes too long.
func (x *Index) settled(ctx context.Context) (bool, error) {
	sizes, err := evidence.Sizes(ctx, x.cfg.Data.Read())
	if err != nil {
		return false, err
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		there, moved := x.has(sizes)
		if there {
			return true, nil
		}
		nudge(x.hurry)
		select {
		case <-moved:
		case <-limited.Done():
			return false, ctx.Err()
		}
	}
}

// has reports whether the index has so many leaves of each log, and gives the channel that is closed when it has more.
func (x *Index) has(sizes map[access.EstateID]int64) (bool, <-chan struct{}) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.reached == nil {
		return false, x.moved
	}
	for log, size := range sizes {
		if x.reached[log] < size {
			return false, x.moved
		}
	}
	return true, x.moved
}

func (x *Index) known() []secrecy {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.secrecies
}

func (x *Index) publish(reached map[access.EstateID]int64, secrecies []secrecy) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.secrecies = secrecies
	if x.reached == nil || !maps.Equal(x.reached, reached) {
		x.reached = reached
		close(x.moved)
		x.moved = make(chan struct{})
	}
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
