package household

import (
	"context"

	"hudang/internal/estate"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
)

// Lapse is how a tenant's household outlived its lease while its file is open (D6): the last of its leases has ended, or its
// term ran out and nobody renewed or ended it. The zero one is of everybody else.
type Lapse struct {
	Lease estate.LeaseID
	Left  string // local date the lease ended
	Over  string // end of the term that ran out, a local date with its precision
}

// Says is a lapse in words; empty for none.
func (l Lapse) Says(ctx context.Context) string {
	switch {
	case l.Left != "":
		return i18n.T(ctx, "household.lapse.left", l.Left)
	case l.Over != "":
		return i18n.T(ctx, "household.lapse.over", l.Over)
	}
	return ""
}

// leased is a lease of the head of a household in its units.
type leased struct {
	estate.Lease `bun:",extend"`
	Household    ID `bun:"household,scanonly"`
}

// LapsesOf are the lapses of households on a day; who has none is not in it.
func LapsesOf(ctx context.Context, q db.Querier, today string, ids ...ID) (map[ID]Lapse, error) {
	all := map[ID]Lapse{}
	rows, err := leasesOfHeads(ctx, q, ids)
	for _, l := range rows {
		if !l.InForce() && all[l.Household].Left < l.LeftOn {
			all[l.Household] = Lapse{Lease: l.ID, Left: l.LeftOn}
		}
	}
	stays := map[ID]bool{} // by a lease whose term goes on
	for _, l := range rows {
		if l.InForce() {
			if stays[l.Household] = stays[l.Household] || !l.Over(today); stays[l.Household] {
				delete(all, l.Household)
			} else {
				all[l.Household] = Lapse{Lease: l.ID, Over: l.ValidTo}
			}
		}
	}
	return all, err
}
