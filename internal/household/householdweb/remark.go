package householdweb

import (
	"context"
	"net/http"
	"slices"

	"hudang/internal/household"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked/maskedweb"
	"hudang/internal/platform/page"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

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

func refOfRemark(r household.Said) string { return "remark:" + ref.Text(r.ID) }

func remarkPath(h household.ID, r household.RemarkID) string {
	if r == 0 {
		return h.Path() + "/remark"
	}
	return h.Path() + "/remark?of=" + ref.Text(r)
}

func (p Pages) editRemark(w http.ResponseWriter, r *http.Request) error {
	h, was, all, err := p.remark(r)
	if err != nil {
		return err
	}
	return p.remarkForm(w, r, h, was, all, page.NewForm(remarkPath(h.ID, was.ID), page.Fill(household.RemarkIn{Text: was.Shown()})))
}

func (p Pages) keepRemark(w http.ResponseWriter, r *http.Request) error {
	h, was, all, err := p.remark(r)
	if err != nil {
		return err
	}
	in := household.RemarkIn{Household: h.ID, Replaces: was.ID}
	return recordweb.Answer(p.Site, w, r, household.Remarks, &in, refOfRemark(was), h.ID.Path(), func(f *page.Form) error { return p.remarkForm(w, r, h, was, all, f) })
}

// remark reads the household of a request, the remark that is corrected, zero for a new one, and all its remarks.
func (p Pages) remark(r *http.Request) (h *household.Household, was household.Said, all []household.Said, err error) {
	if h, err = p.household(r); err != nil {
		return h, was, all, err
	}
	all, err = household.SaidOf(r.Context(), p.Door.DB.Read(), p.Door.Vault, h.ID)
	if of := r.URL.Query().Get("of"); of != "" && err == nil {
		i := slices.IndexFunc(all, func(s household.Said) bool { return ref.Text(s.ID) == of })
		if i < 0 {
			return h, was, all, errs.E(errs.NotFound, "error.not_found")
		}
		was = all[i]
	}
	return h, was, all, err
}

// remarkForm is the form of a remark, with those of the past below it.
func (p Pages) remarkForm(w http.ResponseWriter, r *http.Request, h *household.Household, was household.Said, all []household.Said, f *page.Form) error {
	ctx := r.Context()
	a, _, err := p.formOf(ctx, h, "remark.title", "")
	if err != nil {
		return err
	}
	past := slices.DeleteFunc(all, func(s household.Said) bool { return s.InForce() })
	var by []int64
	for _, s := range past {
		by = append(by, s.By)
	}
	names, err := account.Names(ctx, p.Door.DB.Read(), by)
	if err != nil {
		return err
	}
	text := page.Input{Name: "text", Kind: page.Area, Label: i18n.T(ctx, "remark.label"), Hint: i18n.T(ctx, "remark.hint"), Max: 500, Focus: true}
	a.Clauses, a.Form, a.Save, a.About, a.In, a.Below = []string{"A2", "D1"}, f, i18n.T(ctx, "remark.save"), h.ID.Ref(), h.Estate, pastRemarks(past, names)
	if a.Edits = nil; was.ID != 0 {
		text.Hint, text.Max, text.Optional = i18n.T(ctx, "remark.hint.change"), max(500, len([]rune(was.Text))), true
		a.Edits = &recordweb.Edited{Ref: refOfRemark(was), Version: was.Version}
		a.Groups = []recordweb.Group{{Body: maskedRemark(was)}}
	}
	a.Groups = append(a.Groups, recordweb.Group{Fields: []page.Input{text}})
	return p.ShowForm(w, r, a)
}
