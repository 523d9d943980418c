package importsweb

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"hudang/internal/estate"
	"hudang/internal/household/imports"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// step is a page of the wizard, as its address names it.
type step string

// The steps.
const (
	stepUpload   step = "upload"
	stepMap      step = "map"
	stepProblems step = "problems"
	stepDry      step = "dry"
	stepCommit   step = "commit"
	stepUndo     step = "undo"
)

var allSteps = []step{stepUpload, stepMap, stepProblems, stepDry, stepCommit, stepUndo}

// wizard is what every page of an import shows.
type wizard struct {
	*imports.Import
	file    *imports.File // nil once it is forgotten, or not needed
	step    step
	twin    *imports.Import // an earlier import of the same file
	actor   access.Actor
	estate  string // its name
	stopped bool   // its job ended before its time
	left    int64  // open of what it left over
	fates   map[imports.Fate]int64
	give    *page.Form
	people  []page.Option
	built   built
	err     error // of a form that came back
	body    templ.Component
}

func (v wizard) may(posts []access.Post) bool {
	_, ok := v.actor.Holding(v.Estate, posts)
	return ok
}

func (v wizard) at(s step) string { return v.ID.Path() + "?step=" + string(s) }

// steps are the steps above a page; those of an open import are links.
func steps(ctx context.Context, imp *imports.Import, now step) []page.Step {
	reached := false
	var all []page.Step
	for _, s := range allSteps {
		one := page.Step{Label: i18n.T(ctx, "import.step."+string(s))}
		switch {
		case s == now:
			one.State, reached = page.StepNow, true
		case !reached:
			one.State = page.StepDone
		}
		if imp != nil && imp.State == imports.Open && s != stepUpload && s != stepUndo && s != now {
			one.Href = imp.ID.Path() + "?step=" + string(s)
		}
		all = append(all, one)
	}
	return all
}

// What the address of an import gives besides its page.
const (
	takeRows  = "problems" // the rows with problems, as a file
	takeTally = "tally"    // the outcome of a large file, for the page that waits for it
)

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	switch r.URL.Query().Get("take") {
	case takeRows:
		return p.takeProblems(w, r)
	case takeTally:
		return p.tally(w, r)
	}
	imp, err := p.find(r)
	if err != nil {
		return err
	}
	v := wizard{Import: imp, step: step(r.URL.Query().Get("step"))}
	return p.render(w, r, http.StatusOK, v)
}

// render shows the step of a wizard that the import has come to.
func (p Pages) render(w http.ResponseWriter, r *http.Request, status int, v wizard) error {
	ctx := r.Context()
	v.actor = access.From(ctx)
	var err error
	if v.estate, err = estate.NameOf(ctx, p.Door.DB.Read(), v.Estate); err != nil {
		return err
	}
	if v.twin, err = imports.Twin(ctx, p.Door.DB.Read(), v.Import); err != nil {
		return err
	}
	if v.State != imports.Open {
		v.step, v.body, err = p.over(ctx, v)
	} else {
		err = p.open(r, &v)
	}
	if err != nil {
		return err
	}
	return p.Kit.Render(w, r, status, page.Page{Title: v.File, Nav: p.Nav, Err: v.err, About: v.ID.Ref(), Estate: v.Estate, Body: wizardBody(v)})
}

// open makes the body of a step of an import that is not written yet.
func (p Pages) open(r *http.Request, v *wizard) (err error) {
	if v.file, err = imports.Load(r.Context(), p.Door, v.ID); err != nil {
		if errs.Is(err, errs.Invalid) { // a file that opened and then turned out broken
			v.body, v.step = page.Notice(page.NoticeView{Kind: page.NoticeError, Text: say(r.Context(), errs.As(err))}), stepMap
			return nil
		}
		return err
	}
	switch v.step {
	case stepProblems:
		v.body, err = p.problemsStep(r, *v)
	case stepDry:
		v.body, err = p.dryStep(r, *v)
	case stepCommit:
		v.body, err = p.commitStep(r, *v)
	default:
		v.step = stepMap
		v.body, err = p.mapStep(r.Context(), *v)
	}
	return err
}

