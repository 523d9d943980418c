// Package settingweb is the page of settings: each with its meaning, the rule's default, what holds now and since when.
//
// It may import account, setting and page. Always true: a change asks for a reason and is an operation.
package settingweb

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/setting"
)

// NavSettings is the key of the module in the navigation.
const NavSettings = "settings"

// Pages are the pages of settings.
type Pages struct {
	Kit      *page.Kit
	Door     *op.Door
	Registry *setting.Registry
}

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	p.Kit.For(setting.MayChange(), mux, "GET /settings", p.list)
	p.Kit.For(setting.MayChange(), mux, "GET /settings/{name}", p.edit)
	p.Kit.For(setting.MayChange(), mux, "POST /settings/{name}", p.change)
}

func (p Pages) current(r *http.Request) ([]setting.Current, error) {
	ctx := r.Context()
	return p.Registry.List(ctx, p.Door.DB.Read(), access.Chosen(ctx), clock.Date(p.Door.Clock.Now()))
}

func (p Pages) list(w http.ResponseWriter, r *http.Request) error {
	all, err := p.current(r)
	if err != nil {
		return err
	}
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(r.Context(), "setting.title"), Nav: NavSettings, Body: listBody(all)})
}

// changeable reports whether a person may change a setting: the company's own is decided by those who hold their post in
// all estates.
func changeable(ctx context.Context, s setting.Current) bool {
	_, may := access.From(ctx).Holding(access.Company, setting.MayChange())
	return may || !s.Company
}

// one is the setting a request's address names.
func (p Pages) one(r *http.Request) (setting.Current, error) {
	all, err := p.current(r)
	for _, s := range all {
		if s.Name == r.PathValue("name") && changeable(r.Context(), s) {
			return s, err
		}
	}
	if err == nil {
		err = errs.E(errs.NotFound, "error.not_found")
	}
	return setting.Current{}, err
}

func (p Pages) edit(w http.ResponseWriter, r *http.Request) error {
	s, err := p.one(r)
	if err != nil {
		return err
	}
	return p.form(w, r, http.StatusOK, s, page.NewForm(r.URL.Path, page.Fill(filled(s))))
}

func (p Pages) form(w http.ResponseWriter, r *http.Request, status int, s setting.Current, f *page.Form) error {
	past, err := p.history(r.Context(), s)
	if err != nil {
		return err
	}
	title := i18n.T(r.Context(), "setting.change.title", i18n.Key(s.Label))
	return p.Kit.Render(w, r, status, page.Page{Title: title, Nav: NavSettings, Err: f.Err, Body: formBody(title, s, f, past)})
}

// history tells a setting's changes, the newest first.
func (p Pages) history(ctx context.Context, s setting.Current) ([]page.Event, error) {
	changes, err := s.History(ctx, p.Door, access.Chosen(ctx))
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, c := range changes {
		ids = append(ids, c.Leaf.Actor)
	}
	names, err := account.Names(ctx, p.Door.DB.Read(), ids)
	if err != nil {
		return nil, err
	}
	events := make([]page.Event, len(changes))
	for i, c := range changes {
		at := time.UnixMicro(c.Leaf.At).In(clock.China)
		events[i] = page.Event{When: at.Format(time.DateOnly), Icon: "swap", Title: i18n.T(ctx, "setting.history.to", c.From, told(ctx, s.Number, c.Value)),
			Text: c.Reason, Who: names[c.Leaf.Actor] + " " + at.Format("15:04")}
	}
	return events, nil
}

// told is a value with its unit.
func told(ctx context.Context, n setting.Number, value int64) string {
	text := orNone(n.Text(ctx, value))
	if unit := unitOf(ctx, n); unit != "" {
		text += " " + unit
	}
	return text
}

// unitOf is a setting's unit; nothing for a day and for a choice.
func unitOf(ctx context.Context, n setting.Number) string {
	if n.Unit == "" {
		return ""
	}
	return i18n.T(ctx, n.Unit)
}

func options(ctx context.Context, n setting.Number) []page.Option {
	all := make([]page.Option, len(n.Options))
	for i, o := range n.Options {
		all[i] = page.Option{Value: strconv.FormatInt(o.Value, 10), Label: i18n.T(ctx, o.Label)}
	}
	return all
}

// changeForm is the form of a setting's new value.
type changeForm struct {
	Value int64    `form:"value"`
	From  page.Day `form:"from"` // empty: today
	Why   string   `form:"why"`
}

// dayForm is the same for a setting that is a day.
type dayForm struct {
	Value page.Day `form:"value"` // empty: none
	From  page.Day `form:"from"`
	Why   string   `form:"why"`
}

func filled(s setting.Current) any {
	if s.Day {
		return dayForm{Value: page.Day(setting.DayOf(s.Value))}
	}
	return changeForm{Value: s.Value}
}

// typed is the new value as the form brings it.
func typed(r *http.Request, s setting.Current) (changeForm, error) {
	var in changeForm
	if !s.Day {
		return in, page.Decode(r, &in)
	}
	var d dayForm
	err := page.Decode(r, &d)
	return changeForm{Value: setting.ValueOf(string(d.Value)), From: d.From, Why: d.Why}, err
}

// orNone is a value, or the sign for none.
func orNone(text string) string {
	if text == "" {
		return "\u2014"
	}
	return text
}

func (p Pages) change(w http.ResponseWriter, r *http.Request) error {
	s, err := p.one(r)
	if err != nil {
		return err
	}
	in, wrong := typed(r, s)
	var f errs.Fields
	f.Check(s.Day || page.Typed(r).Get("value") != "", "value", "error.required") // empty is no 0
	change := setting.ChangeIn{Name: s.Name, Estate: access.Chosen(r.Context()), Value: in.Value, From: string(in.From), Why: in.Why}
	_, err = opform.Unless(opform.Together(wrong, f.Err()), r, p.Door, p.Registry.Change(), change, "")
	if errs.Is(err, errs.Invalid) {
		return p.form(w, r, http.StatusUnprocessableEntity, s, page.Refused(r.URL.Path, page.Typed(r), err))
	}
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, "/settings")
}
