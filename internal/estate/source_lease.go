package estate

import (
	"context"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/search"
	"hudang/internal/platform/vault"
)

// leaseSource is what leases are found by: the number of the contract, and that of its filing. One without either is found
// by its unit and its people.
var leaseSource = search.Source{
	Kind: kindLease, Title: "lease.list.title", Version: 1, Papers: true,
	Stale: map[string]search.Stale{"estate_lease": search.Itself},
	After: numberedLeases,
	Load: func(ctx context.Context, q db.Querier, _ *vault.Store, ids []int64) ([]search.Doc, error) {
		rows, err := leasesByID(ctx, q, ids)
		docs := make([]search.Doc, len(rows))
		for i, l := range rows {
			docs[i] = l.doc(ctx)
		}
		return docs, err
	},
}

func (l LeaseRow) doc(ctx context.Context) search.Doc {
	line := []string{l.TenantName, strings.TrimSpace(l.Contract + " " + l.FilingNo)}
	if !l.InForce() {
		line = append(line, i18n.T(ctx, "unit.ended_on", l.LeftOn))
	}
	d := search.Doc{Ref: l.Ref(), Estate: l.Estate, Posts: access.Desk, Title: l.UnitCode, Href: l.ID.Path(), Line: strings.Join(append(line, l.EstateName), " · ")}
	for _, number := range []string{l.Contract, l.FilingNo} {
		d.Parts = append(d.Parts, search.Part{Kind: search.Code, Text: number, Former: !l.InForce()})
	}
	return d
}
