package household

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/search"
	"hudang/internal/platform/vault"
)

// alone are the people and organisations who are in no household and never were: a lessor from elsewhere, an agent of a
// lease, somebody registered by himself. Everybody else is found with his household, once.
var alone = search.Source{
	Kind: estate.KindParty, Title: "household.found.people", Version: 2,
	Stale: lonerStale,
	After: lonersAfter,
	Load:  loadAlone,
}

func loadAlone(ctx context.Context, q db.Querier, keys *vault.Store, ids []int64) ([]search.Doc, error) {
	parties, err := partiesAlone(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	of := make([]estate.PartyID, len(parties))
	for i, p := range parties {
		of[i] = p.ID
	}
	a := aloneFacts{}
	if a.estates, err = estate.EstateNames(ctx, q); err != nil {
		return nil, err
	}
	if a.contacts, err = estate.ContactsOf(ctx, q, of...); err != nil {
		return nil, err
	}
	if a.roles, err = rolesOf(ctx, q, ids); err != nil {
		return nil, err
	}
	docs := make([]search.Doc, len(parties))
	for i, p := range parties {
		docs[i] = a.doc(ctx, p)
	}
	if keys == nil {
		return docs, nil
	}
	return docs, a.numbers(ctx, q, keys, parties, docs)
}

// aloneFacts are what is known of a batch of people in no household.
type aloneFacts struct {
	estates  map[access.EstateID]string
	contacts map[estate.PartyID][]*estate.Contact
	roles    map[estate.PartyID][]role
}

// role is what somebody is at a unit without living there.
type role struct {
	party estate.PartyID
	what  string // lessor, tenant, driver
	code  string
}

// roleText are the words of the roles.
var roleText = map[string]string{"lessor": "household.found.lessor", "tenant": "household.found.tenant", "driver": "household.found.driver"}

func (a aloneFacts) doc(ctx context.Context, p *estate.Party) search.Doc {
	var line []string
	for _, r := range a.roles[p.ID] {
		if text := i18n.T(ctx, roleText[r.what], r.code); !slices.Contains(line, text) {
			line = append(line, text)
		}
	}
	if len(line) == 0 {
		line = []string{i18n.T(ctx, "household.found.alone")}
	}
	for _, c := range a.contacts[p.ID] {
		if c.InForce() && c.Kind.Phone() {
			line = append(line, c.Value.Mask)
			break
		}
	}
	kind := search.Name
	if p.Kind == estate.Organisation {
		kind = search.Company
	}
	d := search.Doc{Ref: p.Ref(), Estate: p.Estate, Posts: mayRead, Title: p.Name, Href: p.ID.Path(), Line: strings.Join(append(line, a.estates[p.Estate]), " · "),
		Parts: []search.Part{{Kind: kind, Text: p.Name}}}
	for _, name := range []string{p.ShortName, p.SignName} {
		if name != "" {
			d.Parts = append(d.Parts, search.Part{Kind: search.Company, Text: name})
		}
	}
	return d
}

// numbers adds to the documents what lies sealed, and former names.
func (a aloneFacts) numbers(ctx context.Context, q db.Querier, keys *vault.Store, parties []*estate.Party, docs []search.Doc) error {
	of := make([]estate.PartyID, len(parties))
	for i, p := range parties {
		of[i] = p.ID
	}
	identities, err := estate.IdentitiesOf(ctx, q, of...)
	if err != nil {
		return err
	}
	former, err := estate.FormerNamesOf(ctx, q, of...)
	if err != nil {
		return err
	}
	for i, p := range parties {
		for _, n := range former[p.ID] {
			docs[i].Parts = append(docs[i].Parts, search.Part{Kind: docs[i].Parts[0].Kind, Text: n.Name, Former: true})
		}
		more, err := numbersOf(ctx, keys, a.contacts[p.ID], identities[p.ID], false)
		if err != nil {
			return err
		}
		docs[i].Parts = append(docs[i].Parts, more...)
	}
	return nil
}
