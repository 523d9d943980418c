package household

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// OpenIn is a new household.
type OpenIn struct {
	Estate access.EstateID
	Kind   Kind            `form:"kind"`
	Units  []estate.UnitID `form:"units"`
	Stay   Stay            `form:"stay"`
	Since  string          `form:"since"` // a date, a month or a year
	People []PersonIn      `form:"people"`
	Remark string          `form:"remark"` // what whoever serves it should know

	Batch int64 // the import it comes with
}

// Open opens the file of a household: its units and its people (A1, D4).
var Open = op.Define("household.open", op.Spec[OpenIn, ID]{
	Clauses: []string{"A1", "D4", "D7"},
	Posts:   mayChange,
	Silent:  true,
	Check: func(in *OpenIn, today cn.Date, f *errs.Fields) {
		f.Check(in.Estate != access.Company, "estate", "error.required")
		f.Check(slices.Contains(Kinds, in.Kind), "kind", "error.required")
		f.Check(len(in.Units) > 0, "units", "household.error.units")
		in.normalise(today, f)
		in.led(f)
	},
	Subject: estate.Subject(func(in OpenIn) access.EstateID { return in.Estate }),
	Do: func(ctx context.Context, tx op.Tx, in OpenIn) (ID, error) {
		if err := unitsFit(ctx, tx, in.Estate, in.Kind, in.Units); err != nil {
			return 0, err
		}
		return file(ctx, tx, in)
	},
})

// file makes one household and inserts it.
func file(ctx context.Context, tx op.Tx, in OpenIn) (ID, error) {
	if err := partiesFit(ctx, tx, in.Estate, in.People); err != nil {
		return 0, err
	}
	var rows Filing
	h, err := rows.Household(ctx, tx, in.Estate, in)
	if err != nil {
		return 0, err
	}
	if err := rows.Insert(ctx, tx); err != nil {
		return 0, err
	}
	return h.ID, addNumbers(ctx, tx, in.People)
}

// normalise reads what was typed about a household.
func (in *OpenIn) normalise(today cn.Date, f *errs.Fields) {
	in.Since = record.ReadSince(in.Since, "since", today, f)
	if !slices.Contains(Stays, in.Stay) {
		in.Stay = ""
	}
	in.People = people(in.People, today, f)
	in.Remark = strings.TrimSpace(in.Remark)
	f.Within("remark", in.Remark, maxRemark)
	var shares Percent
	for _, p := range in.People {
		shares += p.Share
	}
	f.Check(shares <= 100_00, "people.0.share", "household.error.shares")
}

// led notes that nobody leads a household that somebody has to.
func (in *OpenIn) led(f *errs.Fields) {
	leads := slices.ContainsFunc(in.People, func(p PersonIn) bool { return p.Part.Leads() })
	f.Check(leads || in.Kind == CompanyOwned, "people.0.name", "household.error.head")
}

// unitsFit refuses units that are not of the estate, that have ended, or that another household owns already.
func unitsFit(ctx context.Context, tx op.Tx, e access.EstateID, kind Kind, units []estate.UnitID) error {
	for _, id := range units {
		u := &estate.Unit{}
		u.ID = id
		err := tx.Lock(ctx, u)
		var f errs.Fields
		f.Check(err == nil && u.Estate == e && u.InForce(), "units", "household.error.unit_gone")
		if err := f.Err(); err != nil {
			return err
		}
		if !kind.Owns() {
			continue
		}
		owned, err := ownerOf(ctx, tx, id)
		if err != nil {
			return err
		}
		f.Check(owned == 0, "units", "household.error.owned", u.Code)
		if err := f.Err(); err != nil {
			return err
		}
	}
	return nil
}

// partiesFit refuses known parties of another estate.
func partiesFit(ctx context.Context, tx op.Tx, e access.EstateID, people []PersonIn) error {
	for _, p := range people {
		if p.Party == 0 {
			continue
		}
		party := &estate.Party{}
		party.ID = p.Party
		if err := tx.Lock(ctx, party); err != nil {
			return err
		}
		if party.Estate != e || party.MergedInto != 0 {
			return errs.E(errs.NotFound, "error.not_found")
		}
	}
	return nil
}

func lock(ctx context.Context, tx op.Tx, id ID) (*Household, op.Subject, error) {
	h := &Household{}
	h.ID = id
	err := tx.Lock(ctx, h)
	return h, op.Subject{Kind: kindHousehold, ID: int64(id), Estate: h.Estate, Version: h.Version, Owner: h.speaker()}, err
}

// inForce refuses to change a household that is over.
func (h *Household) inForce() error {
	if h.InForce() {
		return nil
	}
	return errs.Rule("D4", "household.error.over", h.Until)
}
