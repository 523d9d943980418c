package importsweb

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked/maskedweb"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/ref"
)

// leftView is the page of something an import left over.
type leftView struct {
	*imports.Left
	value   page.MaskedView
	given   string
	by      string           // who settled it
	home    *household.Named // whose file it is worked off on; nil while there is none
	settle  *page.Form
	file    *page.Form // of a picture
	give    *page.Form
	people  []page.Option
	history []page.Event
}

func refOfLeft(l *imports.Left) string { return "import_left:" + ref.Text(l.ID) }

func (p Pages) findLeft(r *http.Request) (*imports.Left, error) {
	scope := access.From(r.Context()).Scope(imports.MayImport(), access.Company)
	return imports.FindLeft(r.Context(), p.Door.DB.Read(), scope, ref.ParseID[imports.LeftID](r.PathValue("id")))
}

func (p Pages) showLeft(w http.ResponseWriter, r *http.Request) error {
	l, err := p.findLeft(r)
	if err != nil {
		return err
	}
	return p.renderLeft(w, r, http.StatusOK, l, page.NewForm(l.ID.Path()+"/settle", nil), giveForm(l.ID.Path()+"/give", l.Given, l.Due))
}

func giveForm(action string, given int64, due string) *page.Form {
	values := page.Values{}
	if given != 0 {
		values.Set("given", strconv.FormatInt(given, 10))
	}
	values.Set("due", due)
	return page.NewForm(action, values)
}

func (p Pages) renderLeft(w http.ResponseWriter, r *http.Request, status int, l *imports.Left, settle, give *page.Form) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	v := leftView{Left: l, settle: settle, give: give, file: page.NewForm(l.ID.Path()+"/file", page.Values{"room": {l.Room}}), value: maskedweb.View(ctx, imports.LeftValue, l, l.Value, i18n.T(ctx, "left.value"))}
	if settle.Action == v.file.Action { // it was refused
		v.file, v.settle = settle, page.NewForm(l.ID.Path()+"/settle", nil)
	}
	names, err := account.Names(ctx, q, []int64{l.Given, l.SettledBy})
	if err != nil {
		return err
	}
	v.given, v.by = names[l.Given], names[l.SettledBy]
	if v.people, err = p.people(ctx, l.Estate); err != nil {
		return err
	}
	if v.home, err = p.homeOf(ctx, l); err != nil {
		return err
	}
	if v.history, err = historyweb.Of(ctx, p.Door, l, leftColumns); err != nil {
		return err
	}
	wrong := settle.Err
	if wrong == nil {
		wrong = give.Err
	}
	return p.Kit.Render(w, r, status, page.Page{Title: l.Place(), Nav: NavLeft, Err: wrong, About: l.ID.Ref(), Estate: l.Estate, Body: leftBody(v)})
}

var leftColumns = []historyweb.Column{{Name: "due", Label: "left.due"}, {Name: "outcome", Label: "left.outcome"}}

// people are those to whom work on an estate's rosters can be given.
func (p Pages) people(ctx context.Context, e access.EstateID) ([]page.Option, error) {
	all, err := account.People(ctx, p.Door.DB.Read(), e, imports.MayImport())
	options := make([]page.Option, len(all))
	for i, who := range all {
		options[i] = page.Option{Value: strconv.FormatInt(who.Account, 10), Label: who.Name}
	}
	return options, err
}

