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
)

// Where clause by clause stands how the rules are kept, and its key in the navigation.
const (
	ControlsPath    = "/controls"
	ControlsCurrent = "controls"
)

// controlStates are how the states of a control look.
var controlStates = map[control.State]page.State{
	control.Met: page.OK, control.Due: page.Due, control.Broken: page.Late, control.Unproven: page.Unknown, control.Waived: page.Void,
}

// judged are the rooms' controls for somebody who may see them, in the estates he is looking at; nothing for anybody else.
func (s *Site) judged(ctx context.Context, session account.Session) ([]control.Judged, map[access.EstateID]string, error) {
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

// strip is how many controls stand how, each number leading to them; one asked in several estates counts once, as it stands
// where it asks most. Waived ones show only where there are any.
func strip(ctx context.Context, all []control.Judged) []page.NumberView {
	if len(all) == 0 {
		return nil
	}
	clauses := map[control.State][]string{}
	counted := map[string]bool{}
	for _, j := range all {
		if !counted[j.Name] {
			clauses[j.State] = append(clauses[j.State], j.Clause)
		}
		counted[j.Name] = true
	}
	var numbers []page.NumberView
	for _, state := range []control.State{control.Met, control.Due, control.Broken, control.Unproven, control.Waived} {
		if state == control.Waived && len(clauses[state]) == 0 {
			continue
		}
		n := page.NumberView{Figure: strconv.Itoa(len(clauses[state])), Unit: i18n.T(ctx, "web.controls.unit"), Href: ControlsPath + "?state=" + string(state),
			Note: strings.TrimSpace(i18n.T(ctx, "control.state."+string(state)) + " " + strings.Join(once(clauses[state]), " "))}
		n.State = controlStates[state]
		if len(clauses[state]) == 0 && state == control.Broken {
			n.State = page.NoState // nothing is broken: not in red
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// once leaves out what was said before.
func once(all []string) []string {
	var kept []string
	seen := map[string]bool{}
	for _, text := range all {
		if !seen[text] {
			kept = append(kept, text)
		}
		seen[text] = true
	}
	return kept
}

// controlRow is a control in an estate as the page shows it.
type controlRow struct {
	control.Judged
	estate string
}

// controls is the page of all controls, or of those in one state.
func (s *Site) controls(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	all, names, err := s.judged(ctx, account.From(ctx))
	if err != nil {
		return err
	}
	asked := stateOf(r)
	rows, count := inState(all, names, asked)
	tabs := []page.Tab{{Label: i18n.T(ctx, "web.controls.all"), Href: ControlsPath, Count: strconv.Itoa(len(all)), Current: asked == ""}}
	for _, state := range control.States {
		tabs = append(tabs, page.Tab{Label: i18n.T(ctx, "control.state."+string(state)), Href: ControlsPath + "?state=" + string(state),
			Count: strconv.Itoa(count[state]), Current: asked == state})
	}
	title := i18n.T(ctx, "web.controls")
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: title, Current: ControlsCurrent, Body: controlsBody(controlActs(ctx, r), title, tabs, rows)})
}

// stateOf is the state that the address asks for; empty for all.
func stateOf(r *http.Request) control.State {
	if asked := control.State(r.URL.Query().Get("state")); slices.Contains(control.States, asked) {
		return asked
	}
	return ""
}

// inState are the rows in a state, all where none is asked for, and how many stand how.
func inState(all []control.Judged, names map[access.EstateID]string, asked control.State) (rows []controlRow, count map[control.State]int) {
	count = map[control.State]int{}
	for _, j := range all {
		count[j.State]++
		if asked == "" || asked == j.State {
			rows = append(rows, controlRow{j, names[j.Estate]})
		}
	}
	return rows, count
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
