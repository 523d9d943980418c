package archiveweb

import (
	"context"
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
)

func (p Pages) moveItem(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	return recordweb.Click(p.Site, w, r, archive.MoveItem, archive.MoveItemIn{ID: i.ID, To: archive.Stage(r.PathValue("to"))}, seen(i), i.ID.Path())
}

func (p Pages) setOriginal(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	return recordweb.Click(p.Site, w, r, archive.SetOriginal, archive.SetOriginalIn{ID: i.ID, Original: archive.Original(r.PathValue("original"))}, seen(i), i.ID.Path())
}

// turnPage turns a page and shows it again.
func (p Pages) turnPage(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	in := archive.TurnPageIn{ID: i.ID, Page: atoi(r.PathValue("page")), By: int64(atoi(r.PathValue("by")))}
	return recordweb.Click(p.Site, w, r, archive.TurnPage, in, seen(i), pageHref(i.ID, in.Page, widths[0]))
}

// splitItem splits an item and shows its second part.
func (p Pages) splitItem(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	done, err := opform.Run(r, p.Door, archive.SplitItem, archive.SplitItemIn{ID: i.ID, At: atoi(r.PathValue("page"))}, seen(i))
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, done.Out.Path())
}

func (p Pages) mergeItem(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	in := archive.MergeItemIn{ID: i.ID}
	_, err = opform.Send(r, p.Door, archive.MergeItem, &in, seen(i))
	return opform.After(p.Kit, w, r, err, in.Into.Path(), func(err error) error {
		return p.renderItem(w, r, i, forms{merge: page.Refused(i.ID.Path()+"/merge", page.Typed(r), err)})
	})
}

// correct is the form that corrects an item.
type correct struct {
	item  *archive.Item
	facts archive.ItemFacts // with the note in clear
	lines []page.Option     // of the directory
}

// lookedInto is the item to correct: opening the form is a look into the item.
func (p Pages) lookedInto(r *http.Request) (c correct, err error) {
	ctx := r.Context()
	if c.item, err = p.item(r); err != nil {
		return c, err
	}
	if err := archive.LookInto(ctx, p.Door, who(r).Account, c.item.ID); err != nil {
		return c, err
	}
	if c.facts, err = archive.FactsOf(ctx, p.Door.Vault, c.item); err != nil {
		return c, err
	}
	v, err := archive.FindVolume(ctx, p.Door.DB.Read(), scope(r), c.item.Volume)
	if err != nil {
		return c, err
	}
	c.lines, err = p.lines(r, v)
	return c, err
}

func (p Pages) correctForm(w http.ResponseWriter, r *http.Request, c correct, f *page.Form) error {
	ctx := r.Context()
	fields := []page.Input{
		formedField(ctx),
		{Name: "doc_no", Label: i18n.T(ctx, "archive.doc_no"), Optional: true, Max: 64},
		{Name: "author", Label: i18n.T(ctx, "archive.author"), Hint: i18n.T(ctx, "archive.author.hint"), Optional: true, Max: 100},
		placeField(ctx), originalField(ctx),
		{Name: "copies", Label: i18n.T(ctx, "archive.copies"), Kind: page.Number},
		{Name: "pages", Label: i18n.T(ctx, "archive.pages"), Hint: i18n.T(ctx, "archive.pages.hint"), Kind: page.Number, Optional: true, ReadOnly: c.item.Carrier == archive.Scan}}
	if len(c.lines) > 0 {
		fields = append(fields, page.Input{Name: "paper", Label: i18n.T(ctx, "archive.paper_code"), Kind: page.Select, Options: c.lines, Blank: i18n.T(ctx, "archive.paper_code.none"), Optional: true})
	}
	return p.ShowForm(w, r, recordweb.FormPage{Nav: NavPapers, Title: i18n.T(ctx, "archive.correct.title", c.item.Title), Clauses: []string{"E3"}, Form: f, Save: i18n.T(ctx, "archive.save"), Back: page.Link{Label: c.item.Title, Href: c.item.ID.Path()},
		Edits: &recordweb.Edited{Ref: seen(c.item), Version: c.item.Version, History: recordweb.Tracked{Row: c.item, Columns: append(columns(c.lines), noted)}, Now: page.Fill(c.facts)},
		Groups: []recordweb.Group{{Fields: []page.Input{{Name: "title", Label: i18n.T(ctx, "archive.title"), Hint: i18n.T(ctx, "archive.title.hint"), Max: 200}}}, {Pairs: true, Fields: fields, Body: keptLine(f, len(c.lines) == 0)},
			{Fields: []page.Input{{Name: "note", Label: i18n.T(ctx, "archive.note"), Kind: page.Area, Optional: true, Max: 1000}, {Name: "reason", Label: i18n.T(ctx, "archive.reason"), Optional: true, Max: 200}}}}})
}

// formedField, placeField and originalField are facts of a paper.
func formedField(ctx context.Context) page.Input {
	return page.Input{Name: "formed", Label: i18n.T(ctx, "archive.formed"), Hint: i18n.T(ctx, "archive.formed.hint"), Optional: true, Width: page.WidthShort}
}

func placeField(ctx context.Context) page.Input {
	return page.Input{Name: "place", Label: i18n.T(ctx, "archive.place"), Hint: i18n.T(ctx, "archive.place.hint"), Optional: true, Max: 100}
}

func originalField(ctx context.Context) page.Input {
	return page.Input{Name: "original", Label: i18n.T(ctx, "archive.original"), Kind: page.Segments, Options: list.Options(ctx, "archive.original.", archive.Originals)}
}
