package estatetest

import (
	"testing"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
)

// Party registers a person, or an organisation where the name is one, with telephone numbers.
func Party(t testing.TB, d *op.Door, e access.EstateID, name string, phones ...string) estate.PartyID {
	t.Helper()
	in := estate.AddPartyIn{Estate: e, PartyFacts: estate.PartyFacts{Name: name}}
	for _, phone := range phones {
		in.Contacts = append(in.Contacts, estate.ContactFacts{Value: phone})
	}
	return Do(t, d, estate.AddParty, in)
}

// Identity gives a party an identity number.
func Identity(t testing.TB, d *op.Door, p estate.PartyID, number string) estate.IdentityID {
	t.Helper()
	return Do(t, d, estate.AddIdentity, estate.AddIdentityIn{Party: p, IdentityFacts: estate.IdentityFacts{Number: number}})
}

// Vehicle registers a vehicle of a unit; party may be 0.
func Vehicle(t testing.TB, d *op.Door, u estate.UnitID, p estate.PartyID, plate string) estate.VehicleID {
	t.Helper()
	return Do(t, d, estate.AddVehicle, estate.AddVehicleIn{Unit: u, Party: p, VehicleFacts: estate.VehicleFacts{Plate: plate}})
}

// Lease lets a unit as a home, from a day to a day; lessor may be 0.
func Lease(t testing.TB, d *op.Door, u estate.UnitID, lessor, tenant estate.PartyID, from, until string) estate.LeaseID {
	t.Helper()
	return Do(t, d, estate.RegisterLease, estate.RegisterLeaseIn{Unit: u, Lessor: lessor, Tenant: tenant, LeaseFacts: Home(from, until)})
}

// Home are the facts of a let to two people who live there.
func Home(from, until string) estate.LeaseFacts {
	return estate.LeaseFacts{Kind: estate.Let, Use: estate.Living, ValidFrom: from, ValidTo: until, Heads: 2, Payer: estate.PayerTenant}
}

// Do carries out an operation as the manager; it must succeed.
func Do[In, Out any](t testing.TB, d *op.Door, o *op.Op[In, Out], in In) Out {
	t.Helper()
	res, err := op.Run(Manager(t), d, o, in)
	if err != nil {
		t.Fatal(err)
	}
	return res.Out
}
