package estate

import (
	"slices"
	"strings"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// maxYears is how long a lease may run from its start, or from its renewal (Civil Code 705).
const maxYears = 20

// LeaseFacts are what a person enters about a lease, besides the unit, the lessor and the tenant.
type LeaseFacts struct {
	Kind      LeaseKind `bun:"kind" form:"kind"` // empty on a form: a plain let
	Use       LeaseUse  `bun:"use_as,nullzero" form:"use_as"`
	ValidFrom string    `bun:"valid_from,nullzero" form:"valid_from"` // local date with its precision
	ValidTo   string    `bun:"valid_to,nullzero" form:"valid_to"`     // as agreed; at most 20 years after the start (Civil Code 705)
	Area      Area      `bun:"area,nullzero" form:"area"`
	Heads     int64     `bun:"heads,nullzero" form:"heads"` // people who live there
	Contract  string    `bun:"contract,nullzero" form:"contract"`
	FilingNo  string    `bun:"filing_no,nullzero" form:"filing_no"` // of the contract, at the housing office
	Payer     Payer     `bun:"payer,nullzero" form:"payer"`
	Trade     string    `bun:"trade,nullzero" form:"trade"`
	Hours     string    `bun:"hours,nullzero" form:"hours"` // of business
	Consent   bool      `bun:"consent" form:"consent"`      // the consent of the owners concerned was handed in
}

// Normalise reads the facts and notes every wrong field; prefix stands before the names of fields. What is missing is
// taken as not known: an old list has no more. Complete asks for what the form requires.
func (in *LeaseFacts) Normalise(prefix string, today cn.Date, f *errs.Fields) {
	if in.Kind == "" {
		in.Kind = Let
	}
	f.Check(slices.Contains(LeaseKinds, in.Kind), prefix+"kind", "error.required")
	in.Use, in.Payer = record.OneOf(in.Use, LeaseUses), record.OneOf(in.Payer, []Payer{PayerOwner, PayerTenant})
	for _, t := range []struct {
		name string
		text *string
	}{{"contract", &in.Contract}, {"filing_no", &in.FilingNo}, {"trade", &in.Trade}, {"hours", &in.Hours}} {
		*t.text = strings.TrimSpace(*t.text)
		f.Within(prefix+t.name, *t.text, maxName)
	}
	f.Check(in.Heads >= 0 && in.Heads < 10_000, prefix+"heads", "lease.error.heads")
	in.ValidFrom = record.ReadSince(in.ValidFrom, prefix+"valid_from", today, f)
	in.ValidTo = record.ReadDate(in.ValidTo, prefix+"valid_to", today, f)
	if in.ValidFrom == "" || in.ValidTo == "" || f.Err() != nil {
		return
	}
	f.Check(record.LastDay(in.ValidTo) >= record.FirstDay(in.ValidFrom), prefix+"valid_to", "lease.error.before", in.ValidTo, in.ValidFrom)
	f.Check(record.FirstDay(in.ValidTo) <= yearsOn(in.ValidFrom, maxYears), prefix+"valid_to", "lease.error.years", maxYears)
}

// Complete notes what the form 《租户/商住情况登记表》 requires and the facts lack (domain.md §2.1).
func (in *LeaseFacts) Complete(prefix string, f *errs.Fields) {
	f.Check(in.Use != "", prefix+"use_as", "error.required")
	f.Check(in.ValidFrom != "", prefix+"valid_from", "error.required")
	f.Check(in.ValidTo != "", prefix+"valid_to", "error.required")
	f.Check(in.Payer != "", prefix+"payer", "error.required")
	f.Check(in.Heads > 0 || in.Use != Living, prefix+"heads", "error.required")
}

// yearsOn is the last day of a term of whole years that begins on a stored date.
func yearsOn(stored string, years int) string {
	d, err := cn.ParseStored(record.FirstDay(stored))
	if err != nil {
		return stored
	}
	return clock.Date(d.Time().AddDate(years, 0, 0))
}

// YearFrom is the last day of a year's term that begins on a local date, as most are agreed; empty for no date.
func YearFrom(date string) string {
	d, err := cn.ParseStored(date)
	if err != nil {
		return ""
	}
	return clock.Date(d.First().Time().AddDate(1, 0, -1))
}

// NewLease makes a lease of a unit, not yet inserted, of facts that were normalised; lessor is 0 while nobody knows.
func NewLease(tx op.Tx, u *Unit, lessor, tenant PartyID, in LeaseFacts) *Lease {
	l := &Lease{Unit: u.ID, Lessor: lessor, Tenant: tenant, LeaseFacts: in, Registered: tx.Today().String()}
	l.ID, l.Estate = LeaseID(tx.NewID()), u.Estate
	return l
}
