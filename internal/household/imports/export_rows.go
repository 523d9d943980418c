package imports

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
)

// line is a row of the roster, by the field its columns are read as.
type line map[string]any

// unit writes a unit, once for each household that holds it.
func (e *exporter) unit(ctx context.Context, u *estate.Unit) error {
	holders := slices.Clone(e.known.holders[u.ID])
	if len(holders) == 0 {
		return e.write(unitLine(u))
	}
	slices.SortStableFunc(holders, func(a, b *holder) int { // the owner first
		if a.Kind.Owns() == b.Kind.Owns() {
			return 0
		}
		if a.Kind.Owns() {
			return -1
		}
		return 1
	})
	for i, h := range holders {
		l := unitLine(u)
		if i > 0 {
			l = line{ownBuilding: u.Building, ownEntrance: u.Entrance, ownRoom: u.Room, ownKind: kindWords[u.Kind]}
		}
		if err := e.household(ctx, l, u, h); err != nil {
			return err
		}
	}
	return nil
}

// remarks puts what stands of the household before what is noted of its first person: a line for each.
func (e *exporter) remarks(ctx context.Context, l line, h *holder) error {
	var said []string
	for i := range h.remarks {
		text, err := e.open(ctx, &h.remarks[i], household.RemarkSaid, h.remarks[i].Said)
		if err != nil {
			return err
		}
		said = append(said, household.RemarkNormal(text))
	}
	if note, _ := l[ownRemark].(string); note != "" {
		said = append(said, note)
	}
	if len(said) > 0 {
		l[ownRemark] = strings.Join(said, "\n")
	}
	return nil
}

func unitLine(u *estate.Unit) line {
	l := line{ownBuilding: u.Building, ownEntrance: u.Entrance, ownRoom: u.Room, ownKind: kindWords[u.Kind], ownHandOver: u.ValidFrom, ownUnitNote: u.Note, ownFormer: u.Former}
	if u.GrossArea != 0 {
		l[ownGross] = int64(u.GrossArea)
	}
	if u.NetArea != 0 {
		l[ownNet] = int64(u.NetArea)
	}
	return l
}

// household writes a household's row of a unit, and with the first of its units everybody else in it.
func (e *exporter) household(ctx context.Context, l line, u *estate.Unit, h *holder) error {
	number, again := e.numbers[h.ID]
	if !again {
		number = len(e.numbers) + 1
		e.numbers[h.ID] = number
	}
	l[ownNumber], l[ownRole], l[ownStay] = strconv.Itoa(number), wordOwner, stayWords[h.Stay]
	if !h.Kind.Owns() {
		l[ownRole] = wordTenant
	}
	leads := h.leads()
	l[ownName] = namesOf(leads)
	if again {
		return e.write(l)
	}
	if err := e.lead(ctx, l, leads); err != nil {
		return err
	}
	if err := e.remarks(ctx, l, h); err != nil {
		return err
	}
	e.beside(l, u, h)
	if err := e.write(l); err != nil {
		return err
	}
	for _, k := range h.people {
		if k.Part.Leads() {
			continue
		}
		if err := e.other(ctx, strconv.Itoa(number), h, k); err != nil {
			return err
		}
	}
	return nil
}

// lead fills what is known of those who hold the unit. What is of several stands behind the name of each.
func (e *exporter) lead(ctx context.Context, l line, leads []known) error {
	for i, k := range leads {
		label := ""
		if len(leads) > 1 {
			label = k.Name
		}
		if err := e.numbersOf(ctx, l, k, label, ownPhone); err != nil {
			return err
		}
		one := line{}
		if err := e.facts(ctx, one, k); err != nil {
			return err
		}
		if k.Share != 0 {
			one[ownShare] = household.Percent(k.Share).String() + "%"
		}
		for column, v := range one {
			text, _ := v.(string)
			switch {
			case len(leads) == 1 || column == ownRemark && i == 0:
				l[column] = text
			case text != "":
				l.line(column, k.Name+nameColon+text)
			}
		}
	}
	return nil
}

// beside fills what a household has besides its people.
func (e *exporter) beside(l line, u *estate.Unit, h *holder) {
	l[ownMoveIn] = h.Since
	var plates []string
	for _, v := range e.known.vehicles[u.ID] {
		if v.InForce() && v.Party == h.Head {
			plates = append(plates, v.Plate)
		}
	}
	l[ownPlate] = strings.Join(plates, nameJoint)
	for _, lease := range e.known.leases[u.ID] {
		if lease.InForce() && lease.Tenant == h.Head && !h.Kind.Owns() {
			l[ownLeaseFrom], l[ownLeaseTo] = lease.ValidFrom, lease.ValidTo
			break
		}
	}
}

