package importsweb

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/approval"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/ref"
)

func (p Pages) askClear(w http.ResponseWriter, r *http.Request) error {
	return p.renderClear(w, r, http.StatusOK, page.NewForm(imports.ClearPath, nil))
}

func (p Pages) renderClear(w http.ResponseWriter, r *http.Request, status int, form *page.Form) error {
	form.Plain = true // the answer may be the file
	most, err := imports.ClearRows.At(r.Context(), p.Door.DB.Read(), access.Chosen(r.Context()), page.Today(r.Context()))
	if err != nil {
		return err
	}
	who, err := p.whoAgrees(r)
	if err != nil {
		return err
	}
	title := i18n.T(r.Context(), "clear.title")
	return p.Kit.Render(w, r, status, page.Page{Title: title, Nav: p.Nav, Err: form.Err, Body: clearBody(title, form, most, who)})
}

// whoAgrees says who could agree to a roster in clear, or that nobody else can and what to do then; nothing while the estate is not
// chosen.
func (p Pages) whoAgrees(r *http.Request) (string, error) {
	ctx, q, e, me := r.Context(), p.Door.DB.Read(), access.Chosen(r.Context()), access.From(r.Context()).Account
	if e == access.Company { // all estates stand in the header, which may be one
		all, err := estate.Estates(ctx, q, access.From(ctx).Scope(imports.MayClear(), access.Company))
		if err != nil || len(all) != 1 {
			return "", err
		}
		e = all[0].ID
	}
	names, err := imports.Approvers(ctx, q, e, me)
	if err != nil || len(names) > 0 {
		return i18n.T(ctx, "clear.who", strings.Join(names, " / ")), err
	}
	alone, err := imports.Alone(ctx, q, e, me)
	if alone {
		return i18n.T(ctx, "clear.alone"), err
	}
	return i18n.T(ctx, "clear.nobody"), err
}

// takeClear sends the roster, or asks for approval when it is too large to go out by one person's word.
func (p Pages) takeClear(w http.ResponseWriter, r *http.Request) error {
	in := imports.ExportIn{Estate: opform.Estate(r), Why: page.Typed(r).Get("why")}
	err := imports.ClearApproval.Try(r.Context(), p.Door, in)
	if errs.Is(err, errs.Invalid) {
		return p.renderClear(w, r, http.StatusUnprocessableEntity, page.Refused(imports.ClearPath, page.Typed(r), err))
	}
	if err != nil {
		return err
	}
	large, _, err := imports.NeedsApproval(r.Context(), p.Door.DB.Read(), in.Estate, access.From(r.Context()).Account, page.Today(r.Context()))
	if err != nil {
		return err
	}
	if large {
		return p.proposeClear(w, r, in)
	}
	name, err := estate.NameOf(r.Context(), p.Door.DB.Read(), in.Estate)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if _, err := imports.Export(r.Context(), p.Door, in, true, &file); err != nil {
		return err
	}
	_, err = file.WriteTo(attach(w, r, name))
	return err
}

func (p Pages) proposeClear(w http.ResponseWriter, r *http.Request, in imports.ExportIn) error {
	proposal, err := imports.ClearApproval.Proposal(in, in.Why)
	if err != nil {
		return err
	}
	done, err := opform.Run(r, p.Door, p.Requests.Propose(), proposal, "")
	if errs.Is(err, errs.Invalid) {
		return p.renderClear(w, r, http.StatusUnprocessableEntity, page.Refused(imports.ClearPath, page.Typed(r), err))
	}
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, done.Out.Path())
}

// fetchClear sends the roster of an approved request.
func (p Pages) fetchClear(w http.ResponseWriter, r *http.Request) error {
	id := ref.ParseID[approval.ID](r.PathValue("request"))
	return imports.Fetch(r.Context(), p.Door, id, func(name string) io.Writer { return attach(w, r, name) })
}

// attach makes the answer a spreadsheet named after the estate.
func attach(w http.ResponseWriter, r *http.Request, estateName string) io.Writer {
	name := estateName + " " + i18n.T(r.Context(), "clear.file") + " " + page.Today(r.Context()) + ".xlsx"
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Cache-Control", "no-store")
	return w
}
