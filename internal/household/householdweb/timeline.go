package householdweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
)

// The kinds of this room's own moments, by which the timeline is filtered. The more telling kind of an operation that did
// several things comes first.
const (
	ofHousehold = "household"
	ofPeople    = "people"
	ofContacts  = "contacts"
	ofUnits     = "units"
	ofObserved  = "observed"
	ofPapers    = "papers"
)

var ownKinds = []string{ofHousehold, ofPeople, ofContacts, ofUnits, ofObserved, ofPapers}

var iconOf = map[string]string{ofHousehold: "house", ofPeople: "user", ofContacts: "phone", ofUnits: "sign", ofObserved: "visit", ofPapers: "arch"}

// trace is a row whose history stands on the timeline.
type trace struct {
	row     evidence.Record
	kind    string
	words   func(then) (about, born string) // whom or what a change is about, and what the row says when it came to be
	columns []historyweb.Column
	state   page.State
	chip    string
	href    string
}

// then is how things were at a change.
type then struct {
	historyweb.Was
	names func(party estate.PartyID, now string) string
}

// always are words that no change alters.
func always(about, born string) func(then) (string, string) {
	return func(then) (string, string) { return about, born }
}

const firstMoments = 30 // shown at once, and as many more at each press (ui.md §4.2)

// timelineView is the timeline as shown: filtered, and only so far back.
type timelineView struct {
	base   string
	kind   string
	kinds  []kindCount
	events []page.Event
	shown  int
	of     int
	oldest string
	note   string // where to write down what one met; empty for those who may not
}

type kindCount struct {
	key, label string
	n          int
}

func (p Pages) overview(r *http.Request, v *householdView, s Subject) (templ.Component, error) {
	ctx := r.Context()
	all, labels, err := p.moments(ctx, v, s)
	if err != nil {
		return nil, err
	}
	t := timelineView{base: v.ID.Path(), kind: r.URL.Query().Get("kind")}
	counts := map[string]int{}
	for _, m := range all {
		counts[m.Kind]++
	}
	for _, l := range labels {
		if counts[l.key] > 0 && !slices.ContainsFunc(t.kinds, func(k kindCount) bool { return k.key == l.key }) {
			t.kinds = append(t.kinds, kindCount{l.key, i18n.T(ctx, l.label), counts[l.key]})
		}
	}
	t.kinds = append([]kindCount{{"", i18n.T(ctx, "household.time.all"), len(all)}}, t.kinds...)
	if counts[t.kind] == 0 {
		t.kind = ""
	}
	if t.kind != "" {
		all = slices.DeleteFunc(all, func(m Moment) bool { return m.Kind != t.kind })
	}
	t.of = len(all)
	if t.of > 0 {
		t.oldest = local(all[len(all)-1].At).Format(time.DateOnly)
	}
	more, err := strconv.Atoi(r.URL.Query().Get("n"))
	if err != nil || more < firstMoments {
		more = firstMoments
	}
	all = all[:min(len(all), more)]
	t.shown = len(all)
	t.events, err = p.events(ctx, all)
	if v.may(household.MayNote()) && v.InForce() {
		t.note = "/observations/new?place=" + v.rooms()
	}
	return timeline(t), err
}

// label is a kind of moment with its catalogue key.
type kindLabel struct{ key, label string }

// moments are everything known of a household, the newest first.
func (p Pages) moments(ctx context.Context, v *householdView, s Subject) ([]Moment, []kindLabel, error) {
	all, err := p.tell(ctx, traces(ctx, v))
	if err != nil {
		return nil, nil, err
	}
	var labels []kindLabel
	for _, k := range ownKinds {
		labels = append(labels, kindLabel{k, "household.time." + k})
	}
	for _, src := range p.More {
		if src.Posts != nil && !v.may(src.Posts) {
			continue
		}
		found, err := src.Load(ctx, p.Door.DB.Read(), s)
		if err != nil {
			return nil, nil, err
		}
		for _, m := range found {
			m.Kind = src.Kind
			all = append(all, m)
		}
		labels = append(labels, kindLabel{src.Kind, src.Label})
	}
	slices.SortStableFunc(all, func(a, b Moment) int { return int(min(max(b.At-a.At, -1), 1)) })
	return all, labels, nil
}

