package archiveweb

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"

	"hudang/internal/archive"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// How several files become papers.
const (
	addEach = "each"
	addOne  = "one"
)

// addIn is the form that adds papers.
type addIn struct {
	archive.ItemFacts
	How string `form:"how"`
}

func who(r *http.Request) access.Actor { return access.From(r.Context()) }

// addItems takes files in and files them; without a file it is a paper that has no scan.
func (p Pages) addItems(w http.ResponseWriter, r *http.Request) error {
	v, err := p.volume(r)
	if err != nil {
		return err
	}
	return p.Receive(w, r, archive.Receiving{
		Volume: v.ID, Estate: v.Estate, Title: v.Title, Back: v.ID.Path(), Bare: true,
		File: func(uploads []archive.Upload) (bool, error) {
			var in addIn
			wrong := page.Decode(r, &in)
			done, err := opform.Unless(wrong, r, p.Door, archive.AddItems, archive.AddItemsIn{Volume: v.ID, Items: newItems(r.Context(), in, uploads)}, "")
			return done.Replayed, err
		},
		Wrong: func(files error) error {
			var in addIn
			known := opform.Together(files, page.Decode(r, &in))
			in.Title = cmp.Or(in.Title, v.Title) // which the file gives, once there is one
			return opform.Wrong(known, r, p.Door, archive.AddItems, archive.AddItemsIn{Volume: v.ID, Items: newItems(r.Context(), in, nil)})
		},
		Again: func(err error) error {
			return p.renderVolume(w, r, v, addForm(v, page.Typed(r), err))
		},
	})
}

// newItems are the papers that a form and its files make.
func newItems(ctx context.Context, in addIn, uploads []archive.Upload) []archive.NewItem {
	if len(uploads) == 0 || in.How == addOne {
		if in.Title == "" && len(uploads) > 0 {
			in.Title = uploads[0].Title(ctx)
		}
		return []archive.NewItem{{ItemFacts: in.ItemFacts, Uploads: uploads}}
	}
	var items []archive.NewItem
	for _, u := range uploads {
		facts := in.ItemFacts
		if facts.Title == "" {
			facts.Title = u.Title(ctx)
		}
		items = append(items, archive.NewItem{ItemFacts: facts, Uploads: []archive.Upload{u}})
	}
	return items
}

func (p Pages) addPages(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	return p.Receive(w, r, archive.Receiving{
		Volume: i.Volume, Estate: i.Estate, Title: i.Title, Back: i.ID.Path(),
		File: func(uploads []archive.Upload) (bool, error) {
			done, err := opform.Run(r, p.Door, archive.AddPages, archive.AddPagesIn{ID: i.ID, Uploads: uploads}, seen(i))
			return done.Replayed, err
		},
		Again: func(err error) error {
			return p.renderItem(w, r, i, forms{add: pagesForm(i, err)})
		},
	})
}

// Receive reads a form as it arrives, carries out the operation on its files, and answers: back to the page when all
// went well, else one sentence for each file. Files that no operation took are not kept.
func (p Pages) Receive(w http.ResponseWriter, r *http.Request, in archive.Receiving) error {
	ctx := r.Context()
	if !may(r, in.Estate, archive.MayChange()) { // refused before a byte is taken
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	form, err := page.Arriving(w, r)
	if err != nil {
		return err
	}
	uploads, answers, err := p.Scans.ReceiveAll(ctx, in.Volume, incoming{form}, p.stop)
	if err != nil {
		return err
	}
	if err := archive.Alike(ctx, p.Door.DB.Read(), scope(r), uploads, answers); err != nil {
		return errors.Join(err, p.Scans.Discard(ctx, uploads))
	}
	if len(uploads) > 0 || len(answers) == 0 && in.Bare {
		replayed, failed := in.File(uploads)
		if failed != nil || replayed {
			if err := p.Scans.Discard(ctx, uploads); err != nil {
				return errors.Join(failed, err)
			}
		}
		if failed != nil {
			return opform.After(p.Kit, w, r, failed, in.Back, in.Again)
		}
		if replayed {
			return p.Kit.Redirect(w, r, in.Back)
		}
	}
	if len(uploads) == 0 && len(answers) > 0 {
		return in.Again(in.Mistakes(allRefused(answers))) // with what was typed
	}
	plain := slices.IndexFunc(answers, func(a archive.Answer) bool { return !a.Plain }) < 0
	if plain && (len(answers) > 0 || in.Bare) {
		return p.Kit.Redirect(w, r, in.Back)
	}
	if len(answers) == 0 {
		var f errs.Fields
		f.Add("files", "error.required")
		return in.Again(in.Mistakes(f.Err()))
	}
	return p.renderAnswers(w, r, page.Link{Label: in.Title, Href: in.Back}, answers)
}

// incoming are a form's files; one that no longer fits says so as the archive knows it.
type incoming struct{ form *page.Incoming }

func (in incoming) Next() (string, io.Reader, error) {
	name, file, err := in.form.Next()
	return name, fitting{file}, err
}

type fitting struct{ io.Reader }

func (f fitting) Read(b []byte) (int, error) {
	n, err := f.Reader.Read(b)
	if errors.Is(err, page.ErrFull) {
		err = archive.ErrFull
	}
	return n, err
}

// stop stops an upload of many files when somebody ends the session meanwhile.
func (p Pages) stop(ctx context.Context) (key string, err error) {
	open, err := account.SessionStore{Door: p.Door, Clock: p.Door.Clock}.Open(ctx, account.From(ctx))
	if err == nil && !open {
		key = "archive.file.ended"
	}
	return key, err
}

// allRefused is what is wrong with a form of whose files none was taken.
func allRefused(answers []archive.Answer) error {
	var f errs.Fields
	for _, a := range answers {
		f.Add("files", a.Refuse.Key, a.Refuse.Args...)
	}
	return f.Err()
}

func (p Pages) renderAnswers(w http.ResponseWriter, r *http.Request, back page.Link, answers []archive.Answer) error {
	taken := 0
	for _, a := range answers {
		if a.Taken {
			taken++
		}
	}
	status := http.StatusOK
	if taken == 0 {
		status = http.StatusUnprocessableEntity
	}
	title := i18n.T(r.Context(), "archive.result")
	return p.Kit.Render(w, r, status, page.Page{Title: title, Nav: NavPapers, Body: answersBody(title, back, answers, taken)})
}
