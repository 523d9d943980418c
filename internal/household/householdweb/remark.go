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

// remarking is a household with its remarks, and the one that is corrected; zero for a new one.
type remarking struct {
	h   *household.Household
	was household.Said
	all []household.Said
}

func (p Pages) remark(r *http.Request) (m remarking, err error) {
	if m.h, err = p.household(r); err != nil {
		return m, err
	}
	m.all, err = household.SaidOf(r.Context(), p.Door.DB.Read(), p.Door.Vault, m.h.ID)
	if of := r.URL.Query().Get("of"); of != "" && err == nil {
		i := slices.IndexFunc(m.all, func(s household.Said) bool { return ref.Text(s.ID) == of })
		if i < 0 {
			return m, errs.E(errs.NotFound, "error.not_found")
		}
		m.was = m.all[i]
	}
	return m, err
}

// remarkForm is the form of a remark, with those of the past below it.
func (p Pages) remarkForm(w http.ResponseWriter, r *http.Request, m remarking, f *page.Form) error {
	ctx, h, was := r.Context(), m.h, m.was
	a, _, err := p.formOf(ctx, h, "remark.title", "")
	if err != nil {
		return err
	}
	past := slices.DeleteFunc(m.all, func(s household.Said) bool { return s.InForce() })
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
