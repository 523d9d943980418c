package archiveweb

import (
	"context"
	"net/http"
	"strconv"

	"hudang/internal/archive"
	"hudang/internal/platform/account"
	"hudang/internal/platform/doctext"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/label"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// itemView is what an item's page shows.
type itemView struct {
	item    *archive.Item
	volume  *archive.Volume
	note    string
	code    string // on its label; empty for none
	line    string // of the file's directory that it fills; empty for none
	files   []fileView
	history []page.Event
	checker string // who compared a copy with its original
	forms   forms
	change  bool // the person may work on it
	mayVoid bool
	others  []page.Option // items it can be merged into

	at, width int           // the page shown, from 1, and how wide
	file      *archive.Blob // of the page shown; nil for an item on paper only
	twins     []archive.Twin
	words     *doctext.Text // of a file without a picture
	marks     []string      // what is odd about the page shown
}

// forms are the forms of an item's page; nil ones are as on the first showing.
type forms struct{ add, void, merge *page.Form }

// fileView is a file of an item with its name in clear.
type fileView struct {
	blob archive.Blob
	name string
}

// widths are the sizes a page is shown at, in pixels; the first fits a window.
var widths = []int{1000, 1400, 2000, 2800}

func (p Pages) showItem(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	return p.renderItem(w, r, i, forms{})
}

func pagesForm(i *archive.Item, err error) *page.Form {
	f := page.Refused(i.ID.Path()+"/pages", nil, err)
	f.Upload, f.Wide = true, true
	return f
}

func (f forms) complete(i *archive.Item) forms {
	if f.add == nil {
		f.add = pagesForm(i, nil)
	}
	if f.void == nil {
		f.void = page.NewForm(i.ID.Path()+"/void", nil)
	}
	if f.merge == nil {
		f.merge = page.NewForm(i.ID.Path()+"/merge", nil)
	}
	return f
}

// err is what is wrong with the form that came back.
func (f forms) err() error {
	for _, form := range []*page.Form{f.add, f.void, f.merge} {
		if form != nil && form.Err != nil {
			return form.Err
		}
	}
	return nil
}

func (p Pages) renderItem(w http.ResponseWriter, r *http.Request, i *archive.Item, f forms) error {
	v, err := p.viewOf(r, i)
	if err != nil {
		return err
	}
	v.forms = f.complete(i)
	return p.Show(w, r, page.Page{Title: i.Title, Nav: NavPapers, Err: f.err(), Body: itemBody(v)})
}

// viewOf gathers an item's page; looking into it leaves its leaf first.
func (p Pages) viewOf(r *http.Request, i *archive.Item) (itemView, error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	v := itemView{item: i, change: i.InForce() && may(r, i.Estate, archive.MayChange()), mayVoid: may(r, i.Estate, archive.MayVoid())}
	if err := archive.LookInto(ctx, p.Door, who(r).Account, i.ID); err != nil {
		return v, err
	}
	var err error
	if v.volume, err = archive.FindVolume(ctx, q, scope(r), i.Volume); err != nil {
		return v, err
	}
	if v.note, err = archive.NoteOf(ctx, p.Door.Vault, i); err != nil {
		return v, err
	}
	if v.code, err = label.Of(ctx, q, i.Ref()); err != nil {
		return v, err
	}
	lines, err := p.lines(r, v.volume)
	if err != nil {
		return v, err
	}
	if v.history, err = historyweb.Of(ctx, p.Door, i, columns(lines)); err != nil {
		return v, err
	}
	v.line = titled(lines)(ctx, i.Paper)
	if i.VerifiedBy != 0 {
		names, err := account.Names(ctx, q, []int64{i.VerifiedBy})
		if err != nil {
			return v, err
		}
		v.checker = names[i.VerifiedBy]
	}
	if i.Current == 0 {
		return v, nil
	}
	if err := p.filesOf(ctx, &v); err != nil {
		return v, err
	}
	v.at = min(max(atoi(r.URL.Query().Get("p")), 1), int(i.Pages))
	v.width = min(max(atoi(r.URL.Query().Get("w")), widths[0]), widths[len(widths)-1])
	leaf, file, err := archive.PageAt(ctx, q, i, v.at)
	if err != nil {
		return v, err
	}
	v.file, v.marks = file, file.Marks(leaf.Page)
	words, ok, err := p.Scans.Words(ctx, v.file)
	if err != nil && !errs.Is(err, errs.Unavailable) && !errs.Is(err, errs.Blocked) { // the paper's facts stand without its file
		return v, err
	}
	if ok {
		v.words = &words
	}
	if v.twins, err = archive.TwinsOf(ctx, q, scope(r), i); err != nil {
		return v, err
	}
	v.others, err = p.mergeable(r, i, v.mayVoid)
	return v, err
}

func (p Pages) filesOf(ctx context.Context, v *itemView) error {
	files, err := archive.FilesOf(ctx, p.Door.DB.Read(), v.item)
	if err != nil {
		return err
	}
	for _, b := range files {
		name, err := archive.NameOf(ctx, p.Door.Vault, &b)
		if err != nil {
			return err
		}
		v.files = append(v.files, fileView{b, name})
	}
	return nil
}

// mergeable are the other scanned items of the volume.
func (p Pages) mergeable(r *http.Request, i *archive.Item, mayVoid bool) ([]page.Option, error) {
	if !mayVoid || !i.InForce() {
		return nil, nil
	}
	items, err := archive.ItemsIn(r.Context(), p.Door.DB.Read(), scope(r), i.Volume)
	var others []page.Option
	for _, o := range items {
		if o.ID != i.ID && o.InForce() && o.Current != 0 {
			others = append(others, page.Option{Value: ref.Text(o.ID), Label: o.Title})
		}
	}
	return others, err
}

// columns are an item's columns as people know them.
func columns(lines []page.Option) []historyweb.Column {
	line := titled(lines)
	return []historyweb.Column{
		{Name: "title", Label: "archive.title"},
		{Name: "paper", Label: "archive.paper_code", Show: func(ctx context.Context, v any) string { code, _ := v.(string); return line(ctx, code) }, Typed: line},
		{Name: "formed", Label: "archive.formed"}, {Name: "author", Label: "archive.author"}, {Name: "doc_no", Label: "archive.doc_no"},
		recordweb.Choice("original", "archive.original", "archive.original."),
		recordweb.Choice("carrier", "archive.carrier", "archive.carrier."), {Name: "copies", Label: "archive.copies"},
		{Name: "pages", Label: "archive.pages"}, {Name: "place", Label: "archive.place"}, {Name: "verified", Label: "archive.verified"},
		recordweb.Choice("stage", "archive.stage", "archive.stage."),
		{Name: "voided", Label: "archive.voided"}, {Name: "void_reason", Label: "archive.void.why"},
	}
}

// titled gives the title of a line; a line that the directory no longer has stays its code.
func titled(lines []page.Option) func(context.Context, string) string {
	return func(_ context.Context, code string) string {
		for _, l := range lines {
			if l.Value == code {
				return l.Label
			}
		}
		return code
	}
}

// lines are the lines of the directory that a volume's items fill; none where it is about nothing that has one.
func (p Pages) lines(r *http.Request, v *archive.Volume) ([]page.Option, error) {
	if p.Lines == nil || v.About() == (ref.Ref{}) {
		return nil, nil
	}
	return p.Lines(r.Context(), who(r), v.Estate, v.About())
}

// noted is the note, which lies sealed: a conflict shows it to those who may correct the item, its history does not.
var noted = historyweb.Column{Name: "note", Label: "archive.note"}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func seen(i *archive.Item) string { return "item:" + ref.Text(i.ID) }
