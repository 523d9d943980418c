package web

import (
	"net/http"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
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
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(r.Context(), "web.first_day"), Current: "home", Body: firstDayBody(envelope)})
}

// firstDayPaper prints one of the papers. They tell nothing of a person, so no leaf records them.
func (s *Site) firstDayPaper(w http.ResponseWriter, r *http.Request) error {
	session := account.From(r.Context())
	printed := paper.Printed{By: session.Actor.Name, At: s.cfg.Door.Clock.Now()}
	switch r.PathValue("paper") {
	case paperSteps:
		return paperweb.Serve(s.kit, w, r, stepsDoc(printed))
	case paperKeys:
		ctx := i18n.In(r.Context(), i18n.Chinese)
		return paperweb.Serve(s.kit, w, r, keysDoc(ctx, entries(ctx, session.Actor, s.cfg.Nav), printed))
	case paperEnvelope:
		if !session.Actor.HoldsAny(mayEnvelope) {
			return errs.E(errs.Forbidden, "error.forbidden")
		}
		return paperweb.Serve(s.kit, w, r, envelopeDoc(printed))
	}
	return s.kit.NotFound(w, r)
}
