package web

import (
	"net/http"
	"strings"

	"hudang/internal/platform/account"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

const (
	mostHits  = 8
	longQuery = 60 // characters; nobody says more on the telephone
)

// search asks every room's finder. While somebody types, the answer is the list under the box; Enter opens an exact or
// only hit at once, and else shows the list as a page.
func (s *Site) search(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	typed := strings.TrimSpace(r.URL.Query().Get("q"))
	if runes := []rune(typed); len(runes) > longQuery {
		typed = string(runes[:longQuery])
	}
	var groups []page.Hits
	var only []page.Hit
	session := account.From(ctx)
	for _, f := range s.cfg.Finders {
		if typed == "" || !session.Actor.HoldsAny(f.Posts) {
			continue
		}
		hits, err := f.Find(ctx, session.Actor, session.Estate, typed, mostHits)
		if err != nil {
			return err
		}
		if len(hits.All) > 0 {
			groups = append(groups, hits)
		}
		for _, h := range hits.All {
			if h.Exact {
				only = append(only, h)
			}
		}
	}
	live := r.Header.Get("HX-Target") == "found"
	if len(only) == 0 && len(groups) == 1 && len(groups[0].All) == 1 {
		only = groups[0].All
	}
	if !live && len(only) == 1 {
		return s.kit.Redirect(w, r, only[0].Href)
	}
	if live {
		return s.kit.Render(w, r, http.StatusOK, foundBody(typed, groups))
	}
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(ctx, "web.search.title", typed), Body: searchBody(typed, groups)})
}
