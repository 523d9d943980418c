package householdweb

import (
	"context"
	"slices"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// traces are the rows that tell of a household, each with its words.
func traces(ctx context.Context, v *householdView) []trace {
	all := []trace{{row: v.Household, kind: ofHousehold, words: always("", ""), columns: householdColumns(v.Household)}}
	for i := range v.detail.Places {
		place := &v.detail.Places[i]
		all = append(all, trace{row: &place.Holding, kind: ofHousehold, words: always(place.Code, place.Code), columns: periodColumns})
	}
	for i := range v.remarks {
		r := &v.remarks[i]
		all = append(all, trace{row: &r.Remark, kind: ofHousehold, words: always(r.Shown(), r.Shown()), columns: remarkColumns})
	}
	names := map[estate.PartyID]string{}
	for i := range v.detail.People {
		o := &v.detail.People[i]
		names[o.Party] = o.Name
		all = append(all, trace{row: &o.Occupancy, kind: ofPeople, columns: occupancyColumns, words: func(t then) (string, string) {
			name := t.names(o.Party, o.Name)
			return name, i18n.T(ctx, "household.time.person", name, i18n.Key("household.part."+t.Was("part", string(o.Part))))
		}})
	}
	all = append(all, partyTraces(ctx, v.traces, names)...)
	for i := range v.traces.Observations {
		o := &v.traces.Observations[i]
		all = append(all, trace{row: &o.Observation, kind: ofObserved, words: always(o.Place, joined(o.Place, o.Text)), columns: observationColumns,
			state: observed[o.State], chip: i18n.T(ctx, "observation.state."+string(o.State)), href: o.ID.Path()})
	}
	for i := range v.file.Lines {
		l := &v.file.Lines[i]
		if l.Mark.ID != 0 {
			all = append(all, trace{row: &l.Mark, kind: ofPapers, columns: markColumns, words: func(t then) (string, string) {
				return l.Title, i18n.T(ctx, "household.time.about", l.Title, i18n.Key("directory.mark."+t.Was("mark", string(l.Mark.Mark))))
			}})
		}
	}
	for _, f := range append(slices.Clone(v.file.Papers), v.file.Voided...) {
		item := &archive.Item{Volume: f.Volume}
		item.ID = f.Item
		t := trace{row: item, kind: ofPapers, columns: itemColumns, words: func(t then) (string, string) {
			return t.Was("title", f.Title), t.Was("title", f.Title)
		}}
		if f.Voided != "" { // who voided it and why stands on the paper's own page
			t.state, t.chip, t.href = page.Void, i18n.T(ctx, "archive.voided"), f.Item.Path()
		}
		all = append(all, t)
	}
	return append(all, shelfTraces(ctx, v)...)
}

// shelfTraces are the checks of the shelf, what they found and what became of it.
func shelfTraces(ctx context.Context, v *householdView) []trace {
	var all []trace
	for i := range v.checks {
		c := &v.checks[i]
		state, result := resultOf(ctx, c)
		all = append(all, trace{row: c, kind: ofPapers, words: always("", i18n.T(ctx, "check.sum", c.Papers)), state: state, chip: result, href: c.ID.Path()})
	}
	for i := range v.differences {
		l := &v.differences[i]
		born := i18n.T(ctx, "household.time.about", l.Title, i18n.Key("check.finding."+string(l.Finding)))
		all = append(all, trace{row: l, kind: ofPapers, words: always(l.Title, born), columns: settledColumns})
	}
	return all
}

func partyTraces(ctx context.Context, t household.Traces, names map[estate.PartyID]string) []trace {
	var all []trace
	for i := range t.Parties {
		p := &t.Parties[i]
		all = append(all, trace{row: p, kind: ofPeople, columns: partyColumns, words: func(t then) (string, string) {
			return t.Was("name", p.Name), ""
		}})
	}
	for i := range t.Contacts {
		c := &t.Contacts[i]
		all = append(all, trace{row: c, kind: ofContacts, columns: contactColumns, words: func(t then) (string, string) {
			name := t.names(c.Party, names[c.Party])
			return name, joined(name, t.Was("value_mask", c.Value.Mask))
		}})
	}
	for i := range t.Identities {
		n := &t.Identities[i]
		all = append(all, trace{row: n, kind: ofContacts, columns: identityColumns, words: func(t then) (string, string) {
			name := t.names(n.Party, names[n.Party])
			return name, joined(name, t.Was("number_mask", n.Number.Mask))
		}})
	}
	for i := range t.Cars {
		c := &t.Cars[i]
		all = append(all, trace{row: &c.Vehicle, kind: ofUnits, columns: carColumns, words: func(t then) (string, string) {
			return t.Was("plate", c.Plate), t.Was("plate", c.Plate)
		}})
	}
	for i := range t.Lets {
		l := &t.Lets[i]
		all = append(all, trace{row: &l.Lease, kind: ofUnits, columns: leaseColumns, words: func(t then) (string, string) {
			from, to := t.Was("valid_from", l.ValidFrom), t.Was("valid_to", l.ValidTo)
			return l.TenantName, joined(l.TenantName, i18n.T(ctx, "household.range", orUnknown(ctx, from), orUnknown(ctx, to)))
		}})
	}
	return all
}