// over is what is left to see of an import that is being written, or is written, or was taken back or given up.
func (p Pages) over(ctx context.Context, v wizard) (step, templ.Component, error) {
	q := p.Door.DB.Read()
	there, err := imports.HasFile(ctx, q, v.ID)
	if err != nil {
		return "", nil, err
	}
	if err := p.fillOver(ctx, &v); err != nil {
		return "", nil, err
	}
	at := stepUndo
	if v.State == imports.Running {
		at = stepCommit
	}
	return at, overBody(v, there), err
}

// fillOver reads what an import that is past its mending came to.
func (p Pages) fillOver(ctx context.Context, v *wizard) (err error) {
	q := p.Door.DB.Read()
	if v.stopped, err = imports.Stopped(ctx, q, v.Import); err != nil {
		return err
	}
	if v.fates, err = imports.FatesOf(ctx, q, v.ID); err != nil || v.State != imports.Done {
		return err
	}
	scope := access.From(ctx).Scope(imports.MayImport(), access.Company)
	if v.left, err = imports.OpenLeft(ctx, q, scope, v.ID, 0); err != nil || v.left == 0 {
		return err
	}
	v.give = giveForm(v.ID.Path()+"/give", access.From(ctx).Account, "")
	v.people, err = p.people(ctx, v.Estate)
	return err
}

// again begins an import anew that was taken back, with the same file and what was said about it.
func (p Pages) again(w http.ResponseWriter, r *http.Request) error {
	imp, err := p.find(r)
	if err != nil {
		return err
	}
	id, err := imports.Again(r.Context(), p.Door, imp, op.Token([]byte(page.TokenOf(r))))
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, id.Path()+"?step="+string(stepProblems))
}

// prepare keeps what a person decided, and leads on.
func (p Pages) prepare(w http.ResponseWriter, r *http.Request, in imports.PrepareIn, to string) error {
	if _, err := opform.Run(r, p.Door, imports.Prepare, in, ""); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, to)
}

func (p Pages) commit(w http.ResponseWriter, r *http.Request) error {
	return p.start(w, r, imports.Commit)
}

// undo starts the taking back; where somebody has built on the import, the page says on what.
func (p Pages) undo(w http.ResponseWriter, r *http.Request) error {
	err := p.start(w, r, imports.Undo)
	if !imports.BuiltOn(err) {
		return err
	}
	imp, found := p.find(r)
	if found != nil {
		return found
	}
	v := wizard{Import: imp, step: stepUndo, err: err}
	if v.built, err = p.builtOn(r.Context(), imp.ID); err != nil {
		return err
	}
	return p.render(w, r, errs.KindOf(v.err).Status(), v)
}

// start begins the writing or the taking back, and leads to its progress.
func (p Pages) start(w http.ResponseWriter, r *http.Request, o *op.Op[imports.ID, job.ID]) error {
	imp, err := p.find(r)
	if err != nil {
		return err
	}
	res, err := opform.Run(r, p.Door, o, imp.ID, refOf(imp))
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, res.Out.Path())
}

func (p Pages) discard(w http.ResponseWriter, r *http.Request) error {
	imp, err := p.find(r)
	if err != nil {
		return err
	}
	if _, err := opform.Run(r, p.Door, imports.Discard, imp.ID, refOf(imp)); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, imp.ID.Path())
}

// say is an error in words.
func say(ctx context.Context, e *errs.Error) string {
	if e == nil {
		return ""
	}
	if len(e.Fields) > 0 {
		return i18n.T(ctx, e.Fields[0].Key, e.Fields[0].Args...)
	}
	return i18n.T(ctx, e.Key, e.Args...)
}

// texts are the catalogue in the language of a request, for what is written for a person.
func texts(ctx context.Context) roster.Texts {
	return func(key string, args ...any) string { return i18n.T(ctx, key, args...) }
}
