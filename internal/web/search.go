package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"hudang/internal/platform/account"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/page"
	"hudang/internal/platform/search"
)

const (
	mostHits  = 8
	mostPages = 3
	longQuery = 60 // characters; nobody says more on the telephone
)

// search asks the index. While somebody types, the answer is the list under the box; Enter opens an exact or only hit at
// once, and else shows the list as a page. Behind ">" it names pages and acts instead; those stand last in every answer.
func (s *Site) search(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	typed := clip(r.URL.Query().Get("q"))
	if said, ok := command(typed); ok {
		return s.command(w, r, typed, said)
	}
	if group := r.URL.Query().Get("of"); group != "" {
		return s.searchAll(w, r, typed, group)
	}
	found, err := s.find(ctx, typed)
	if err != nil {
		return err
	}
	s.noteSearch(ctx, len(found.Hits))
	a := answer{typed: typed, behind: found.Behind}
	if a.number, a.isNumber = phone(typed); a.isNumber {
		if a.callers, err = s.callers(ctx, found, a.number); err != nil {
			return err
		}
	}
	pages := s.named(ctx, typed)
	a.groups = append(rest(ctx, typed, found, a.callers), pageGroup(ctx, typed, pages)...)
	if underBox(r) {
		a.groups = append(calling(ctx, a.callers), a.groups...)
		return s.kit.Render(w, r, http.StatusOK, foundBody(a))
	}
	if to, ok := at(found.Hits, pages); ok {
		return s.kit.Redirect(w, r, to)
	}
	find := s.findByRoom(ctx)
	a.rooms = find.Href == ""
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(ctx, "web.search.title", a.title()), Body: searchBody(a, find)})
}

// searchAll is everything of one group that fits, which the answer to all groups shows the first of.
func (s *Site) searchAll(w http.ResponseWriter, r *http.Request, typed, group string) error {
	ctx, session := r.Context(), account.From(r.Context())
	found, err := s.cfg.Search.FindAll(ctx, session.Actor, session.Estate, typed, group)
	if err != nil {
		return err
	}
	s.noteSearch(ctx, len(found.Hits))
	a := answer{typed: typed, behind: found.Behind, groups: foundGroups(ctx, typed, found)}
	if found.Full {
		a.full = len(found.Hits)
	}
	title := answer{typed: typed}
	title.number, title.isNumber = phone(typed)
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(ctx, "web.search.title", title.title()), Body: searchBody(a, page.Action{})})
}

// allOf is where everything of a group is shown.
func allOf(typed, group string) string {
	return "/search?" + url.Values{"q": {typed}, "of": {group}}.Encode()
}

// command answers what was typed behind ">".
func (s *Site) command(w http.ResponseWriter, r *http.Request, typed, said string) error {
	ctx := r.Context()
	groups, best, err := s.palette(ctx, said)
	if err != nil {
		return err
	}
	a := answer{typed: typed, groups: groups, says: true}
	switch {
	case underBox(r):
		return s.kit.Render(w, r, http.StatusOK, foundBody(a))
	case best != "":
		return s.kit.Redirect(w, r, best)
	}
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(ctx, "web.palette"), Body: searchBody(a, page.Action{})})
}

// answer is what the box is answered.
type answer struct {
	typed, number string
	isNumber      bool // typed is a telephone number
	rooms         bool // whoever asks finds no people
	says          bool // typed names a page or an act
	behind        bool
	full          int // so many are shown, and more fit
	callers       []page.Caller
	groups        []page.FoundGroup
}

// title is what was typed as the window's title shows it: a whole number is masked there.
func (a answer) title() string {
	if a.isNumber {
		return cn.MaskPhone(a.number)
	}
	return a.typed
}

// enter is what was typed when Enter is to open the first line at once.
func (a answer) enter() string {
	if a.says {
		return a.typed
	}
	return ""
}

func (a answer) none() bool { return len(a.groups) == 0 && a.typed != "" }

// noneText says what to try next.
func noneText(ctx context.Context, a answer) string {
	if a.says {
		return i18n.T(ctx, "web.palette.none")
	}
	if a.rooms {
		return i18n.T(ctx, "web.search.none.text.rooms")
	}
	return i18n.T(ctx, "web.search.none.text")
}

// underBox reports that the list under the box is asked for, not a page.
func underBox(r *http.Request) bool { return r.Header.Get("HX-Target") == "found" }

func clip(typed string) string {
	runes := []rune(strings.TrimSpace(typed))
	return string(runes[:min(len(runes), longQuery)])
}

// named are the pages and acts called what was typed, or beginning so.
func (s *Site) named(ctx context.Context, typed string) []spoken {
	if len(typed) < 2 {
		return nil
	}
	return slices.DeleteFunc(said(s.verbs(ctx, account.From(ctx).Actor), typed), func(v spoken) bool { return v.rank > fitsBeginning })
}

// pageGroup are the first of the pages, and where the rest are.
func pageGroup(ctx context.Context, typed string, pages []spoken) []page.FoundGroup {
	if len(pages) == 0 {
		return nil
	}
	group := page.FoundGroup{Title: i18n.T(ctx, VerbPages), Rows: rowsOf(pages[:min(len(pages), mostPages)])}
	if len(pages) > mostPages {
		group.More = page.Link{Label: i18n.T(ctx, "web.search.more", len(pages)), Href: "/search?" + url.Values{"q": {">" + typed}}.Encode()}
	}
	return []page.FoundGroup{group}
}

// at is the one address to open at once: of a thing, or of the page that is called so when there is no thing.
func at(hits []search.Hit, pages []spoken) (string, bool) {
	if hit, ok := theOne(hits); ok {
		return hit.Href, true
	}
	if len(hits) == 0 && len(pages) > 0 && pages[0].rank == fitsWhole && (len(pages) == 1 || pages[1].rank > fitsWhole) {
		return pages[0].Href, true
	}
	return "", false
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
		return h.Group == hits[0].Group || h.Of != hits[0].Ref && !strings.HasPrefix(hits[0].Title, h.Title+" ")
	}):
		return hits[0], true // the only one; its unit or its file beside a household is the same answer
	}
	return search.Hit{}, false
}

// foundGroups are hits under their headings; a group of which more fit says how many, and leads to them.
func foundGroups(ctx context.Context, typed string, found search.Found) []page.FoundGroup {
	var groups []page.FoundGroup
	for _, g := range byGroup(found.Hits) {
		group := page.FoundGroup{Title: i18n.T(ctx, g[0].Group)}
		for _, h := range g {
			group.Rows = append(group.Rows, page.FoundRow{Title: h.Title, Line: h.Line, Href: h.Href})
		}
		for _, left := range found.Left {
			if left.Group == g[0].Group {
				key := "web.search.more"
				if left.Least {
					key = "web.search.more.least"
				}
				group.More = page.Link{Label: i18n.T(ctx, key, left.All), Href: allOf(typed, left.Group)}
			}
		}
		groups = append(groups, group)
	}
	return groups
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