// other writes somebody of a household who does not hold it.
func (e *exporter) other(ctx context.Context, number string, h *holder, k known) error {
	l := line{ownNumber: number}
	if k.Part == household.Emergency {
		l[ownCallName] = k.Name + noted(k.Relation)
		if err := e.numbersOf(ctx, l, k, "", ownCallPhone); err != nil {
			return err
		}
		return e.write(l)
	}
	l[ownRole], l[ownName], l[ownRelation] = wordFamily, k.Name, k.Relation
	switch {
	case k.Part == household.Agent:
		l[ownName] = k.Name + wordAgent
	case k.Part == household.Staff:
		l[ownRelation] = wordStaff
	case k.Part == household.Resident && h.Kind.Owns():
		l[ownRelation] = wordResident
	}
	if err := e.numbersOf(ctx, l, k, "", ownPhone); err != nil {
		return err
	}
	if err := e.facts(ctx, l, k); err != nil {
		return err
	}
	return e.write(l)
}

// numbersOf adds somebody's numbers to those of a row: his phones in a column, his papers in theirs.
func (e *exporter) numbersOf(ctx context.Context, l line, k known, label, phones string) error {
	for i := range e.ways[k.Party] {
		c := &e.ways[k.Party][i]
		if !c.Kind.Phone() {
			continue
		}
		text, err := e.open(ctx, c, estate.RevealContact.Column, c.Value)
		if err != nil {
			return err
		}
		l.add(phones, label, text+noted(c.Whose))
	}
	for _, id := range e.ids[k.Whom] {
		if !id.InForce() {
			continue
		}
		text, err := e.open(ctx, id, estate.RevealIdentity.Column, id.Number)
		if err != nil {
			return err
		}
		switch cn.OrgKind(id.Kind) {
		case cn.OrgUSCC, cn.OrgRegistration, cn.OrgCode:
			l.add(ownUSCC, "", text)
		default:
			l.add(ownIdentity, label, text)
		}
	}
	return nil
}

// facts fills what is known of one person besides his numbers.
func (e *exporter) facts(ctx context.Context, l line, k known) error {
	p := e.party[k.Party]
	if p == nil {
		return nil
	}
	l[ownSex], l[ownEmployer] = sexWords[p.Sex], p.Employer
	var err error
	if l[ownBirth], err = e.open(ctx, p, estate.RevealBirth.Column, p.Birth); err != nil {
		return err
	}
	if l[ownRemark], err = e.open(ctx, p, estate.RevealNote.Column, p.Note); err != nil {
		return err
	}
	for i := range e.ways[k.Party] {
		c := &e.ways[k.Party][i]
		if c.Kind.Phone() {
			continue
		}
		text, err := e.open(ctx, c, estate.RevealContact.Column, c.Value)
		if err != nil {
			return err
		}
		column, said := wayColumns[c.Kind], text
		if column == "" || l[column] != nil { // no column for it, or no room in it
			column, said = ownRemark, cmp.Or(column, wayWords[c.Kind])+nameColon+text
		}
		l.line(column, said)
	}
	return nil
}

// open is a fact in clear when that was asked for, else as anybody may see it.
func (e *exporter) open(ctx context.Context, row evidence.Record, c masked.Column, v masked.Value) (string, error) {
	if !e.clear {
		return v.Mask, nil
	}
	return masked.Open(ctx, e.d.Vault, row, c, v)
}

func (e *exporter) write(l line) error {
	row := make([]any, len(ownColumns))
	for i, c := range ownColumns {
		if v := l[c.title]; v != nil && v != "" {
			row[i] = v
		}
	}
	e.rows++
	return e.out.Row(row...)
}

// add puts one more number into a cell, with whose it is before it.
func (l line) add(column, label, text string) {
	if text == "" {
		return
	}
	if label != "" {
		text = label + nameColon + text
	}
	if was, ok := l[column].(string); ok && was != "" {
		text = was + nameJoint + text
	}
	l[column] = text
}

// line puts one more line into a cell.
func (l line) line(column, text string) {
	if was, ok := l[column].(string); ok && was != "" {
		text = was + "\n" + text
	}
	l[column] = text
}

// noted is a note in brackets.
func noted(text string) string {
	if text == "" {
		return ""
	}
	return noteOpen + text + noteClose
}

func namesOf(people []known) string {
	names := make([]string, len(people))
	for i, k := range people {
		names[i] = k.Name
	}
	return strings.Join(names, nameJoint)
}

// The columns of the ways to reach somebody, and the words for those that have none.
var (
	wayColumns = map[estate.ContactKind]string{estate.Email: ownEmail, estate.Address: ownAddress}
	wayWords   = map[estate.ContactKind]string{estate.Wechat: wordWechat, estate.NoPhone: wordNoPhone}
)

// The words that the importer knows of kinds, sexes and states.
var (
	kindWords = map[estate.UnitKind]string{estate.Flat: wordFlat, estate.Shop: wordShop, estate.Office: wordOffice, estate.Parking: wordParking, estate.Store: wordStore}
	sexWords  = map[string]string{string(cn.Male): wordMale, string(cn.Female): wordFemale}
	stayWords = map[household.Stay]string{household.LivedIn: wordLiving, household.LetOut: wordLet, household.Empty: wordVacant, household.FitOut: wordFitOut}
)

// staffOr is the part that a relation names when it is no relation at all.
func staffOr(p roster.Person, part household.Part) (household.Part, string) {
	switch p.Relation {
	case wordStaff:
		return household.Staff, ""
	case wordResident:
		return household.Resident, ""
	}
	return part, p.Relation
}
