package archiveweb

import (
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
)

// act carries out an operation of one click on the item of the address and goes back to its page.
func act[In, Out any](p Pages, w http.ResponseWriter, r *http.Request, o *op.Op[In, Out], in func(archive.ItemID) In) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	if _, err := opform.Run(r, p.Door, o, in(i.ID), seen(i)); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, i.ID.Path())
}

func itself(id archive.ItemID) archive.ItemID { return id }

func (p Pages) moveItem(w http.ResponseWriter, r *http.Request) error {
	return act(p, w, r, archive.MoveItem, func(id archive.ItemID) archive.MoveItemIn {
		return archive.MoveItemIn{ID: id, To: archive.Stage(r.PathValue("to"))}
	})
}

func (p Pages) setOriginal(w http.ResponseWriter, r *http.Request) error {
	return act(p, w, r, archive.SetOriginal, func(id archive.ItemID) archive.SetOriginalIn {
		return archive.SetOriginalIn{ID: id, Original: archive.Original(r.PathValue("original"))}
	})
}

func (p Pages) verifyItem(w http.ResponseWriter, r *http.Request) error {
	return act(p, w, r, archive.VerifyItem, itself)
}

func (p Pages) restoreItem(w http.ResponseWriter, r *http.Request) error {
	return act(p, w, r, archive.RestoreItem, itself)
}

func (p Pages) dropTwin(w http.ResponseWriter, r *http.Request) error {
	return act(p, w, r, archive.DropTwin, itself)
}

// turnPage turns a page and shows it again.
func (p Pages) turnPage(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	in := archive.TurnPageIn{ID: i.ID, Page: atoi(r.PathValue("page")), By: int64(atoi(r.PathValue("by")))}
	if _, err := opform.Run(r, p.Door, archive.TurnPage, in, seen(i)); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, pageHref(i.ID, in.Page, widths[0]))
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
		f := page.Refused(i.ID.Path()+"/merge", page.Typed(r), err)
		return p.renderItem(w, r, http.StatusUnprocessableEntity, i, forms{merge: f})
	})
}

func (p Pages) voidItem(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	in := archive.VoidItemIn{ID: i.ID}
	_, err = opform.Send(r, p.Door, archive.VoidItem, &in, seen(i))
	return opform.After(p.Kit, w, r, err, i.ID.Path(), func(err error) error {
		f := page.Refused(i.ID.Path()+"/void", page.Typed(r), err)
		return p.renderItem(w, r, http.StatusUnprocessableEntity, i, forms{void: f})
	})
}

// correct is the form that corrects an item.
type correct struct {
	item  *archive.Item
	form  *page.Form
	lines []page.Option // of the directory
}

func (p Pages) editItem(w http.ResponseWriter, r *http.Request) error {
	i, facts, err := p.lookedInto(r)
	if err != nil {
		return err
	}
	lines, err := p.linesOf(r, i)
	if err != nil {
		return err
	}
	return p.renderCorrect(w, r, http.StatusOK, correct{i, page.NewForm(i.ID.Path()+"/correct", page.Fill(facts)), lines})
}

func (p Pages) linesOf(r *http.Request, i *archive.Item) ([]page.Option, error) {
	v, err := archive.FindVolume(r.Context(), p.Door.DB.Read(), scope(r), i.Volume)
	if err != nil {
		return nil, err
	}
	return p.lines(r, v)
}

// lookedInto is an item with its facts, the note in clear: opening the form is a look into the item.
func (p Pages) lookedInto(r *http.Request) (*archive.Item, archive.ItemFacts, error) {
	i, err := p.item(r)
	if err != nil {
		return nil, archive.ItemFacts{}, err
	}
	if err := archive.LookInto(r.Context(), p.Door, who(r).Account, i.ID); err != nil {
		return nil, archive.ItemFacts{}, err
	}
	facts, err := archive.FactsOf(r.Context(), p.Door.Vault, i)
	return i, facts, err
}

func (p Pages) correctItem(w http.ResponseWriter, r *http.Request) error {
	i, facts, err := p.lookedInto(r)
	if err != nil {
		return err
	}
	lines, err := p.linesOf(r, i)
	if err != nil {
		return err
	}
	in := archive.CorrectItemIn{ID: i.ID}
	_, err = opform.Send(r, p.Door, archive.CorrectItem, &in, seen(i))
	return opform.After(p.Kit, w, r, err, i.ID.Path(), func(err error) error {
		c := correct{i, page.Refused(i.ID.Path()+"/correct", page.Typed(r), err), lines}
		if !errs.Is(err, errs.Conflict) {
			return p.renderCorrect(w, r, http.StatusUnprocessableEntity, c)
		}
		if err := historyweb.Conflict(r, p.Door, c.form, i, seen(i), append(columns(lines), noted), page.Fill(facts)); err != nil {
			return err
		}
		return p.renderCorrect(w, r, http.StatusConflict, c)
	})
}

func (p Pages) renderCorrect(w http.ResponseWriter, r *http.Request, status int, c correct) error {
	title := i18n.T(r.Context(), "archive.correct.title", c.item.Title)
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: Current, Err: c.form.Err, Body: correctBody(title, c)})
}
