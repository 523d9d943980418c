package web

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/control"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/page"
	"hudang/internal/rulebook"
)

// Where clause by clause stands how the rules are kept, and its key in the navigation.
const (
	ControlsPath = "/controls"
	NavControls  = "controls"
)

// controlStates are how the states of a control look.
var controlStates = map[control.State]page.State{
	control.Met: page.OK, control.Due: page.Due, control.Broken: page.Late, control.Unproven: page.Unknown, control.Waived: page.Void,
	rulebook.Partly: page.Unknown, rulebook.NotBuilt: page.NoState,
}

// judged are the rooms' controls for somebody who may see them, in the estates he is looking at, today or at the end of a month gone
// by; nothing for anybody else.
func (s *Site) judged(ctx context.Context, session account.Session, month control.YearMonth) ([]control.Result, map[access.EstateID]string, error) {
	if !session.Actor.HoldsAny(control.MayRead()) {
		return nil, nil, nil
	}
	known, err := s.cfg.Estates(ctx, session.Actor)
	if err != nil {
		return nil, nil, err
	}
	scope := session.Actor.Scope(control.MayRead(), session.Estate)
	names := map[access.EstateID]string{}
	var estates []access.EstateID
	for _, e := range known {
		if scope.Covers(e.ID) {
			estates, names[e.ID] = append(estates, e.ID), e.Name
		}
	}
	all, err := control.AtKept(ctx, s.cfg.Door.DB.Read(), s.cfg.Controls, estates, month, s.cfg.Door.Clock.Now())
	if err != nil {
		return nil, nil, err
	}
	for _, j := range all {
		if j.Failed != nil {
			s.cfg.Log.Error("a control is unread", "control", j.Name, "estate", j.Estate, "error", j.Failed)
		}
	}
	return all, names, nil
}

// strip is how many clauses stand how, each number leading to them. Waived ones show only where there are any, and those that no
// control judges yet not at all.
func strip(ctx context.Context, judged []control.Result) []page.NumberView {
	if len(judged) == 0 {
		return nil
	}
	all := rulebook.Stand(judged)
	var numbers []page.NumberView
	for _, state := range []control.State{control.Met, rulebook.Partly, control.Due, control.Broken, control.Unproven, control.Waived} {
		in := rulebook.In(all, state)
		if len(in) == 0 && (state == control.Waived || state == rulebook.Partly) {
			continue
		}
		n := page.NumberView{Figure: strconv.Itoa(len(in)), Unit: i18n.T(ctx, "web.controls.unit"), Href: ControlsPath + "?state=" + string(state), State: controlStates[state]}
		n.Note = strings.TrimSpace(i18n.T(ctx, rulebook.StateKey(state)) + " " + strings.Join(idsOf(in), " "))
		if len(in) == 0 && state == control.Broken {
			n.State = page.NoState // nothing is broken: not in red
		}
		numbers = append(numbers, n)
	}
	return numbers
}

func idsOf(all []rulebook.Standing) []string {
	ids := make([]string, len(all))
	for i, s := range all {
		ids[i] = s.ID
	}
	return ids
}

// rulebookView are clauses with the names of the estates they were judged in.
type rulebookView struct {
	clauses []rulebook.Standing
	names   map[access.EstateID]string
}

// of are the clauses of one rule set.
func (v rulebookView) of(set string) []rulebook.Standing {
	return slices.DeleteFunc(slices.Clone(v.clauses), func(s rulebook.Standing) bool { return s.Set() != set })
}

// controls is the page of all clauses, or of those in one state, as of today or at the end of a month.
func (s *Site) controls(w http.ResponseWriter, r *http.Request) error {
	ctx, asked := r.Context(), s.askedOf(r)
	judged, names, err := s.judged(ctx, account.From(ctx), asked.month)
	if err != nil {
		return err
	}
	all := rulebook.Stand(judged)
	tabs := []page.Tab{{Label: i18n.T(ctx, "web.controls.all"), Href: asked.in("").path(ControlsPath), Count: strconv.Itoa(len(all)), Current: asked.state == ""}}
	for _, state := range rulebook.States {
		tabs = append(tabs, page.Tab{Label: i18n.T(ctx, rulebook.StateKey(state)), Href: asked.in(state).path(ControlsPath),
			Count: strconv.Itoa(len(rulebook.In(all, state))), Current: asked.state == state})
	}
	months, err := s.months(ctx, asked, slices.Collect(maps.Keys(names)))
	if err != nil {
		return err
	}
	title := i18n.T(ctx, "web.controls")
	v := rulebookView{rulebook.In(all, asked.state), names}
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: title, Nav: NavControls, Body: controlsBody(controlActs(ctx, asked), title, tabs, months, v)})
}

