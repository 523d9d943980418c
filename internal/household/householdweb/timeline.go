package householdweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"hudang/internal/archive"
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
	about   string // whom or what its changes are about
	born    string // what it says when it came to be
	columns []historyweb.Column
	state   page.State
	chip    string
	href    string
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
	told, err := historyweb.Tell(ctx, p.Door, rows)
	if err != nil {
		return nil, err
	}
	for i, t := range all {
		for _, c := range told[i] {
			m := found[c.Leaf.Op]
			if m == nil {
				m = &Moment{At: c.Leaf.At, Actor: c.Leaf.Actor, Kind: t.kind, Event: page.Event{Icon: iconOf[t.kind], Title: i18n.T(ctx, "op."+c.Leaf.Name)}}
				found[c.Leaf.Op] = m
				order = append(order, c.Leaf.Op)
			}
			t.say(ctx, m, c)
		}
	}
	moments := make([]Moment, len(order))
	for i, id := range order {
		moments[i] = *found[id]
	}
	return moments, nil
}

// say adds what a change of the row says to its operation's moment, once.
func (t trace) say(ctx context.Context, m *Moment, c historyweb.Told) {
	text := c.Text
	switch {
	case c.Version == 1 && t.kind == ofContacts && m.Kind != ofContacts:
		return // his numbers came with him
	case c.Version == 1:
		text = t.born
	case text != "" && t.about != "" && c.Leaf.Name != "household.transfer":
		text = i18n.T(ctx, "household.time.about", t.about, text)
	case text == "":
		text = t.about
	}
	if text != "" && !strings.Contains(m.Event.Text, text) {
		if m.Event.Text != "" {
			m.Event.Text += i18n.T(ctx, "household.time.and")
		}
		m.Event.Text += text
	}
	if t.chip != "" {
		m.Event.State, m.Event.Chip, m.Event.Href = t.state, t.chip, t.href
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

// traces are the rows that tell of a household, each with its words.
func traces(ctx context.Context, v *householdView) []trace {
	all := []trace{{row: v.Household, kind: ofHousehold, columns: householdColumns}}
	for i := range v.detail.Places {
		place := &v.detail.Places[i]
		all = append(all, trace{row: &place.Holding, kind: ofHousehold, about: place.Code, born: place.Code, columns: periodColumns})
	}
	names := map[estate.PartyID]string{}
	for i := range v.detail.People {
		o := &v.detail.People[i]
		names[o.Party] = o.Name
		born := i18n.T(ctx, "household.time.person", o.Name, i18n.Key("household.part."+string(o.Part)))
		all = append(all, trace{row: &o.Occupancy, kind: ofPeople, about: o.Name, born: born, columns: occupancyColumns})
	}
	all = append(all, partyTraces(ctx, v.traces, names)...)
	for i := range v.traces.Observations {
		o := &v.traces.Observations[i]
		all = append(all, trace{row: o, kind: ofObserved, about: o.Place, born: o.Place, columns: observationColumns,
			state: observed[o.State], chip: i18n.T(ctx, "observation.state."+string(o.State)), href: o.ID.Path()})
	}
	for i := range v.file.Lines {
		l := &v.file.Lines[i]
		if l.Mark.ID != 0 {
			born := i18n.T(ctx, "household.time.about", l.Title, i18n.Key("directory.mark."+string(l.Mark.Mark)))
			all = append(all, trace{row: &l.Mark, kind: ofPapers, about: l.Title, born: born, columns: markColumns})
		}
	}
	for _, f := range v.file.Papers {
		item := &archive.Item{Volume: f.Volume}
		item.ID = f.Item
		all = append(all, trace{row: item, kind: ofPapers, about: f.Title, born: f.Title, columns: itemColumns})
	}
	return append(all, shelfTraces(ctx, v)...)
}

// shelfTraces are the checks of the shelf, what they found and what became of it.
func shelfTraces(ctx context.Context, v *householdView) []trace {
	var all []trace
	for i := range v.checks {
		c := &v.checks[i]
		state, result := resultOf(ctx, c)
		all = append(all, trace{row: c, kind: ofPapers, born: i18n.T(ctx, "check.sum", c.Papers), state: state, chip: result, href: c.ID.Path()})
	}
	for i := range v.differences {
		l := &v.differences[i]
		born := i18n.T(ctx, "household.time.about", l.Title, i18n.Key("check.finding."+string(l.Finding)))
		all = append(all, trace{row: l, kind: ofPapers, about: l.Title, born: born, columns: settledColumns})
	}
	return all
}

var observed = map[household.ObservationState]page.State{household.Waiting: page.Unknown, household.Confirmed: page.OK, household.Refused: page.Void}

func partyTraces(ctx context.Context, t household.Traces, names map[estate.PartyID]string) []trace {
	var all []trace
	for i := range t.Parties {
		p := &t.Parties[i]
		all = append(all, trace{row: p, kind: ofPeople, about: p.Name, columns: partyColumns})
	}
	for i := range t.Contacts {
		c := &t.Contacts[i]
		all = append(all, trace{row: c, kind: ofContacts, about: names[c.Party], born: joined(names[c.Party], c.Value.Mask), columns: contactColumns})
	}
	for i := range t.Identities {
		n := &t.Identities[i]
		all = append(all, trace{row: n, kind: ofContacts, about: names[n.Party], born: joined(names[n.Party], n.Number.Mask), columns: identityColumns})
	}
	for i := range t.Cars {
		c := &t.Cars[i]
		all = append(all, trace{row: &c.Vehicle, kind: ofUnits, about: c.Plate, born: c.Plate, columns: periodOf("valid_from", "valid_to")})
	}
	for i := range t.Lets {
		l := &t.Lets[i]
		born := joined(l.TenantName, i18n.T(ctx, "household.range", orUnknown(ctx, l.ValidFrom), orUnknown(ctx, l.ValidTo)))
		all = append(all, trace{row: &l.Lease, kind: ofUnits, about: l.TenantName, born: born, columns: periodOf("valid_from", "valid_to", "left_on")})
	}
	return all
}
