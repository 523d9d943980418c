package estateweb

import (
	"context"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// partyView is a party with all that is known of it.
type partyView struct {
	*estate.Party
	contacts   []*estate.Contact
	identities []*estate.Identity
	former     []*estate.FormerName
	vehicles   []*estate.Vehicle
	leases     []*estate.Lease
	units      map[estate.UnitID]string
	verifiers  map[int64]string
	into       *estate.Party // the one it was merged into
	change     bool
	merge      bool
	same       []estate.SameAs // who it is in other estates, of those the person sees
	alike      []estate.SameAs // who has one of its numbers there
	link       bool
	homes      []Residence
}

// party is the party a request's address names, of any estate the person knows: a link leads from one to another's.
func (p Pages) party(r *http.Request) (*estate.Party, error) {
	return estate.FindParty(r.Context(), p.Door.DB.Read(), allOf(r, access.Desk), estate.ParseID[estate.PartyID](r.PathValue("id")))
}

func (p Pages) showParty(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	v := partyView{Party: party, change: may(r, party.Estate, estate.MayChangeUnits()) && party.MergedInto == 0, merge: may(r, party.Estate, estate.MayEndUnits())}
	if err := p.fillParty(ctx, &v); err != nil {
		return err
	}
	if err := p.fillSame(r, &v); err != nil {
		return err
	}
	if p.Homes != nil {
		if v.homes, err = p.Homes(ctx, access.From(ctx), party); err != nil {
			return err
		}
	}
	history, err := p.History(ctx, v.told(ctx))
	if err != nil {
		return err
	}
	return p.ShowRecord(w, r, navPeople, recordweb.View{About: party.Ref(), Estate: party.Estate, Head: v.head(ctx), Notices: v.notices(ctx), Groups: v.groups(ctx), History: history})
}

func (p Pages) fillParty(ctx context.Context, v *partyView) (err error) {
	q := p.Door.DB.Read()
	parties, err := estate.PartiesByID(ctx, q, v.ID)
	if err != nil {
		return err
	}
	if v.MergedInto != 0 {
		v.into = parties[v.ID]
	}
	contacts, err := estate.ContactsOf(ctx, q, v.ID)
	if err != nil {
		return err
	}
	identities, err := estate.IdentitiesOf(ctx, q, v.ID)
	if err != nil {
		return err
	}
	former, err := estate.FormerNamesOf(ctx, q, v.ID)
	if err != nil {
		return err
	}
	v.contacts, v.identities, v.former = contacts[v.ID], identities[v.ID], former[v.ID]
	if v.vehicles, err = estate.VehiclesOfParty(ctx, q, v.ID); err != nil {
		return err
	}
	if v.leases, err = estate.LeasesOfParty(ctx, q, v.ID); err != nil {
		return err
	}
	var units []estate.UnitID
	for _, vehicle := range v.vehicles {
		units = append(units, vehicle.Unit)
	}
	for _, l := range v.leases {
		units = append(units, l.Unit)
	}
	if v.units, err = estate.UnitCodes(ctx, q, units...); err != nil {
		return err
	}
	var verifiers []int64
	for _, i := range v.identities {
		verifiers = append(verifiers, i.VerifiedBy)
	}
	v.verifiers, err = account.Names(ctx, q, verifiers)
	return err
}

// told are the rows a party's history is made of.
func (v partyView) told(ctx context.Context) []recordweb.Tracked {
	rows := []recordweb.Tracked{{Row: v.Party, Columns: partyColumns}}
	for _, c := range v.contacts {
		rows = append(rows, recordweb.Tracked{Row: c, Of: func(was historyweb.Was) string {
			return i18n.T(ctx, "contact.kind."+was("kind", string(c.Kind))) + " " + was("value_mask", c.Value.Mask)
		}, Columns: contactColumns})
	}
	for _, i := range v.identities {
		rows = append(rows, recordweb.Tracked{Row: i, Of: func(was historyweb.Was) string {
			return i18n.T(ctx, "identity.kind."+was("kind", string(i.Kind))) + " " + was("number_mask", i.Number.Mask)
		}, Columns: identityColumns})
	}
	for _, s := range v.same {
		rows = append(rows, recordweb.Tracked{Row: s.SamePerson, Of: func(historyweb.Was) string { return s.EstateName + " " + s.Whom.Name }, Columns: sameColumns})
	}
	return rows
}

// The columns of people, contacts and identity papers as people know them; masked facts are told as they are shown.
var (
	partyColumns = []historyweb.Column{
		recordweb.Column("name", "party.name"), recordweb.Choice("kind", "party.kind", "party.kind."), recordweb.Choice("sex", "party.sex", "party.sex."),
		recordweb.Column("short_name", "party.short_name"), recordweb.Column("sign_name", "party.sign_name"), recordweb.Column("legal", "party.legal"),
		recordweb.Column("employer", "party.employer"), recordweb.Column("origin", "party.origin"), recordweb.Column("birth_mask", "party.birth"), recordweb.Column("note_mask", "party.note"),
	}
	contactColumns = []historyweb.Column{
		recordweb.Choice("kind", "contact.kind", "contact.kind."), recordweb.Column("value_mask", "contact.value"), recordweb.Column("whose", "contact.whose"),
		recordweb.Column("valid_to", "period.off"), recordweb.Column("ended", "period.why"),
	}
	identityColumns = []historyweb.Column{
		recordweb.Choice("kind", "identity.kind", "identity.kind."), recordweb.Column("number_mask", "identity.number"), recordweb.Column("doubt_why", "identity.doubt_why"),
		recordweb.Column("taken_why", "identity.taken_why"), recordweb.Column("expires", "identity.expires"), recordweb.Column("verified", "identity.verify"),
		recordweb.Column("valid_to", "period.off"), recordweb.Column("ended", "period.why"),
	}
)

func partyRef(p *estate.Party) string       { return "party:" + ref.Text(p.ID) }
func contactRef(c *estate.Contact) string   { return "contact:" + ref.Text(c.ID) }
func identityRef(i *estate.Identity) string { return "identity:" + ref.Text(i.ID) }
