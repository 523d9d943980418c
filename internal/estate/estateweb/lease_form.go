package estateweb

import (
	"context"
	"net/http"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// leaseForm is what the form that corrects a lease sends: who lets as typed.
type leaseForm struct {
	Lessor   string         `form:"lessor"`
	LessorID estate.PartyID `form:"lessor_id"`
	estate.LeaseFacts
}

func (p Pages) leaseForm(w http.ResponseWriter, r *http.Request, e access.EstateID, t *recordweb.Edited, f *page.Form) error {
	ctx := r.Context()
	lessor, err := p.pickField(ctx, e, f, page.Input{Name: "lessor", Label: i18n.T(ctx, "lease.lessor"), Optional: true, Max: 100})
	if err != nil {
		return err
	}
	return p.ShowForm(w, r, recordweb.FormPage{Nav: NavLeases, Title: t.Title, Clauses: []string{"D6", "D9"}, Form: f, Edits: t, Save: i18n.T(ctx, "lease.save"), Back: t.Back,
		Groups: []recordweb.Group{{Title: i18n.T(ctx, "lease.group.who"), Fields: lessor}, termGroup(ctx), tradeGroup(ctx)}})
}

func termGroup(ctx context.Context) recordweb.Group {
	term, _ := LeaseFields(ctx)
	return recordweb.Group{Title: i18n.T(ctx, "lease.group.term"), Pairs: true, Fields: term}
}

func tradeGroup(ctx context.Context) recordweb.Group {
	_, trade := LeaseFields(ctx)
	return recordweb.Group{Title: i18n.T(ctx, "lease.group.mixed"), Pairs: true, Fields: trade}
}

// LeaseFields are the fields of a lease's facts: of its term, and of a trade.
func LeaseFields(ctx context.Context) (term, trade []page.Input) {
	t := func(key string) string { return i18n.T(ctx, key) }
	return []page.Input{
			{Name: "kind", Label: t("lease.kind"), Kind: page.Segments, Options: list.Options(ctx, "lease.kind.", estate.LeaseKinds)},
			{Name: "use_as", Label: t("lease.use"), Kind: page.Segments, Options: list.Options(ctx, "lease.use.", estate.LeaseUses)},
			{Name: "valid_from", Label: t("lease.from"), Kind: page.Date}, {Name: "valid_to", Label: t("lease.until"), Kind: page.Date},
			{Name: "area", Label: t("lease.area"), Kind: page.Number, Unit: "㎡", Optional: true, Width: page.WidthShort},
			{Name: "heads", Label: t("lease.heads"), Kind: page.Number},
			{Name: "payer", Label: t("lease.payer"), Hint: t("lease.payer.hint"), Kind: page.Segments, Options: list.Options(ctx, "lease.payer.", []estate.Payer{estate.PayerOwner, estate.PayerTenant})},
			{Name: "contract", Label: t("lease.contract"), Optional: true, Max: 100}, {Name: "filing_no", Label: t("lease.filing_no"), Optional: true, Max: 100},
		}, []page.Input{
			{Name: "trade", Label: t("lease.trade"), Optional: true, Max: 100}, {Name: "hours", Label: t("lease.hours"), Optional: true, Max: 100},
			{Name: "consent", Label: t("lease.consent"), Kind: page.Check, Optional: true},
		}
}

// filledLease are the fields of a lease's form.
func (p Pages) filledLease(ctx context.Context, l *estate.Lease) page.Values {
	values := page.Fill(l.LeaseFacts)
	values.Set("lessor", p.partyShown(ctx, int64(l.Lessor)))
	values.Set("lessor_id", ref.Text(l.Lessor))
	return values
}

func (p Pages) leaseThing(r *http.Request) (estate.LeaseID, recordweb.Edited, error) {
	l, err := p.lease(r)
	if err != nil {
		return 0, recordweb.Edited{}, err
	}
	ctx := r.Context()
	code := p.unitShown(ctx, int64(l.Unit))
	return l.ID, recordweb.Edited{Ref: leaseRef(l), Version: l.Version, Path: l.ID.Path(), Back: page.Link{Label: code, Href: l.ID.Path()}, Nav: NavLeases,
		History: recordweb.Tracked{Row: l, Columns: p.leaseColumns()}, Now: p.filledLease(ctx, l)}, nil
}

func (p Pages) editLease(w http.ResponseWriter, r *http.Request) error {
	return p.changeLeaseForm(w, r, func(t recordweb.Edited) *page.Form { return page.NewForm(r.URL.Path, t.Now) })
}

func (p Pages) changeLeaseForm(w http.ResponseWriter, r *http.Request, form func(recordweb.Edited) *page.Form) error {
	l, err := p.lease(r)
	if err != nil {
		return err
	}
	_, t, err := p.leaseThing(r)
	if err != nil {
		return err
	}
	t.Title = i18n.T(r.Context(), "lease.change.title", t.Back.Label)
	return p.leaseForm(w, r, l.Estate, &t, form(t))
}

func (p Pages) changeLease(w http.ResponseWriter, r *http.Request) error {
	l, err := p.lease(r)
	if err != nil {
		return err
	}
	var form leaseForm
	in := estate.ChangeLeaseIn{ID: l.ID}
	err = read(r, &form, func(f *errs.Fields) (err error) {
		in.Lessor, err = p.sameOrPicked(r.Context(), l, form, f)
		return err
	})
	in.LeaseFacts = form.LeaseFacts
	_, err = opform.Unless(err, r, p.Door, estate.ChangeLease, in, leaseRef(l))
	return opform.After(p.Kit, w, r, err, l.ID.Path(), func(err error) error {
		return p.changeLeaseForm(w, r, func(recordweb.Edited) *page.Form { return page.Refused(r.URL.Path, page.Typed(r), err) })
	})
}

// sameOrPicked is the lessor a form names: the one there was, while his name stands in the field unchanged.
func (p Pages) sameOrPicked(ctx context.Context, l *estate.Lease, form leaseForm, f *errs.Fields) (estate.PartyID, error) {
	if l.Lessor != 0 && form.Lessor == p.partyShown(ctx, int64(l.Lessor)) {
		return l.Lessor, nil
	}
	return p.picked(ctx, l.Estate, "lessor", form.Lessor, form.LessorID, f)
}

// askExtend proposes as long again as the last term was; who knows better writes another end.
func (p Pages) askExtend(w http.ResponseWriter, r *http.Request) error {
	l, err := p.lease(r)
	if err != nil {
		return err
	}
	from, err := p.termBegun(r.Context(), l)
	if err != nil {
		return err
	}
	values := page.Values{}
	if _, end := estate.NextTerm(from, l.ValidTo); end != "" {
		values.Set("valid_to", end)
	}
	return p.extendForm(w, r, page.NewForm(r.URL.Path, values))
}

// termBegun is when a lease's present term began: with the lease, or on the day after the end that it was renewed from.
func (p Pages) termBegun(ctx context.Context, l *estate.Lease) (string, error) {
	was, err := historyweb.Before(ctx, p.Door, l, "valid_to")
	if next, _ := estate.NextTerm(l.ValidFrom, was); next != "" && estate.MonthsOf(next, l.ValidTo) > 0 { // less is a correction
		return next, err
	}
	return l.ValidFrom, err
}

func (p Pages) extendLease(w http.ResponseWriter, r *http.Request) error {
	l, err := p.lease(r)
	if err != nil {
		return err
	}
	in := estate.ExtendLeaseIn{ID: l.ID}
	return recordweb.Answer(p.Site, w, r, estate.ExtendLease, &in, leaseRef(l), l.ID.Path(), func(f *page.Form) error { return p.extendForm(w, r, f) })
}

func (p Pages) extendForm(w http.ResponseWriter, r *http.Request, f *page.Form) error {
	ctx := r.Context()
	l, err := p.lease(r)
	if err != nil {
		return err
	}
	_, t, err := p.leaseThing(r)
	if err != nil {
		return err
	}
	t.Now = nil
	words := func(key string, args ...any) string { return i18n.T(ctx, key, args...) }
	known := []page.Fact{{Label: words("lease.unit"), Text: t.Back.Label, Href: l.Unit.Path()}, {Label: words("lease.tenant"), Text: p.partyShown(ctx, int64(l.Tenant)), Href: l.Tenant.Path()},
		{Label: words("lease.extend.term"), Text: strings.TrimSpace(l.ValidFrom + " – " + l.ValidTo)}, {Label: words("lease.contract"), Text: l.Contract}}
	hint := ""
	if start, _ := estate.NextTerm(l.ValidFrom, l.ValidTo); start != "" {
		hint = words("lease.extend.hint", start)
	}
	return p.ShowForm(w, r, recordweb.FormPage{Nav: NavLeases, Title: words("lease.extend.title", t.Back.Label), Clauses: []string{"D6"}, Form: f, Edits: &t, Save: words("lease.extend.do"), Back: t.Back,
		Known: known, Groups: []recordweb.Group{{Fields: []page.Input{{Name: "valid_to", Label: words("lease.extend.until"), Hint: hint, Kind: page.Date, Focus: true},
			{Name: "contract", Label: words("lease.extend.contract"), Optional: true, Max: 100}}}}})
}