// tell reads the histories of rows and joins what one operation did to several of them.
func (p Pages) tell(ctx context.Context, all []trace) ([]Moment, error) {
	var order []int64
	found := map[int64]*Moment{}
	rows := make([]historyweb.Row, len(all))
	for i, t := range all {
		rows[i] = historyweb.Row{Record: t.row, Columns: t.columns}
	}
	told, err := historyweb.ChangeTexts(ctx, p.Door, rows)
	if err != nil {
		return nil, err
	}
	for i, t := range all {
		for n, c := range told[i] {
			m := found[c.Leaf.Op]
			if m == nil {
				m = &Moment{At: c.Leaf.At, Actor: c.Leaf.Actor, Kind: t.kind, Event: page.Event{Icon: iconOf[t.kind], Title: i18n.T(ctx, "op."+c.Leaf.Name)}}
				found[c.Leaf.Op] = m
				order = append(order, c.Leaf.Op)
			}
			t.say(ctx, m, c, namesThen(all, told, c.Leaf), n == 0)
		}
	}
	moments := make([]Moment, len(order))
	for i, id := range order {
		moments[i] = *found[id]
	}
	return moments, nil
}

// say adds what a change of the row says to its operation's moment, once.
func (t trace) say(ctx context.Context, m *Moment, c historyweb.ChangeText, names func(estate.PartyID, string) string, last bool) {
	text := c.Text
	about, born := t.words(then{c.Was, names})
	switch {
	case c.Version == 1 && t.kind == ofContacts && m.Kind != ofContacts:
		return // his numbers came with him
	case c.Version == 1:
		text = born
	case text != "" && about != "" && c.Leaf.Name != "household.transfer":
		text = i18n.T(ctx, "household.time.about", about, text)
	case text == "":
		text = about
	}
	if text != "" && !strings.Contains(m.Event.Text, text) {
		if m.Event.Text != "" {
			m.Event.Text += i18n.T(ctx, "household.time.and")
		}
		m.Event.Text += text
	}
	if t.href != "" {
		m.Event.Href = t.href
	}
	if t.chip != "" && last {
		m.Event.State, m.Event.Chip = t.state, t.chip
	}
}

// namesThen says how people were called when a change was made: the histories of the parties among the rows tell it.
func namesThen(all []trace, told [][]historyweb.ChangeText, at evidence.Leaf) func(estate.PartyID, string) string {
	return func(party estate.PartyID, now string) string {
		for i, t := range all {
			p, ok := t.row.(*estate.Party)
			if !ok || p.ID != party || p.Name != now {
				continue
			}
			for _, c := range told[i] {
				if c.Leaf.Op < at.Op {
					break
				}
				now = c.Was("name", p.Name)
			}
		}
		return now
	}
}

func (p Pages) events(ctx context.Context, all []Moment) ([]page.Event, error) {
	var ids []int64
	for _, m := range all {
		ids = append(ids, m.Actor)
	}
	names, err := account.Names(ctx, p.Door.DB.Read(), ids)
	if err != nil {
		return nil, err
	}
	names[0] = i18n.T(ctx, "post.program")
	now := p.Door.Clock.Now().In(clock.China)
	events := make([]page.Event, len(all))
	for i, m := range all {
		events[i] = m.Event
		events[i].When = when(ctx, local(m.At), now)
		if events[i].Who == "" {
			events[i].Who = names[m.Actor]
		}
	}
	return events, nil
}

func local(micro int64) time.Time { return time.UnixMicro(micro).In(clock.China) }

// when is a moment as near as it is: 今天 10:42, 11-18 16:20, 2019-06-18.
func when(ctx context.Context, at, now time.Time) string {
	switch {
	case at.Format(time.DateOnly) == now.Format(time.DateOnly):
		return i18n.T(ctx, "household.time.today", at.Format("15:04"))
	case at.Year() == now.Year():
		return at.Format("01-02 15:04")
	}
	return at.Format(time.DateOnly)
}

var observed = map[household.ObservationState]page.State{household.Waiting: page.Unknown, household.Confirmed: page.OK, household.Refused: page.Void}
