package app_test

import (
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/page/pagetest"
)

// The sheet of a lease has the owner where nobody named a lessor, those who live with the tenant, and whom to call, from the tenant's household; numbers in clear, since
// they sign it.
func TestLeaseSheet_IsCompletedFromTheHousehold(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		ctx := optest.As(t.Context(), 1, access.Company, access.Manager)
		child := householdtest.Person(household.Family, "刘小雨", "")
		child.Relation = "女儿"
		friend := householdtest.Person(household.Emergency, "刘建国", "13700137000")
		friend.Relation = "父亲"
		home, err := op.Run(ctx, c.App.Door, household.Open, household.OpenIn{Estate: c.Garden, Kind: household.TenantHome, Units: []estate.UnitID{c.Flats[0]}, Since: "2025-12-17",
			People: []household.PersonIn{householdtest.Person(household.Tenant, "刘洋", "13600136000"), child, friend}})
		if err != nil {
			t.Fatal(err)
		}
		details, err := household.Details(ctx, c.App.Door.DB.Read(), home.Out)
		if err != nil {
			t.Fatal(err)
		}
		lease, err := op.Run(ctx, c.App.Door, estate.RegisterLease, estate.RegisterLeaseIn{Unit: c.Flats[0], Tenant: details[home.Out].People[0].Party,
			LeaseFacts: estate.LeaseFacts{Use: estate.Living, ValidFrom: "2025-12-17", ValidTo: "2026-12-16", Heads: 2, Payer: estate.PayerTenant}})
		if err != nil {
			t.Fatal(err)
		}
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		pagetest.In(t, clerk.Get(lease.Out.Path()+"/print").Body, "main", "刘小雨", "女儿", "刘建国 父亲 137 0013 7000", "136 0013 6000", "张伟", "138 0013 8000")
	})
}
