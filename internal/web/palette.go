package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// Verb is a page or an act that the search box knows by name, for those who hold one of its posts. Label and Line are keys;
// Line says of what. New ones stand in the header's menu too.
type Verb struct {
	Group, Label, Line, Icon, Href, Shortcut string
	New                                      bool
	Posts                                    []access.Post
}

// The groups of verbs.
const (
	VerbPages    = "web.palette.pages"
	VerbActs     = "web.palette.acts"
	VerbSettings = "web.palette.settings"
	VerbRules    = "web.palette.rules"
)

// spoken is a verb as a person may use it, with both its names.
type spoken struct {
	page.FoundRow
	group  string
	zh, en string
	rank   int
}

// verbs are the pages and acts of somebody: the navigation with its keys, his own, and what composition knows besides.
func (s *Site) verbs(ctx context.Context, who access.Actor) []spoken {
	var all []spoken
	for n, e := range s.pairs(ctx, who, s.cfg.Nav) {
		key := ""
		if n < 9 {
			key = "Alt+" + strconv.Itoa(n+1)
		}
		if len(e.below) == 0 {
			all = append(all, e.verb("", key))
		}
		for i, b := range e.below {
			if i > 0 {
				key = ""
			}
			all = append(all, b.verb(e.Label, key))
		}
	}
	for _, e := range s.pairs(ctx, who, s.cfg.Own) {
		all = append(all, e.verb("", ""))
	}
	for _, v := range s.cfg.Verbs {
		if who.HoldsAny(v.Posts) {
			row := page.FoundRow{Icon: v.Icon, Title: i18n.T(ctx, v.Label), Line: i18n.T(ctx, v.Line), Href: v.Href, Shortcut: v.Shortcut}
			all = append(all, spoken{row, v.Group, i18n.T(i18n.In(ctx, i18n.Chinese), v.Label), i18n.T(i18n.In(ctx, i18n.English), v.Label), 0})
		}
	}
	return all
}

// pair is an entry of the navigation with its names in both languages.
type pair struct {
	page.NavEntry
	zh, en string
	below  []pair
}

func (p pair) verb(line, key string) spoken {
	return spoken{page.FoundRow{Icon: p.Icon, Title: p.Label, Line: line, Href: p.Href, Shortcut: key}, VerbPages, p.zh, p.en, 0}
}

func (s *Site) pairs(ctx context.Context, who access.Actor, modules []NavEntry) []pair {
	return paired(entries(ctx, who, modules), entries(i18n.In(ctx, i18n.Chinese), who, modules), entries(i18n.In(ctx, i18n.English), who, modules))
}

func paired(shown, zh, en []page.NavEntry) []pair {
	all := make([]pair, len(shown))
	for i, e := range shown {
		all[i] = pair{e, zh[i].Label, en[i].Label, paired(e.Below, zh[i].Below, en[i].Below)}
	}
	return all
}

// How well a name fits what was typed: it is that, it begins so, it has that in it.
const (
	fitsWhole = iota
	fitsBeginning
	fitsPart
	fitsNot
)

// fits compares a verb with what was typed: Chinese, full pinyin, initials, or English.
func (v spoken) fits(typed string) int {
	best := fitsNot
	for _, name := range namesOf(v.zh, v.en) {
		switch {
		case name == typed:
			return fitsWhole
		case strings.HasPrefix(name, typed) || strings.Contains(name, " "+typed):
			best = min(best, fitsBeginning)
		case len(typed) > 1 && strings.Contains(name, typed):
			best = min(best, fitsPart)
		}
	}
	return best
}

// typeable are the names of verbs as they may be typed, by both names; verbs are few, and asked for with every letter.
var typeable sync.Map

func namesOf(zh, en string) []string {
	if known, ok := typeable.Load([2]string{zh, en}); ok {
		return known.([]string)
	}
	names := append(append([]string{strings.ToLower(zh), strings.ToLower(en)}, cn.Readings(zh)...), cn.Initials(zh)...)
	typeable.Store([2]string{zh, en}, names)
	return names
}

// said are the verbs that fit, the best first; nothing typed is all of them.
func said(all []spoken, typed string) []spoken {
	typed = strings.ToLower(strings.TrimSpace(cn.Fold(typed)))
	var found []spoken
	for _, v := range all {
		if v.rank = v.fits(typed); v.rank < fitsNot || typed == "" {
			found = append(found, v)
		}
	}
	if typed != "" {
		slices.SortStableFunc(found, func(a, b spoken) int { return cmp.Compare(a.rank, b.rank) })
	}
	return found
}

// command is what was typed behind ">", in whichever width the input method wrote it.
func command(typed string) (string, bool) {
	for _, mark := range []string{">", "＞", "》", "〉"} {
		if rest, ok := strings.CutPrefix(typed, mark); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

// palette is the answer to a command: nothing said yet, what was opened last and all there is by group; else what fits, the best
// first. The second answer is the only one that fits best.
func (s *Site) palette(ctx context.Context, typed string) (groups []page.FoundGroup, best string, err error) {
	session := account.From(ctx)
	found := said(s.verbs(ctx, session.Actor), typed)
	if typed == "" {
		if groups, err = s.lately(ctx, session); err != nil {
			return nil, "", err
		}
		return append(groups, byVerbGroup(ctx, found)...), "", nil
	}
	if len(found) == 0 {
		return nil, "", nil
	}
	if len(found) == 1 || found[0].rank < found[1].rank {
		best = found[0].Href
	}
	return []page.FoundGroup{{Title: i18n.T(ctx, "web.palette"), Rows: rowsOf(found)}}, best, nil
}

func byVerbGroup(ctx context.Context, all []spoken) []page.FoundGroup {
	var groups []page.FoundGroup
	for _, key := range []string{VerbPages, VerbActs, VerbSettings, VerbRules} {
		some := slices.DeleteFunc(slices.Clone(all), func(v spoken) bool { return v.group != key })
		if len(some) > 0 {
			groups = append(groups, page.FoundGroup{Title: i18n.T(ctx, key), Rows: rowsOf(some)})
		}
	}
	return groups
}

func rowsOf(all []spoken) []page.FoundRow {
	rows := make([]page.FoundRow, len(all))
	for i, v := range all {
		rows[i] = v.FoundRow
	}
	return rows
}

// lately are the records of the session as they are now, as far as he may see them.
func (s *Site) lately(ctx context.Context, session account.Session) ([]page.FoundGroup, error) {
	group := page.FoundGroup{Title: i18n.T(ctx, "web.palette.recent")}
	for _, r := range s.recent.of(session.Form) {
		thing, err := s.cfg.Things.Resolve(ctx, s.cfg.Door.DB.Read(), session.Actor, r)
		if errs.Is(err, errs.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		group.Rows = append(group.Rows, page.FoundRow{Icon: "right", Title: thing.Title, Href: thing.Href})
	}
	if len(group.Rows) == 0 {
		return nil, nil
	}
	return []page.FoundGroup{group}, nil
}
