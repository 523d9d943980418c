package estateweb

import (
	"context"
	"net/http"
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// NavLeases is the key of the register of leases in the navigation.
const NavLeases = "leases"

func (p Pages) lease(r *http.Request) (*estate.Lease, error) {
	return estate.FindLease(r.Context(), p.Door.DB.Read(), deskScope(r), estate.ParseID[estate.LeaseID](r.PathValue("id")))
}

func (p Pages) showLease(w http.ResponseWriter, r *http.Request) error {
	l, err := p.lease(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	codes, err := estate.UnitCodes(ctx, p.Door.DB.Read(), l.Unit)
	if err != nil {
		return err
	}
	who := page.FactGroup{Title: i18n.T(ctx, "lease.group.who"), Facts: []page.Fact{{Label: i18n.T(ctx, "lease.unit"), Text: codes[l.Unit], Href: l.Unit.Path()}}}
	for _, side := range []struct {
		label string
		id    estate.PartyID
	}{{"lease.tenant", l.Tenant}, {"lease.lessor", l.Lessor}} {
		facts, err := p.personFacts(ctx, side.label, side.id)
		if err != nil {
			return err
		}
		who.Facts = append(who.Facts, facts...)
	}
	history, err := p.History(ctx, []recordweb.Tracked{{Row: l, Columns: p.leaseColumns()}})
	if err != nil {
		return err
	}
	return p.ShowRecord(w, r, NavLeases, recordweb.View{About: l.Ref(), Estate: l.Estate, Head: leaseHead(r, l, codes[l.Unit]), Notices: leaseNotices(ctx, l),
		Groups: []page.FactGroup{who, termFacts(ctx, l), tradeFacts(ctx, l)}, History: history})
}

func leaseHead(r *http.Request, l *estate.Lease, code string) page.HeadView {
	ctx := r.Context()
	_, state := estate.LeaseState(ctx, l, page.Today(ctx))
	h := page.HeadView{Crumbs: []page.Link{{Label: i18n.T(ctx, "lease.list.title"), Href: estate.Leases.Path}}, Title: code,
		Sub: i18n.T(ctx, "lease.kind."+string(l.Kind)) + " · " + state, Clauses: []string{"D6", "D9"}}
	change := may(r, l.Estate, estate.MayChangeUnits())
	if change && l.InForce() {
		h.Actions = append(h.Actions, page.Action{Key: "change", Label: i18n.T(ctx, "lease.change"), Href: l.ID.Path() + "/change", Primary: true},
			page.Action{Key: "extend", Label: i18n.T(ctx, "lease.extend"), Href: l.ID.Path() + "/extend"})
	}
	h.Actions = append(h.Actions, page.Action{Key: "print", Label: i18n.T(ctx, "lease.print"), Icon: "print", Href: l.ID.Path() + "/print", Shortcut: "F8"})
	switch {
	case change && l.InForce():
		h.Actions = append(h.Actions, page.Action{Key: "end", Label: i18n.T(ctx, "lease.end"), Href: l.ID.Path() + "/end", Danger: true})
	case change:
		h.Actions = append(h.Actions, page.Action{Key: "restore", Label: i18n.T(ctx, "lease.restore"), Href: l.ID.Path() + "/restore", Post: true, Seen: page.SeenParam(leaseRef(l), l.Version)})
	}
	return h
}

func leaseNotices(ctx context.Context, l *estate.Lease) (all []page.NoticeView) {
	if !l.InForce() {
		all = append(all, page.NoticeView{Kind: page.NoticeDue, Text: i18n.T(ctx, "lease.state.left", l.LeftOn) + " · " + l.Ended})
	}
	if l.ConsentMissing() {
		all = append(all, page.NoticeView{Kind: page.NoticeRule, Clause: "D6", Title: i18n.T(ctx, "lease.consent.missing"), Text: i18n.T(ctx, "lease.consent.note")})
	}
	return all
}

func termFacts(ctx context.Context, l *estate.Lease) page.FactGroup {
	t := func(key string) string { return i18n.T(ctx, key) }
	heads, area := "", ""
	if l.Heads > 0 {
		heads = strconv.FormatInt(l.Heads, 10)
	}
	if l.Area > 0 {
		area = l.Area.String() + " ㎡"
	}
	state, words := estate.LeaseState(ctx, l, page.Today(ctx))
	return page.FactGroup{Title: t("lease.group.term"), Facts: []page.Fact{
		{Label: t("lease.from"), Text: l.ValidFrom}, {Label: t("lease.until"), Text: l.ValidTo, State: state, Chip: words}, {Label: t("lease.area"), Text: area},
		{Label: t("lease.use"), Text: said(ctx, "lease.use.", string(l.Use))}, {Label: t("lease.heads"), Text: heads},
		{Label: t("lease.payer"), Text: said(ctx, "lease.payer.", string(l.Payer))}, {Label: t("lease.contract"), Text: l.Contract},
		{Label: t("lease.filing_no"), Text: l.FilingNo}, {Label: t("lease.registered"), Text: l.Registered}}}
}

func tradeFacts(ctx context.Context, l *estate.Lease) page.FactGroup {
	consent := ""
	if l.Consent {
		consent = i18n.T(ctx, "lease.consent.yes")
	}
	return page.FactGroup{Title: i18n.T(ctx, "lease.group.mixed"), Facts: []page.Fact{{Label: i18n.T(ctx, "lease.trade"), Text: l.Trade},
		{Label: i18n.T(ctx, "lease.hours"), Text: l.Hours}, {Label: i18n.T(ctx, "lease.consent"), Text: consent}}}
}

// said is a word of a vocabulary; empty for none.
func said(ctx context.Context, key, value string) string {
	if value == "" {
		return ""
	}
	return i18n.T(ctx, key+value)
}

// leaseColumns are a lease's columns as people know them, by the names of its form.
func (p Pages) leaseColumns() []historyweb.Column {
	area := func(_ context.Context, value any) string {
		n, _ := value.(int64)
		return estate.Area(n).String()
	}
	return []historyweb.Column{recordweb.Choice("kind", "lease.kind", "lease.kind."), recordweb.Choice("use_as", "lease.use", "lease.use."), {Name: "lessor", Label: "lease.lessor", Show: p.partyShown},
		recordweb.Column("valid_from", "lease.from"), recordweb.Column("valid_to", "lease.until"), {Name: "area", Label: "lease.area", Show: area}, recordweb.Column("heads", "lease.heads"),
		recordweb.Choice("payer", "lease.payer", "lease.payer."), recordweb.Column("contract", "lease.contract"), recordweb.Column("filing_no", "lease.filing_no"), recordweb.Column("trade", "lease.trade"),
		recordweb.Column("hours", "lease.hours"), consentColumn, recordweb.Column("left_on", "lease.end.on"), recordweb.Column("ended", "period.why")}
}

// consentColumn says whether the other owners' consent has come.
var consentColumn = historyweb.Column{Name: "consent", Label: "lease.consent",
	Show: func(ctx context.Context, value any) string {
		given, _ := value.(int64)
		return consent(ctx, given != 0)
	},
	Typed: func(ctx context.Context, text string) string { return consent(ctx, text == "1") }}

func consent(ctx context.Context, given bool) string {
	if given {
		return i18n.T(ctx, "lease.consent.yes")
	}
	return i18n.T(ctx, "history.none")
}

func leaseRef(l *estate.Lease) string { return "lease:" + ref.Text(l.ID) }
