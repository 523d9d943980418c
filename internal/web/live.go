package web

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/live"
	"hudang/internal/platform/page"
)

// due are a session's duties, as the home page lists them, and how many days it looks ahead.
func (s *Site) due(ctx context.Context, session account.Session) ([]duty.Due, int64, error) {
	now := s.cfg.Door.Clock.Now()
	ahead, err := LookAhead.At(ctx, s.cfg.Door.DB.Read(), session.Estate, clock.Date(now))
	if err != nil {
		return nil, 0, err
	}
	due, err := duty.Gather(ctx, s.cfg.Door.DB.Read(), s.cfg.Duties, session.Actor, session.Estate,
		clock.Date(now), clock.Date(now.AddDate(0, 0, int(ahead))))
	return due, ahead, err
}

// counts are the duties of a context's session by the entry of the navigation they lead to; all of them at the home page's.
func (s *Site) counts(ctx context.Context) (map[string]int, error) {
	due, _, err := s.due(ctx, account.From(ctx))
	return countsOf(s.cfg.Nav, due), err
}

func countsOf(nav []NavEntry, due []duty.Due) map[string]int {
	n := map[string]int{page.CountDue: len(due)}
	for _, d := range due {
		path, _, _ := strings.Cut(d.Href, "?")
		if key, group := placeOf(nav, path); key != "" {
			n[key]++
			if group != "" {
				n[group]++
			}
		}
	}
	return n
}

// placeOf is the entry whose address a path continues the furthest, and the group it stands in.
func placeOf(nav []NavEntry, path string) (key, group string) {
	best := ""
	for _, m := range nav {
		for _, e := range append([]NavEntry{m}, m.Below...) {
			if e.Href != "/" && strings.HasPrefix(path+"/", e.Href+"/") && len(e.Href) > len(best) {
				best, key, group = e.Href, e.key(), ""
				if len(m.Below) > 0 {
					group = m.key()
				}
			}
		}
	}
	return key, group
}

// key names an entry; a group has only its label.
func (e NavEntry) key() string { return cmp.Or(e.Key, e.Label) }

// countKey is what the counts depend on: who, with which posts, looking at which estate.
func countKey(s account.Session) string {
	return fmt.Sprint(s.Actor.Account, s.Estate, s.Actor.Grants)
}

// showCounts answers with the counts as a page shows them; nothing while they are not known yet.
func (s *Site) showCounts(w http.ResponseWriter, r *http.Request) error {
	session := account.From(r.Context())
	n, known := s.counted.Fresh(r.Context(), countKey(session), session.Actor)
	if !known {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(n)
}

// events tells a browser that something changed in the estates its person knows.
func (s *Site) events(w http.ResponseWriter, r *http.Request) error {
	session := account.From(r.Context())
	return s.cfg.Live.Stream(w, r, live.Reader{Session: session.Form, Actor: session.Actor,
		Again: func(ctx context.Context) (access.Actor, bool, error) {
			now, found, err := s.cfg.Accounts.Peek(ctx, browser(r))
			return now.Actor, found, err
		}})
}
