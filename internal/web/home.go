package web

import (
	"net/http"

	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// home shows what each room says of today, for those who may know.
func (s *Site) home(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	session := sessionOf(ctx)
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
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(ctx, "web.home"), Current: "home", Body: homeBody(numbers)})
}
