package householdweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"hudang/internal/household"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// directoryView is the tab 档案清单.
type directoryView struct {
	v    *householdView
	form *page.Form
	tick bool // lines may be filed as held on paper only
	who  map[int64]string
}

// onPaper is what the form sends for lines held on paper only; the other choices are marks.
const onPaper = "paper"

// clearMark takes a mark back.
const clearMark = "none"

func (p Pages) directoryTab(ctx context.Context, v *householdView, form *page.Form) (templ.Component, error) {
	who, err := p.markedBy(ctx, v.file)
	return directoryBody(directoryView{v: v, form: form, tick: v.change(), who: who}), err
}

// markLines does to all lines chosen what was chosen for them: filed on paper, or set aside with a mark.
func (p Pages) markLines(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	var in struct {
		Codes []string `form:"codes"`
		Do    string   `form:"do"`
		Why   string   `form:"why"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	to := h.ID.Path() + "?tab=directory"
	if in.Do == onPaper {
		_, err = opform.Run(r, p.Door, household.TickPaper, household.TickPaperIn{Household: h.ID, Codes: in.Codes, Place: in.Why}, "")
	} else {
		marks := household.MarkLinesIn{Household: h.ID, Codes: in.Codes, Mark: household.Mark(in.Do), Why: in.Why}
		if in.Do == clearMark {
			marks.Mark = ""
		}
		_, err = opform.Run(r, p.Door, household.MarkLines, marks, "")
	}
	return opform.After(p.Kit, w, r, err, to, func(err error) error {
		v, failed := p.view(r, h)
		if failed != nil {
			return failed
		}
		for i := range v.tabs {
			v.tabs[i].Current = i == 1
		}
		form := page.Refused(h.ID.Path()+"/directory", page.Typed(r), err)
		v.close = page.NewForm(h.ID.Path()+"/close", nil)
		if v.body, failed = p.directoryTab(r.Context(), &v, form); failed != nil {
			return failed
		}
		return p.Kit.Render(w, r, http.StatusUnprocessableEntity, page.Page{Title: v.rooms(), Nav: NavHouseholds, Err: err, Body: householdBody(v)})
	})
}

func (v directoryView) offered(ctx context.Context) []page.Option {
	var all []page.Option
	if v.tick {
		all = append(all, page.Option{Value: onPaper, Label: i18n.T(ctx, "directory.do.paper")})
	}
	for _, m := range household.Marks {
		all = append(all, page.Option{Value: string(m), Label: i18n.T(ctx, "directory.mark."+string(m))})
	}
	return append(all, page.Option{Value: clearMark, Label: i18n.T(ctx, "directory.do.none")})
}

// tickState is the box before a line's name.
func tickState(l household.LineState) page.TickState {
	switch {
	case l.Held():
		return page.TickOn
	case l.Mark.Mark == household.NotApplicable:
		return page.TickNo
	case l.Missing():
		return page.TickMissing
	}
	return page.TickOpen
}

// section is a heading of the directory with its lines, each with its number.
type section struct {
	title    string
	lines    []numbered
	have, of int
}

type numbered struct {
	household.LineState
	no int
}

func sections(f household.File) []section {
	var all []section
	for i, l := range f.Lines {
		if len(all) == 0 || all[len(all)-1].title != l.Section {
			all = append(all, section{title: l.Section})
		}
		at := &all[len(all)-1]
		at.lines = append(at.lines, numbered{l, i + 1})
		if l.Held() {
			at.have++
		}
		if l.Counts() {
			at.of++
		}
	}
	return all
}

// directories is the page of all kinds' directories.
func (p Pages) directories(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	all, err := household.Directories(ctx, p.Door.DB.Read(), page.Today(ctx))
	if err != nil {
		return err
	}
	title := i18n.T(ctx, "directory.list.title")
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: title, Nav: NavHouseholds, Body: directoriesBody(title, all)})
}

// editView is the editor of one kind's directory.
type editView struct {
	kind     household.Kind
	form     *page.Form
	versions []household.Directory
	lines    int
}

func (p Pages) editDirectory(w http.ResponseWriter, r *http.Request) error {
	kind, err := kindOf(r)
	if err != nil {
		return err
	}
	all, err := household.Directories(r.Context(), p.Door.DB.Read(), page.Today(r.Context()))
	if err != nil {
		return err
	}
	in := household.NewDirectoryIn{}
	for _, l := range all[kind].Lines {
		in.Lines = append(in.Lines, household.LineIn(l))
	}
	return p.renderDirectory(w, r, http.StatusOK, editView{kind: kind, form: page.NewForm("/directories/"+string(kind), page.Fill(in))})
}

func (p Pages) newDirectory(w http.ResponseWriter, r *http.Request) error {
	kind, err := kindOf(r)
	if err != nil {
		return err
	}
	in := household.NewDirectoryIn{Kind: kind}
	var typed struct {
		ValidFrom page.Day           `form:"valid_from"`
		Lines     []household.LineIn `form:"lines"`
	}
	wrong := page.Decode(r, &typed)
	in.ValidFrom, in.Lines = string(typed.ValidFrom), typed.Lines
	_, err = opform.Unless(wrong, r, p.Door, household.NewDirectory, in, "")
	return opform.After(p.Kit, w, r, err, "/directories", func(err error) error {
		return p.renderDirectory(w, r, http.StatusUnprocessableEntity, editView{kind: kind, form: page.Refused("/directories/"+string(kind), page.Typed(r), err)})
	})
}

func kindOf(r *http.Request) (household.Kind, error) {
	kind := household.Kind(r.PathValue("kind"))
	if !slices.Contains(household.Kinds, kind) {
		return "", errs.E(errs.NotFound, "error.not_found")
	}
	return kind, nil
}

func (p Pages) renderDirectory(w http.ResponseWriter, r *http.Request, status int, v editView) error {
	var err error
	if v.versions, err = household.DirectoryVersions(r.Context(), p.Door.DB.Read(), v.kind); err != nil {
		return err
	}
	if err := page.Resume(r.Context(), v.form); err != nil {
		return err
	}
	v.lines = v.form.Values.Count("lines") + 3 // room for new ones
	v.form.Wide = true
	title := i18n.T(r.Context(), "directory.edit.title", i18n.Key("household.kind."+string(v.kind)))
	return p.Kit.Render(w, r, status, page.Page{Title: title, Nav: NavHouseholds, Err: v.form.Err, Body: editBody(title, v)})
}

func lineAt(i int, field string) string { return "lines." + strconv.Itoa(i) + "." + field }

// markedBy are the names of those who marked lines.
func (p Pages) markedBy(ctx context.Context, f household.File) (map[int64]string, error) {
	var ids []int64
	for _, l := range f.Lines {
		if l.Mark.By != 0 {
			ids = append(ids, l.Mark.By)
		}
	}
	return account.Names(ctx, p.Door.DB.Read(), ids)
}
