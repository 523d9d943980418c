// Package approvalweb is the pages of approvals: what waits for me, what I asked for, and one request with what would come of
// it.
//
// It may import approval, account and page. Always true: a request is seen by who made it and by those whose posts decide it,
// and by nobody else.
package approvalweb

import (
	"context"
	"net/http"

	"hudang/internal/platform/access"
	"hudang/internal/platform/approval"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// NavApprovals is the key of the module in the navigation.
const NavApprovals = "approvals"

// Pages are the pages of approvals.
type Pages struct {
	Kit        *page.Kit
	Door       *op.Door
	Requests   *approval.Registry
	EstateName func(ctx context.Context, q db.Querier, id access.EstateID) (string, error)
}

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	p.Kit.For(access.Posts, mux, "GET "+approval.ListPath, p.list)
	p.Kit.For(access.Posts, mux, "GET "+approval.ListPath+"/{id}", p.show)
	p.Kit.For(access.Posts, mux, "POST "+approval.ListPath+"/{id}/approve", p.approve)
	p.Kit.For(access.Posts, mux, "POST "+approval.ListPath+"/{id}/refuse", p.refuse)
	p.Kit.For(access.Posts, mux, "POST "+approval.ListPath+"/{id}/withdraw", p.withdraw)
	p.Kit.For(access.Posts, mux, "POST "+approval.ListPath+"/{id}/carry", p.carry)
}
