package estate

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/vault"
)

// IdentityID names an identity paper.
type IdentityID int64

// IdentityKind is the kind of an identity paper, of a person (cn.IDKind) or an organisation (cn.OrgKind).
type IdentityKind string

// IdentityKinds lists the kinds a person can choose; the first of each fits nearly always.
var IdentityKinds = []IdentityKind{
	IdentityKind(cn.IDResident), IdentityKind(cn.OrgUSCC), IdentityKind(cn.IDHMTravel), IdentityKind(cn.IDTaiwanTravel), IdentityKind(cn.IDHMTResidence),
	IdentityKind(cn.IDPassport), IdentityKind(cn.IDPassportOther), IdentityKind(cn.IDForeignPR), IdentityKind(cn.IDMilitary),
	IdentityKind(cn.IDHouseholdBook), IdentityKind(cn.OrgRegistration), IdentityKind(cn.OrgCode), IdentityKind(cn.IDUnknown),
}

// Identity is a number by which a party is known to the state: of an identity card, a passport, a business licence. It is
// the number as registered; the paper itself is an item of the archive.
type Identity struct {
	bun.BaseModel `bun:"table:estate_identity,alias:identity"`
	evidence.Row[IdentityID]
	Party      PartyID      `bun:"party"`
	Kind       IdentityKind `bun:"kind"`
	Number     masked.Value `bun:"embed:number_"`
	Doubt      string       `bun:"doubt,nullzero"`     // a cn.Problem the number has, e.g. id.bad_check; it cannot be verified then
	DoubtWhy   string       `bun:"doubt_why,nullzero"` // why it was kept all the same, in the person's words
	TakenWhy   string       `bun:"taken_why,nullzero"` // why it was kept though another party of the estate has the same
	Expires    string       `bun:"expires,nullzero"`   // local date
	Verified   string       `bun:"verified,nullzero"`  // local date somebody compared it with the paper
	VerifiedBy int64        `bun:"verified_by,nullzero"`
	ValidTo    string       `bun:"valid_to,nullzero"`
	Ended      string       `bun:"ended,nullzero"`
}

// Owner is the party's key.
func (i *Identity) Owner() vault.Owner { return partyKey(i.Party) }

// InForce reports whether the number holds today.
func (i *Identity) InForce() bool { return i.ValidTo == "" }

// begun is unknown: ValidFrom is the day the register heard of it, and what it says may have ended before.
func (i *Identity) Begun() string { return "" }

func (i *Identity) EndOn(day, why string) { i.ValidTo, i.Ended = day, why }

// identityNumber is the masked column; IdentityHash the purpose of its hash: two parties with one number are one person.
const (
	identityNumber masked.Column = "estate_identity.number"
	IdentityHash   string        = "identity"
)

// Clear is the number in clear: for the index and for what goes out with permission; a page asks by RevealIdentity.
func (i *Identity) Clear(ctx context.Context, keys *vault.Store) (string, error) {
	return masked.Open(ctx, keys, i, identityNumber, i.Number)
}
