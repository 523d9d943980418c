package estate

import (
	"github.com/uptrace/bun"

	"hudang/internal/platform/evidence"
	"hudang/internal/platform/record"
	"hudang/internal/platform/vault"
)

// LeaseID names a lease.
type LeaseID int64

// LeaseKind is what the form 《租户/商住情况登记表》 is about.
type LeaseKind string

// The kinds of the form (domain.md §2.1).
const (
	Let    LeaseKind = "let"    // 出租
	Mixed  LeaseKind = "mixed"  // 商住: a dwelling used for business
	Sublet LeaseKind = "sublet" // 转租
)

// LeaseKinds lists the kinds in the form's order.
var LeaseKinds = []LeaseKind{Let, Mixed, Sublet}

// LeaseUse is what the premises are used for.
type LeaseUse string

// The uses of the form.
const (
	Living   LeaseUse = "living"   // 居住
	Business LeaseUse = "business" // 经营
	Working  LeaseUse = "office"   // 办公
	Storing  LeaseUse = "storage"  // 仓储
)

// LeaseUses lists the uses in the form's order.
var LeaseUses = []LeaseUse{Living, Working, Business, Storing}

// Payer is who pays the fees; the owner stays liable (domain.md §0, 5).
type Payer string

// The payers.
const (
	PayerOwner  Payer = "owner"
	PayerTenant Payer = "tenant"
)

// Lease is a let of a unit (D6). A lease of a flat to a business needs the consent of the owners concerned (Civil Code 279).
type Lease struct {
	bun.BaseModel `bun:"table:estate_lease,alias:lease"`
	evidence.Row[LeaseID]
	Unit   UnitID  `bun:"unit"`
	Lessor PartyID `bun:"lessor,nullzero"` // who lets; NULL while unknown
	Tenant PartyID `bun:"tenant"`
	LeaseFacts
	Registered string `bun:"registered"`       // local date it was registered here
	LeftOn     string `bun:"left_on,nullzero"` // local date the tenant left; NULL: still in force
	Ended      string `bun:"ended,nullzero"`   // why
}

// Owner is the tenant's key.
func (l *Lease) Owner() vault.Owner { return partyKey(l.Tenant) }

// InForce reports whether the tenant is still there, whatever was agreed.
func (l *Lease) InForce() bool { return l.LeftOn == "" }

// Over reports a lease whose term has run out while nobody said that the tenant left, nor renewed it.
func (l *Lease) Over(today string) bool {
	return l.InForce() && l.ValidTo != "" && record.LastDay(l.ValidTo) < today
}

// ConsentMissing reports a dwelling used for business without the consent of the owners concerned: a gap that is shown.
func (l *Lease) ConsentMissing() bool { return l.Kind == Mixed && !l.Consent }

func (l *Lease) Begun() string { return l.ValidFrom }

func (l *Lease) EndOn(day, why string) { l.LeftOn, l.Ended = day, why }
