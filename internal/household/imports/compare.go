package imports

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked"
)

// Verdict is what an import does with a unit or a household of the file.
type Verdict string

// The verdicts.
const (
	New     Verdict = "new"
	Changed Verdict = "changed"
	Same    Verdict = "same"
	Moved   Verdict = "moved"   // its people are all others than those registered
	Held    Verdict = "held"    // a question about it is open
	Refused Verdict = "refused" // cannot be taken as it is: Why says what is wrong
)

// Verdicts lists the verdicts in the order they are shown.
var Verdicts = []Verdict{New, Changed, Moved, Same, Held, Refused}

// Difference is one fact that the file says otherwise, or adds.
type Difference struct {
	Field string // catalogue key
	Old   string // empty: nothing was registered
	New   string
}

// Says is the fact in words: what it was and what it becomes, or what is added.
func (d Difference) Says(ctx context.Context) string {
	field, old, now := i18n.T(ctx, d.Field), d.named(ctx, d.Old), d.named(ctx, d.New)
	switch {
	case now == "":
		return field
	case old == "":
		return i18n.T(ctx, "import.differs.added", field, now)
	}
	return i18n.T(ctx, "import.differs", field, old, now)
}

// Begins reports what is said by itself: a person, or a fact that was another. What is added to it follows.
func (d Difference) Begins() bool {
	return d.Old != "" || d.New == "" || strings.HasPrefix(d.Field, partField)
}

// Also is an added fact in words, after another.
func (d Difference) Also(ctx context.Context) string {
	return i18n.T(ctx, "import.differs.also", i18n.T(ctx, d.Field), d.named(ctx, d.New))
}

// partField begins the fields that are people: what somebody is in a household.
const partField = "household.part."

// named is a value of a field that has names in the catalogue, else the value itself.
func (d Difference) named(ctx context.Context, value string) string {
	if d.Field == roster.Sex.Key() {
		d.Field = "party.sex"
	}
	if value != "" && (d.Field == "unit.kind" || d.Field == "household.stay" || d.Field == "party.sex") {
		return i18n.T(ctx, d.Field+"."+value)
	}
	return value
}

// unitCase is a unit of the file beside the one registered.
type unitCase struct {
	Verdict Verdict
	Why     *errs.Error
	facts   estate.UnitFacts
	from    string
	found   *estate.Unit
	others  []unwritten
	Differs []Difference
}

// householdCase is a household of the file beside the one registered.
type householdCase struct {
	Verdict  Verdict
	Why      *errs.Error
	in       household.OpenIn
	found    *holder
	people   []household.PersonIn // to be added to found
	facts    []factsFor           // to be added to people of found
	others   []unwritten          // what is registered otherwise, and stays so
	plates   []cn.Plate
	lease    *roster.Lease
	unit     estate.UnitID  // of the plates and the lease; 0 while it is not registered
	lessor   estate.PartyID // of the lease: who owns the unit, as registered
	Differs  []Difference
	Missing  []string // registered people the file does not name
	Replaces string   // of a move: who is registered
}

// factsFor are facts the file adds to somebody registered.
type factsFor struct {
	party      estate.PartyID
	phones     []estate.ContactFacts // other ways to reach him too
	papers     []estate.IdentityFacts
	employer   string
	sex, birth string

	part     household.OccupancyID
	relation string
	share    household.Percent
}

// keys hash what is compared by a hash, and open what is not: the key store, or an operation.
type keys interface {
	masked.Hasher
	masked.Opener
}

// comparer compares rows with what is registered.
type comparer struct {
	ctx   context.Context // of the one comparison it is made for
	keys  keys
	today cn.Date
	plan  *roster.Plan
	known *registered
}

// unit says what the file does to a unit. What the file leaves empty says nothing.
func (c comparer) unit(u roster.Unit) unitCase {
	v := unitCase{Verdict: New, facts: unitFacts(u)}
	if u.Held {
		v.Verdict = Held
		return v
	}
	v.shorten()
	var wrong errs.Fields
	v.facts.Normalise(&wrong)
	if err := wrong.Err(); err != nil {
		v.Verdict, v.Why = Refused, errs.As(err)
		return v
	}
	if !u.HandOver.IsZero() {
		v.from = u.HandOver.String()
	}
	if v.found = c.known.units[v.facts.Sorting()]; v.found == nil {
		return v
	}
	v.compare(u)
	v.Verdict = Same
	if len(v.Differs) > 0 {
		v.Verdict = Changed
	}
	return v
}

// unsaid is a remark of the file as far as the household has none like it: as a whole, or line by line, as an export writes them.
func (c comparer) unsaid(text string, said []household.Remark) string {
	has := func(text string) bool {
		hash := masked.Hash(c.keys, household.RemarkHash, household.RemarkNormal(text))
		return slices.ContainsFunc(said, func(r household.Remark) bool { return bytes.Equal(r.Said.Hash, hash) })
	}
	if strings.Trim(text, "\u00b7\n") == "" || has(text) { // an export that shows nothing in clear brings dots back
		return ""
	}
	return strings.Join(slices.DeleteFunc(strings.Split(text, "\n"), has), "\n")
}

