// Package jobweb is the page of a job, how far it is and what came of it, and the list of one's own.
//
// It may import job, page and ref. Always true: a person sees the jobs he started and no others; the page moves by
// itself, with script and without.
package jobweb

import (
	"context"
	"net/http"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/job"
	"hudang/internal/platform/list/listweb"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/ref"
)

// Pages are the pages of jobs.
type Pages struct {
	Kit        *page.Kit
	Door       *op.Door
	Things     ref.Kinds                                                                   // what a job leads back to
	EstateName func(ctx context.Context, q db.Querier, id access.EstateID) (string, error) // for prints
}

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	listweb.Site{Kit: p.Kit, Door: p.Door, Estate: p.EstateName}.Routes(mux, job.Mine, "")
	p.Kit.For(access.Posts, mux, "GET /jobs/{id}", p.show)
	p.Kit.For(access.Posts, mux, "POST /jobs/{id}/cancel", p.cancel)
}
