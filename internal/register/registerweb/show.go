package registerweb

import (
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/record/recordweb"
)

func (p pages[T, F, ID, P]) show(w http.ResponseWriter, r *http.Request) error {
	e, err := p.find(r)
	if err != nil {
		return err
	}
	ctx, row := r.Context(), P(e.row)
	v := recordweb.View{About: p.Ref(e.id), Estate: row.EstateKey(), Head: p.head(r, e),
		Groups: []page.FactGroup{{Title: i18n.T(ctx, "register.facts"), Facts: recordweb.Facts(ctx, p.Shown(), *e.row, nil)}}}
	if day, why := row.VoidedOn(); day != "" {
		v.Notices = []page.NoticeView{{Kind: page.NoticeDue, Text: i18n.T(ctx, "record.voided_on", day) + " · " + why}}
	}
	held, err := archive.ItemsOf(ctx, p.Door.DB.Read(), access.From(ctx).Scope(archive.MayRead(), access.Company), v.About)
	if err != nil {
		return err
	}
	if papers := held[v.About]; len(papers) > 0 {
		g := page.FactGroup{Title: i18n.T(ctx, "register.papers")}
		for _, paper := range papers {
			g.Facts = append(g.Facts, page.Fact{Label: i18n.T(ctx, "register.paper"), Text: paper.Title, Href: paper.Item.Path()})
		}
		v.Groups = append(v.Groups, g)
	}
	if v.History, err = p.History(ctx, []recordweb.Tracked{e.History}); err != nil {
		return err
	}
	return p.ShowRecord(w, r, e.Nav, v)
}

// head is the heading of a record, with what whoever asks may do with it.
func (p pages[T, F, ID, P]) head(r *http.Request, e entry[T, ID]) page.HeadView {
	ctx, row := r.Context(), P(e.row)
	h := page.HeadView{Crumbs: []page.Link{{Label: i18n.T(ctx, p.Title), Href: p.Path}}, Title: e.Back.Label, Clauses: p.Clauses}
	may := func(posts []access.Post) bool { _, may := access.From(ctx).Holding(row.EstateKey(), posts); return may }
	offer := func(posts []access.Post, a page.Action) {
		if may(posts) {
			h.Actions = append(h.Actions, a)
		}
	}
	if !row.InForce() {
		offer(p.MayVoid, page.Action{Key: "restore", Label: i18n.T(ctx, "period.restore"), Href: e.Path + "/restore", Post: true, Seen: page.SeenParam(e.Ref, e.Version)})
		return h
	}
	for _, a := range p.acts {
		offer(a.action(ctx, e))
	}
	offer(p.MayEnter, page.Action{Key: "correct", Label: i18n.T(ctx, "register.correct"), Href: e.Path + "/correct"})
	offer(archive.MayChange(), page.Action{Key: "papers", Label: i18n.T(ctx, "register.papers.add"), Icon: "arch", Href: e.Path + "/papers", Post: true})
	if may(p.MayVoid) {
		h.More = []page.Action{{Key: "void", Label: i18n.T(ctx, "record.void"), Href: e.Path + "/void", Danger: true}}
	}
	return h
}
