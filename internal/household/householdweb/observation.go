package householdweb

import (
	"net/http"
	"net/url"
	"strconv"

	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
)

const notePath = "/observations/new"

// noteView is the form of an observation, and what was noted just before.
type noteView struct {
	form *page.Form
	done string // place of the one before
	list bool   // the person may see the register
}

func (p Pages) newObservation(w http.ResponseWriter, r *http.Request) error {
	values := page.Values{}
	values.Set("place", r.URL.Query().Get("place"))
	return p.renderNote(w, r, http.StatusOK, page.NewForm(notePath, values))
}

func (p Pages) noteObservation(w http.ResponseWriter, r *http.Request) error {
	in := household.NoteIn{Estate: opform.Estate(r)}
	_, err := opform.Send(r, p.Door, household.Note, &in, "")
	return opform.After(p.Kit, w, r, err, notePath+"?"+url.Values{"done": {in.Place}}.Encode(), func(err error) error {
		return p.renderNote(w, r, http.StatusUnprocessableEntity, page.Refused(notePath, page.Typed(r), err))
	})
}

func (p Pages) renderNote(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	actor := access.From(r.Context())
	v := noteView{form: f, done: r.URL.Query().Get("done"), list: actor.HoldsAny(household.MayRead())}
	current := Noting
	if v.list {
		current = Observations
	}
	title := i18n.T(r.Context(), "observation.new.title")
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: current, Err: f.Err, Body: noteBody(title, v)})
}

// observationView is what the page of an observation shows.
type observationView struct {
	*household.Observation
	by, settledBy string
	text          string
	at            *household.Named // the household it may be about
	form          *page.Form
	settle        bool
	history       []page.Event
}

func refOfObservation(o *household.Observation) string { return "observation:" + o.ID.String() }

func (p Pages) observation(r *http.Request) (*household.Observation, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return nil, errs.E(errs.NotFound, "error.not_found")
	}
	return household.FindObservation(r.Context(), p.Door.DB.Read(), scope(r), household.ObservationID(id))
}

func (p Pages) showObservation(w http.ResponseWriter, r *http.Request) error {
	o, err := p.observation(r)
	if err != nil {
		return err
	}
	return p.renderObservation(w, r, http.StatusOK, o, page.NewForm(o.ID.Path()+"/settle", nil))
}

func (p Pages) settleObservation(w http.ResponseWriter, r *http.Request) error {
	o, err := p.observation(r)
	if err != nil {
		return err
	}
	in := household.SettleIn{ID: o.ID}
	_, err = opform.Send(r, p.Door, household.Settle, &in, refOfObservation(o))
	return opform.After(p.Kit, w, r, err, "/observations", func(err error) error {
		return p.renderObservation(w, r, errs.KindOf(err).Status(), o, page.Refused(o.ID.Path()+"/settle", page.Typed(r), err))
	})
}

func (p Pages) renderObservation(w http.ResponseWriter, r *http.Request, status int, o *household.Observation, form *page.Form) error {
	v, err := p.observationView(r, o)
	if err != nil {
		return err
	}
	v.form = form
	return p.Kit.Render(w, r, status, page.Page{Title: o.Place, Current: Observations, Err: form.Err, Body: observationBody(v)})
}

func (p Pages) observationView(r *http.Request, o *household.Observation) (v observationView, err error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	v = observationView{Observation: o}
	names, err := account.Names(ctx, q, []int64{o.NotedBy, o.SettledBy})
	if err != nil {
		return v, err
	}
	v.by, v.settledBy = names[o.NotedBy], names[o.SettledBy]
	_, maySettle := access.From(ctx).Holding(o.Estate, household.MaySettle())
	v.settle = maySettle && o.State == household.Waiting
	if v.text, err = o.Words(ctx, p.Door.Vault); err != nil {
		return v, err
	}
	if v.at, err = p.about(r, o); err != nil {
		return v, err
	}
	v.history, err = historyweb.Of(ctx, p.Door, o, observationColumns)
	return v, err
}

// about is the household an observation may be about; nil when nobody knows.
func (p Pages) about(r *http.Request, o *household.Observation) (*household.Named, error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	id, err := o.HouseholdAt(ctx, q)
	if err != nil || id == 0 {
		return nil, err
	}
	h, err := household.Find(ctx, q, within(o.Estate), id)
	if err != nil {
		return nil, err
	}
	details, err := household.Details(ctx, q, id)
	return &household.Named{Household: h, Detail: details[id]}, err
}
