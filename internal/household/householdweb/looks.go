package householdweb

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/viewlog"
)

// mostLooks are shown; the manager's list of all looks has the rest.
const mostLooks = 100

// look is somebody's look at the household's page, or at a masked value of somebody in it.
type look struct {
	micro   int64
	account int64
	who     string
	what    string
	why     string
}

func (l look) at() string { return clock.Moment(l.micro) }

// looks is the tab 浏览记录: who opened the household's page or saw what is masked on it, and when (D5).
func (p Pages) looks(r *http.Request, v *householdView, s Subject) (templ.Component, error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	found, err := viewlog.Of(ctx, q, s.Household.ID.Ref(), mostLooks)
	if err != nil {
		return nil, err
	}
	all, err := p.revealed(ctx, v)
	if err != nil {
		return nil, err
	}
	for _, l := range found {
		all = append(all, look{micro: l.At, account: l.Account, what: i18n.T(ctx, "looks.page")})
	}
	slices.SortStableFunc(all, func(a, b look) int { return cmp.Compare(b.micro, a.micro) })
	all = all[:min(len(all), mostLooks)]
	ids := make([]int64, len(all))
	for i, l := range all {
		ids[i] = l.account
	}
	names, err := account.Names(ctx, q, ids)
	for i := range all {
		all[i].who = names[all[i].account]
	}
	return looksBody(all, mostLooks), err
}

// revealed are the looks at masked values of the household's people. Why stands there for who may see such a value
// himself: it was said to see it.
func (p Pages) revealed(ctx context.Context, v *householdView) ([]look, error) {
	fields := map[string]*masked.Field{}
	var names []string
	for _, f := range estate.Module.Reveals {
		fields[f.Name], names = f, append(names, f.Name)
	}
	people := map[estate.PartyID]string{}
	var parties []int64
	for _, o := range v.detail.People {
		for _, id := range []estate.PartyID{o.Party, o.Whom} {
			if people[id] == "" {
				parties = append(parties, int64(id))
			}
			people[id] = o.Name
		}
	}
	deeds, err := p.Door.Log.AboutParties(ctx, p.Door.DB.Read(), parties, names, mostLooks)
	masks := masksOf(v.traces, people)
	all := make([]look, len(deeds))
	for i, d := range deeds {
		all[i] = look{micro: d.Leaf.At, account: d.Leaf.Actor, what: i18n.T(ctx, "op."+d.Leaf.Name)}
		var in masked.RevealIn
		if d.In == nil || json.Unmarshal(d.In, &in) != nil {
			continue // the key was destroyed: who and when remain
		}
		all[i].what = joined(all[i].what, masks[in.ID])
		if may(access.From(ctx), v.Household, fields[d.Leaf.Name].Posts) {
			all[i].why = joined(i18n.T(ctx, "masked.why."+string(in.Why)), in.Words)
		}
	}
	return all, err
}

func may(who access.Actor, h *household.Household, posts []access.Post) bool {
	_, ok := who.Holding(h.Estate, posts)
	return ok
}

// masksOf are whose a masked value is and what anybody sees of it, by the row it stands in.
func masksOf(t household.Traces, people map[estate.PartyID]string) map[int64]string {
	masks := map[int64]string{}
	for id, name := range people {
		masks[int64(id)] = name
	}
	for _, c := range t.Contacts {
		masks[int64(c.ID)] = joined(people[c.Party], c.Value.Mask)
	}
	for _, i := range t.Identities {
		masks[int64(i.ID)] = joined(people[i.Party], i.Number.Mask)
	}
	return masks
}
