package estateweb

import (
	"context"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/masked/maskedweb"
	"hudang/internal/platform/page"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

func (v partyView) head(ctx context.Context) page.HeadView {
	from := page.Link{Label: i18n.T(ctx, "unit.list.title"), Href: "/units"}
	if len(v.homes) > 0 {
		from = page.Link{Label: v.homes[0].Name, Href: v.homes[0].Href}
	}
	h := page.HeadView{Crumbs: []page.Link{from}, Title: v.Name,
		Sub: i18n.T(ctx, "party.kind."+string(v.Kind)), Clauses: []string{"A1", "C7"}}
	if v.change {
		h.Actions = append(h.Actions, page.Action{Key: "change", Label: i18n.T(ctx, "party.change"), Href: v.ID.Path() + "/change", Primary: true})
	}
	switch {
	case v.merge && v.MergedInto != 0:
		h.Actions = append(h.Actions, page.Action{Key: "separate", Label: i18n.T(ctx, "party.separate"), Href: v.ID.Path() + "/separate", Post: true, Seen: page.SeenParam(partyRef(v.Party), v.Version)})
	case v.merge:
		h.Actions = append(h.Actions, page.Action{Key: "merge", Label: i18n.T(ctx, "party.merge"), Href: v.ID.Path() + "/merge"})
	}
	return h
}

func (v partyView) notices(ctx context.Context) []page.NoticeView {
	if v.into == nil {
		return v.alikeNotices(ctx)
	}
	return []page.NoticeView{{Kind: page.NoticeDue, Text: i18n.T(ctx, "party.merged", v.into.Name),
		Actions: []page.Action{{Label: v.into.Name, Href: v.into.ID.Path()}}}}
}

func (v partyView) groups(ctx context.Context) []page.FactGroup {
	var all []page.FactGroup
	if len(v.homes) > 0 {
		all = append(all, v.homeFacts(ctx))
	}
	all = append(all, v.facts(ctx), v.contactFacts(ctx), v.identityFacts(ctx), v.formerFacts(ctx), v.vehicleFacts(ctx), v.leaseFacts(ctx))
	if v.link || len(v.same) > 0 {
		all = append(all, v.sameFacts(ctx))
	}
	return all
}

// homeFacts are the households he is of: what most who open his page are looking for.
func (v partyView) homeFacts(ctx context.Context) page.FactGroup {
	g := page.FactGroup{Title: i18n.T(ctx, "party.homes")}
	for _, h := range v.homes {
		g.Facts = append(g.Facts, h.fact(ctx, h.Name, h.Part))
	}
	return g
}

func (v partyView) facts(ctx context.Context) page.FactGroup {
	t := func(key string) string { return i18n.T(ctx, key) }
	g := page.FactGroup{Title: t("party.facts")}
	if v.Kind == estate.Person {
		sex := ""
		if v.Sex != "" {
			sex = t("party.sex." + v.Sex)
		}
		g.Facts = []page.Fact{{Label: t("party.sex"), Text: sex},
			{Label: t("party.birth"), Masked: maskedweb.View(ctx, estate.RevealBirth, v, v.Birth, t("party.birth"))},
			{Label: t("party.employer"), Text: v.Employer}}
	} else {
		g.Facts = []page.Fact{{Label: t("party.short_name"), Text: v.ShortName}, {Label: t("party.sign_name"), Text: v.SignName}, {Label: t("party.legal"), Text: v.Legal}}
	}
	g.Facts = append(g.Facts, page.Fact{Label: t("party.origin"), Text: v.Origin},
		page.Fact{Label: t("party.note"), Masked: maskedweb.View(ctx, estate.RevealNote, v, v.Note, t("party.note"))})
	return g
}

func (v partyView) contactFacts(ctx context.Context) page.FactGroup {
	g := page.FactGroup{Title: i18n.T(ctx, "party.contacts")}
	if v.change {
		g.Edit = page.Action{Label: i18n.T(ctx, "contact.add"), Href: v.ID.Path() + "/contacts/new"}
	}
	for n, c := range v.contacts {
		kind := i18n.T(ctx, "contact.kind."+string(c.Kind))
		l := recordweb.Line{Masked: maskedweb.View(ctx, estate.RevealContact, c, c.Value, kind), Text: c.Whose, Of: c.Value.Mask}
		if c.Kind == estate.NoPhone {
			l.Masked, l.Text, l.Of = page.MaskedView{}, strings.TrimSpace(c.ValidFrom+" "+c.Whose), kind
		}
		if !c.InForce() {
			l.State, l.Chip, l.Note = list.StateVoid, i18n.T(ctx, "period.ended_on", c.ValidTo), c.Ended
		} else if n == 0 && len(v.contacts) > 1 {
			l.State, l.Chip = list.StateOK, i18n.T(ctx, "contact.first.is")
		}
		if v.change {
			l.Acts = contactActs(ctx, c, n == 0)
		}
		g.Facts = append(g.Facts, recordweb.LineFact(kind, l))
	}
	return orNone(ctx, g)
}

func contactActs(ctx context.Context, c *estate.Contact, first bool) []page.Action {
	path, seen := "/contacts/"+ref.Text(c.ID), page.SeenParam(contactRef(c), c.Version)
	if !c.InForce() {
		return []page.Action{{Label: i18n.T(ctx, "period.restore"), Href: path + "/restore", Post: true, Seen: seen}}
	}
	acts := []page.Action{{Label: i18n.T(ctx, "contact.correct"), Href: path + "/correct"}, {Label: i18n.T(ctx, "period.end"), Href: path + "/end"}}
	if !first {
		acts = append(acts, page.Action{Label: i18n.T(ctx, "contact.first"), Href: path + "/first", Post: true, Seen: seen})
	}
	return acts
}

func (v partyView) identityFacts(ctx context.Context) page.FactGroup {
	g := page.FactGroup{Title: i18n.T(ctx, "party.identities")}
	if v.change {
		g.Edit = page.Action{Label: i18n.T(ctx, "identity.add"), Href: v.ID.Path() + "/identities/new"}
	}
	for _, i := range v.identities {
		kind := i18n.T(ctx, "identity.kind."+string(i.Kind))
		l := recordweb.Line{Masked: maskedweb.View(ctx, estate.RevealIdentity, i, i.Number, kind), Of: i.Number.Mask}
		l.State, l.Chip = identityState(ctx, i, v.verifiers)
		switch {
		case !i.InForce():
			l.Note = i.Ended
		case i.Doubt != "":
			l.Note = i18n.T(ctx, "cn."+i.Doubt)
		}
		if v.change {
			l.Acts = identityActs(ctx, i)
		}
		g.Facts = append(g.Facts, recordweb.LineFact(kind, l))
	}
	return orNone(ctx, g)
}

// identityState is how far an identity number can be trusted.
func identityState(ctx context.Context, i *estate.Identity, names map[int64]string) (list.State, string) {
	switch {
	case !i.InForce():
		return list.StateVoid, i18n.T(ctx, "period.ended_on", i.ValidTo)
	case i.Doubt != "":
		return list.StateLate, i18n.T(ctx, "identity.state.doubt")
	case i.Expires != "" && i.Expires < page.Today(ctx):
		return list.StateDue, i18n.T(ctx, "identity.state.expired")
	case i.Verified != "":
		return list.StateOK, i18n.T(ctx, "identity.state.verified", i.Verified, names[i.VerifiedBy])
	}
	return list.StateNone, i18n.T(ctx, "identity.state.open")
}

func identityActs(ctx context.Context, i *estate.Identity) []page.Action {
	path, seen := "/identities/"+ref.Text(i.ID), page.SeenParam(identityRef(i), i.Version)
	if !i.InForce() {
		return []page.Action{{Label: i18n.T(ctx, "period.restore"), Href: path + "/restore", Post: true, Seen: seen}}
	}
	acts := []page.Action{{Label: i18n.T(ctx, "identity.correct"), Href: path + "/correct"}, {Label: i18n.T(ctx, "period.end"), Href: path + "/end"}}
	if i.Verified == "" && i.Doubt == "" {
		acts = append(acts, page.Action{Label: i18n.T(ctx, "identity.verify"), Href: path + "/verify", Post: true, Seen: seen})
	}
	return acts
}

func (v partyView) formerFacts(ctx context.Context) page.FactGroup {
	g := page.FactGroup{Title: i18n.T(ctx, "party.former")}
	for _, n := range v.former {
		g.Facts = append(g.Facts, page.Fact{Label: n.Name, Text: i18n.T(ctx, "party.former.until", n.ValidTo) + " · " + n.Why})
	}
	return orNone(ctx, g)
}

func (v partyView) vehicleFacts(ctx context.Context) page.FactGroup {
	g := page.FactGroup{Title: i18n.T(ctx, "party.vehicles")}
	for _, vehicle := range v.vehicles {
		f := page.Fact{Label: v.units[vehicle.Unit], Text: vehicle.Plate, Href: vehicle.ID.Path()}
		if !vehicle.InForce() {
			f.State, f.Chip = list.StateVoid, i18n.T(ctx, "period.ended_on", vehicle.ValidTo)
		}
		g.Facts = append(g.Facts, f)
	}
	return orNone(ctx, g)
}

func (v partyView) leaseFacts(ctx context.Context) page.FactGroup {
	g := page.FactGroup{Title: i18n.T(ctx, "party.leases")}
	for _, l := range v.leases {
		role := "party.lease.as_lessor"
		if l.Tenant == v.ID {
			role = "party.lease.as_tenant"
		}
		f := page.Fact{Label: i18n.T(ctx, role), Text: v.units[l.Unit] + "  " + l.ValidFrom + " ~ " + l.ValidTo, Href: l.ID.Path()}
		f.State, f.Chip = estate.LeaseState(ctx, l, page.Today(ctx))
		g.Facts = append(g.Facts, f)
	}
	return orNone(ctx, g)
}

// orNone says that a group has nothing in it.
func orNone(ctx context.Context, g page.FactGroup) page.FactGroup {
	if len(g.Facts) == 0 {
		g.Note = i18n.T(ctx, "party.none") + "  "
	}
	return g
}
