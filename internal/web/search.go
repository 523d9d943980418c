package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"hudang/internal/platform/account"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/page"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
	"hudang/internal/platform/viewlog"
)

const (
	mostHits  = 8
	longQuery = 60 // characters; nobody says more on the telephone
)

// search asks the index. While somebody types, the answer is the list under the box; Enter opens an exact or only hit at
// once, and else shows the list as a page.
func (s *Site) search(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	typed := strings.TrimSpace(r.URL.Query().Get("q"))
	if runes := []rune(typed); len(runes) > longQuery {
		typed = string(runes[:longQuery])
	}
	found, err := s.find(ctx, typed)
	if err != nil {
		return err
	}
	if s.cfg.Looked != nil && len(found.Hits) > 0 {
		s.cfg.Looked(ctx, account.From(ctx).Estate, ref.Ref{Kind: viewlog.Searched, ID: int64(len(found.Hits))})
	}
	if r.Header.Get("HX-Target") == "found" {
		return s.kit.Render(w, r, http.StatusOK, foundBody(typed, found))
	}
	if hit, ok := theOne(found.Hits); ok {
		return s.kit.Redirect(w, r, hit.Href)
	}
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(ctx, "web.search.title", typed), Body: searchBody(typed, found)})
}

// find asks the index, and the labels when ten digits were typed.
func (s *Site) find(ctx context.Context, typed string) (search.Found, error) {
	session := account.From(ctx)
	found, err := s.cfg.Search.Find(ctx, session.Actor, session.Estate, typed, mostHits)
	if err != nil {
		return found, err
	}
	hit, ok, err := s.labelled(ctx, typed)
	if ok && !slices.ContainsFunc(found.Hits, func(h search.Hit) bool { return h.Ref == hit.Ref && h.Exact }) {
		found.Hits = append([]search.Hit{hit}, found.Hits...)
	}
	return found, err
}

// labelled is the thing whose label has the digits typed, in whichever estate he knows.
func (s *Site) labelled(ctx context.Context, typed string) (hit search.Hit, ok bool, err error) {
	code := cn.Compact(typed)
	if !label.Valid(code) {
		return hit, false, nil
	}
	q := s.cfg.Door.DB.Read()
	hit.Ref, err = label.Find(ctx, q, code)
	if err == nil {
		thing, e := s.cfg.Things.Resolve(ctx, q, account.From(ctx).Actor, hit.Ref)
		hit.Title, hit.Href, err = thing.Title, thing.Href, e
	}
	if errs.Is(err, errs.NotFound) {
		return hit, false, nil
	}
	hit.Group, hit.Line, hit.Exact = "web.search.label", label.Spaced(code), true
	return hit, err == nil, err
}

// theOne is the hit to open at once: the only exact one of the first kind, or the only one at all.
func theOne(hits []search.Hit) (search.Hit, bool) {
	exact := slices.DeleteFunc(slices.Clone(hits), func(h search.Hit) bool { return !h.Exact })
	if groups := byGroup(exact); len(groups) > 0 { // a room is its household's before it is a unit's
		exact = groups[0]
	}
	switch {
	case len(exact) == 1:
		return exact[0], true
	case len(hits) > 0 && !slices.ContainsFunc(hits[1:], func(h search.Hit) bool {
		return h.Group == hits[0].Group || !strings.HasPrefix(hits[0].Title, h.Title+" ")
	}):
		return hits[0], true // the only one; a unit beside its household is the same answer
	}
	return search.Hit{}, false
}

// byGroup parts hits where their heading changes.
func byGroup(hits []search.Hit) [][]search.Hit {
	var groups [][]search.Hit
	for i, h := range hits {
		if i == 0 || hits[i-1].Group != h.Group {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], h)
	}
	return groups
}