// homeOf is the household something left over belongs to; nil for none.
func (p Pages) homeOf(ctx context.Context, l *imports.Left) (*household.Named, error) {
	if l.Household == 0 {
		return nil, nil
	}
	q := p.Door.DB.Read()
	within := access.ProgramActor().Scope([]access.Post{access.Program}, access.Company)
	h, err := household.Find(ctx, q, within, l.Household)
	if errs.Is(err, errs.NotFound) { // taken back since
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	details, err := household.Details(ctx, q, h.ID)
	return &household.Named{Household: h, Detail: details[h.ID]}, err
}

func (p Pages) settleLeft(w http.ResponseWriter, r *http.Request) error {
	l, err := p.findLeft(r)
	if err != nil {
		return err
	}
	in := imports.SettleLeftIn{ID: l.ID}
	_, err = opform.Send(r, p.Door, imports.SettleLeft, &in, refOfLeft(l))
	return opform.After(p.Kit, w, r, err, p.back(r, l), func(err error) error {
		return p.renderLeft(w, r, errs.KindOf(err).Status(), l, page.Refused(l.ID.Path()+"/settle", page.Typed(r), err), giveForm(l.ID.Path()+"/give", l.Given, l.Due))
	})
}

// leftPicture is a waiting picture itself.
func (p Pages) leftPicture(w http.ResponseWriter, r *http.Request) error {
	l, err := p.findLeft(r)
	if err != nil {
		return err
	}
	data, err := imports.PictureOf(r.Context(), p.Door, l)
	if err != nil {
		return err
	}
	h, kind := w.Header(), http.DetectContentType(data)
	if !strings.HasPrefix(kind, "image/") {
		kind = "application/octet-stream"
		h.Set("Content-Disposition", "attachment")
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", "sandbox")
	_, err = w.Write(data)
	return err
}

// homed is the form that says whose a picture is.
type homed struct {
	Room string `form:"room"`
}

func (p Pages) fileLeft(w http.ResponseWriter, r *http.Request) error {
	l, err := p.findLeft(r)
	if err != nil {
		return err
	}
	var in homed
	if err = page.Decode(r, &in); err == nil {
		err = p.filePicture(r, l, in.Room)
	}
	return opform.After(p.Kit, w, r, err, l.ID.Path(), func(err error) error {
		return p.renderLeft(w, r, errs.KindOf(err).Status(), l, page.Refused(l.ID.Path()+"/file", page.Typed(r), err), giveForm(l.ID.Path()+"/give", l.Given, l.Due))
	})
}

func (p Pages) filePicture(r *http.Request, l *imports.Left, room string) error {
	homes, err := imports.HomesIn(r.Context(), p.Door, l.Estate, room)
	if err != nil {
		return err
	}
	var f errs.Fields
	f.Check(len(homes) > 0, "room", "left.error.home")
	if err := f.Err(); err != nil {
		return err
	}
	return imports.FileWaiting(r.Context(), p.Door, p.Scans, l, &homes[0])
}

// back is where somebody came from to work something off: the household's page, else the list.
func (p Pages) back(r *http.Request, l *imports.Left) string {
	if page.Typed(r).Get("from") == "household" && l.Household != 0 {
		return l.Household.Path() + "?tab=" + panelKey
	}
	return imports.LeftPath
}

func (p Pages) reopenLeft(w http.ResponseWriter, r *http.Request) error {
	l, err := p.findLeft(r)
	if err != nil {
		return err
	}
	if _, err := opform.Run(r, p.Door, imports.ReopenLeft, l.ID, refOfLeft(l)); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, l.ID.Path())
}

// given is the form that says to whom and until when.
type given struct {
	Given int64    `form:"given"`
	Due   page.Day `form:"due"`
}

func (p Pages) giveLeft(w http.ResponseWriter, r *http.Request) error {
	l, err := p.findLeft(r)
	if err != nil {
		return err
	}
	var in given
	wrong := page.Decode(r, &in)
	_, err = opform.Unless(wrong, r, p.Door, imports.GiveLeft, imports.GiveLeftIn{ID: l.ID, Given: in.Given, Due: string(in.Due)}, refOfLeft(l))
	return opform.After(p.Kit, w, r, err, l.ID.Path(), func(err error) error {
		return p.renderLeft(w, r, errs.KindOf(err).Status(), l, page.NewForm(l.ID.Path()+"/settle", nil), page.Refused(l.ID.Path()+"/give", page.Typed(r), err))
	})
}

// giveAll gives everything an import left over to one person.
func (p Pages) giveAll(w http.ResponseWriter, r *http.Request) error {
	imp, err := p.find(r)
	if err != nil {
		return err
	}
	var in given
	if err = page.Decode(r, &in); err == nil {
		scope := access.From(r.Context()).Scope(imports.MayImport(), access.Company)
		_, err = imports.GiveAll(r.Context(), p.Door, scope, imp.ID, in.Given, string(in.Due))
	}
	return opform.After(p.Kit, w, r, err, leftOfImport(imp.ID), func(err error) error {
		return p.render(w, r, errs.KindOf(err).Status(), wizard{Import: imp, err: err})
	})
}

// leftOfImport and linesOfImport are the lists of one import.
func leftOfImport(id imports.ID) string {
	return imports.LeftPath + "?" + url.Values{"import": {ref.Text(id)}}.Encode()
}

func linesOfImport(id imports.ID) string {
	return imports.LinesPath + "?" + url.Values{"import": {ref.Text(id)}}.Encode()
}

// lineOf is the list with the one row something left over stands in.
func lineOf(l *imports.Left) string {
	return imports.LinesPath + "?" + url.Values{"import": {ref.Text(l.Import)}, "row": {strconv.FormatInt(l.RowNo, 10)}}.Encode()
}

func settledAt(l *imports.Left) string { return clock.Moment(l.Settled) }
