package imports

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
)

// This file says what a roster adds to somebody registered besides numbers, and what it says otherwise than is registered. The
// first is written where nothing stood; the second is never overwritten: it becomes work for a person.

// unwritten is something a roster says otherwise than is registered, or longer than it is kept.
type unwritten struct {
	Field roster.Field `json:"f"`
	Was   string       `json:"w"` // as anybody may see it
	Clear string       `json:"c"`
}

// The problems under which it is left over.
const (
	leftDiffers = "import.left.differs"
	leftLong    = "import.left.long"
)

func (u unwritten) problem() string {
	switch {
	case u.Field == roster.Remark:
		return leftLong
	case u.Was == "":
		return leftUnfit
	}
	return leftDiffers
}

// longestNote is how many characters the note of a unit has at most.
const longestNote = 500

// shorten keeps of a note what fits into it; the whole is left over.
func (v *unitCase) shorten() {
	if len([]rune(v.facts.Note)) > longestNote {
		v.others = append(v.others, unwritten{roster.Remark, "", v.facts.Note})
		v.facts.Note = clipped(v.facts.Note, longestNote-1)
	}
}

func (f factsFor) empty() bool {
	return len(f.phones)+len(f.papers) == 0 && f.sex+f.birth+f.employer+f.relation == "" && f.share == 0
}

// calls reports a telephone among what is added.
func (f factsFor) calls() bool {
	return slices.ContainsFunc(f.phones, func(c estate.ContactFacts) bool { return c.Kind.Phone() })
}

// about compares what is known of somebody besides numbers.
func (c comparer) about(v *householdCase, p household.PersonIn, k known, add *factsFor) {
	field := func(f roster.Field, was, says, shown, mask string, write *string) {
		switch {
		case says == "" || says == was:
		case was == "":
			*write = says
			v.Differs = append(v.Differs, Difference{f.Key(), "", p.Name + " " + mask})
		default:
			if f == roster.Sex {
				says = mask
			}
			v.others = append(v.others, unwritten{f, shown, says})
		}
	}
	field(roster.Relation, k.Relation, p.Relation, k.Relation, p.Relation, &add.relation)
	if who := c.known.parties[k.Party]; who != nil {
		field(roster.Sex, who.Sex, p.Sex, sexWords[who.Sex], sexWords[p.Sex], &add.sex)
		field(roster.Birth, c.clear(who, estate.RevealBirth.Column, who.Birth), p.Birth, who.Birth.Mask, masked4(p.Birth), &add.birth)
		field(roster.Employer, who.Employer, p.Employer, who.Employer, p.Employer, &add.employer)
	}
	switch {
	case p.Share == 0 || int64(p.Share) == k.Share:
	case k.Share == 0:
		add.share = p.Share
		v.Differs = append(v.Differs, Difference{roster.Share.Key(), "", p.Name + " " + p.Share.String() + "%"})
	default:
		v.others = append(v.others, unwritten{roster.Share, household.Percent(k.Share).String() + "%", p.Share.String() + "%"})
	}
	for _, f := range p.Phones {
		c.way(v, p, k, f, add)
	}
}

// way compares an address, or another way to reach somebody that is no telephone; several of a kind may hold.
func (c comparer) way(v *householdCase, p household.PersonIn, k known, f estate.ContactFacts, add *factsFor) {
	if f.Kind.Phone() || f.Value == "" {
		return
	}
	for i := range k.ways {
		if w := &k.ways[i]; w.Kind == f.Kind && strings.EqualFold(c.clear(w, estate.RevealContact.Column, w.Value), f.Value) {
			return
		}
	}
	add.phones = append(add.phones, f)
	name := roster.Email.Key()
	if f.Kind == estate.Address {
		name = roster.Door.Key()
	}
	v.Differs = append(v.Differs, Difference{name, "", p.Name + " " + hidden})
}

// noted compares what is said of a number that is registered: whose it is, when to call.
func (c comparer) noted(v *householdCase, k known, f estate.ContactFacts) {
	if f.Whose == "" || f.Whose == whoseOpen {
		return
	}
	for _, w := range k.ways {
		if string(w.Value.Hash) == c.phoneHash(f) && w.Whose != f.Whose {
			v.others = append(v.others, unwritten{roster.Phone, strings.TrimSpace(w.Value.Mask + " " + w.Whose), f.Value + " " + f.Whose})
		}
	}
}

// clear opens a sealed fact to be compared; what cannot be opened is like nothing that a file says.
func (c comparer) clear(row evidence.Record, column masked.Column, value masked.Value) string {
	text, err := masked.Open(c.ctx, c.keys, row, column, value)
	if err != nil {
		return value.Mask
	}
	return text
}

// maskOfOther is what anybody may see of something unwritten.
func maskOfOther(u unwritten) string {
	switch u.Field {
	case roster.Birth:
		return masked4(u.Clear)
	case roster.Phone:
		number, note, _ := strings.Cut(u.Clear, " ")
		return joinedText(cn.MaskPhone(number), note)
	}
	return maskOf(u.Field, u.Clear)
}

// write writes what is added to somebody besides numbers.
func (f factsFor) write(ctx context.Context, w *writer, p *estate.Party) error {
	if f.sex+f.birth+f.employer != "" {
		if err := p.Complete(ctx, w.tx, estate.PartyFacts{Sex: f.sex, Birth: f.birth, Employer: f.employer}); err != nil {
			return err
		}
		if err := w.tx.Update(ctx, p); err != nil {
			return err
		}
	}
	if f.relation == "" && f.share == 0 {
		return nil
	}
	o := &household.Occupancy{}
	o.ID = f.part
	if err := w.tx.Lock(ctx, o); err != nil {
		return err
	}
	if f.relation != "" {
		o.Relation = f.relation
	}
	if f.share != 0 {
		o.Share = int64(f.share)
	}
	return w.tx.Update(ctx, o)
}
