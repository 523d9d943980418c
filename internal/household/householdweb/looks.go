package householdweb

import (
	"hudang/internal/platform/clock"
	"net/http"

	"github.com/a-h/templ"

	"hudang/internal/platform/account"
	"hudang/internal/platform/viewlog"
)

// mostLooks are shown; the manager's list of all looks has the rest.
const mostLooks = 100

// look is somebody's look at the household's page.
type look struct{ at, who string }

// looks is the tab 查阅记录: who opened the household's page, and when (D5).
func (p Pages) looks(r *http.Request, s Subject) (templ.Component, error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	found, err := viewlog.Of(ctx, q, s.Household.ID.Ref(), mostLooks)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(found))
	for i, l := range found {
		ids[i] = l.Account
	}
	names, err := account.Names(ctx, q, ids)
	all := make([]look, len(found))
	for i, l := range found {
		all[i] = look{clock.Moment(l.At), names[l.Account]}
	}
	return looksBody(all, mostLooks), err
}
