package household

import (
	"context"
	"strconv"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
)

// SummaryColumn is a column that a room adds to the summary sheet: what it knows of units, in one reading for many.
type SummaryColumn struct {
	Key, Label string
	Kind       list.Kind
	Print      string // head on paper, in Chinese
	Width      float64
	Load       func(ctx context.Context, q db.Querier, units []estate.UnitID) (map[estate.UnitID]string, error)
}

// SummaryRow is a unit on the summary sheet, with who owns and who uses it today.
type SummaryRow struct {
	estate.Unit `bun:",extend"`
	EstateName  string `bun:"estate_name,scanonly"`
	facts       *unitFacts
	added       map[string]string // by the keys of the columns other rooms add
}

// unitFacts are what the sheet says of a unit beside its own facts.
type unitFacts struct {
	owner, user *side
	lease       *estate.Lease
	let         Stay // by its leases
	vehicles    []*estate.Vehicle
}

// side is the household that owns a unit, or one that uses it.
type side struct {
	Household
	Detail
	identities map[estate.PartyID][]*estate.Identity
}

// SummaryPath is the address of the summary sheet.
const SummaryPath = "/summary"

// Summary is 《业户基本情况汇总表》 (D7, D9; domain.md §2.1): every unit of the estate with its people, typed by nobody. Rooms
// above add their columns.
func Summary(added ...SummaryColumn) *list.List[SummaryRow] {
	return list.Define(list.Def[SummaryRow]{
		Name:       "household.summary",
		Title:      "summary.title",
		Form:       summaryForm,
		Clauses:    []string{"D7", "D9"},
		Posts:      mayRead,
		Path:       SummaryPath,
		Evidential: true,
		From:       summaryOf,
		Sort:       "room",
		Wide:       true,
		Tally:      list.Tally{Column: "state", Unit: printCounted},
		Row:        func(r SummaryRow) (id, href string) { return ref.Text(r.ID), r.href() },
		Fill: func(ctx context.Context, q db.Querier, rows []SummaryRow) error {
			return fillSummary(ctx, q, added, rows)
		},
		Columns: append(summaryColumns, addedColumns(added)...),
		Filters: []list.Filter{
			{Key: "q", Label: "household.filter.q", Hint: "household.filter.q.hint", Kind: list.FilterText, Apply: summaryLike},
			estate.Filter,
			{Key: "building", Label: "household.filter.building", Kind: list.FilterSelect, Options: estate.Buildings, Apply: list.Is("building")},
			{Key: "kind", Label: "summary.kind", Kind: list.FilterSelect, Options: unitKinds, Apply: list.Is("kind")},
			{Key: "stay", Label: "summary.state", Kind: list.FilterSelect, Options: stayOptions, Apply: summaryStay},
		},
		Tabs: []list.SavedView{
			{Key: "", Label: "summary.tab.all", Apply: unitsInForce},
			{Key: "let", Label: "summary.tab.let", Apply: unitsLet},
			{Key: "vacant", Label: "summary.tab.vacant", Apply: unitsWithout},
		},
		Empty: list.EmptyText{Title: "summary.empty.title", Text: "summary.empty.text"},
	})
}

// href is the owner's file, or the user's where nobody owns, or the unit.
func (r SummaryRow) href() string {
	switch {
	case r.facts != nil && r.facts.owner != nil:
		return r.facts.owner.ID.Path()
	case r.facts != nil && r.facts.user != nil:
		return r.facts.user.ID.Path()
	}
	return r.Unit.Path()
}

