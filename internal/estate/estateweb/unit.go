package estateweb

import (
	"context"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
)

// unitView is what the unit's page shows.
type unitView struct {
	unit    *estate.Unit
	code    string // on its label; empty for none
	end     *page.Form
	history []page.Event
	change  bool             // the person may change it
	users   []page.FactGroup // its leases and vehicles, for those who may see people
	mayEnd  bool
	ask     string // where whoever may not see its people asks for their file; empty for the service group
}

func (p Pages) showUnit(w http.ResponseWriter, r *http.Request) error {
	if actor := access.From(r.Context()); !actor.HoldsAny(estate.MayReadUnits()) { // who knows the estate only finds the room
		found := actor.Scope(estate.MayFindUnits(), access.Chosen(r.Context()))
		u, err := estate.FindUnit(r.Context(), p.Door.DB.Read(), found, estate.ParseUnitID(r.PathValue("id")))
		if err != nil {
			return err
		}
		return p.Kit.Redirect(w, r, p.Ask(u.ID))
	}
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	return p.renderUnit(w, r, http.StatusOK, u, page.NewForm(u.Path()+"/end", nil))
}

func (p Pages) renderUnit(w http.ResponseWriter, r *http.Request, status int, u *estate.Unit, end *page.Form) error {
	ctx := r.Context()
	history, err := historyweb.Of(ctx, p.Door, u, columns)
	if err != nil {
		return err
	}
	actor := access.From(ctx)
	_, change := actor.Holding(u.Estate, estate.MayChangeUnits())
	_, mayEnd := actor.Holding(u.Estate, estate.MayEndUnits())
	users, err := p.usersOf(r, u)
	if err != nil {
		return err
	}
	code, err := label.Of(ctx, p.Door.DB.Read(), u.Ref())
	if err != nil {
		return err
	}
	v := unitView{unit: u, code: code, users: users, end: end, history: history, change: change && u.InForce(), mayEnd: mayEnd}
	if !may(r, u.Estate, access.Desk) {
		v.ask = p.Ask(u.ID)
	}
	return p.Kit.Render(w, r, status, page.Page{Title: u.Code, Nav: NavUnits, Err: end.Err, Body: unitBody(v)})
}

// columns are a unit's columns as people know them, in the order of its form.
var columns = []historyweb.Column{
	{Name: "building", Label: "unit.building"}, {Name: "entrance", Label: "unit.entrance"}, {Name: "room", Label: "unit.room"},
	{Name: "floor", Label: "unit.floor"}, {Name: "kind", Label: "unit.kind", Show: shownKind, Typed: kindText},
	{Name: "gross_area", Label: "unit.gross_area", Show: shownArea}, {Name: "net_area", Label: "unit.net_area", Show: shownArea},
	{Name: "note", Label: "unit.note"}, {Name: "former", Label: "unit.former"}, {Name: "valid_from", Label: "unit.valid_from"}, {Name: "valid_to", Label: "unit.valid_to"}, {Name: "ended", Label: "unit.end.why"},
}

func shownKind(ctx context.Context, value any) string {
	kind, _ := value.(string)
	return kindText(ctx, kind)
}

func kindText(ctx context.Context, kind string) string { return i18n.T(ctx, "unit.kind."+kind) }

func shownArea(_ context.Context, value any) string {
	area, _ := value.(int64)
	return estate.Area(area).String()
}

func (p Pages) endUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	in := estate.EndUnitIn{ID: u.ID}
	_, err = opform.Send(r, p.Door, estate.EndUnit, &in, refOf(u))
	return opform.After(p.Kit, w, r, err, u.Path(), func(err error) error {
		return p.renderUnit(w, r, http.StatusUnprocessableEntity, u, page.Refused(u.Path()+"/end", page.Typed(r), err))
	})
}

func (p Pages) restoreUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	if _, err := opform.Run(r, p.Door, estate.RestoreUnit, u.ID, refOf(u)); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, u.Path())
}
