package round

import (
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

func (r *Round) unitFacts(room string, kind estate.UnitKind) estate.UnitFacts {
	return estate.UnitFacts{Building: "9", Entrance: "1", Room: room, Kind: kind, GrossArea: 8950, NetArea: 7000, Note: r.Say("unit.note", "朝南")}
}

func addUnit(room string, kind estate.UnitKind) Step {
	return does(estate.AddUnit, keeper, func(r *Round) estate.AddUnitIn {
		return estate.AddUnitIn{Estate: r.Estate, UnitFacts: r.unitFacts(room, kind)}
	}, func(r *Round, id estate.UnitID) {
		if kind == estate.Parking {
			r.Parking = id
			return
		}
		r.Units = append(r.Units, id)
	})
}

func estateSteps() []Step {
	lastUnit := func(r *Round) estate.UnitID { return r.Units[len(r.Units)-1] }
	var steps []Step
	for _, room := range []string{"901", "902", "903", "904", "905"} {
		steps = append(steps, addUnit(room, estate.Flat))
	}
	steps = append(steps, addUnit("P17", estate.Parking),
		does(estate.CreateEstate, head, func(r *Round) estate.CreateEstateIn {
			return estate.CreateEstateIn{Name: r.Say("estate.name", "新苑"+r.tag), Address: r.Say("estate.address", "滨江路 8 号")}
		}, nil),
		does(estate.ChangeEstate, head, func(r *Round) estate.ChangeEstateIn {
			return estate.ChangeEstateIn{ID: r.Estate, CreateEstateIn: estate.CreateEstateIn{Name: r.Say("estate.name", "澜庭"+r.tag), Address: r.Say("estate.address", "滨江路 9 号")}}
		}, nil),
		does(estate.ChangeUnit, keeper, func(r *Round) estate.ChangeUnitIn {
			f := r.unitFacts("905", estate.Flat)
			f.NetArea = 7100
			return estate.ChangeUnitIn{ID: lastUnit(r), UnitFacts: f}
		}, nil),
		does(estate.EndUnit, keeper, func(r *Round) estate.EndUnitIn {
			return estate.EndUnitIn{ID: lastUnit(r), Why: r.Say("unit.ended", "与邻户合并")}
		}, nil),
		does(estate.RestoreUnit, keeper, lastUnit, nil),
		does(estate.PrintUnit, keeper, lastUnit, nil),
	)
	return append(append(steps, partySteps()...), append(vehicleSteps(), leaseSteps()...)...)
}

func (r *Round) partyFacts(name string) estate.PartyFacts {
	return estate.PartyFacts{Kind: estate.Person, Name: r.Say("party.name", name), ShortName: "", Employer: r.Say("party.employer", "江城船厂"),
		Origin: r.Say("party.origin", "江城"), Birth: "1971-05-03", Note: r.Say("party.note", "怕狗")}
}

// addAlias registers a person of the round in the company's other estate.
func addAlias(r *Round) error {
	other := r.C.Tower
	if r.Estate == other {
		other = r.C.Garden
	}
	res, err := op.Run(head(r), r.C.App.Door, estate.AddParty, estate.AddPartyIn{Estate: other, PartyFacts: r.partyFacts("钱启")})
	r.Alias = res.Out
	return err
}

func partySteps() []Step {
	contact := func(r *Round) estate.ContactID { return r.Contact }
	identity := func(r *Round) estate.IdentityID { return r.Identity }
	add := func(name string, keep func(*Round, estate.PartyID)) Step {
		return does(estate.AddParty, keeper, func(r *Round) estate.AddPartyIn {
			return estate.AddPartyIn{Estate: r.Estate, PartyFacts: r.partyFacts(name), Contacts: []estate.ContactFacts{
				{Value: r.Say("phone", "13600136001"), Whose: r.Say("contact.whose", "儿子")},
				{Kind: estate.OtherWay, Value: r.Say("contact.other", "传呼 1234")}}}
		}, keep)
	}
	return []Step{
		add("钱七", func(r *Round, id estate.PartyID) { r.Party = id }),
		add("钱柒", func(r *Round, id estate.PartyID) { r.Double = id }),
		does(estate.ChangeParty, keeper, func(r *Round) estate.ChangePartyIn {
			return estate.ChangePartyIn{ID: r.Party, PartyFacts: r.partyFacts("钱启"), Why: r.Say("party.why", "改了名")}
		}, nil),
		does(estate.AddContact, keeper, func(r *Round) estate.AddContactIn {
			return estate.AddContactIn{Party: r.Party, Contacts: []estate.ContactFacts{{Kind: estate.Address, Value: r.Say("contact.address", "滨江路 8 号"), Whose: r.Say("contact.whose", "自己")}}}
		}, func(r *Round, ids []estate.ContactID) { r.Contact = ids[0] }),
		does(estate.CorrectContact, keeper, func(r *Round) estate.CorrectContactIn {
			return estate.CorrectContactIn{ID: r.Contact, ContactFacts: estate.ContactFacts{Kind: estate.Address, Value: r.Say("contact.address", "滨江路 9 号"), Whose: r.Say("contact.whose", "办公室")}}
		}, nil),
		does(estate.RankContact, keeper, contact, nil),
		does(estate.EndContact, keeper, func(r *Round) record.EndIn[estate.ContactID] {
			return record.EndIn[estate.ContactID]{ID: r.Contact, Why: r.Say("contact.ended", "搬走了")}
		}, nil),
		does(estate.RestoreContact, keeper, contact, nil),
		does(estate.AddIdentity, keeper, func(r *Round) estate.AddIdentityIn {
			return estate.AddIdentityIn{Party: r.Party, IdentityFacts: estate.IdentityFacts{Number: r.Say("identity", "11010519491231002X")}}
		}, func(r *Round, id estate.IdentityID) { r.Identity = id }),
		does(estate.CorrectIdentity, keeper, func(r *Round) estate.CorrectIdentityIn {
			return estate.CorrectIdentityIn{ID: r.Identity, IdentityFacts: estate.IdentityFacts{Expires: "2031-01-01"}}
		}, nil),
		does(estate.VerifyIdentity, keeper, identity, nil),
		does(estate.EndIdentity, keeper, func(r *Round) record.EndIn[estate.IdentityID] {
			return record.EndIn[estate.IdentityID]{ID: r.Identity, Why: r.Say("identity.ended", "换证")}
		}, nil),
		does(estate.RestoreIdentity, keeper, identity, nil),
		does(estate.MergeParty, keeper, func(r *Round) estate.MergePartyIn { return estate.MergePartyIn{ID: r.Double, Into: r.Party} }, nil),
		does(estate.SeparateParty, keeper, func(r *Round) estate.PartyID { return r.Double }, nil),
		{Name: estate.AddParty.Name(), Do: addAlias},
		does(estate.LinkSamePerson, head, func(r *Round) estate.LinkSamePersonIn {
			return estate.LinkSamePersonIn{ID: r.Party, Other: r.Alias, Why: r.Say("same.why", "证件号相同")}
		}, func(r *Round, id estate.SamePersonID) { r.Same = id }),
		does(estate.UnlinkSamePerson, head, func(r *Round) estate.UnlinkSamePersonIn {
			return estate.UnlinkSamePersonIn{ID: r.Same, Why: r.Say("same.ended", "同名不同人")}
		}, nil),
		reveal(estate.RevealContact, func(r *Round) int64 { return int64(r.Contact) }),
		reveal(estate.RevealIdentity, func(r *Round) int64 { return int64(r.Identity) }),
		reveal(estate.RevealBirth, func(r *Round) int64 { return int64(r.Party) }),
		reveal(estate.RevealNote, func(r *Round) int64 { return int64(r.Party) }),
	}
}

// reveal shows a masked fact in clear.
func reveal(f *masked.Field, id func(r *Round) int64) Step {
	return named(f.Name, keeper, func(r *Round) any {
		return masked.RevealIn{ID: id(r), Why: masked.WhyOther, Words: r.Say("reveal.words", "住户来问")}
	}, nil)
}

func vehicleSteps() []Step {
	vehicle := func(r *Round) estate.VehicleID { return r.Vehicle }
	facts := func(r *Round) estate.VehicleFacts {
		return estate.VehicleFacts{Plate: r.Say("vehicle.plate", "京A12345"), DoubtWhy: r.Say("vehicle.doubt", "临牌"), Brand: r.Say("vehicle.brand", "东风"),
			Colour: r.Say("vehicle.colour", "蓝"), Parking: r.Parking, Terms: estate.Monthly, Card: r.Say("vehicle.card", "0071")}
	}
	return []Step{
		does(estate.AddVehicle, keeper, func(r *Round) estate.AddVehicleIn {
			return estate.AddVehicleIn{Unit: r.Units[0], Party: r.Double, VehicleFacts: facts(r)}
		}, func(r *Round, id estate.VehicleID) { r.Vehicle = id }),
		does(estate.ChangeVehicle, keeper, func(r *Round) estate.ChangeVehicleIn {
			f := facts(r)
			f.Expires = "2027-01-01"
			return estate.ChangeVehicleIn{ID: r.Vehicle, VehicleFacts: f}
		}, nil),
		does(estate.HandOverVehicle, keeper, func(r *Round) estate.HandOverVehicleIn {
			return estate.HandOverVehicleIn{ID: r.Vehicle, Party: r.Party, Why: r.Say("vehicle.why", "过户")}
		}, func(r *Round, id estate.VehicleID) { r.Vehicle = id }),
		does(estate.EndVehicle, keeper, func(r *Round) record.EndIn[estate.VehicleID] {
			return record.EndIn[estate.VehicleID]{ID: r.Vehicle, Why: r.Say("vehicle.ended", "卖了")}
		}, nil),
		does(estate.RestoreVehicle, keeper, vehicle, nil),
	}
}

func leaseSteps() []Step {
	lease := func(r *Round) estate.LeaseID { return r.Lease }
	facts := func(r *Round) estate.LeaseFacts {
		return estate.LeaseFacts{Kind: estate.Let, Use: estate.Business, ValidFrom: "2026-01-01", ValidTo: "2026-12-31", Heads: 2, Payer: estate.PayerTenant, Area: 5000,
			Contract: r.Say("lease.contract", "2026-17"), FilingNo: r.Say("lease.filing", "江租 17"), Trade: r.Say("lease.trade", "早点"), Hours: r.Say("lease.hours", "6 至 11 点"), Consent: true}
	}
	return []Step{
		does(estate.RegisterLease, keeper, func(r *Round) estate.RegisterLeaseIn {
			return estate.RegisterLeaseIn{Unit: r.Units[2], Lessor: r.Party, Tenant: r.Double, LeaseFacts: facts(r)}
		}, func(r *Round, id estate.LeaseID) { r.Lease = id }),
		does(estate.ChangeLease, keeper, func(r *Round) estate.ChangeLeaseIn {
			f := facts(r)
			f.Heads = 3
			return estate.ChangeLeaseIn{ID: r.Lease, Lessor: r.Party, LeaseFacts: f}
		}, nil),
		does(estate.ExtendLease, keeper, func(r *Round) estate.ExtendLeaseIn {
			return estate.ExtendLeaseIn{ID: r.Lease, Until: "2027-12-31", Contract: r.Say("lease.contract", "2027-3")}
		}, nil),
		does(estate.EndLease, keeper, func(r *Round) record.EndIn[estate.LeaseID] {
			return record.EndIn[estate.LeaseID]{ID: r.Lease, Why: r.Say("lease.ended", "提前退租")}
		}, nil),
		does(estate.RestoreLease, keeper, lease, nil),
		does(estate.PrintLease, keeper, lease, nil),
	}
}

// Other is the grant of a post in an estate.
func Other(p access.Post, e access.EstateID) []access.Grant {
	return []access.Grant{{Post: p, Estate: e}}
}
