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
	Kind     LeaseKind `form:"kind"` // empty: a plain let
	Use      LeaseUse  `form:"use_as"`
	From     string    `form:"valid_from"` // a date, a month or a year
	Until    string    `form:"valid_to"`
	Area     Area      `form:"area"`
	Heads    int64     `form:"heads"`
	Contract string    `form:"contract"`
	FilingNo string    `form:"filing_no"`
	Payer    Payer     `form:"payer"`
	Trade    string    `form:"trade"`
	Hours    string    `form:"hours"`
	Consent  bool      `form:"consent"`
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
	in.From = record.ReadSince(in.From, prefix+"valid_from", today, f)
	in.Until = record.ReadDate(in.Until, prefix+"valid_to", today, f)
	if in.From == "" || in.Until == "" || f.Err() != nil {
		return
	}
	f.Check(record.LastDay(in.Until) >= record.FirstDay(in.From), prefix+"valid_to", "lease.error.before", in.Until, in.From)
	f.Check(record.FirstDay(in.Until) <= yearsOn(in.From, maxYears), prefix+"valid_to", "lease.error.years", maxYears)
}

// Complete notes what the form 《租户/商住情况登记表》 requires and the facts lack (domain.md §2.1).
func (in *LeaseFacts) Complete(prefix string, f *errs.Fields) {
	f.Check(in.Use != "", prefix+"use_as", "error.required")
	f.Check(in.From != "", prefix+"valid_from", "error.required")
	f.Check(in.Until != "", prefix+"valid_to", "error.required")
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
	l := &Lease{Unit: u.ID, Lessor: lessor, Tenant: tenant, Registered: tx.Today().String()}
	l.ID, l.Estate = LeaseID(tx.NewID()), u.Estate
	in.apply(l)
	return l
}

func (in LeaseFacts) apply(l *Lease) {
	l.Kind, l.Use, l.ValidFrom, l.ValidTo, l.Area, l.Heads = in.Kind, in.Use, in.From, in.Until, in.Area, in.Heads
	l.Contract, l.FilingNo, l.Payer, l.Trade, l.Hours, l.Consent = in.Contract, in.FilingNo, in.Payer, in.Trade, in.Hours, in.Consent
}

// FactsOfLease are a lease's facts as its form is filled with them.
func FactsOfLease(l *Lease) LeaseFacts {
	return LeaseFacts{Kind: l.Kind, Use: l.Use, From: l.ValidFrom, Until: l.ValidTo, Area: l.Area, Heads: l.Heads,
		Contract: l.Contract, FilingNo: l.FilingNo, Payer: l.Payer, Trade: l.Trade, Hours: l.Hours, Consent: l.Consent}
}
