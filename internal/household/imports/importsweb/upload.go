package importsweb

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

const newPath = imports.Path + "/new"

// uploadView is the page that takes files: the form, and what became of those sent.
type uploadView struct {
	form *page.Form
	sent []sent
}

// sent is a file that was sent: taken in, or why not.
type sent struct {
	name string
	id   imports.ID
	err  error
}

func (p Pages) newImport(w http.ResponseWriter, r *http.Request) error {
	return p.renderUpload(w, r, http.StatusOK, uploadView{form: page.NewForm(newPath, nil)})
}

// upload takes files one after another. One file leads to its import; of several, the page says what became of each.
func (p Pages) upload(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Arriving(w, r)
	if err != nil {
		return p.renderUpload(w, r, http.StatusUnprocessableEntity, uploadView{form: page.Refused(newPath, page.Values{}, err)})
	}
	estate := opform.Estate(r)
	if err := mustChoose(estate); err != nil {
		return p.renderUpload(w, r, http.StatusUnprocessableEntity, uploadView{form: page.Refused(newPath, page.Typed(r), err)})
	}
	var all []sent
	for {
		name, file, err := form.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		s, err := p.take(r, estate, len(all), name, file)
		if err != nil {
			return err
		}
		all = append(all, s)
	}
	return p.answerUpload(w, r, all)
}

func mustChoose(e access.EstateID) error {
	var f errs.Fields
	f.Check(e != access.Company, page.FieldEstate, "error.required")
	return f.Err()
}

// take reads one file and takes it in. What a person can mend is in the answer, everything else is an error.
func (p Pages) take(r *http.Request, e access.EstateID, n int, name string, file io.Reader) (sent, error) {
	s := sent{name: name}
	data, err := io.ReadAll(io.LimitReader(file, imports.MaxFile+1))
	if err != nil {
		return s, err
	}
	token := op.Token(fmt.Appendf(nil, "%s %d", page.TokenOf(r), n))
	s.id, s.err = imports.Receive(r.Context(), p.Door, imports.UploadIn{Estate: e, File: name, Data: data}, token)
	if s.err != nil && !errs.Is(s.err, errs.Invalid) {
		return s, s.err
	}
	return s, nil
}

func (p Pages) answerUpload(w http.ResponseWriter, r *http.Request, all []sent) error {
	v := uploadView{form: page.NewForm(newPath, nil)}
	switch {
	case len(all) == 0:
		var f errs.Fields
		f.Add("files", "import.error.empty")
		v.form = page.Refused(newPath, page.Typed(r), f.Err())
	case len(all) == 1 && all[0].err == nil:
		return p.Kit.Redirect(w, r, all[0].id.Path())
	case len(all) == 1:
		v.form = page.Refused(newPath, page.Typed(r), all[0].err)
	default:
		v.sent = all
		return p.renderUpload(w, r, http.StatusOK, v)
	}
	v.form.Values.Set(page.FieldToken, "") // another file needs another token
	return p.renderUpload(w, r, http.StatusUnprocessableEntity, v)
}

func (p Pages) renderUpload(w http.ResponseWriter, r *http.Request, status int, v uploadView) error {
	v.form.Upload = true
	title := i18n.T(r.Context(), "import.title")
	return p.Kit.Render(w, r, status, page.Page{Title: title, Nav: p.Nav, Err: v.form.Err, Body: uploadBody(title, v)})
}