// compare notes what the file says otherwise, and makes facts what the unit shall be.
func (v *unitCase) compare(u roster.Unit) {
	was, said := v.found, v.facts
	v.facts = estate.UnitFacts{Building: was.Building, Entrance: was.Entrance, Room: was.Room, Floor: was.Floor, Kind: was.Kind,
		GrossArea: was.GrossArea, NetArea: was.NetArea, Note: was.Note, Former: was.Former}
	if u.Kind != "" && u.Kind != was.Kind {
		v.differ("unit.kind", string(was.Kind), string(u.Kind))
		v.facts.Kind = u.Kind
	}
	if said.GrossArea != 0 && said.GrossArea != was.GrossArea {
		v.differ("unit.gross_area", was.GrossArea.Text(), said.GrossArea.Text())
		v.facts.GrossArea = said.GrossArea
	}
	if said.NetArea != 0 && said.NetArea != was.NetArea {
		v.differ("unit.net_area", was.NetArea.Text(), said.NetArea.Text())
		v.facts.NetArea = said.NetArea
	}
	if said.Note != "" && !strings.Contains(was.Note, said.Note) {
		v.differ("unit.note", was.Note, said.Note)
		v.facts.Note = strings.TrimSpace(was.Note + " " + said.Note)
		v.shorten()
	}
	numbers := estate.FormerNumbers(was.Former)
	for _, n := range estate.FormerNumbers(said.Former) {
		if !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
			v.differ("unit.former", "", n)
		}
	}
	v.facts.Former = estate.JoinNumbers(numbers...)
	if v.from != "" && was.ValidFrom == "" {
		v.differ("import.handed_over", "", v.from)
	} else {
		if v.from != "" && v.from != was.ValidFrom {
			v.others = append(v.others, unwritten{roster.HandOver, was.ValidFrom, v.from})
		}
		v.from = was.ValidFrom
	}
}

func (v *unitCase) differ(field, old, new string) {
	v.Differs = append(v.Differs, Difference{field, old, new})
}

// household says what the file does to a household.
func (c comparer) household(h roster.Household) householdCase {
	v := householdCase{Verdict: New, in: openIn(c.plan, h), plates: h.Vehicles, lease: h.Lease}
	if h.Held || slices.ContainsFunc(h.Units, func(n int) bool { return c.plan.Units[n].Held }) {
		v.Verdict = Held
		return v
	}
	for _, n := range h.Units {
		facts := unitFacts(c.plan.Units[n])
		var wrong errs.Fields
		facts.Normalise(&wrong)
		if u := c.known.units[facts.Sorting()]; u != nil {
			v.in.Units = append(v.in.Units, u.ID)
		} else if err := wrong.Err(); err != nil {
			v.Verdict, v.Why = Refused, errs.As(err)
			return v
		}
	}
	if err := c.fit(&v); err != nil {
		v.Verdict, v.Why = Refused, errs.As(err)
		return v
	}
	if len(v.in.Units) > 0 {
		v.unit = v.in.Units[0]
	}
	for _, h := range c.known.holders[v.unit] {
		if h.Kind.Owns() && v.lessor == 0 {
			v.lessor = h.Head
		}
	}
	c.match(&v)
	return v
}

// noHead says that nobody is named who holds the unit.
const noHead = "household.error.head"

// match finds the registered household the file speaks of: one of its kind in one of its units with one of its people.
func (c comparer) match(v *householdCase) {
	var others []*holder
	for _, unit := range v.in.Units {
		for _, h := range c.known.holders[unit] {
			if h.Kind.Owns() != v.in.Kind.Owns() || slices.Contains(others, h) {
				continue
			}
			if c.shares(v.in.People, h) {
				v.found = h
				c.compare(v)
				return
			}
			others = append(others, h)
		}
	}
	if len(others) > 0 && v.in.Kind.Owns() {
		v.Verdict, v.found, v.Replaces = Moved, others[0], others[0].names()
		return
	}
	for _, h := range others { // tenants come and go; several may share a unit
		v.Missing = append(v.Missing, h.names())
	}
}

// shares reports somebody who leads both.
func (c comparer) shares(people []household.PersonIn, h *holder) bool {
	return slices.ContainsFunc(people, func(p household.PersonIn) bool {
		return p.Part.Leads() && slices.ContainsFunc(h.leads(), func(k known) bool { return c.is(p, k) })
	})
}

// is reports that a person of the file is somebody registered: one identity number, or one name.
func (c comparer) is(p household.PersonIn, k known) bool {
	for _, paper := range p.Papers {
		if k.identities[c.identityHash(paper)] {
			return true
		}
	}
	return p.Name == k.Name
}

func (c comparer) identityHash(p estate.IdentityFacts) string {
	return string(masked.Hash(c.keys, estate.IdentityHash, estate.IdentityNormal(p.Number, c.today)))
}

