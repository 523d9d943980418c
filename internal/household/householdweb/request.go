package householdweb

import (
	"context"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// NavRequests is the key of the register of requests in the navigation.
const NavRequests = "access-requests"

// known is a scope of all that somebody's posts reach, whichever they are: rooms are no secret in their estate.
func knownTo(r *http.Request) access.Scope {
	return access.From(r.Context()).Scope(access.Posts, access.Chosen(r.Context()))
}

// askedUnit is the unit a request is about; nil when the address names none.
func (p Pages) askedUnit(r *http.Request) (*estate.Unit, error) {
	if r.URL.Query().Get("unit") == "" {
		return nil, nil
	}
	return estate.FindUnit(r.Context(), p.Door.DB.Read(), knownTo(r), estate.ParseUnitID(r.URL.Query().Get("unit")))
}

func askPath(id estate.UnitID) string { return household.RequestPath + "?unit=" + ref.Text(id) }

func (p Pages) newRequest(w http.ResponseWriter, r *http.Request) error {
	u, err := p.askedUnit(r)
	if err != nil {
		return err
	}
	return p.askForm(w, r, 0, u, page.NewForm(page.Here(r), nil))
}

func (p Pages) askAccess(w http.ResponseWriter, r *http.Request) error {
	u, err := p.askedUnit(r)
	if err != nil {
		return err
	}
	if u == nil {
		return errs.E(errs.NotFound, "error.not_found")
	}
	in := household.AskIn{Unit: u.ID}
	return recordweb.Answer(p.Site, w, r, household.AskAccess, &in, "", household.RequestPath, func(f *page.Form) error { return p.askForm(w, r, 0, u, f) })
}

// askForm is the form by which somebody of another department asks to see a unit's file, with what became of his requests. With no
// unit it only shows these. It names nobody who lives there.
func (p Pages) askForm(w http.ResponseWriter, r *http.Request, status int, u *estate.Unit, f *page.Form) error {
	ctx, q, me := r.Context(), p.Door.DB.Read(), access.From(r.Context()).Account
	own, err := household.RequestsBy(ctx, q, me)
	if err != nil {
		return err
	}
	a := recordweb.FormPage{Status: status, Nav: NavRequests, Title: i18n.T(ctx, "request.own"), Clauses: []string{"D5"}, Below: ownRequests(own, u == nil)}
	if u != nil {
		a.Title, a.Lead, a.Form, a.Save, a.Back.Href = i18n.T(ctx, "request.title", u.Code), i18n.T(ctx, "request.lead", u.Code), f, i18n.T(ctx, "request.do"), "/"
		a.Groups = []recordweb.Group{{Fields: []page.Input{{Name: "why", Kind: page.Area, Label: i18n.T(ctx, "request.why"), Hint: i18n.T(ctx, "request.why.hint"), Max: 500, Focus: true}}}}
	}
	if err := p.ShowForm(w, r, a); err != nil {
		return err
	}
	return household.SeeAnswers(ctx, p.Door.DB, me)
}

func refOfRequest(r *household.RequestRow) string { return "request:" + ref.Text(r.ID) }

func (p Pages) request(r *http.Request) (*household.RequestRow, error) {
	scope := access.From(r.Context()).Scope(household.MayAudit(), access.Chosen(r.Context()))
	return household.FindRequest(r.Context(), p.Door.DB.Read(), scope, ref.ParseID[household.RequestID](r.PathValue("id")))
}

func (p Pages) showRequest(w http.ResponseWriter, r *http.Request) error {
	q, err := p.request(r)
	if err != nil {
		return err
	}
	return p.requestPage(w, r, q, page.NewForm(q.ID.Path()+"/answer", nil))
}

// requestPage is a request, with the form that answers it for whoever may and did not make it.
func (p Pages) requestPage(w http.ResponseWriter, r *http.Request, q *household.RequestRow, f *page.Form) error {
	ctx, me := r.Context(), access.From(r.Context())
	a := recordweb.FormPage{Nav: NavRequests, Title: q.Code, Sub: i18n.T(ctx, "request.state."+string(q.State)), Clauses: []string{"D5"}, Facts: requestFacts(ctx, q),
		Edits: &recordweb.Edited{Ref: refOfRequest(q), Version: q.Version}, Save: i18n.T(ctx, "request.answer.do"), Back: page.Link{Label: i18n.T(ctx, "request.list.title"), Href: household.RequestsPath},
		Groups: []recordweb.Group{{Fields: []page.Input{
			{Name: "state", Kind: page.Segments, Label: i18n.T(ctx, "request.decide"), Options: []page.Option{
				{Value: string(household.Granted), Label: i18n.T(ctx, "request.grant")}, {Value: string(household.Denied), Label: i18n.T(ctx, "request.deny")}}},
			{Name: "answer", Kind: page.Area, Label: i18n.T(ctx, "request.answer"), Hint: i18n.T(ctx, "request.answer.hint"), Max: 500},
		}}}}
	if _, may := me.Holding(q.Estate, household.MayAnswer()); may && q.State == household.Asked && q.AskedBy != me.Account {
		a.Form = f
	}
	return p.ShowForm(w, r, a)
}

func requestFacts(ctx context.Context, q *household.RequestRow) []page.FactGroup {
	facts := []page.Fact{
		{Label: i18n.T(ctx, "household.room"), Text: q.Code, Href: "/years/" + ref.Text(q.Unit)},
		{Label: i18n.T(ctx, "request.by"), Text: q.AskedName},
		{Label: i18n.T(ctx, "request.asked"), Text: clock.Moment(q.Asked)},
		{Label: i18n.T(ctx, "request.why"), Text: q.Why},
	}
	if q.State != household.Asked {
		facts = append(facts, page.Fact{Label: i18n.T(ctx, "request.answer"), Text: q.Answer},
			page.Fact{Label: i18n.T(ctx, "request.answered_by"), Text: joined(q.AnsweredName, clock.Moment(q.Answered))})
	}
	return []page.FactGroup{{Title: i18n.T(ctx, "request.facts"), Facts: facts}}
}