// summaryColumns are the form's own columns, in its order.
var summaryColumns = []list.Column[SummaryRow]{
	{Key: "room", Label: "household.room", By: "?TableAlias.estate,?TableAlias.sorting", Width: 3, Cell: list.Text(func(r SummaryRow) string { return r.Code })},
	{Key: "estate", Label: "household.estate", Across: true, Width: 3.5, Under: "room", Cell: list.Text(func(r SummaryRow) string { return r.EstateName })},
	{Key: "building", Label: "unit.building", Extra: true, Width: 1.5, Cell: list.Text(func(r SummaryRow) string { return r.Building })},
	{Key: "entrance", Label: "unit.entrance", Extra: true, Width: 1.5, Under: "building", Cell: list.Text(func(r SummaryRow) string { return r.Entrance })},
	{Key: "kind", Label: "summary.kind", Extra: true, By: "?TableAlias.kind,?TableAlias.sorting", Width: 2.3, Cell: useCell},
	{Key: "gross", Label: "unit.gross_area", Kind: list.KindNumber, Narrow: list.Wide, By: "?TableAlias.gross_area", Width: 2.8, Sum: list.SumHundredths, Print: printGross, Cell: list.Text(func(r SummaryRow) string { return r.GrossArea.Text() })},
	{Key: "net", Label: "unit.net_area", Kind: list.KindNumber, Extra: true, By: "?TableAlias.net_area", Width: 2.8, Under: "gross", Print: printNet, Cell: list.Text(func(r SummaryRow) string { return r.NetArea.Text() })},
	{Key: "owner", Label: "summary.owner", Width: 4, Cell: ofOwner(func(s *side) string { return s.Called() })},
	{Key: "owner_id", Label: "summary.identity", Extra: true, Width: 3.5, Under: "owner", Cell: ofOwner((*side).identity)},
	{Key: "owner_phone", Label: "household.phone", Narrow: list.NoPhone, Width: 4, Cell: ofOwner((*side).phone)},
	{Key: "share", Label: "summary.share", Extra: true, Width: 2, Under: "owner_phone", Cell: ofOwner((*side).shares)},
	{Key: "handed", Label: "summary.handed", Kind: list.KindDate, Extra: true, By: "?TableAlias.valid_from", Width: 3.6, Cell: list.Text(func(r SummaryRow) string { return r.ValidFrom })},
	{Key: "state", Label: "summary.state", Narrow: list.NoPhone, Width: 2.3, Under: "kind", Print: printStay, Cell: standingCell},
	{Key: "tenant", Label: "summary.tenant", Width: 3.5, Cell: ofUser(func(s *side) string { return s.Called() })},
	{Key: "tenant_phone", Label: "summary.tenant_phone", Extra: true, Width: 4, Under: "tenant", Cell: ofUser((*side).phone)},
	{Key: "lease_to", Label: "summary.lease_to", Kind: list.KindDate, Narrow: list.Wide, Width: 3.6, Cell: list.Text(SummaryRow.leaseEnd)},
	{Key: "heads", Label: "summary.heads", Kind: list.KindNumber, Narrow: list.Wide, Width: 1.5, Print: printHeads, Sum: list.SumWhole, Cell: list.Text(SummaryRow.heads)},
	{Key: "emergency", Label: "summary.emergency", Extra: true, Width: 4, Cell: list.Text(SummaryRow.emergency)},
	{Key: "vehicles", Label: "summary.vehicles", Extra: true, Width: 3.4, Cell: list.Text(SummaryRow.plates)},
	{Key: "checked", Label: "household.checked", Kind: list.KindDate, Narrow: list.Wide, Width: 3.6, Cell: list.Text(SummaryRow.checked)},
	{Key: "note", Label: "unit.note", Extra: true, Width: 3, Cell: list.Text(func(r SummaryRow) string { return r.Note })},
}

func addedColumns(added []SummaryColumn) []list.Column[SummaryRow] {
	columns := make([]list.Column[SummaryRow], len(added))
	for i, a := range added {
		columns[i] = list.Column[SummaryRow]{Key: a.Key, Label: a.Label, Kind: a.Kind, Print: a.Print, Width: a.Width, Extra: true,
			Cell: list.Text(func(r SummaryRow) string { return r.added[a.Key] })}
	}
	return columns
}

func ofOwner(of func(*side) string) func(context.Context, SummaryRow) list.Cell {
	return list.Text(func(r SummaryRow) string {
		if r.facts.owner == nil {
			return ""
		}
		return of(r.facts.owner)
	})
}

