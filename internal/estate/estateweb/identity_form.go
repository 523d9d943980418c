package estateweb

import (
	"context"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

func (p Pages) newIdentity(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	return p.identityForm(w, r, party, page.NewForm(r.URL.Path, nil))
}

func (p Pages) addIdentity(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	in := estate.AddIdentityIn{Party: party.ID}
	return recordweb.Answer(p.Site, w, r, estate.AddIdentity, &in, "", party.ID.Path(), func(f *page.Form) error { return p.identityForm(w, r, party, f) })
}

func (p Pages) identityForm(w http.ResponseWriter, r *http.Request, party *estate.Party, f *page.Form) error {
	ctx := r.Context()
	return p.ShowForm(w, r, recordweb.FormPage{Nav: navPeople, Title: i18n.T(ctx, "identity.add.title", party.Name), Clauses: []string{"A1", "C7"}, Form: f,
		Save: i18n.T(ctx, "identity.save"), Back: partyLink(party), Groups: []recordweb.Group{{Fields: identityInputs(ctx, "", nil, false)}}})
}

// identityInputs are the fields of an identity paper; now is the one being corrected.
func identityInputs(ctx context.Context, prefix string, now *estate.Identity, optional bool) []page.Input {
	kinds := []page.Option{{Value: "", Label: i18n.T(ctx, "identity.kind.auto")}}
	for _, k := range estate.IdentityKinds {
		kinds = append(kinds, page.Option{Value: string(k), Label: i18n.T(ctx, "identity.kind."+string(k))})
	}
	number := page.Input{Name: prefix + "number", Label: i18n.T(ctx, "identity.number"), Optional: optional, Max: 100, Focus: !optional}
	if now != nil {
		number.Hint, number.Optional = i18n.T(ctx, "identity.number.keep", now.Number.Mask), true
	}
	return []page.Input{
		number,
		{Name: prefix + "kind", Label: i18n.T(ctx, "identity.kind"), Kind: page.Select, Options: kinds, Optional: true},
		{Name: prefix + "expires", Label: i18n.T(ctx, "identity.expires"), Hint: i18n.T(ctx, "identity.expires.hint"), Kind: page.Date, Optional: true},
		{Name: prefix + "doubt_why", Label: i18n.T(ctx, "identity.doubt_why"), Hint: i18n.T(ctx, "identity.doubt_why.hint"), Optional: true, Max: 100},
		{Name: prefix + "taken_why", Label: i18n.T(ctx, "identity.taken_why"), Hint: i18n.T(ctx, "identity.taken_why.hint"), Optional: true, Max: 100},
	}
}

// identity is the identity paper a request's address names, with its party.
func (p Pages) identity(r *http.Request) (*estate.Identity, *estate.Party, error) {
	q := p.Door.DB.Read()
	i, err := estate.FindIdentity(r.Context(), q, deskScope(r), estate.ParseID[estate.IdentityID](r.PathValue("id")))
	if err != nil {
		return nil, nil, err
	}
	party, err := estate.FindParty(r.Context(), q, ofEstate(r, i.Estate), i.Party)
	return i, party, err
}

func (p Pages) identityThing(r *http.Request) (estate.IdentityID, recordweb.Edited, error) {
	i, party, err := p.identity(r)
	if err != nil {
		return 0, recordweb.Edited{}, err
	}
	return i.ID, recordweb.Edited{Ref: identityRef(i), Version: i.Version, Path: "/identities/" + ref.Text(i.ID), Back: partyLink(party), Nav: navPeople,
		Title: i18n.T(r.Context(), "identity.end.title"), Save: i18n.T(r.Context(), "identity.end.do")}, nil
}

func (p Pages) editIdentity(w http.ResponseWriter, r *http.Request) error {
	i, party, err := p.identity(r)
	if err != nil {
		return err
	}
	return p.correctIdentityForm(w, r, i, party, page.NewForm(r.URL.Path, filledIdentity(i)))
}

// filledIdentity are the fields of an identity paper's form; the number stays empty.
func filledIdentity(i *estate.Identity) page.Values {
	return page.Fill(estate.IdentityFacts{Kind: i.Kind, DoubtWhy: i.DoubtWhy, TakenWhy: i.TakenWhy, Expires: i.Expires})
}

func (p Pages) correctIdentity(w http.ResponseWriter, r *http.Request) error {
	i, party, err := p.identity(r)
	if err != nil {
		return err
	}
	in := estate.CorrectIdentityIn{ID: i.ID}
	return recordweb.Answer(p.Site, w, r, estate.CorrectIdentity, &in, identityRef(i), party.ID.Path(), func(f *page.Form) error { return p.correctIdentityForm(w, r, i, party, f) })
}

func (p Pages) correctIdentityForm(w http.ResponseWriter, r *http.Request, i *estate.Identity, party *estate.Party, f *page.Form) error {
	ctx := r.Context()
	_, t, err := p.identityThing(r)
	if err != nil {
		return err
	}
	t.Now, t.History = filledIdentity(i), recordweb.Tracked{Row: i, Columns: historyweb.Comparing(identityColumns, "number_mask", func(ctx context.Context, typed page.Values) (masked.Comparison, error) {
		return i.Compare(ctx, p.Door.Vault, estate.IdentityFacts{Kind: estate.IdentityKind(typed.Get("kind")), Number: typed.Get("number")}, p.today())
	})}
	return p.ShowForm(w, r, recordweb.FormPage{Nav: navPeople, Title: i18n.T(ctx, "identity.correct.title"), Clauses: []string{"C7"}, Form: f, Edits: &t,
		Save: i18n.T(ctx, "identity.save"), Back: partyLink(party), Groups: []recordweb.Group{{Fields: identityInputs(ctx, "", i, false)}}})
}

func (p Pages) verifyIdentity(w http.ResponseWriter, r *http.Request) error {
	i, party, err := p.identity(r)
	if err != nil {
		return err
	}
	return recordweb.Click(p.Site, w, r, estate.VerifyIdentity, i.ID, identityRef(i), party.ID.Path())
}
