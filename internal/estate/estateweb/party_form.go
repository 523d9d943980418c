package estateweb

import (
	"context"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
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
	return p.ShowForm(w, r, recordweb.FormPage{Nav: navPeople, Title: i18n.T(ctx, "party.add"), Clauses: []string{"A1", "C7"}, Form: f, Estate: true,
		Save: i18n.T(ctx, "party.save"), Back: page.Link{Label: i18n.T(ctx, "unit.list.title"), Href: "/units"},
		Groups: append([]recordweb.Group{partyGroup(ctx, f, nil), {Title: i18n.T(ctx, "party.identities"), Pairs: true, Fields: identityInputs(ctx, "identity.", nil, true)}}, contactGroups(ctx, f)...)})
}

// partyGroup are the fields of a party; what is masked is not shown again, only said to be there.
func partyGroup(ctx context.Context, f *page.Form, now *estate.Party) recordweb.Group {
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
	return recordweb.Group{Title: t("party.facts"), Pairs: true, Fields: []page.Input{
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
	return recordweb.Answer(p.Site, w, r, estate.ChangeParty, &in, partyRef(party), party.ID.Path(), func(f *page.Form) error { return p.changeForm(w, r, party, f) })
}

func (p Pages) changeForm(w http.ResponseWriter, r *http.Request, party *estate.Party, f *page.Form) error {
	ctx := r.Context()
	name := recordweb.Group{Pairs: true, Fields: []page.Input{
		{Name: "correction", Label: i18n.T(ctx, "party.correction"), Kind: page.Check, Optional: true},
		{Name: "why", Label: i18n.T(ctx, "party.why"), Hint: i18n.T(ctx, "party.why.hint"), Optional: true, Max: 100},
		{Name: "on", Label: i18n.T(ctx, "party.on"), Hint: i18n.T(ctx, "period.on.hint"), Kind: page.Date, Optional: true},
	}}
	t := partyThing(party)
	columns := historyweb.Comparing(partyColumns, "birth_mask", func(ctx context.Context, typed page.Values) (masked.Comparison, error) {
		return party.CompareBirth(ctx, p.Door.Vault, typed.Get("birth"), p.today())
	})
	columns = historyweb.Comparing(columns, "note_mask", func(ctx context.Context, typed page.Values) (masked.Comparison, error) {
		return party.CompareNote(ctx, p.Door.Vault, typed.Get("note"))
	})
	t.History, t.Now = recordweb.Tracked{Row: party, Columns: columns}, filledParty(party)
	return p.ShowForm(w, r, recordweb.FormPage{Nav: navPeople, Title: i18n.T(ctx, "party.change.title", party.Name), Clauses: []string{"C7"}, Form: f, Edits: t,
		Save: i18n.T(ctx, "party.save"), Back: partyLink(party), Groups: []recordweb.Group{partyGroup(ctx, f, party), name}})
}

func (p Pages) today() cn.Date { return cn.DateOf(p.Door.Clock.Now().In(clock.China)) }

func partyThing(p *estate.Party) *recordweb.Edited {
	return &recordweb.Edited{Ref: partyRef(p), Version: p.Version, Path: p.ID.Path(), Back: partyLink(p), Nav: navPeople}
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
	return p.ShowForm(w, r, recordweb.FormPage{Nav: navPeople, Title: i18n.T(ctx, "party.merge.title", party.Name), Clauses: []string{"D7"}, Lead: i18n.T(ctx, "party.merge.lead"),
		Form: f, Edits: partyThing(party), Save: i18n.T(ctx, "party.merge.do"), Back: partyLink(party), Groups: []recordweb.Group{{Fields: fields}}})
}

func (p Pages) separateParty(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	return recordweb.Click(p.Site, w, r, estate.SeparateParty, party.ID, partyRef(party), party.ID.Path())
}

// ofEstate narrows a scope to the estate of a thing that was found.
func ofEstate(r *http.Request, e access.EstateID) access.Scope {
	return access.From(r.Context()).Scope(access.Desk, e)
}