func ofUser(of func(*side) string) func(context.Context, SummaryRow) list.Cell {
	return list.Text(func(r SummaryRow) string {
		if r.facts.user == nil {
			return ""
		}
		return of(r.facts.user)
	})
}

func useCell(ctx context.Context, r SummaryRow) list.Cell {
	return list.Cell{Text: i18n.T(ctx, "unit.kind."+string(r.Kind))}
}

// standingCell says what the unit is used as: let when somebody rents it, else as its owner's household says.
func standingCell(ctx context.Context, r SummaryRow) list.Cell {
	stay := r.standing()
	if stay == "" {
		return list.Cell{}
	}
	return list.Cell{Text: i18n.T(ctx, "household.stay."+string(stay))}
}

// standing is what the unit is used as, as far as anybody said so.
func (r SummaryRow) standing() Stay {
	said, let := Stay(""), r.facts.let
	if let == "" && r.facts.user != nil {
		let = LetOut
	}
	if r.facts.owner != nil {
		said = r.facts.owner.Stay
	}
	return Standing(said, let)
}

// phone is the first number to try, masked.
func (s *side) phone() string {
	c, ok := s.Phone()
	if !ok {
		return ""
	}
	return c.Value.Mask
}

// identity is the first identity number of each who leads, as the sheet has room for: a star and its end.
func (s *side) identity() string {
	var masks []string
	for _, p := range s.People {
		for _, i := range s.identities[p.Whom] {
			if p.Part.Leads() && p.InForce() && i.InForce() {
				masks = append(masks, "*"+strings.TrimLeft(i.Number.Mask, "*"))
				break
			}
		}
	}
	return strings.Join(masks, nameJoint)
}

func (s *side) shares() string {
	var shares []string
	for _, p := range s.Of(Owner) {
		if p.Share != 0 {
			shares = append(shares, Percent(p.Share).String()+"%")
		}
	}
	return strings.Join(shares, nameJoint)
}

func (r SummaryRow) leaseEnd() string {
	if r.facts.lease == nil {
		return ""
	}
	return r.facts.lease.ValidTo
}

// heads are the people who live or work there, as far as registered: those of the tenant when the unit is let, else as many as
// the lease says; nobody in a unit that is empty, whoever owns it.
func (r SummaryRow) heads() string {
	switch {
	case r.facts.user != nil:
		return headsText(r.facts.user.Detail)
	case r.facts.lease != nil && r.facts.lease.Heads > 0:
		return strconv.FormatInt(r.facts.lease.Heads, 10)
	case r.facts.owner == nil || r.facts.lease != nil:
		return ""
	}
	return headsOf(r.facts.owner.Household, r.facts.owner.Detail)
}

// headsOf are the people of a household who are there: an owner is not in what he leaves empty, fits out or lets.
func headsOf(h Household, d Detail) string {
	if h.Kind.Owns() && (h.Stay == Empty || h.Stay == FitOut || h.Stay == LetOut) {
		return ""
	}
	return headsText(d)
}

func headsText(d Detail) string {
	n := 0
	for _, p := range d.People {
		if p.InForce() && p.Part != Emergency && p.Part != Agent && p.PartyKind == estate.Person {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (r SummaryRow) emergency() string {
	for _, s := range []*side{r.facts.owner, r.facts.user} {
		if s == nil {
			continue
		}
		for _, p := range s.Of(Emergency) {
			text := p.Name
			for _, c := range s.Phones[p.Party] {
				if c.Kind.Phone() {
					return text + " " + c.Value.Mask
				}
			}
			return text
		}
	}
	return ""
}

func (r SummaryRow) plates() string {
	var plates []string
	for _, v := range r.facts.vehicles {
		plates = append(plates, v.Plate)
	}
	return strings.Join(plates, " ")
}

func (r SummaryRow) checked() string {
	if r.facts.owner != nil && r.facts.owner.Checked != "" {
		return r.facts.owner.Checked
	}
	if r.facts.user != nil {
		return r.facts.user.Checked
	}
	return ""
}
