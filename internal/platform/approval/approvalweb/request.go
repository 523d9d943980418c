package approvalweb

import (
	"context"
	"net/http"
	"strings"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/approval"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/ref"
)

// states are how the states of a request look.
var states = map[approval.State]page.State{approval.Waiting: page.Waiting, approval.Approved: page.Running, approval.Done: page.OK,
	approval.Failed: page.Late, approval.Refused: page.Late, approval.Withdrawn: page.Void}

// view is what a request's page shows.
type view struct {
	approval.RequestWithSteps
	telling approval.Telling
	estate  string
	names   map[int64]string
	who     access.Actor
	now     time.Time
	approve *page.Form
	refuse  *page.Form
	could   map[int64]string // who could decide a step that waits
}

func (v view) decides() bool { return v.WaitsFor(v.who, v.now) }
func (v view) own() bool     { return v.By == v.who.Account }

// last reports whether the step that waits is the one after which the operation runs.
func (v view) last() bool {
	step := v.Current()
	return step != nil && int(step.No) == len(v.Steps)
}

func (v view) title(ctx context.Context) string { return i18n.T(ctx, "op."+v.Name) }

// stateText is where a request stands, in words.
func stateText(ctx context.Context, f approval.RequestWithSteps, now time.Time) (page.State, string) {
	if f.Expired(now) {
		return page.Void, i18n.T(ctx, "approval.state.expired")
	}
	return states[f.State], i18n.T(ctx, "approval.state."+string(f.State))
}

func refOf(f approval.RequestWithSteps) string { return "approval:" + ref.Text(f.ID) }

func (p Pages) request(r *http.Request) (approval.RequestWithSteps, error) {
	return approval.Find(r.Context(), p.Door.DB.Read(), access.From(r.Context()), ref.ParseID[approval.ID](r.PathValue("id")))
}

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	f, err := p.request(r)
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, view{RequestWithSteps: f, approve: page.NewForm(f.ID.Path()+"/approve", nil), refuse: page.NewForm(f.ID.Path()+"/refuse", nil)})
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, status int, v view) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	v.who, v.now = access.From(ctx), p.Door.Clock.Now()
	var err error
	if v.telling, err = p.Requests.Tell(ctx, p.Door, v.RequestWithSteps); err != nil {
		return err
	}
	if v.estate, err = p.EstateName(ctx, q, v.Estate); err != nil {
		return err
	}
	ids := []int64{v.By}
	for _, s := range v.Steps {
		ids = append(ids, s.By)
	}
	if v.names, err = account.Names(ctx, q, ids); err != nil {
		return err
	}
	if v.could, err = p.deciders(ctx, v); err != nil {
		return err
	}
	failed := v.approve.Err
	if failed == nil {
		failed = v.refuse.Err
	}
	return p.Kit.Render(w, r, status, page.Page{Title: v.title(ctx), Nav: NavApprovals, Err: failed, Body: requestBody(v)})
}

func (p Pages) approve(w http.ResponseWriter, r *http.Request) error {
	f, err := p.request(r)
	if err != nil {
		return err
	}
	in := approval.DecideIn{ID: f.ID}
	done, err := opform.Send(r, p.Door, p.Requests.Agree(), &in, refOf(f))
	if err == nil && done.Out == approval.Approved {
		err = p.Requests.Carry(r.Context(), p.Door, f.ID)
	}
	return opform.After(p.Kit, w, r, err, f.ID.Path(), func(err error) error {
		return p.again(w, r, view{RequestWithSteps: f, approve: page.Refused(f.ID.Path()+"/approve", page.Typed(r), err), refuse: page.NewForm(f.ID.Path()+"/refuse", nil)})
	})
}

// again shows a form that came back, with the request as it stands by now.
func (p Pages) again(w http.ResponseWriter, r *http.Request, v view) error {
	var err error
	if v.RequestWithSteps, err = p.request(r); err != nil {
		return err
	}
	return p.render(w, r, http.StatusUnprocessableEntity, v)
}

