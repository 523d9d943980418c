package accountweb

import (
	"context"
	"net/http"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/ref"
)

// modeView is the page that says whether the administrators' posts stand apart, and changes it.
type modeView struct {
	merged  bool
	people  []account.Candidate
	code    bool // the second step is asked for
	form    *page.Form
	history []page.Event
}

func (p Pages) showMode(w http.ResponseWriter, r *http.Request) error {
	return p.renderMode(w, r, http.StatusOK, nil)
}

// modeIn is the form: the three people when posts part, nothing of them when they merge.
type modeIn struct {
	System   int64  `form:"system"`
	Security int64  `form:"security"`
	Auditor  int64  `form:"auditor"`
	Reason   string `form:"reason"`
	account.Own
}

func (p Pages) separate(w http.ResponseWriter, r *http.Request) error {
	return sendMode(p, w, r, account.Separate, func(in modeIn, proof account.Confirmed) account.SeparateIn {
		return account.SeparateIn{System: account.ID(in.System), Security: account.ID(in.Security), Auditor: account.ID(in.Auditor),
			Reason: in.Reason, Confirm: proof}
	})
}

func (p Pages) merge(w http.ResponseWriter, r *http.Request) error {
	return sendMode(p, w, r, account.Merge, func(in modeIn, proof account.Confirmed) account.MergeIn {
		return account.MergeIn{Reason: in.Reason, Confirm: proof}
	})
}

// sendMode changes the mode. The password is looked at first, outside any transaction (design §3); a wrong one is told together
// with whatever else is wrong.
func sendMode[In, Out any](p Pages, w http.ResponseWriter, r *http.Request, o *op.Op[In, Out], input func(modeIn, account.Confirmed) In) error {
	var in modeIn
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	ctx := r.Context()
	proof, err := p.Accounts.ConfirmWhole(ctx, account.From(ctx), in.Own)
	if errs.Is(err, errs.Invalid) {
		_, also := op.Run(ctx, p.Door, o, input(in, proof), op.Dry())
		err = both(err, also)
	}
	if err == nil {
		_, err = opform.Run(r, p.Door, o, input(in, proof), "")
	}
	if mendable(err) {
		return p.renderMode(w, r, errs.KindOf(err).Status(), err)
	}
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, account.ModePath)
}

// both joins the mistakes of the proof and those of the operation, which saw no proof.
func both(proof, found error) error {
	var f errs.Fields
	for _, wrong := range errs.As(proof).Fields {
		f.Add(wrong.Name, wrong.Key, wrong.Args...)
	}
	if errs.Is(found, errs.Invalid) {
		for _, wrong := range errs.As(found).Fields {
			if wrong.Name != "password" {
				f.Add(wrong.Name, wrong.Key, wrong.Args...)
			}
		}
	}
	return f.Err()
}

func (p Pages) renderMode(w http.ResponseWriter, r *http.Request, status int, refused error) error {
	ctx := r.Context()
	var v modeView
	var err error
	if v.merged, err = p.Accounts.Merged(ctx); err != nil {
		return err
	}
	if v.people, err = account.Candidates(ctx, p.Door.DB.Read()); err != nil {
		return err
	}
	if v.code, err = p.Accounts.AsksCode(ctx, account.From(ctx)); err != nil {
		return err
	}
	if v.history, err = p.modeHistory(ctx); err != nil {
		return err
	}
	action := account.ModePath + "/merge"
	if v.merged {
		action = account.ModePath + "/separate"
	}
	v.form = page.NewForm(action, v.holders())
	if refused != nil {
		v.form = page.Refused(action, page.Typed(r), refused)
	}
	v.form.Plain = true // parting the posts may sign out whoever does it
	return p.Kit.Render(w, r, status, page.Page{Title: i18n.T(ctx, "account.mode"), Nav: NavAccounts, Err: v.form.Err, Body: modeBody(v)})
}

// holders fill the form with those who hold one administrators' post and no other.
func (v modeView) holders() page.Values {
	values := page.Values{}
	for _, c := range v.people {
		for _, m := range modePosts {
			if len(c.Grants) == 1 && c.Holds(m.post) {
				values.Set(m.field, ref.Text(c.ID))
			}
		}
	}
	return values
}

// modePosts are the administrators' posts with their fields on the form.
var modePosts = []struct {
	field string
	post  access.Post
}{{"system", access.SystemAdmin}, {"security", access.SecurityAdmin}, {"auditor", access.Auditor}}

// holding names those who hold a post.
func (v modeView) holding(ctx context.Context, post access.Post) string {
	text := ""
	for _, c := range v.people {
		if !c.Holds(post) {
			continue
		}
		if text != "" {
			text += i18n.T(ctx, "account.and")
		}
		text += c.Name
	}
	return text
}

// options are the people who may be named, each with what he holds now.
func (v modeView) options(ctx context.Context) []page.Option {
	all := make([]page.Option, len(v.people))
	for i, c := range v.people {
		all[i] = page.Option{Value: ref.Text(c.ID), Label: i18n.T(ctx, "account.mode.person", c.Name, c.Login, posts(ctx, c.Grants))}
	}
	return all
}

// posts are the names of posts, wherever they are held.
func posts(ctx context.Context, grants []access.Grant) string {
	text, seen := "", map[access.Post]bool{}
	for _, g := range grants {
		if seen[g.Post] {
			continue
		}
		seen[g.Post] = true
		if text != "" {
			text += i18n.T(ctx, "account.and")
		}
		text += account.PostName(ctx, g.Post)
	}
	return text
}

// modeHistory tells when posts were parted and merged, the newest first.
func (p Pages) modeHistory(ctx context.Context) ([]page.Event, error) {
	changes, err := account.ModeHistory(ctx, p.Door)
	if err != nil {
		return nil, err
	}
	return p.events(ctx, changes, func(c account.Change) string { return c.Reason })
}

// events are changes as a page tells them.
func (p Pages) events(ctx context.Context, changes []account.Change, tell func(account.Change) string) ([]page.Event, error) {
	var ids []int64
	for _, c := range changes {
		ids = append(ids, c.Leaf.Actor)
	}
	names, err := account.Names(ctx, p.Door.DB.Read(), ids)
	if err != nil {
		return nil, err
	}
	names[0] = account.PostName(ctx, access.Program)
	events := make([]page.Event, len(changes))
	for i, c := range changes {
		at := time.UnixMicro(c.Leaf.At).In(clock.China)
		events[i] = page.Event{When: at.Format(time.DateOnly), Icon: "user", Title: i18n.T(ctx, "op."+c.Leaf.Name),
			Text: tell(c), Who: names[c.Leaf.Actor] + " " + at.Format("15:04")}
	}
	return events, nil
}
