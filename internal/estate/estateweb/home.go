package estateweb

import (
	"context"
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// Home is the room's part of the home page: how many units there are, and the way to them.
func Home(d *op.Door) page.HomeFigure {
	return page.HomeFigure{Posts: estate.Units.Posts, Load: func(ctx context.Context, who access.Actor, at access.EstateID) (page.NumberView, error) {
		total, more, err := estate.Units.Total(ctx, d.DB.Read(), list.Reader{Actor: who, Estate: at, Today: clock.Date(d.Clock.Now())}, nil)
		n := page.NumberView{Figure: strconv.Itoa(total), Unit: i18n.T(ctx, "unit.home"), Href: estate.Units.Path}
		if more {
			n.Figure += "+"
		}
		if total == 0 {
			n.Note, n.State = i18n.T(ctx, "unit.home.none"), page.Due
		}
		return n, err
	}}
}
