package web

import (
	"context"
	"net/http"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/paper"
)

// FirstDayPath is the page with the papers that an office prints on its first day (realities: day-one content).
const FirstDayPath = "/first-day"

// The three papers, as their addresses name them.
const (
	paperSteps    = "steps"
	paperKeys     = "keys"
	paperEnvelope = "envelope"
)

// mayEnvelope are the posts that keep what the data cannot be opened without.
var mayEnvelope = []access.Post{access.Manager, access.SystemAdmin}

func (s *Site) firstDay(w http.ResponseWriter, r *http.Request) error {
	envelope := account.From(r.Context()).Actor.HoldsAny(mayEnvelope)
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(r.Context(), "web.first_day"), Nav: "home", Body: firstDayBody(envelope)})
}

// firstDayPaper prints one of the papers, headed with the estates it is for: the one chosen, or all by name. They tell nothing of a
// person, so no leaf records them.
func (s *Site) firstDayPaper(doc func(ctx context.Context, printed paper.Printed) paper.Doc) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		printed := paper.Printed{By: access.From(r.Context()).Name, At: s.cfg.Door.Clock.Now().In(clock.China)}
		d := doc(i18n.In(r.Context(), i18n.Chinese), printed)
		var err error
		if d.Estate, err = s.headed(r.Context()); err != nil {
			return err
		}
		return paperweb.Serve(s.kit, w, r, d)
	}
}

// mostNamed is how many estates the head of a paper names; more are one word.
const mostNamed = 3

// headed is the estate chosen, or all the person's estates by name.
func (s *Site) headed(ctx context.Context) (string, error) {
	estates, err := s.cfg.Estates(ctx, access.From(ctx))
	var names []string
	for _, e := range estates {
		if chosen := access.Chosen(ctx); chosen == access.Company || chosen == e.ID {
			names = append(names, e.Name)
		}
	}
	if len(names) == 0 || len(names) > mostNamed {
		return allEstates, err
	}
	return strings.Join(names, "、"), err
}

func (s *Site) envelopePaper(_ context.Context, printed paper.Printed) paper.Doc {
	return envelopeDoc(s.cfg.Door.Log.Fingerprint(), printed)
}

func (s *Site) keysPaper(ctx context.Context, printed paper.Printed) paper.Doc {
	return keysDoc(ctx, entries(ctx, access.From(ctx), s.cfg.Nav), printed)
}
