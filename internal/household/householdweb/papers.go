package householdweb

import (
	"context"
	"net/http"
	"strconv"

	"hudang/internal/archive"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// papersView is the page by which files come under a line of a household's directory.
type papersView struct {
	v     householdView
	form  *page.Form
	lines []page.Option
	shelf bool   // the line, or any when none is chosen yet, has a paper that was not scanned
	who   string // would have compared a copy with its original
}

func papersPath(id household.ID) string { return id.Path() + "/papers/new" }

// papersOfLine is the page with a line chosen.
func papersOfLine(id household.ID, code string) string { return papersPath(id) + "?line=" + code }

func (p Pages) newPapers(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	v, err := p.view(r, h)
	if err != nil {
		return err
	}
	values := page.Values{}
	values.Set("as", string(household.OnePaper))
	for _, l := range v.file.Lines {
		if l.Code == r.URL.Query().Get("line") {
			expect(values, l)
		}
	}
	return p.renderPapers(w, r, http.StatusOK, v, page.NewForm(papersPath(h.ID), values))
}

// expect fills in what the papers of a line are as a rule.
func expect(values page.Values, l household.LineState) {
	values.Set("code", l.Code)
	values.Set("original", string(archive.IsOriginal))
	if l.Copied() {
		values.Set("original", string(archive.IsCopy))
	}
	if held, ok := l.Unscanned(); ok {
		values.Set("as", string(household.ScanOfHeld))
		values.Set("place", held.Place)
		values.Set("formed", held.Made)
	}
}

// filePapers takes files in and files them under the line chosen. The volume of the household's file is made first: its
// key is what they are encrypted under.
func (p Pages) filePapers(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	v, err := p.view(r, h)
	if err != nil {
		return err
	}
	in := household.FilePapersIn{Household: h.ID, Volume: v.file.Volume}
	if in.Volume == 0 {
		made, err := op.Run(r.Context(), p.Door, household.OpenFile, h.ID)
		if err != nil {
			return err
		}
		in.Volume = made.Out
	}
	return p.Receive(w, r, archive.Receiving{
		Volume: in.Volume, Estate: h.Estate, Title: v.rooms() + " " + v.detail.Called(), Back: h.ID.Path() + "?tab=directory",
		File: func(uploads []archive.Upload) (bool, error) {
			in.Uploads = uploads
			done, err := opform.Send(r, p.Door, household.FilePapers, &in, "")
			return done.Replayed, err
		},
		Wrong: func(files error) error {
			known := opform.Together(files, page.Decode(r, &in))
			return opform.Wrong(known, r, p.Door, household.FilePapers, in)
		},
		Again: func(err error) error {
			form := page.Refused(papersPath(h.ID), page.Typed(r), err)
			return p.renderPapers(w, r, http.StatusUnprocessableEntity, v, form)
		},
	})
}

func (p Pages) renderPapers(w http.ResponseWriter, r *http.Request, status int, v householdView, f *page.Form) error {
	ctx := r.Context()
	f.Upload = true
	view := papersView{v: v, form: f, who: access.From(ctx).Name}
	for i, l := range v.file.Lines {
		view.lines = append(view.lines, page.Option{Value: l.Code, Label: lineOption(ctx, i+1, l)})
		_, waits := l.Unscanned()
		view.shelf = view.shelf || waits && (f.Value("code") == "" || f.Value("code") == l.Code)
	}
	title := i18n.T(ctx, "papers.title", v.rooms())
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: Current, About: v.ID.Ref(), Estate: v.Estate, Err: f.Err, Body: papersBody(title, view)})
}

func lineOption(ctx context.Context, no int, l household.LineState) string {
	text := strconv.Itoa(no) + " " + l.Title
	if l.Missing() {
		text += " · " + i18n.T(ctx, "directory.missing")
	}
	return text
}

// filedAs are the ways to file several files.
func (v papersView) filedAs(ctx context.Context) []page.Option {
	all := []household.FiledAs{household.OnePaper, household.PaperEach}
	if v.shelf {
		all = append([]household.FiledAs{household.ScanOfHeld}, all...)
	}
	options := make([]page.Option, len(all))
	for i, as := range all {
		options[i] = page.Option{Value: string(as), Label: i18n.T(ctx, "papers.as."+string(as))}
	}
	return options
}
