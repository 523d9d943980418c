package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/control"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/page"
	"hudang/internal/rulebook"
)

// Where clause by clause stands how the rules are kept, and its key in the navigation.
const (
	ControlsPath    = "/controls"
	ControlsCurrent = "controls"
)

// controlStates are how the states of a control look.
var controlStates = map[control.State]page.State{
	control.Met: page.OK, control.Due: page.Due, control.Broken: page.Late, control.Unproven: page.Unknown, control.Waived: page.Void,
	rulebook.Partly: page.Unknown, rulebook.NotBuilt: page.NoState,
}

// judged are the rooms' controls for somebody who may see them, in the estates he is looking at; nothing for anybody else.
func (s *Site) judged(ctx context.Context, session account.Session) ([]control.Result, map[access.EstateID]string, error) {
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
	all := control.Gather(ctx, s.cfg.Door.DB.Read(), s.cfg.Controls, estates, clock.Date(s.cfg.Door.Clock.Now()))
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

// controls is the page of all clauses, or of those in one state.
func (s *Site) controls(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	judged, names, err := s.judged(ctx, account.From(ctx))
	if err != nil {
		return err
	}
	asked, all := stateOf(r), rulebook.Stand(judged)
	tabs := []page.Tab{{Label: i18n.T(ctx, "web.controls.all"), Href: ControlsPath, Count: strconv.Itoa(len(all)), Current: asked == ""}}
	for _, state := range rulebook.States {
		tabs = append(tabs, page.Tab{Label: i18n.T(ctx, rulebook.StateKey(state)), Href: ControlsPath + "?state=" + string(state),
			Count: strconv.Itoa(len(rulebook.In(all, state))), Current: asked == state})
	}
	title := i18n.T(ctx, "web.controls")
	v := rulebookView{rulebook.In(all, asked), names}
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: title, Current: ControlsCurrent, Body: controlsBody(controlActs(ctx, r), title, tabs, v)})
}

// stateOf is the state that the address asks for; empty for all.
func stateOf(r *http.Request) control.State {
	if asked := control.State(r.URL.Query().Get("state")); slices.Contains(rulebook.States, asked) {
		return asked
	}
	return ""
}

// controlActs take what the page shows away.
func controlActs(ctx context.Context, r *http.Request) []page.Action {
	query := ""
	if asked := stateOf(r); asked != "" {
		query = "?state=" + string(asked)
	}
	return []page.Action{
		{Key: "print", Label: i18n.T(ctx, "list.print"), Icon: "print", Href: ControlsPath + "/print" + query, Shortcut: "F8", Narrow: list.NoPhone},
		{Key: "xlsx", Label: i18n.T(ctx, "list.export"), Icon: "dl", Href: ControlsPath + "/xlsx" + query, Narrow: list.NoPhone},
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
