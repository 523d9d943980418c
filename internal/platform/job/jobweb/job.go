package jobweb

import (
	"context"
	"net/http"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/job"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/ref"
)

// progressID is the part of the page that is fetched anew.
const progressID = "progress"

// view is what a job's page shows.
type view struct {
	run     *job.Run
	title   string
	elapsed string
	of      ref.Thing // what it belongs to; zero when that is nothing the reader may see
}

func (p Pages) job(r *http.Request) (*job.Run, error) {
	return job.Find(r.Context(), p.Door.DB.Read(), access.From(r.Context()), ref.ParseID[job.ID](r.PathValue("id")))
}

// show is the page, or its moving part alone; once the job is over the part asks for the page, whose buttons are others
// then.
func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	run, err := p.job(r)
	if err != nil {
		return err
	}
	v := view{run: run, title: i18n.T(r.Context(), run.Title), elapsed: told(r.Context(), run.Elapsed(p.Door.Clock))}
	if r.Header.Get("HX-Target") == progressID {
		if !run.Open() {
			w.Header().Set("HX-Refresh", "true")
		}
		return p.Kit.Render(w, r, http.StatusOK, progress(v))
	}
	v.of, err = p.Things.Resolve(r.Context(), p.Door.DB.Read(), access.From(r.Context()), run.Of())
	if err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: v.title, Body: body(v)})
}

// told is a length of time in words.
func told(ctx context.Context, d time.Duration) string {
	minutes, seconds := int(d/time.Minute), int(d%time.Minute/time.Second)
	if minutes == 0 {
		return i18n.T(ctx, "job.seconds", seconds)
	}
	return i18n.T(ctx, "job.minutes", minutes, seconds)
}

func (p Pages) cancel(w http.ResponseWriter, r *http.Request) error {
	run, err := p.job(r)
	if err != nil {
		return err
	}
	if _, err := opform.Run(r, p.Door, job.Cancel, run.ID, ""); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, run.ID.Path())
}
