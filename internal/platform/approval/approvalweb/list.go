package approvalweb

import (
	"context"
	"hudang/internal/platform/clock"
	"net/http"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/approval"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// listView is what the page of requests shows.
type listView struct {
	approval.Listed
	names map[int64]string
	now   time.Time
}

func (p Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	v := listView{now: p.Door.Clock.Now()}
	var err error
	if v.Listed, err = approval.List(ctx, q, access.From(ctx), access.Chosen(ctx), v.now); err != nil {
		return err
	}
	var ids []int64
	for _, all := range [][]approval.RequestWithSteps{v.ToDecide, v.Own, v.Decided} {
		for _, f := range all {
			ids = append(ids, f.By)
		}
	}
	if v.names, err = account.Names(ctx, q, ids); err != nil {
		return err
	}
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(ctx, "approval.title"), Nav: NavApprovals, Body: listBody(v)})
}

// row is a request in the list.
func (v listView) row(ctx context.Context, f approval.RequestWithSteps) page.DutyView {
	state, text := stateText(ctx, f, v.now)
	return page.DutyView{State: state, StateText: text, Title: i18n.T(ctx, "op."+f.Name), Href: f.ID.Path(), Text: v.names[f.By] + " " + f.Why,
		When: clock.Moment(f.At), Act: page.Action{Key: "open", Label: i18n.T(ctx, "approval.open"), Href: f.ID.Path()}}
}