// askedRules is what the address asks for.
type askedRules struct {
	state control.State     // empty: all
	month control.YearMonth // empty: as of today
}

// askedOf reads the address. What is no state counts as not asked; this month is today, and what is no month gone by control.At refuses.
func (s *Site) askedOf(r *http.Request) (a askedRules) {
	if state := control.State(r.URL.Query().Get("state")); slices.Contains(rulebook.States, state) {
		a.state = state
	}
	if month := control.YearMonth(r.URL.Query().Get("month")); month != control.MonthOf(s.cfg.Door.Clock.Now()) {
		a.month = month
	}
	return a
}

// in asks the same of another state.
func (a askedRules) in(state control.State) askedRules { return askedRules{state, a.month} }

// path is the address of a page about it.
func (a askedRules) path(at string) string {
	query := url.Values{}
	if a.month != "" {
		query.Set("month", string(a.month))
	}
	if a.state != "" {
		query.Set("state", string(a.state))
	}
	if len(query) == 0 {
		return at
	}
	return at + "?" + query.Encode()
}

const monthsOffered = 12

// monthsView is the choice of months, and what is told of the one that is shown.
type monthsView struct {
	asked askedRules
	all   []list.Option
	told  string // empty for today
}

// months offers the months of a year, all that were kept, and the one that is shown. Of which nothing was kept is offered too: why there
// is nothing is told where it is chosen.
func (s *Site) months(ctx context.Context, asked askedRules, estates []access.EstateID) (monthsView, error) {
	kept, err := control.KeptMonths(ctx, s.cfg.Door.DB.Read(), estates)
	if err != nil {
		return monthsView{}, err
	}
	offered := slices.Clone(kept)
	for n := 1; n <= monthsOffered; n++ {
		offered = append(offered, control.MonthOf(s.cfg.Door.Clock.Now()).Before(n))
	}
	if asked.month != "" {
		offered = append(offered, asked.month)
	}
	slices.Sort(offered)
	offered = slices.Compact(offered)
	slices.Reverse(offered)
	v := monthsView{asked: asked, all: []list.Option{{Value: "", Label: i18n.T(ctx, "web.controls.today")}}}
	for _, m := range offered {
		o := list.Option{Value: string(m), Label: i18n.T(ctx, "web.controls.month.end", string(m))}
		if !slices.Contains(kept, m) {
			o.Label = i18n.T(ctx, "web.controls.month.none", string(m))
		}
		v.all = append(v.all, o)
	}
	switch {
	case slices.Contains(kept, asked.month):
		v.told = i18n.T(ctx, "web.controls.month.told", asked.month.LastDay())
	case asked.month != "":
		v.told = i18n.T(ctx, "control.not_kept")
	}
	return v, nil
}

// controlActs take what the page shows away.
func controlActs(ctx context.Context, asked askedRules) []page.Action {
	return []page.Action{
		{Key: "print", Label: i18n.T(ctx, "list.print"), Icon: "print", Href: asked.path(ControlsPath + "/print"), Shortcut: "F8", Narrow: list.NoPhone},
		{Key: "xlsx", Label: i18n.T(ctx, "list.export"), Icon: "dl", Href: asked.path(ControlsPath + "/xlsx"), Narrow: list.NoPhone},
	}
}

// clauseOf leads to a clause's place in the rulebook, and says which rule it is: nobody knows our ids.
func clauseOf(ctx context.Context, id string) (href, title string) {
	c, known := rulebook.Find(id)
	if !known {
		return "", i18n.T(ctx, "page.clause", id)
	}
	if account.From(ctx).Actor.HoldsAny(control.MayRead()) {
		href = ControlsPath + "#" + id
	}
	return href, i18n.T(ctx, rulebook.SetTitle(c.Set())) + i18n.T(ctx, c.Title())
}

// restOf says what of a clause no control judges yet; empty where all of it is judged, or nothing.
func restOf(ctx context.Context, s rulebook.Standing) string {
	if s.Rest() == "" {
		return ""
	}
	return i18n.T(ctx, "rulebook.rest", i18n.T(ctx, s.Rest()))
}

// charge are the posts in charge of a control, in words.
func charge(ctx context.Context, posts []access.Post) string {
	var names []string
	for _, p := range posts {
		names = append(names, i18n.T(ctx, "post."+string(p)))
	}
	return strings.Join(names, i18n.T(ctx, "web.and"))
}

// figureOf is a finding's figure against its target.
func figureOf(ctx context.Context, f control.Finding) string {
	if f.Target == 0 {
		return ""
	}
	return strings.TrimSpace(strconv.FormatInt(f.Figure, 10) + " / " + strconv.FormatInt(f.Target, 10) + " " + i18n.T(ctx, f.Unit))
}