func (p Pages) refuse(w http.ResponseWriter, r *http.Request) error {
	f, err := p.request(r)
	if err != nil {
		return err
	}
	in := approval.DecideIn{ID: f.ID}
	_, err = opform.Send(r, p.Door, p.Requests.Refuse(), &in, refOf(f))
	return opform.After(p.Kit, w, r, err, f.ID.Path(), func(err error) error {
		return p.again(w, r, view{RequestWithSteps: f, refuse: page.Refused(f.ID.Path()+"/refuse", page.Typed(r), err), approve: page.NewForm(f.ID.Path()+"/approve", nil)})
	})
}

func (p Pages) withdraw(w http.ResponseWriter, r *http.Request) error {
	f, err := p.request(r)
	if err != nil {
		return err
	}
	if _, err := opform.Run(r, p.Door, p.Requests.Withdraw(), approval.WithdrawIn{ID: f.ID}, refOf(f)); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, f.ID.Path())
}

// carry runs what was approved and could not run at once.
func (p Pages) carry(w http.ResponseWriter, r *http.Request) error {
	f, err := p.request(r)
	if err != nil {
		return err
	}
	if err := p.Requests.Carry(r.Context(), p.Door, f.ID); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, f.ID.Path())
}

// moment is an instant as people read it.

// posts are a step's posts in words.
func posts(ctx context.Context, s approval.StepRow) string {
	var names []string
	for _, p := range s.Deciders() {
		names = append(names, i18n.T(ctx, "post."+string(p)))
	}
	return strings.Join(names, " / ")
}

func (v view) facts(ctx context.Context) []page.FactGroup {
	state, text := stateText(ctx, v.RequestWithSteps, v.now)
	asked := []page.Fact{{Label: i18n.T(ctx, "approval.state"), State: state, Chip: text}}
	for _, f := range v.telling.Facts {
		asked = append(asked, page.Fact{Label: f.Label, Text: f.Text})
	}
	asked = append(asked,
		page.Fact{Label: i18n.T(ctx, "approval.why"), Text: v.Why},
		page.Fact{Label: i18n.T(ctx, "approval.estate"), Text: v.estate},
		page.Fact{Label: i18n.T(ctx, "approval.by"), Text: v.names[v.By] + " " + clock.Moment(v.At)},
		page.Fact{Label: i18n.T(ctx, "approval.until"), Text: clock.Moment(v.Until)})
	return []page.FactGroup{{Title: i18n.T(ctx, "approval.asked"), Facts: asked}}
}

// deciders say, for each step that waits, who could decide it; that nobody can, where it is so.
func (p Pages) deciders(ctx context.Context, v view) (map[int64]string, error) {
	could := map[int64]string{}
	for _, s := range v.Steps {
		if s.At != 0 {
			continue
		}
		names, err := account.Holders(ctx, p.Door.DB.Read(), s.Deciders(), v.Estate, v.By)
		if err != nil {
			return nil, err
		}
		if len(names) == 0 && v.decides() { // by a sign-in link, without a password of his own yet
			names = []string{v.who.Name}
		}
		if could[s.No] = i18n.T(ctx, "approval.could", strings.Join(names, " / ")); len(names) == 0 {
			could[s.No] = i18n.T(ctx, "approval.nobody")
		}
	}
	return could, nil
}

// steps are the decisions, those made and those still to come.
func (v view) steps(ctx context.Context) []page.Event {
	var all []page.Event
	for _, s := range v.Steps {
		e := page.Event{Title: i18n.T(ctx, "approval.step", s.No, posts(ctx, s)), Text: s.Why, State: page.Waiting, Chip: i18n.T(ctx, "approval.state.waiting")}
		switch {
		case s.At != 0 && s.Agreed:
			e.State, e.Chip = page.OK, i18n.T(ctx, "approval.agreed")
		case s.At != 0:
			e.State, e.Chip = page.Late, i18n.T(ctx, "approval.state.refused")
		case v.State != approval.Waiting || v.Expired(v.now):
			e.State, e.Chip = page.Void, i18n.T(ctx, "approval.undecided")
		default:
			e.Text = v.could[s.No]
		}
		if s.At != 0 {
			e.When, e.Who = clock.Moment(s.At), v.names[s.By]
		}
		all = append(all, e)
	}
	return all
}
