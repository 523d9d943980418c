package householdweb

import (
	"context"
	"net/http"
	"net/url"

	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

const notePath = "/observations/new"

func (p Pages) newObservation(w http.ResponseWriter, r *http.Request) error {
	values := page.Values{}
	values.Set("place", r.URL.Query().Get("place"))
	return p.noteForm(w, r, page.NewForm(notePath, values))
}

func (p Pages) noteObservation(w http.ResponseWriter, r *http.Request) error {
	in := household.NoteIn{Estate: opform.Estate(r)}
	to := notePath + "?" + url.Values{"done": {page.Typed(r).Get("place")}}.Encode()
	return recordweb.Answer(p.Site, w, r, household.Note, &in, "", to, func(f *page.Form) error { return p.noteForm(w, r, f) })
}

// noteForm is the form of an observation; whoever sees the register is told the way to it.
func (p Pages) noteForm(w http.ResponseWriter, r *http.Request, f *page.Form) error {
	ctx, placed := r.Context(), f.Value("place") != ""
	a := recordweb.FormPage{Nav: Noting, Title: i18n.T(ctx, "observation.new.title"), Clauses: []string{"C7"}, Form: f, Estate: true, Save: i18n.T(ctx, "observation.note.do"),
		Groups: []recordweb.Group{{Fields: []page.Input{
			{Name: "place", Label: i18n.T(ctx, "observation.place"), Hint: i18n.T(ctx, "observation.place.hint"), Max: 64, Width: page.WidthMedium, Focus: !placed},
			{Name: "said", Kind: page.Area, Label: i18n.T(ctx, "observation.said"), Hint: i18n.T(ctx, "observation.said.hint"), Max: 1000, Focus: placed},
		}}}}
	if access.From(ctx).HoldsAny(household.MayRead()) {
		a.Nav, a.Actions = Observations, []page.Action{{Key: "list", Label: i18n.T(ctx, "observation.list.title"), Href: "/observations"}}
	}
	if done := r.URL.Query().Get("done"); done != "" && f.Err == nil {
		a.Top = page.Notice(page.NoticeView{Kind: page.NoticeDone, Text: i18n.T(ctx, "observation.done", done)})
	}
	return p.ShowForm(w, r, a)
}

func refOfObservation(o *household.Observation) string { return "observation:" + ref.Text(o.ID) }

func (p Pages) observation(r *http.Request) (*household.Observation, error) {
	return household.FindObservation(r.Context(), p.Door.DB.Read(), scope(r), ref.ParseID[household.ObservationID](r.PathValue("id")))
}

func (p Pages) showObservation(w http.ResponseWriter, r *http.Request) error {
	o, err := p.observation(r)
	if err != nil {
		return err
	}
	return p.observationPage(w, r, o, page.NewForm(o.ID.Path()+"/settle", nil))
}

// observationPage is an observation, with the form that settles it for whoever may.
func (p Pages) observationPage(w http.ResponseWriter, r *http.Request, o *household.Observation, f *page.Form) error {
	ctx := r.Context()
	at, err := p.about(r, o)
	if err != nil {
		return err
	}
	facts, err := p.observationFacts(ctx, o, at)
	if err != nil {
		return err
	}
	history, err := historyweb.Of(ctx, p.Door, o, observationColumns)
	if err != nil {
		return err
	}
	a := recordweb.FormPage{Nav: Observations, Title: o.Place, Sub: i18n.T(ctx, "observation.state."+string(o.State)), Clauses: []string{"C7"}, Facts: facts, History: history,
		Edits: &recordweb.Edited{Ref: refOfObservation(o), Version: o.Version}, Save: i18n.T(ctx, "observation.settle"), Back: page.Link{Label: i18n.T(ctx, "observation.list.title"), Href: "/observations"},
		Groups: []recordweb.Group{
			{Fields: []page.Input{{Name: "state", Kind: page.Segments, Label: i18n.T(ctx, "observation.true"), Options: []page.Option{
				{Value: string(household.Confirmed), Label: i18n.T(ctx, "observation.true.yes")}, {Value: string(household.Refused), Label: i18n.T(ctx, "observation.true.no")}}}}, Body: peopleOf(at)},
			{Fields: []page.Input{{Name: "outcome", Kind: page.Area, Label: i18n.T(ctx, "observation.outcome"), Hint: i18n.T(ctx, "observation.outcome.hint"), Max: 500}}}}}
	if _, may := access.From(ctx).Holding(o.Estate, household.MaySettle()); may && o.State == household.Waiting {
		a.Form = f
	}
	return p.ShowForm(w, r, a)
}

func (p Pages) observationFacts(ctx context.Context, o *household.Observation, at *household.Named) ([]page.FactGroup, error) {
	by, err := account.Names(ctx, p.Door.DB.Read(), []int64{o.NotedBy, o.SettledBy})
	if err != nil {
		return nil, err
	}
	text, err := o.Words(ctx, p.Door.Vault)
	facts := []page.Fact{
		{Label: i18n.T(ctx, "observation.noted"), Text: clock.Moment(o.Noted)},
		{Label: i18n.T(ctx, "observation.by"), Text: by[o.NotedBy]},
		{Label: i18n.T(ctx, "observation.said"), Text: text},
	}
	if at != nil {
		facts = append(facts, page.Fact{Label: i18n.T(ctx, "household.names"), Text: joined(at.Rooms(), at.Called()), Href: at.ID.Path()})
	}
	if o.State != household.Waiting {
		facts = append(facts, page.Fact{Label: i18n.T(ctx, "observation.outcome"), Text: o.Outcome},
			page.Fact{Label: i18n.T(ctx, "observation.settled"), Text: joined(clock.Moment(o.Settled), by[o.SettledBy])})
	}
	return []page.FactGroup{{Title: i18n.T(ctx, "observation.facts"), Facts: facts}}, err
}

// about is the household an observation may be about; nil when nobody knows.
func (p Pages) about(r *http.Request, o *household.Observation) (*household.Named, error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	id, err := o.HouseholdAt(ctx, q)
	if err != nil || id == 0 {
		return nil, err
	}
	h, err := household.Find(ctx, q, access.Only(o.Estate), id)
	if err != nil {
		return nil, err
	}
	details, err := household.Details(ctx, q, id)
	return &household.Named{Household: h, Detail: details[id]}, err
}
