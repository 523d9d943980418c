package app

import (
	"context"
	"slices"
	"strconv"

	"hudang/internal/archive/archiveweb"
	"hudang/internal/estate"
	"hudang/internal/estate/estateweb"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/ref"
)

// homesOf says for a party's page of which households it is, those of today first.
func homesOf(d *op.Door) func(context.Context, access.Actor, *estate.Party) ([]estateweb.Residence, error) {
	return func(ctx context.Context, who access.Actor, p *estate.Party) ([]estateweb.Residence, error) {
		named, err := household.OfParty(ctx, d.DB.Read(), who.Scope(household.MayRead(), p.Estate), p.ID)
		if err != nil {
			return nil, err
		}
		var homes []estateweb.Residence
		for _, n := range named {
			for _, o := range n.People {
				if o.Whom == p.ID || o.Party == p.ID {
					homes = append(homes, estateweb.Residence{Name: n.Rooms(), Part: i18n.T(ctx, "household.part."+string(o.Part)), Href: n.ID.Path(), Past: !n.InForce() || !o.InForce()})
				}
			}
		}
		return todayFirst(homes), nil
	}
}

// usersOf says for a unit's page whose it is and who uses it, those of today first.
func usersOf(d *op.Door) func(context.Context, access.Actor, *estate.Unit) ([]estateweb.Residence, error) {
	return func(ctx context.Context, who access.Actor, u *estate.Unit) ([]estateweb.Residence, error) {
		years, err := household.OfUnit(ctx, d.DB.Read(), who.Scope(household.MayRead(), u.Estate), u.ID)
		var users []estateweb.Residence
		for _, y := range years {
			users = append(users, estateweb.Residence{Name: y.Called(), Part: i18n.T(ctx, "household.kind."+string(y.Kind)), Href: y.ID.Path(), Past: y.Held.Until != "" || !y.InForce()})
		}
		return todayFirst(users), err
	}
}

// linesOf are the lines of a household's directory, numbered as its page shows them.
func linesOf(d *op.Door) archiveweb.Lines {
	return func(ctx context.Context, who access.Actor, e access.EstateID, about ref.Ref) ([]page.Option, error) {
		if about != household.ID(about.ID).Ref() {
			return nil, nil
		}
		h, err := household.Find(ctx, d.DB.Read(), who.Scope(household.MayRead(), e), household.ID(about.ID))
		if errs.Is(err, errs.NotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		files, err := household.Files(ctx, d.DB.Read(), page.Today(ctx), h)
		var all []page.Option
		for i, l := range files[h.ID].Lines {
			all = append(all, page.Option{Value: l.Code, Label: strconv.Itoa(i+1) + " " + l.Title})
		}
		return all, err
	}
}

func todayFirst(homes []estateweb.Residence) []estateweb.Residence {
	slices.SortStableFunc(homes, func(a, b estateweb.Residence) int {
		switch {
		case a.Past == b.Past:
			return 0
		case a.Past:
			return 1
		}
		return -1
	})
	return homes
}
