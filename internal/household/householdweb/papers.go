package householdweb

import (
	"context"
	"net/http"
	"strconv"

	"hudang/internal/archive"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
)

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
	return p.papersForm(w, r, v, page.NewForm(papersPath(h.ID), values))
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
			return p.papersForm(w, r, v, page.Refused(papersPath(h.ID), page.Typed(r), err))
		},
	})
}

// papersForm is the form by which files come under a line of a household's directory: chosen, dragged, pasted or photographed.
func (p Pages) papersForm(w http.ResponseWriter, r *http.Request, v householdView, f *page.Form) error {
	ctx, code := r.Context(), f.Value("code")
	f.Upload = true
	var lines []page.Option
	as := []household.FiledAs{household.OnePaper, household.PaperEach}
	for i, l := range v.file.Lines {
		lines = append(lines, page.Option{Value: l.Code, Label: lineOption(ctx, i+1, l)})
		if _, waits := l.Unscanned(); waits && len(as) == 2 && (code == "" || code == l.Code) { // a paper of the line, or of any, was not scanned
			as = append([]household.FiledAs{household.ScanOfHeld}, as...)
		}
	}
	back := v.ID.Path() + "?tab=directory"
	return p.ShowForm(w, r, recordweb.FormPage{Nav: NavHouseholds, About: v.ID.Ref(), In: v.Estate, Title: i18n.T(ctx, "papers.title", v.rooms()), Clauses: []string{"D4", "E2"}, Form: f,
		Above: []page.Link{{Label: i18n.T(ctx, "household.list.title"), Href: "/households"}}, Back: page.Link{Label: v.rooms(), Href: back}, Save: i18n.T(ctx, "papers.do"), Keep: i18n.T(ctx, "papers.leave"),
		Groups: []recordweb.Group{
			{Fields: []page.Input{{Name: "code", Label: i18n.T(ctx, "papers.line"), Kind: page.Select, Options: lines, Blank: i18n.T(ctx, "papers.line.blank"), Focus: code == ""}},
				Body: page.Drop(f, page.DropView{Name: "files", Label: i18n.T(ctx, "papers.files"), Hint: i18n.T(ctx, "papers.files.hint", archive.MaxFile>>20), Each: archive.MaxFile, Paste: true})},
			{Fields: []page.Input{{Name: "as", Label: i18n.T(ctx, "papers.as"), Kind: page.Radio, Options: list.Options(ctx, "papers.as.", as)}}},
			{Pairs: true, Fields: []page.Input{
				{Name: "original", Label: i18n.T(ctx, "papers.original"), Kind: page.Segments, Options: list.Options(ctx, "directory.", []archive.Original{archive.IsOriginal, archive.IsCopy})},
				{Name: "verified", Label: i18n.T(ctx, "papers.verified"), Hint: i18n.T(ctx, "papers.verified.hint", access.From(ctx).Name), Kind: page.Check, Optional: true},
				{Name: "formed", Label: i18n.T(ctx, "directory.made"), Hint: i18n.T(ctx, "papers.formed.hint"), Optional: true, Width: page.WidthShort},
				{Name: "kept", Label: i18n.T(ctx, "papers.kept"), Hint: i18n.T(ctx, "papers.kept.hint"), Kind: page.Check, Optional: true},
				{Name: "place", Label: i18n.T(ctx, "papers.place"), Hint: i18n.T(ctx, "papers.place.hint"), Optional: true, Max: 100}}}}})
}

func lineOption(ctx context.Context, no int, l household.LineState) string {
	text := strconv.Itoa(no) + " " + l.Title
	if l.Missing() {
		text += " · " + i18n.T(ctx, "directory.missing")
	}
	return text
}
