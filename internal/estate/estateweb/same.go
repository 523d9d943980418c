package estateweb

import (
	"context"
	"net/http"
	"slices"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// allOf is every estate in which a request's person may do what asks for posts, whichever the header stands on.
func allOf(r *http.Request, posts []access.Post) access.Scope {
	return access.From(r.Context()).Scope(posts, access.Company)
}

// several reports a scope of more than one estate: nobody else can link, or sees a link.
func several(s access.Scope) bool { return s.All() || len(s.Estates()) > 1 }

// fillSame puts in who the party also is in other estates, and who may be it, as far as the person sees them.
func (p Pages) fillSame(r *http.Request, v *partyView) error {
	ctx, q, sees := r.Context(), p.Door.DB.Read(), allOf(r, access.Desk)
	if !several(sees) {
		return nil
	}
	same, err := estate.SameAsOf(ctx, q, sees, v.ID)
	if err != nil {
		return err
	}
	v.same, v.link = same[v.ID], v.change && several(allOf(r, estate.MayChangeUnits()))
	alike, err := estate.SameNumber(ctx, q, sees, v.Party)
	v.alike = slices.DeleteFunc(alike, func(a estate.SameAs) bool {
		return slices.ContainsFunc(v.same, func(s estate.SameAs) bool { return s.InForce() && s.Whom.ID == a.Whom.ID })
	})
	return err
}

func (v partyView) sameFacts(ctx context.Context) page.FactGroup {
	g := page.FactGroup{Title: i18n.T(ctx, "party.same")}
	if v.link {
		g.Edit = page.Action{Label: i18n.T(ctx, "party.same.link"), Href: v.ID.Path() + "/same"}
	}
	for _, s := range v.same {
		l := recordweb.Line{Text: s.Whom.Name, Of: s.Whom.Name, Note: s.Why}
		acts := []page.Action{{Label: i18n.T(ctx, "party.same.open"), Href: s.Whom.ID.Path()}}
		switch {
		case !s.InForce():
			l.State, l.Chip, l.Note = list.StateVoid, i18n.T(ctx, "period.ended_on", s.ValidTo), s.Ended
		case v.link:
			acts = append(acts, page.Action{Label: i18n.T(ctx, "party.same.unlink"), Href: "/same/" + ref.Text(s.ID) + "/end?of=" + ref.Text(v.ID)})
		}
		l.Acts = acts
		g.Facts = append(g.Facts, recordweb.LineFact(s.EstateName, l))
	}
	return orNone(ctx, g)
}

// alikeNotices say where else a number of the party is registered.
func (v partyView) alikeNotices(ctx context.Context) []page.NoticeView {
	var all []page.NoticeView
	for _, a := range v.alike {
		n := page.NoticeView{Kind: page.NoticeDue, Text: i18n.T(ctx, "party.same.number", a.EstateName, a.Whom.Name),
			Actions: []page.Action{{Label: i18n.T(ctx, "party.same.open"), Href: a.Whom.ID.Path()}}}
		if v.link {
			n.Actions = append(n.Actions, page.Action{Label: i18n.T(ctx, "party.same.link"), Href: v.ID.Path() + "/same?other_id=" + ref.Text(a.Whom.ID)})
		}
		all = append(all, n)
	}
	return all
}

// linkTo is what the form of a link sends.
type linkTo struct {
	Other   string         `form:"other"`
	OtherID estate.PartyID `form:"other_id"`
	Why     string         `form:"why"`
}

func (p Pages) askSame(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	return p.sameForm(w, r, party, page.NewForm(party.ID.Path()+"/same", page.Values{"other_id": {r.URL.Query().Get("other_id")}}))
}

func (p Pages) linkSame(w http.ResponseWriter, r *http.Request) error {
	party, err := p.party(r)
	if err != nil {
		return err
	}
	var in linkTo
	err = read(r, &in, func(f *errs.Fields) error {
		options, err := p.elsewhere(r, party, in.Other, in.OtherID)
		for _, o := range options {
			if id := estate.ParseID[estate.PartyID](o.Value); id == in.OtherID || len(options) == 1 {
				in.OtherID = id
				return err
			}
		}
		f.Check(len(options) == 0, "other", "party.pick.several", len(options))
		f.Check(len(options) > 0, "other", "party.same.none")
		return err
	})
	_, err = opform.Unless(err, r, p.Door, estate.LinkSamePerson, estate.LinkSamePersonIn{ID: party.ID, Other: in.OtherID, Why: in.Why}, "")
	return opform.After(p.Kit, w, r, err, party.ID.Path(), func(err error) error {
		return p.sameForm(w, r, party, page.Refused(r.URL.Path, page.Typed(r), err))
	})
}

// elsewhere are the people of other estates whom what was typed names, or the one chosen before.
func (p Pages) elsewhere(r *http.Request, party *estate.Party, typed string, chosen estate.PartyID) ([]page.Option, error) {
	ctx, q, may := r.Context(), p.Door.DB.Read(), allOf(r, estate.MayChangeUnits())
	found, err := estate.SearchParties(ctx, q, p.Door.Vault, may, typed, page.Today(ctx), estate.MostPicks)
	if err != nil {
		return nil, err
	}
	if one, err := estate.FindParty(ctx, q, may, chosen); err == nil && typed == "" {
		found = []*estate.Party{one}
	}
	estates, err := estate.Estates(ctx, q, may)
	var options []page.Option
	for _, other := range found {
		for _, e := range estates {
			if e.ID == other.Estate && e.ID != party.Estate {
				options = append(options, page.Option{Value: ref.Text(other.ID), Label: e.Name + " · " + other.Name})
			}
		}
	}
	return options, err
}

func (p Pages) sameForm(w http.ResponseWriter, r *http.Request, party *estate.Party, f *page.Form) error {
	ctx := r.Context()
	options, err := p.elsewhere(r, party, f.Value("other"), estate.ParseID[estate.PartyID](f.Value("other_id")))
	if err != nil {
		return err
	}
	fields := []page.Input{{Name: "other", Label: i18n.T(ctx, "party.same.other"), Hint: i18n.T(ctx, "party.pick.hint"), Optional: len(options) > 0, Focus: true}}
	if len(options) > 0 {
		fields = append(fields, pickInput(ctx, "other", options))
	}
	fields = append(fields, page.Input{Name: "why", Label: i18n.T(ctx, "period.why"), Hint: i18n.T(ctx, "party.same.why.hint"), Max: 100})
	return p.ShowForm(w, r, recordweb.FormPage{Nav: navPeople, Title: i18n.T(ctx, "party.same.title", party.Name), Clauses: []string{"D7"}, Lead: i18n.T(ctx, "party.same.lead"),
		Form: f, Save: i18n.T(ctx, "party.same.link"), Back: partyLink(party), Groups: []recordweb.Group{{Fields: fields}}})
}

// sameLink is the link a request's address names, with the party on whose page the person was.
func (p Pages) sameLink(r *http.Request) (*estate.SamePerson, *estate.Party, error) {
	ctx, q, sees := r.Context(), p.Door.DB.Read(), allOf(r, estate.MayChangeUnits())
	s, err := estate.FindSame(ctx, q, sees, estate.ParseID[estate.SamePersonID](r.PathValue("id")))
	if err != nil {
		return nil, nil, err
	}
	of := s.Party
	if r.URL.Query().Get("of") == ref.Text(s.Other) {
		of = s.Other
	}
	party, err := estate.FindParty(ctx, q, sees, of)
	return s, party, err
}

func (p Pages) askUnlink(w http.ResponseWriter, r *http.Request) error {
	s, party, err := p.sameLink(r)
	if err != nil {
		return err
	}
	return p.unlinkForm(w, r, s, party, page.NewForm(page.Here(r), nil))
}

func (p Pages) unlinkSame(w http.ResponseWriter, r *http.Request) error {
	s, party, err := p.sameLink(r)
	if err != nil {
		return err
	}
	in := estate.UnlinkSamePersonIn{ID: s.ID}
	_, err = opform.Send(r, p.Door, estate.UnlinkSamePerson, &in, sameRef(s))
	return opform.After(p.Kit, w, r, err, party.ID.Path(), func(err error) error {
		return p.unlinkForm(w, r, s, party, page.Refused(r.URL.RequestURI(), page.Typed(r), err))
	})
}

func (p Pages) unlinkForm(w http.ResponseWriter, r *http.Request, s *estate.SamePerson, party *estate.Party, f *page.Form) error {
	ctx := r.Context()
	return p.ShowForm(w, r, recordweb.FormPage{Nav: navPeople, Title: i18n.T(ctx, "party.same.unlink.title", party.Name), Clauses: []string{"D7"}, Form: f,
		Edits: &recordweb.Edited{Ref: sameRef(s), Version: s.Version}, Save: i18n.T(ctx, "party.same.unlink"), Danger: true, Back: partyLink(party),
		Groups: []recordweb.Group{{Fields: []page.Input{{Name: "why", Label: i18n.T(ctx, "period.why"), Max: 100, Focus: true}}}}})
}

func sameRef(s *estate.SamePerson) string { return "same:" + ref.Text(s.ID) }

var sameColumns = []historyweb.Column{recordweb.Column("why", "period.why"), recordweb.Column("valid_to", "period.off"), recordweb.Column("ended", "period.why")}
