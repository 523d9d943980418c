package logweb

import (
	"context"
	"net/http"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// head is a log as it stands.
type head struct {
	evidence.Checkpoint
	name string
}

// heads is the page of the logs' heads, to be noted outside.
func (p Pages) heads(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	logs, err := p.Names.logs(ctx, q, access.From(ctx).Scope(mayRead, access.Chosen(ctx)))
	if err != nil {
		return err
	}
	all := make([]head, len(logs))
	for i, l := range logs {
		all[i].name = l.Label
		if all[i].Checkpoint, err = p.Door.Log.Head(ctx, q, access.EstateID(number(l.Value))); err != nil {
			return err
		}
	}
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(ctx, "log.heads"), Nav: NavLog, Body: headsBody(all, p.Door.Log.Fingerprint())})
}

// Home are the figures of whoever audits: what was done today, and what was refused.
func Home(d *op.Door, leaves list.Any) []page.HomeFigure {
	figure := func(key, note, tab string, state page.State) page.HomeFigure {
		return page.HomeFigure{Posts: mayRead, Load: func(ctx context.Context, who access.Actor, at access.EstateID) (page.NumberView, error) {
			today := clock.Date(d.Clock.Now())
			asked := map[string][]string{"day.from": {today}, "tab": {tab}}
			total, more, err := leaves.Total(ctx, d.DB.Read(), list.Reader{Actor: who, Estate: at, Today: today}, asked)
			n := page.NumberView{Figure: strconv.Itoa(total), Unit: i18n.T(ctx, key), Href: Path + "?day.from=" + today + "&tab=" + tab}
			if more {
				n.Figure += "+"
			}
			if total > 0 {
				n.State, n.Note = state, i18n.T(ctx, note)
			}
			return n, err
		}}
	}
	return []page.HomeFigure{figure("log.home", "log.title", "", page.NoState), figure("log.home.refused", "log.home.refused.note", "refused", page.Due)}
}
