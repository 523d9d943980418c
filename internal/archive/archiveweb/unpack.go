package archiveweb

import (
	"context"
	"errors"
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// mostAtOnce is how many files of an archive become papers in one go.
const mostAtOnce = 100

func unpackPath(id archive.ItemID, file archive.BlobID) string {
	return id.Path() + "/unpack/" + ref.Text(file)
}

// unpackView is the page by which an archive becomes single papers.
type unpackView struct {
	item *archive.Item
	name string
	form *page.Form
	all  []archive.Packed
}

// packed opens the archive that a request names; looking into it leaves its leaf first.
func (p Pages) packed(r *http.Request) (*archive.Archived, unpackView, error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	i, err := p.item(r)
	if err != nil {
		return nil, unpackView{}, err
	}
	if err := archive.LookInto(ctx, p.Door, who(r).Account, i.ID); err != nil {
		return nil, unpackView{}, err
	}
	b, err := archive.FileOf(ctx, q, i.ID, ref.ParseID[archive.BlobID](r.PathValue("blob")))
	if err != nil {
		return nil, unpackView{}, err
	}
	name, err := archive.NameOf(ctx, p.Door.Vault, b)
	if err != nil {
		return nil, unpackView{}, err
	}
	v := unpackView{item: i, name: name, form: page.NewForm(unpackPath(i.ID, b.ID), nil)}
	a, err := p.Scans.OpenArchive(ctx, b)
	if err == nil {
		v.all = a.Files
	}
	return a, v, err
}

func (p Pages) showUnpack(w http.ResponseWriter, r *http.Request) error {
	a, v, err := p.packed(r)
	switch {
	case errs.Is(err, errs.Blocked) && v.item != nil: // what cannot be opened says so in the place of its files
		return p.unpackForm(w, r, v)
	case err != nil:
		return err
	}
	if err := a.Close(); err != nil {
		return err
	}
	return p.unpackForm(w, r, v)
}

// unpackForm offers the files of an archive; one that has none, or cannot be opened, says so.
func (p Pages) unpackForm(w http.ResponseWriter, r *http.Request, v unpackView) error {
	ctx := r.Context()
	a := recordweb.FormPage{Nav: NavPapers, Title: i18n.T(ctx, "archive.unpack.title", v.item.Title), Back: page.Link{Label: v.item.Title, Href: v.item.ID.Path()}}
	if len(v.all) == 0 {
		a.Top = page.Notice(page.NoticeView{Kind: page.NoticeDue, Text: i18n.T(ctx, "archive.unpack.none")})
	} else {
		a.Form, a.Save, a.Groups = v.form, i18n.T(ctx, "archive.unpack.do"), []recordweb.Group{{Body: packedFiles(v.form, v.all)}}
	}
	return p.ShowForm(w, r, a)
}

// unpack makes a paper of each file chosen; the archive stays as it is.
func (p Pages) unpack(w http.ResponseWriter, r *http.Request) error {
	a, v, err := p.packed(r)
	if err != nil {
		return err
	}
	defer a.Close()
	var in struct {
		No []string `form:"no"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	var f errs.Fields
	f.Check(len(in.No) > 0, "no", "error.required")
	f.Check(len(in.No) <= mostAtOnce, "no", "archive.error.many", mostAtOnce)
	if err := f.Err(); err != nil {
		v.form = page.Refused(v.form.Action, page.Typed(r), err)
		return p.unpackForm(w, r, v)
	}
	numbers := make([]int, len(in.No))
	for n, no := range in.No {
		numbers[n] = atoi(no)
	}
	return p.fileUnpacked(w, r, a, v, numbers)
}

func (p Pages) fileUnpacked(w http.ResponseWriter, r *http.Request, a *archive.Archived, v unpackView, numbers []int) error {
	ctx := r.Context()
	files, _ := a.Chosen(numbers)
	uploads, answers, err := p.Scans.ReceiveAll(ctx, v.item.Volume, files, p.stop)
	if err == nil {
		err = archive.Alike(ctx, p.Door.DB.Read(), scope(r), uploads, answers)
	}
	if err != nil {
		return errors.Join(err, p.Scans.Discard(ctx, uploads))
	}
	back := page.Link{Label: v.item.Title, Href: v.item.Volume.Path()}
	if len(uploads) == 0 {
		return p.renderAnswers(w, r, back, answers)
	}
	items, err := p.unpackedItems(ctx, v, uploads)
	if err == nil {
		done, failed := opform.Run(r, p.Door, archive.AddItems, archive.AddItemsIn{Volume: v.item.Volume, Items: items}, "")
		if err = failed; err == nil && done.Replayed {
			return errors.Join(p.Scans.Discard(ctx, uploads), p.Kit.Redirect(w, r, back.Href))
		}
	}
	if err != nil {
		return errors.Join(err, p.Scans.Discard(ctx, uploads))
	}
	return p.renderAnswers(w, r, back, answers)
}

// unpackedItems are papers with the facts of the one they were packed in, and a note of where they come from.
func (p Pages) unpackedItems(ctx context.Context, v unpackView, uploads []archive.Upload) ([]archive.NewItem, error) {
	facts, err := archive.FactsOf(ctx, p.Door.Vault, v.item)
	if err != nil {
		return nil, err
	}
	var items []archive.NewItem
	for _, u := range uploads {
		facts.Title, facts.Note, facts.Pages = u.Title(ctx), i18n.T(ctx, "archive.unpack.from", v.name, u.Name), 0
		items = append(items, archive.NewItem{ItemFacts: facts, Uploads: []archive.Upload{u}})
	}
	return items, nil
}
