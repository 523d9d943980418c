package web

import (
	"context"
	"net/http"
	"strings"

	"hudang/internal/platform/account"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// home is today's duties, with the rooms' figures and the strip of clauses above them, for those who may know.
func (s *Site) home(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	session := account.From(ctx)
	var numbers []page.NumberView
	for _, part := range s.cfg.Home {
		if !session.Actor.HoldsAny(part.Posts) {
			continue
		}
		n, err := part.Load(ctx, session.Actor, session.Estate)
		if err != nil {
			return err
		}
		numbers = append(numbers, n)
	}
	begun := s.counted.Begin()
	due, ahead, err := s.due(ctx, session)
	if err != nil {
		return err
	}
	s.counted.Put(countKey(session), begun, countsOf(s.cfg.Nav, due))
	clauses, _, err := s.judged(ctx, session, "")
	if err != nil {
		return err
	}
	body := homeBody(numbers, strip(ctx, clauses), dutyRows(ctx, due, ahead))
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(ctx, "web.home"), Nav: "home", Body: body})
}

var urgencies = map[duty.Urgency]struct {
	state page.State
	key   string
}{
	duty.Late:  {page.Late, "web.duty.late"},
	duty.Today: {page.Due, "web.duty.today"},
	duty.Soon:  {page.Unknown, "web.duty.soon"},
}

func dutyRows(ctx context.Context, due []duty.Due, ahead int64) []page.DutyView {
	rows := make([]page.DutyView, len(due))
	for i, d := range due {
		u := urgencies[d.Urgency]
		rows[i] = page.DutyView{State: u.state, StateText: i18n.T(ctx, u.key, ahead), Title: d.Title, Href: d.Href, Text: d.Text,
			Clauses: strings.Fields(d.Clause), When: d.Due, Act: page.Action{Label: d.Act, Href: d.Href}, Done: d.Done, Of: d.Of, Roll: d.Of > 0}
	}
	return rows
}
