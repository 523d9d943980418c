package upkeepweb

import (
	"context"
	"net/http"
	"time"

	"hudang/internal/archive"
	"hudang/internal/archive/upkeep"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// NavUpkeep is the key of the page's module in the navigation.
const NavUpkeep = "upkeep"

// Pages are the package's pages.
type Pages struct {
	Kit  *page.Kit
	Door *op.Door
}

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	p.Kit.For(upkeep.MayRead(), mux, "GET "+upkeep.Path, p.show)
	p.Kit.For([]access.Post{access.SystemAdmin}, mux, "POST "+upkeep.Path, p.begin)
}

// view is what the page shows.
type view struct {
	all    []upkeep.Incident
	last   job.Run
	proven bool   // every file was looked at in time
	round  string // the day since which every file was looked at; empty while some were never
	begin  bool   // whoever asks may begin a look
	err    error
}

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	return p.render(w, r, http.StatusOK, nil)
}

// begin starts a look at everything, and leads to its progress.
func (p Pages) begin(w http.ResponseWriter, r *http.Request) error {
	done, err := opform.Run(r, p.Door, upkeep.Begin, upkeep.BeginIn{All: true}, "")
	if errs.Is(err, errs.Blocked) {
		return p.render(w, r, errs.KindOf(err).Status(), err)
	}
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, done.Out.Path())
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, status int, refused error) error {
	ctx := r.Context()
	v := view{err: refused, begin: access.From(ctx).HoldsAny([]access.Post{access.SystemAdmin})}
	var err error
	if v.all, err = upkeep.Incidents(ctx, p.Door.DB.Read(), access.From(ctx).Scope(upkeep.MayRead(), access.Company)); err != nil {
		return err
	}
	if v.last, err = upkeep.Last(ctx, p.Door); err != nil {
		return err
	}
	if v.proven, err = upkeep.Proven(ctx, p.Door); err != nil {
		return err
	}
	since, whole, err := upkeep.LastRound(ctx, p.Door.DB.Read())
	if err != nil {
		return err
	}
	if v.round = i18n.T(ctx, "upkeep.round.none"); whole {
		v.round = clock.Date(since)
	}
	return p.Kit.Render(w, r, status, page.Page{Title: i18n.T(ctx, "upkeep.title"), Nav: NavUpkeep, Err: refused, Body: body(v)})
}

func actions(ctx context.Context, v view) []page.Action {
	if !v.begin || v.last.ID != 0 && v.last.Open() {
		return nil
	}
	return []page.Action{{Key: "begin", Label: i18n.T(ctx, "upkeep.begin"), Href: upkeep.Path, Post: true, Primary: true}}
}

// facts say how the files are and when they were last looked at.
func facts(ctx context.Context, v view) []page.FactGroup {
	unread := 0
	for _, d := range v.all {
		if d.Mended == 0 {
			unread++
		}
	}
	how := page.Fact{Label: i18n.T(ctx, "upkeep.state"), State: page.OK, Chip: i18n.T(ctx, "upkeep.sound")}
	switch {
	case !v.proven && unread == 0:
		how.State, how.Chip = page.Unknown, i18n.T(ctx, "upkeep.unproven")
	case unread > 0:
		how = page.Fact{Label: i18n.T(ctx, "upkeep.open"), State: page.Late, Chip: i18n.T(ctx, "upkeep.open.count", unread)}
	}
	last := page.Fact{Label: i18n.T(ctx, "upkeep.last"), Text: i18n.T(ctx, "upkeep.last.none")}
	if v.last.ID != 0 {
		last.Text = i18n.T(ctx, "upkeep.state."+string(v.last.State), v.last.Done, v.last.Total) + " " + clock.Moment(max(v.last.Created, v.last.Ended))
	}
	return []page.FactGroup{{Title: i18n.T(ctx, "upkeep.title"), Facts: []page.Fact{how, last, {Label: i18n.T(ctx, "upkeep.round"), Text: v.round}}}}
}

// paper is the address of a paper that has the file, for those who see papers of the estate.
func paper(ctx context.Context, d upkeep.Incident) string {
	if _, may := access.From(ctx).Holding(d.Estate, archive.MayRead()); !may || d.Item == 0 {
		return ""
	}
	return d.Item.Path()
}

func mended(ctx context.Context, d upkeep.Incident) string {
	return i18n.T(ctx, "upkeep.mended", clock.Date(time.UnixMicro(d.Mended)))
}

// lies is where a file lies below the folder of scans.
func lies(stored string) string {
	if len(stored) < 4 {
		return stored
	}
	return stored[:2] + "/" + stored[2:4] + "/" + stored
}