func (c comparer) phoneHash(f estate.ContactFacts) string {
	return string(masked.Hash(c.keys, estate.PhoneHash, estate.PhoneNormal(f.Value)))
}

// compare notes what the file adds to a household it speaks of.
func (c comparer) compare(v *householdCase) {
	named := map[household.OccupancyID]bool{}
	for _, p := range v.in.People {
		i := slices.IndexFunc(v.found.people, func(k known) bool { return c.is(p, k) && (k.Part == p.Part || !p.Part.Leads() || k.Part.Leads()) })
		if i < 0 {
			v.people = append(v.people, p)
			v.Differs = append(v.Differs, Difference{partField + string(p.Part), "", p.Name})
			continue
		}
		k := v.found.people[i]
		named[k.ID] = true
		c.facts(v, p, k)
	}
	for _, k := range v.found.leads() {
		if !named[k.ID] {
			v.Missing = append(v.Missing, k.Name)
		}
	}
	v.units()
	if v.in.Stay != "" && v.in.Stay != v.found.Stay {
		v.Differs = append(v.Differs, Difference{"household.stay", string(v.found.Stay), string(v.in.Stay)})
	}
	if v.in.Since != "" && v.found.Since == "" {
		v.Differs = append(v.Differs, Difference{"household.since", "", v.in.Since})
	} else if begun := v.lease != nil && v.in.Since == stored(v.lease.From); v.in.Since != "" && v.in.Since != v.found.Since && !begun { // the lease says that itself
		v.others = append(v.others, unwritten{roster.MoveIn, v.found.Since, v.in.Since})
	}
	if v.in.Remark = c.unsaid(v.in.Remark, v.found.remarks); v.in.Remark != "" {
		v.Differs = append(v.Differs, Difference{"household.remark", "", hidden})
	}
	v.plates = slices.DeleteFunc(slices.Clone(v.plates), func(p cn.Plate) bool { return p.Number == "" || c.known.parked(v.unit, p.Number) })
	for _, p := range v.plates {
		v.Differs = append(v.Differs, Difference{"import.plate", "", p.Number})
	}
	if c.leased(v) {
		v.lease = nil
	}
	if v.lease != nil {
		v.Differs = append(v.Differs, Difference{"import.lease", "", leaseText(v.lease)})
	}
	v.Verdict = Same
	if len(v.Differs) > 0 {
		v.Verdict = Changed
	}
}

// facts notes the numbers the file adds to somebody registered. They are shown masked: the file is at hand.
func (c comparer) facts(v *householdCase, p household.PersonIn, k known) {
	add := factsFor{party: k.Whom, part: k.ID}
	for _, f := range p.Phones {
		c.noted(v, k, f)
		if f.Kind.Phone() && !k.phones[c.phoneHash(f)] && !(f.Whose == whoseOpen && c.anybodys(v, f)) {
			add.phones = append(add.phones, f)
			v.Differs = append(v.Differs, Difference{"household.phone", "", p.Name + " " + cn.MaskPhone(f.Value)})
		}
	}
	for _, paper := range p.Papers {
		if !k.identities[c.identityHash(paper)] {
			add.papers = append(add.papers, paper)
			v.Differs = append(v.Differs, Difference{"import.identity", "", p.Name + " " + cn.MaskID(paper.Number)})
		}
	}
	c.about(v, p, k, &add)
	if !add.empty() {
		v.facts = append(v.facts, add)
	}
}

// anybodys reports a number that somebody of the household has already.
func (c comparer) anybodys(v *householdCase, f estate.ContactFacts) bool {
	hash := c.phoneHash(f)
	return slices.ContainsFunc(v.found.people, func(k known) bool { return k.phones[hash] })
}

// units notes units of the file that the household has not.
func (v *householdCase) units() {
	v.in.Units = slices.DeleteFunc(v.in.Units, func(u estate.UnitID) bool { return slices.Contains(v.found.units, u) })
	for range v.in.Units {
		v.Differs = append(v.Differs, Difference{"import.unit", "", ""})
	}
}

// leased reports a lease that is registered already, or none that could be.
func (c comparer) leased(v *householdCase) bool {
	if v.lease == nil || v.in.Kind.Owns() || v.found == nil || v.found.Head == 0 {
		return true
	}
	for _, l := range c.known.leases[v.unit] {
		if !l.InForce() || l.Tenant != v.found.Head {
			continue
		}
		if from, to := stored(v.lease.From), stored(v.lease.To); from != "" && from != l.ValidFrom || to != "" && to != l.ValidTo {
			v.others = append(v.others, unwritten{roster.Term, strings.TrimSpace(l.ValidFrom + " ~ " + l.ValidTo), leaseText(v.lease)})
		}
		return true
	}
	return false
}

func leaseText(l *roster.Lease) string {
	return strings.TrimSpace(l.From.String() + " ~ " + l.To.String())
}
