package estateweb

import (
	"context"
	"net/http"
	"regexp"
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

func (p Pages) newContacts(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	return p.contactForm(w, r, party, page.NewForm(contactAction(r), nil))
}

func (p Pages) addContacts(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	in := estate.AddContactIn{Party: party.ID}
	return recordweb.Answer(p.Site, w, r, estate.AddContact, &in, "", cameFrom(r, partyLink(party)).Href, func(f *page.Form) error { return p.contactForm(w, r, party, f) })
}

func (p Pages) contactForm(w http.ResponseWriter, r *http.Request, party *estate.Party, f *page.Form) error {
	ctx := r.Context()
	if err := page.Resume(ctx, f); err != nil {
		return err
	}
	return p.ShowForm(w, r, recordweb.FormPage{Nav: navPeople, Title: i18n.T(ctx, "contact.add.title", party.Name), Clauses: []string{"C7"}, Form: f,
		Save: i18n.T(ctx, "contact.save"), Back: cameFrom(r, partyLink(party)), Groups: contactGroups(ctx, f)})
}

var householdPage = regexp.MustCompile(`^/households/[0-9]+$`)

// cameFrom is the page a form goes back to: the household's when it was opened there, else the record's own.
func cameFrom(r *http.Request, own page.Link) page.Link {
	if back := r.URL.Query().Get("back"); householdPage.MatchString(back) {
		return page.Link{Label: i18n.T(r.Context(), "party.homes"), Href: back}
	}
	return own
}

// contactAction is the address a contact's form posts to: it goes back to where it came from.
func contactAction(r *http.Request) string {
	if back := r.URL.Query().Get("back"); householdPage.MatchString(back) {
		return r.URL.Path + "?back=" + back
	}
	return r.URL.Path
}

// contactGroups are the lines in which contacts are entered.
func contactGroups(ctx context.Context, f *page.Form) []recordweb.Group {
	groups := make([]recordweb.Group, max(lines, f.Values.Count("contacts")))
	for i := range groups {
		prefix := "contacts." + strconv.Itoa(i) + "."
		groups[i] = recordweb.Group{Title: i18n.T(ctx, "contact.line", i+1), Pairs: true, Fields: contactInputs(ctx, prefix, "", i > 0)}
	}
	return groups
}

// contactInputs are the fields of one contact; hint stands under the value.
func contactInputs(ctx context.Context, prefix, hint string, optional bool) []page.Input {
	kinds := []page.Option{{Value: "", Label: i18n.T(ctx, "contact.kind.auto")}}
	for _, k := range estate.ContactKinds {
		kinds = append(kinds, page.Option{Value: string(k), Label: i18n.T(ctx, "contact.kind."+string(k))})
	}
	return []page.Input{
		{Name: prefix + "value", Label: i18n.T(ctx, "contact.value"), Hint: hint, Optional: optional, Max: 100},
		{Name: prefix + "kind", Label: i18n.T(ctx, "contact.kind"), Kind: page.Select, Options: kinds, Optional: true},
		{Name: prefix + "whose", Label: i18n.T(ctx, "contact.whose"), Hint: i18n.T(ctx, "contact.whose.hint"), Optional: true, Max: 100},
	}
}

// contact is the contact a request's address names, with its party.
func (p Pages) contact(r *http.Request) (*estate.Contact, *estate.Party, error) {
	q := p.Door.DB.Read()
	c, err := estate.FindContact(r.Context(), q, deskScope(r), estate.ParseID[estate.ContactID](r.PathValue("id")))
	if err != nil {
		return nil, nil, err
	}
	party, err := estate.FindParty(r.Context(), q, ofEstate(r, c.Estate), c.Party)
	return c, party, err
}

func (p Pages) contactThing(r *http.Request) (estate.ContactID, recordweb.Edited, error) {
	c, party, err := p.contact(r)
	if err != nil {
		return 0, recordweb.Edited{}, err
	}
	return c.ID, recordweb.Edited{Ref: contactRef(c), Version: c.Version, Path: "/contacts/" + ref.Text(c.ID), Back: cameFrom(r, partyLink(party)), Nav: navPeople,
		Title: i18n.T(r.Context(), "contact.end.title"), Save: i18n.T(r.Context(), "contact.end.do")}, nil
}

func (p Pages) editContact(w http.ResponseWriter, r *http.Request) error {
	c, party, err := p.contact(r)
	if err != nil {
		return err
	}
	return p.correctContactForm(w, r, c, party, page.NewForm(contactAction(r), filledContact(c)))
}

// filledContact are the fields of a contact's form; the value stays empty.
func filledContact(c *estate.Contact) page.Values {
	return page.Fill(estate.ContactFacts{Kind: c.Kind, Whose: c.Whose})
}

func (p Pages) correctContact(w http.ResponseWriter, r *http.Request) error {
	c, party, err := p.contact(r)
	if err != nil {
		return err
	}
	in := estate.CorrectContactIn{ID: c.ID}
	return recordweb.Answer(p.Site, w, r, estate.CorrectContact, &in, contactRef(c), cameFrom(r, partyLink(party)).Href, func(f *page.Form) error { return p.correctContactForm(w, r, c, party, f) })
}

func (p Pages) correctContactForm(w http.ResponseWriter, r *http.Request, c *estate.Contact, party *estate.Party, f *page.Form) error {
	ctx := r.Context()
	_, t, err := p.contactThing(r)
	if err != nil {
		return err
	}
	t.Now, t.History = filledContact(c), recordweb.Tracked{Row: c, Columns: historyweb.Comparing(contactColumns, "value_mask", func(ctx context.Context, typed page.Values) (masked.Comparison, error) {
		return c.Compare(ctx, p.Door.Vault, estate.ContactFacts{Kind: estate.ContactKind(typed.Get("kind")), Value: typed.Get("value")})
	})}
	return p.ShowForm(w, r, recordweb.FormPage{Nav: navPeople, Title: i18n.T(ctx, "contact.correct.title"), Clauses: []string{"C7"}, Form: f, Edits: &t,
		Save: i18n.T(ctx, "contact.save"), Back: t.Back,
		Groups: []recordweb.Group{{Fields: contactInputs(ctx, "", i18n.T(ctx, "contact.value.keep", c.Value.Mask), true)}}})
}

func (p Pages) firstContact(w http.ResponseWriter, r *http.Request) error {
	c, party, err := p.contact(r)
	if err != nil {
		return err
	}
	return recordweb.Click(p.Site, w, r, estate.RankContact, c.ID, contactRef(c), party.ID.Path())
}
