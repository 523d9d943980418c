package estateweb

import (
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/list/listweb"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// Current is the key of the room's module in the navigation.
const Current = "units"

// Pages are the room's pages.
type Pages struct {
	Kit  *page.Kit
	Door *op.Door
}

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	lists := listweb.Site{Kit: p.Kit, Door: p.Door, Estate: estate.NameOf}
	for _, l := range estate.Room.Lists {
		lists.Routes(mux, l, Current)
	}
	read, change, end := estate.MayReadUnits(), estate.MayChangeUnits(), estate.MayEndUnits()
	p.Kit.For(change, mux, "GET /units/new", p.newUnit)
	p.Kit.For(change, mux, "POST /units/new", p.addUnit)
	p.Kit.For(read, mux, "GET /units/{id}", p.showUnit)
	p.Kit.For(change, mux, "GET /units/{id}/change", p.editUnit)
	p.Kit.For(change, mux, "POST /units/{id}/change", p.changeUnit)
	p.Kit.For(end, mux, "POST /units/{id}/end", p.endUnit)
	p.Kit.For(end, mux, "POST /units/{id}/restore", p.restoreUnit)
	p.Kit.For(read, mux, "GET /units/{id}/print", p.printUnit)
}

// scope is what a request may see of the room.
func scope(r *http.Request) access.Scope {
	return access.From(r.Context()).Scope(estate.Units.Posts, access.Chosen(r.Context()))
}

// unit is the unit a request's address names.
func (p Pages) unit(r *http.Request) (*estate.Unit, error) {
	return estate.FindUnit(r.Context(), p.Door.DB.Read(), scope(r), estate.ParseUnitID(r.PathValue("id")))
}
