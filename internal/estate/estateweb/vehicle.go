package estateweb

import (
	"context"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/masked/maskedweb"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// NavVehicles is the key of the register of vehicles in the navigation.
const NavVehicles = "vehicles"

func (p Pages) vehicle(r *http.Request) (*estate.Vehicle, error) {
	return estate.FindVehicle(r.Context(), p.Door.DB.Read(), deskScope(r), estate.ParseID[estate.VehicleID](r.PathValue("id")))
}

func (p Pages) showVehicle(w http.ResponseWriter, r *http.Request) error {
	v, err := p.vehicle(r)
	if err != nil {
		return err
	}
	ctx, q := r.Context(), p.Door.DB.Read()
	units, err := estate.UnitCodes(ctx, q, v.Unit, v.Parking)
	if err != nil {
		return err
	}
	holder, err := p.personFacts(ctx, "vehicle.holder", v.Party)
	if err != nil {
		return err
	}
	history, err := p.History(ctx, []recordweb.Tracked{{Row: v, Columns: p.vehicleColumns()}})
	if err != nil {
		return err
	}
	view := recordweb.View{About: v.Ref(), Estate: v.Estate, Head: vehicleHead(r, v), Groups: []page.FactGroup{vehicleFacts(ctx, v, units), {Title: i18n.T(ctx, "vehicle.group.where"), Facts: append(
		[]page.Fact{{Label: i18n.T(ctx, "vehicle.unit"), Text: units[v.Unit], Href: v.Unit.Path()}}, holder...)}}, History: history}
	if !v.InForce() {
		view.Notices = append(view.Notices, page.NoticeView{Kind: page.NoticeDue, Text: i18n.T(ctx, "period.ended_on", v.ValidTo) + " · " + v.Ended})
	}
	return p.ShowRecord(w, r, NavVehicles, view)
}

func vehicleHead(r *http.Request, v *estate.Vehicle) page.HeadView {
	ctx := r.Context()
	h := page.HeadView{Crumbs: []page.Link{{Label: i18n.T(ctx, "vehicle.list.title"), Href: estate.Vehicles.Path}}, Title: v.Plate, Clauses: []string{"A1", "D1"}}
	switch {
	case !may(r, v.Estate, estate.MayChangeUnits()):
	case v.InForce():
		h.Actions = []page.Action{{Key: "change", Label: i18n.T(ctx, "vehicle.change"), Href: v.ID.Path() + "/change", Primary: true},
			{Key: "hand_over", Label: i18n.T(ctx, "vehicle.hand_over"), Href: v.ID.Path() + "/holder"},
			{Key: "end", Label: i18n.T(ctx, "vehicle.end"), Href: v.ID.Path() + "/end", Danger: true}}
	default:
		h.Actions = []page.Action{{Key: "restore", Label: i18n.T(ctx, "period.restore"), Href: v.ID.Path() + "/restore", Post: true, Seen: page.SeenParam(vehicleRef(v), v.Version)}}
	}
	return h
}

func vehicleFacts(ctx context.Context, v *estate.Vehicle, units map[estate.UnitID]string) page.FactGroup {
	facts := recordweb.Facts(ctx, estate.VehicleFields.Without("doubt_why"), v.VehicleFacts, map[string]string{"parking": units[v.Parking]})
	if plate := &facts[0]; v.Doubt != "" {
		plate.Text, plate.State, plate.Chip = v.Plate+" · "+v.DoubtWhy, list.StateLate, i18n.T(ctx, "vehicle.doubt")
	}
	return page.FactGroup{Title: i18n.T(ctx, "vehicle.facts"), Facts: facts}
}

// personFacts are somebody's name and number among the facts of another thing, and the files he is in today, with those he
// left behind them.
func (p Pages) personFacts(ctx context.Context, label string, id estate.PartyID) ([]page.Fact, error) {
	f := page.Fact{Label: i18n.T(ctx, label)}
	if id == 0 {
		return []page.Fact{f}, nil
	}
	parties, err := estate.PartiesByID(ctx, p.Door.DB.Read(), id)
	if err != nil || parties[id] == nil {
		return []page.Fact{f}, err
	}
	party := parties[id]
	f.Text, f.Href = party.Name, party.ID.Path()
	contacts, err := estate.ContactsOf(ctx, p.Door.DB.Read(), party.ID)
	for _, c := range contacts[party.ID] {
		if c.InForce() && c.Kind.Phone() {
			f.Masked = maskedweb.View(ctx, estate.RevealContact, c, c.Value, i18n.T(ctx, "party.phone"))
			break
		}
	}
	if err != nil || p.Homes == nil {
		return []page.Fact{f}, err
	}
	homes, err := p.Homes(ctx, access.From(ctx), party)
	facts := []page.Fact{f}
	for _, h := range homes {
		facts = append(facts, h.fact(ctx, i18n.T(ctx, "party.homes"), h.Name+" "+h.Part))
	}
	return facts, err
}

// vehicleColumns are a vehicle's columns as people know them.
func (p Pages) vehicleColumns() []historyweb.Column {
	return append(recordweb.Columns(estate.VehicleFields, map[string]func(context.Context, any) string{"parking": p.unitShown}),
		recordweb.Column("valid_to", "period.off"), recordweb.Column("ended", "period.why"))
}

// unitShown and partyShown say a reference in the history of a row by its name.
func (p Pages) unitShown(ctx context.Context, value any) string {
	id, _ := value.(int64)
	codes, err := estate.UnitCodes(ctx, p.Door.DB.Read(), estate.UnitID(id))
	if err != nil {
		return ""
	}
	return codes[estate.UnitID(id)]
}

func (p Pages) partyShown(ctx context.Context, value any) string {
	id, _ := value.(int64)
	parties, err := estate.PartiesByID(ctx, p.Door.DB.Read(), estate.PartyID(id))
	if err != nil || parties[estate.PartyID(id)] == nil {
		return ""
	}
	return parties[estate.PartyID(id)].Name
}

func vehicleRef(v *estate.Vehicle) string { return "vehicle:" + ref.Text(v.ID) }
