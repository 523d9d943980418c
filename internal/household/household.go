package household

import (
	"embed"
	"slices"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/evidence"
)

// ID names a household.
type ID int64

// Kind says what a household's file is about; each kind has its directory (D4).
type Kind string

// The kinds of household.
const (
	OwnerHome    Kind = "owner_home"    // 业主户
	TenantHome   Kind = "tenant_home"   // 租户
	ShopOwner    Kind = "shop_owner"    // 商铺业主
	ShopTenant   Kind = "shop_tenant"   // 商户
	OfficeOwner  Kind = "office_owner"  // 写字间业主
	OfficeTenant Kind = "office_tenant" // 写字间租户
	ParkingOwner Kind = "parking_owner" // 车位业主
	CompanyOwned Kind = "company_owned" // 公司自有, unsold
)

// Kinds lists the kinds in the order they are offered.
var Kinds = []Kind{OwnerHome, TenantHome, ShopOwner, ShopTenant, OfficeOwner, OfficeTenant, ParkingOwner, CompanyOwned}

// Owns reports a kind that owns its units; the others use them.
func (k Kind) Owns() bool { return !slices.Contains([]Kind{TenantHome, ShopTenant, OfficeTenant}, k) }

// KindFor is the kind of household that owns a unit of a kind, or uses it.
func KindFor(u estate.UnitKind, owns bool) Kind {
	switch {
	case u == estate.Shop && owns:
		return ShopOwner
	case u == estate.Shop:
		return ShopTenant
	case u == estate.Office && owns:
		return OfficeOwner
	case u == estate.Office:
		return OfficeTenant
	case !owns:
		return TenantHome
	case u == estate.Parking || u == estate.Store:
		return ParkingOwner
	}
	return OwnerHome
}

// Stay says what an owner's unit is used for, as far as somebody said so; a let shows by the tenant's household.
type Stay string

// The stays of the summary sheet (domain.md §2.1).
const (
	LivedIn Stay = "lived_in" // 自住、自用
	LetOut  Stay = "let"      // 出租
	Empty   Stay = "empty"    // 空置
	Mixed   Stay = "mixed"    // 商住
	FitOut  Stay = "fit_out"  // 装修
)

// Stays lists the stays in the order they are offered.
var Stays = []Stay{LivedIn, LetOut, Empty, Mixed, FitOut}

// Standing is what a unit is used for, the same wherever it is shown: as it is let today, else as was said of its owner's household.
func Standing(said, let Stay) Stay {
	if let != "" {
		return let
	}
	return said
}

// Household is who owns or uses one or more units of an estate for a time. Its own row names nobody: people come by
// occupancies.
type Household struct {
	bun.BaseModel `bun:"table:household_household,alias:household"`
	evidence.Row[ID]
	Kind    Kind           `bun:"kind"`
	Head    estate.PartyID `bun:"head,nullzero"`       // by whom it is called and sorted: the first owner or tenant
	First   estate.UnitID  `bun:"first_unit,nullzero"` // where lists put it: the first of its units
	Stay    Stay           `bun:"stay,nullzero"`
	Since   string         `bun:"since,nullzero"`   // local date with its precision; NULL: not known
	Until   string         `bun:"until,nullzero"`   // local date it ended; NULL: in force
	Ended   string         `bun:"ended,nullzero"`   // why
	Next    ID             `bun:"next,nullzero"`    // who followed in its unit
	Checked string         `bun:"checked,nullzero"` // local date its facts were last confirmed (D8)
	Batch   int64          `bun:"batch,nullzero"`   // the import that made it
}

// InForce reports whether the household is there today.
func (h *Household) InForce() bool { return h.Until == "" }

// HoldingID names a holding.
type HoldingID int64

// Holding is a unit of a household, for a time.
type Holding struct {
	bun.BaseModel `bun:"table:household_holding,alias:holding"`
	evidence.Row[HoldingID]
	Household ID            `bun:"household"`
	Unit      estate.UnitID `bun:"unit"`
	Since     string        `bun:"since,nullzero"`
	Until     string        `bun:"until,nullzero"`
}

// files are the room's migrations and texts.
//
//go:embed migrations/*.sql locales/*.json
var files embed.FS
