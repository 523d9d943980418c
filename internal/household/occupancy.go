package household

import (
	"slices"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/vault"
)

// OccupancyID names an occupancy.
type OccupancyID int64

// Part is the part a party plays in a household.
type Part string

// The parts (domain.md §1, Parties).
const (
	Owner     Part = "owner"     // 业主; several are co-owners
	Tenant    Part = "tenant"    // 租户
	Family    Part = "family"    // 家庭成员
	Resident  Part = "resident"  // 同住人
	Staff     Part = "staff"     // 员工, of a shop or office
	Emergency Part = "emergency" // 紧急联系人
	Agent     Part = "agent"     // 代理人
)

// Parts lists the parts in the order of the household page.
var Parts = []Part{Owner, Tenant, Family, Resident, Staff, Emergency, Agent}

// Heads are the parts by which a household is called.
var Heads = []Part{Owner, Tenant}

// Leads reports a part by which a household is called.
func (p Part) Leads() bool { return slices.Contains(Heads, p) }

// Occupancy is a party's part in a household, for a time (design §4).
type Occupancy struct {
	bun.BaseModel `bun:"table:household_occupancy,alias:occupancy"`
	evidence.Row[OccupancyID]
	Household ID             `bun:"household"`
	Party     estate.PartyID `bun:"party"`
	Part      Part           `bun:"part"`
	Relation  string         `bun:"relation,nullzero"` // to the owner or tenant: 妻、子, as said
	Share     int64          `bun:"share,nullzero"`    // of the property, in basis points
	Rank      int64          `bun:"rank"`              // order within the part
	Since     string         `bun:"since,nullzero"`
	Until     string         `bun:"until,nullzero"` // local date it ended
	Ended     string         `bun:"ended,nullzero"`
}

// Owner is the party's key: the row says where somebody lives.
func (o *Occupancy) Owner() vault.Owner {
	return vault.Owner{Class: vault.Party, ID: int64(o.Party)}
}

// InForce reports whether the party plays its part today.
func (o *Occupancy) InForce() bool { return o.Until == "" }
