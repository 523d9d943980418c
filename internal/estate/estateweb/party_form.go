package estateweb

import (
	"context"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// lines is how many contacts one form takes.
const lines = 3

func (p Pages) newParty(w http.ResponseWriter, r *http.Request) error {
	return p.partyForm(w, r, page.NewForm("/parties/new", nil))
}

func (p Pages) addParty(w http.ResponseWriter, r *http.Request) error {
	in := estate.AddPartyIn{Estate: opform.Estate(r)}
	done, err := opform.Send(r, p.Door, estate.AddParty, &in, "")
	return opform.After(p.Kit, w, r, err, done.Out.Path(), func(err error) error {
		return p.partyForm(w, r, page.Refused("/parties/new", page.Typed(r), err))
	})
}

func (p Pages) partyForm(w http.ResponseWriter, r *http.Request, f *page.Form) error {
	ctx := r.Context()
	if err := page.Resume(ctx, f); err != nil {
		return err
	}
	return p.ask(w, r, asking{current: currentPeople, title: i18n.T(ctx, "party.add"), clauses: []string{"A1", "C7"}, form: f, estate: true,
		save: i18n.T(ctx, "party.save"), back: page.Link{Label: i18n.T(ctx, "unit.list.title"), Href: "/units"},
		groups: append([]group{partyGroup(ctx, f, nil), {title: i18n.T(ctx, "party.identities"), pairs: true, fields: identityInputs(ctx, "identity.", nil, true)}}, contactGroups(ctx, f)...)})
}

// partyGroup are the fields of a party; what is masked is not shown again, only said to be there.
func partyGroup(ctx context.Context, f *page.Form, now *estate.Party) group {
	t := func(key string) string { return i18n.T(ctx, key) }
	birth := page.Input{Name: "birth", Label: t("party.birth"), Hint: t("party.birth.hint"), Kind: page.Date, Optional: true}
	note := page.Input{Name: "note", Label: t("party.note"), Kind: page.Area, Optional: true, Max: 500}
	if now != nil {
		birth.Hint, note.Hint = keepHint(ctx, now.Birth, birth.Hint), keepHint(ctx, now.Note, "")
	}
	kinds := []page.Option{{Value: "", Label: t("party.kind.auto")}}
	for _, k := range estate.PartyKinds {
		kinds = append(kinds, page.Option{Value: string(k), Label: t("party.kind." + string(k))})
	}
	return group{title: t("party.facts"), pairs: true, fields: []page.Input{
		{Name: "name", Label: t("party.name"), Hint: t("party.name.hint"), Max: 100, Focus: now == nil},
		{Name: "kind", Label: t("party.kind"), Kind: page.Select, Options: kinds, Optional: true},
		{Name: "sex", Label: t("party.sex"), Kind: page.Segments, Optional: true, Options: []page.Option{{Value: "male", Label: t("party.sex.male")}, {Value: "female", Label: t("party.sex.female")}, {Value: "", Label: t("party.sex.none")}}},
		birth,
		{Name: "employer", Label: t("party.employer"), Optional: true, Max: 100},
		{Name: "origin", Label: t("party.origin"), Optional: true, Max: 100},
		{Name: "short_name", Label: t("party.short_name"), Optional: true, Max: 100},
		{Name: "sign_name", Label: t("party.sign_name"), Optional: true, Max: 100},
		{Name: "legal", Label: t("party.legal"), Optional: true, Max: 100},
		note,
	}}
}

// keepHint says that a masked fact is there and stays unless something is typed.
func keepHint(ctx context.Context, v masked.Value, none string) string {
	if v.None() {
		return none
	}
	return i18n.T(ctx, "party.keep.hint", v.Mask)
}

func (p Pages) editParty(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	return p.changeForm(w, r, party, page.NewForm(party.ID.Path()+"/change", filledParty(party)))
}

// filledParty are the fields of a party's form; what is masked stays empty.
func filledParty(p *estate.Party) page.Values {
	return page.Fill(estate.PartyFacts{Kind: p.Kind, Name: p.Name, Sex: p.Sex, ShortName: p.ShortName, SignName: p.SignName, Legal: p.Legal,
		Employer: p.Employer, Origin: p.Origin})
}

func (p Pages) changeParty(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	in := estate.ChangePartyIn{ID: party.ID}
	return answer(p, w, r, estate.ChangeParty, &in, partyRef(party), party.ID.Path(), func(f *page.Form) error { return p.changeForm(w, r, party, f) })
}

func (p Pages) changeForm(w http.ResponseWriter, r *http.Request, party *estate.Party, f *page.Form) error {
	ctx := r.Context()
	name := group{pairs: true, fields: []page.Input{
		{Name: "correction", Label: i18n.T(ctx, "party.correction"), Kind: page.Check, Optional: true},
		{Name: "why", Label: i18n.T(ctx, "party.why"), Hint: i18n.T(ctx, "party.why.hint"), Optional: true, Max: 100},
		{Name: "on", Label: i18n.T(ctx, "party.on"), Hint: i18n.T(ctx, "period.on.hint"), Kind: page.Date, Optional: true},
	}}
	t := partyThing(party)
	t.told, t.now = told{row: party, columns: partyColumns}, filledParty(party)
	return p.ask(w, r, asking{current: currentPeople, title: i18n.T(ctx, "party.change.title", party.Name), clauses: []string{"C7"}, form: f, thing: t,
		save: i18n.T(ctx, "party.save"), back: partyLink(party), groups: []group{partyGroup(ctx, f, party), name}})
}

func partyThing(p *estate.Party) *thing {
	return &thing{ref: partyRef(p), version: p.Version, path: p.ID.Path(), back: partyLink(p), current: currentPeople}
}

func partyLink(p *estate.Party) page.Link { return page.Link{Label: p.Name, Href: p.ID.Path()} }

func (p Pages) askMerge(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	return p.mergeForm(w, r, party, page.NewForm(party.ID.Path()+"/merge", nil))
}

// mergeInto is what the form of a merging sends.
type mergeInto struct {
	Into   string         `form:"into"`
	IntoID estate.PartyID `form:"into_id"`
}

func (p Pages) mergeParty(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	var in mergeInto
	var into estate.PartyID
	err = read(r, &in, func(f *errs.Fields) (err error) {
		into, err = p.picked(r.Context(), party.Estate, "into", in.Into, in.IntoID, f)
		return err
	})
	done, err := opform.Unless(err, r, p.Door, estate.MergeParty, estate.MergePartyIn{ID: party.ID, Into: into}, partyRef(party))
	return opform.After(p.Kit, w, r, err, done.Out.Path(), func(err error) error {
		return p.mergeForm(w, r, party, page.Refused(r.URL.Path, page.Typed(r), err))
	})
}

func (p Pages) mergeForm(w http.ResponseWriter, r *http.Request, party *estate.Party, f *page.Form) error {
	ctx := r.Context()
	fields, err := p.pickField(ctx, party.Estate, f, page.Input{Name: "into", Label: i18n.T(ctx, "party.merge.into"), Focus: true})
	if err != nil {
		return err
	}
	return p.ask(w, r, asking{current: currentPeople, title: i18n.T(ctx, "party.merge.title", party.Name), clauses: []string{"D7"}, lead: i18n.T(ctx, "party.merge.lead"),
		form: f, thing: partyThing(party), save: i18n.T(ctx, "party.merge.do"), back: partyLink(party), groups: []group{{fields: fields}}})
}

func (p Pages) separateParty(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	return click(p, w, r, estate.SeparateParty, party.ID, partyRef(party), party.ID.Path())
}

// ofEstate narrows a scope to the estate of a thing that was found.
func ofEstate(r *http.Request, e access.EstateID) access.Scope {
	return access.From(r.Context()).Scope(access.Desk, e)
}
