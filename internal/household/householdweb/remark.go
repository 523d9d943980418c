package householdweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"hudang/internal/household"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked/maskedweb"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// remarkForm is the form of a remark, with those of the past below it.
type remarkForm struct {
	form  *page.Form
	h     *household.Household
	rooms string
	was   household.Said // the one that is corrected; zero for a new one
	past  []household.Said
	by    map[int64]string
}

// remarksNow are the remarks of today.
func (v householdView) remarksNow() []household.Said {
	return slices.DeleteFunc(slices.Clone(v.remarks), func(r household.Said) bool { return !r.InForce() })
}

// remarkInClear is a remark with its numbers masked, and the way to see them.
func remarkInClear(ctx context.Context, r household.Said) page.MaskedView {
	v := r.Remark.Said
	v.Mask = r.Shown()
	return maskedweb.View(ctx, household.RemarkInClear, &r.Remark, v, i18n.T(ctx, "remark.label"))
}

func refOfRemark(r household.Said) string { return "remark:" + strconv.FormatInt(int64(r.ID), 10) }

func remarkPath(h household.ID, r household.RemarkID) string {
	if r == 0 {
		return h.Path() + "/remark"
	}
	return h.Path() + "/remark?of=" + strconv.FormatInt(int64(r), 10)
}

func (p Pages) editRemark(w http.ResponseWriter, r *http.Request) error {
	f, err := p.remark(r)
	if err != nil {
		return err
	}
	f.form = page.NewForm(remarkPath(f.h.ID, f.was.ID), page.Fill(household.RemarkIn{Text: f.was.Shown()}))
	return p.renderRemark(w, r, http.StatusOK, f)
}

func (p Pages) keepRemark(w http.ResponseWriter, r *http.Request) error {
	f, err := p.remark(r)
	if err != nil {
		return err
	}
	in := household.RemarkIn{Household: f.h.ID, Replaces: f.was.ID}
	_, err = opform.Send(r, p.Door, household.Remarks, &in, refOfRemark(f.was))
	return opform.After(p.Kit, w, r, err, f.h.ID.Path(), func(err error) error {
		f.form = page.Refused(remarkPath(f.h.ID, f.was.ID), page.Typed(r), err)
		return p.renderRemark(w, r, errs.KindOf(err).Status(), f)
	})
}

// remark reads the household of a request, its remarks, and the one that is asked for.
func (p Pages) remark(r *http.Request) (f remarkForm, err error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	if f.h, err = p.household(r); err != nil {
		return f, err
	}
	details, err := household.Details(ctx, q, f.h.ID)
	if err != nil {
		return f, err
	}
	f.rooms = details[f.h.ID].Rooms(f.h)
	all, err := household.SaidOf(ctx, q, p.Door.Vault, f.h.ID)
	if err != nil {
		return f, err
	}
	var by []int64
	for _, s := range all {
		by = append(by, s.By)
		if !s.InForce() {
			f.past = append(f.past, s)
		}
		if strconv.FormatInt(int64(s.ID), 10) == r.URL.Query().Get("of") {
			f.was = s
		}
	}
	if f.was.ID == 0 && r.URL.Query().Get("of") != "" {
		return f, errs.E(errs.NotFound, "error.not_found")
	}
	f.by, err = account.Names(ctx, q, by)
	return f, err
}

func (p Pages) renderRemark(w http.ResponseWriter, r *http.Request, status int, f remarkForm) error {
	title := i18n.T(r.Context(), "remark.title", f.rooms)
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: Current, About: f.h.ID.Ref(), Estate: f.h.Estate, Err: f.form.Err, Body: remarkBody(title, f)})
}
