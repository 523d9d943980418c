package householdweb

import (
	"net/http"
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// CurrentRequests is the key of the register of requests in the navigation.
const CurrentRequests = "access-requests"

// askView is the form by which somebody of another department asks to see a file, with what became of his requests.
type askView struct {
	form *page.Form
	unit *estate.Unit // nil: only his requests are shown
	own  []household.RequestRow
}

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

func askPath(id estate.UnitID) string { return household.RequestPath + "?unit=" + id.String() }

func (p Pages) newRequest(w http.ResponseWriter, r *http.Request) error {
	u, err := p.askedUnit(r)
	if err != nil {
		return err
	}
	v := askView{unit: u}
	if u != nil {
		v.form = page.NewForm(askPath(u.ID), nil)
	}
	return p.renderAsk(w, r, http.StatusOK, v)
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
	_, err = opform.Send(r, p.Door, household.AskAccess, &in, "")
	return opform.After(p.Kit, w, r, err, household.RequestPath, func(err error) error {
		return p.renderAsk(w, r, http.StatusUnprocessableEntity, askView{unit: u, form: page.Refused(askPath(u.ID), page.Typed(r), err)})
	})
}

func (p Pages) renderAsk(w http.ResponseWriter, r *http.Request, status int, v askView) error {
	var err error
	if v.own, err = household.RequestsBy(r.Context(), p.Door.DB.Read(), access.From(r.Context()).Account); err != nil {
		return err
	}
	var wrong error
	if v.form != nil {
		wrong = v.form.Err
	}
	title := askTitle(r.Context(), v)
	if err := p.Kit.Render(w, r, status, page.Page{Title: title, Current: CurrentRequests, Err: wrong, Body: askBody(title, v)}); err != nil {
		return err
	}
	return household.SeeAnswers(r.Context(), p.Door.DB, access.From(r.Context()).Account)
}

// requestView is a request as whoever answers it sees it.
type requestView struct {
	*household.RequestRow
	form   *page.Form
	answer bool
}

func refOfRequest(r *household.RequestRow) string { return "request:" + r.ID.String() }

func (p Pages) request(r *http.Request) (*household.RequestRow, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return nil, errs.E(errs.NotFound, "error.not_found")
	}
	scope := access.From(r.Context()).Scope(household.MayAudit(), access.Chosen(r.Context()))
	return household.FindRequest(r.Context(), p.Door.DB.Read(), scope, household.RequestID(id))
}

func (p Pages) showRequest(w http.ResponseWriter, r *http.Request) error {
	q, err := p.request(r)
	if err != nil {
		return err
	}
	return p.renderRequest(w, r, http.StatusOK, q, page.NewForm(q.ID.Path()+"/answer", nil))
}

func (p Pages) answerRequest(w http.ResponseWriter, r *http.Request) error {
	q, err := p.request(r)
	if err != nil {
		return err
	}
	in := household.AnswerIn{ID: q.ID}
	_, err = opform.Send(r, p.Door, household.AnswerAccess, &in, refOfRequest(q))
	return opform.After(p.Kit, w, r, err, household.RequestsPath, func(err error) error {
		return p.renderRequest(w, r, errs.KindOf(err).Status(), q, page.Refused(q.ID.Path()+"/answer", page.Typed(r), err))
	})
}

func (p Pages) renderRequest(w http.ResponseWriter, r *http.Request, status int, q *household.RequestRow, f *page.Form) error {
	_, may := access.From(r.Context()).Holding(q.Estate, household.MayAnswer())
	v := requestView{RequestRow: q, form: f, answer: may && q.State == household.Asked && q.AskedBy != access.From(r.Context()).Account}
	return p.Kit.Render(w, r, status, page.Page{Title: requestTitle(v), Current: CurrentRequests, Err: f.Err, Body: requestBody(v)})
}

func requestTitle(v requestView) string { return v.Code + " " + v.AskedName }
