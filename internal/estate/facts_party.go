package estate

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// PartyFacts are what a person enters about a party.
type PartyFacts struct {
	Kind      PartyKind `form:"kind"` // empty: told from the name
	Name      string    `form:"name"`
	Sex       string    `form:"sex"`
	ShortName string    `form:"short_name"`
	SignName  string    `form:"sign_name"`
	Legal     string    `form:"legal"`
	Employer  string    `form:"employer"`
	Origin    string    `form:"origin"`
	Birth     string    `form:"birth"` // a date, a month or a year
	Note      string    `form:"note"`
}

// ContactFacts are a way to reach a party, as entered. An empty value is no contact.
type ContactFacts struct {
	Kind  ContactKind `form:"kind"` // empty: a telephone number of whatever kind
	Value string      `form:"value"`
	Whose string      `form:"whose"`
}

// IdentityFacts are an identity number, as entered. An empty number is none.
type IdentityFacts struct {
	Kind     IdentityKind `form:"kind"` // empty: told from the number
	Number   string       `form:"number"`
	DoubtWhy string       `form:"doubt_why"` // why a number that does not fit its check digit is kept
	TakenWhy string       `form:"taken_why"` // why a number another party of the estate has is kept
	Expires  string       `form:"expires"`
	Doubt    cn.Problem   // what is the matter with the number, once it was read
}

const maxName, maxWords = 100, 500 // characters

// Normalise cleans the facts and notes every wrong field; prefix stands before the names of fields.
func (in *PartyFacts) Normalise(prefix string, today cn.Date, f *errs.Fields) {
	in.Name = cleanName(in.Name)
	f.Check(in.Name != "", prefix+"name", "error.required")
	if in.Kind == "" {
		in.Kind = kindOfName(in.Name)
	}
	f.Check(slices.Contains(PartyKinds, in.Kind), prefix+"kind", "error.required")
	for _, t := range []struct {
		name string
		text *string
		most int
	}{{"name", &in.Name, maxName}, {"short_name", &in.ShortName, maxName}, {"sign_name", &in.SignName, maxName}, {"legal", &in.Legal, maxName},
		{"employer", &in.Employer, maxName}, {"origin", &in.Origin, maxName}, {"note", &in.Note, maxWords}} {
		*t.text = strings.TrimSpace(*t.text)
		f.Within(prefix+t.name, *t.text, t.most)
	}
	if in.Sex != string(cn.Male) && in.Sex != string(cn.Female) {
		in.Sex = ""
	}
	in.Birth = record.ReadPast(in.Birth, prefix+"birth", today, f)
}

// cleanName is a name as it is stored: padding and doubled blanks out, one middle dot (domain.md §7).
func cleanName(typed string) string {
	if names := cn.ParseNames(typed); len(names) == 1 && names[0].Role == "" && names[0].Note == "" && names[0].Name != "" {
		return names[0].Name
	}
	return strings.Join(strings.Fields(typed), " ")
}

func kindOfName(name string) PartyKind {
	if names := cn.ParseNames(name); len(names) == 1 && names[0].Kind == cn.NameCompany {
		return Organisation
	}
	return Person
}

// NewParty makes a party, not yet inserted, of facts that were normalised.
func NewParty(ctx context.Context, tx op.Tx, e access.EstateID, in PartyFacts) (*Party, error) {
	return NewPartyAs(ctx, tx, e, PartyID(tx.NewID()), in)
}

// NewPartyAs is NewParty with an id made before, whose key was made together with others' (op.Tx.Keys).
func NewPartyAs(ctx context.Context, tx op.Tx, e access.EstateID, id PartyID, in PartyFacts) (*Party, error) {
	p := &Party{}
	p.ID, p.Estate = id, e
	return p, in.apply(ctx, tx, p)
}

func (in PartyFacts) apply(ctx context.Context, tx op.Tx, p *Party) (err error) {
	p.Kind, p.Name, p.Sorting, p.Sex = in.Kind, in.Name, cn.SortKey(in.Name), in.Sex
	p.ShortName, p.SignName, p.Legal, p.Employer, p.Origin = in.ShortName, in.SignName, in.Legal, in.Employer, in.Origin
	if p.Birth, err = masked.Seal(ctx, tx, p, partyBirth, birthFact(in.Birth)); err != nil {
		return err
	}
	p.Note, err = masked.Seal(ctx, tx, p, partyNote, noteFact(in.Note))
	return err
}

func birthFact(date string) masked.Fact { return masked.Fact{Clear: date, Mask: maskBirth(date)} }

func noteFact(text string) masked.Fact {
	if text == "" {
		return masked.Fact{}
	}
	return masked.Fact{Clear: text, Mask: "····"}
}

// CompareBirth compares a birth that was typed, on a day, with the party's.
func (p *Party) CompareBirth(ctx context.Context, keys masked.Opener, typed string, today cn.Date) (masked.Comparison, error) {
	return masked.Compare(ctx, keys, p, partyBirth, p.Birth, birthFact(record.ReadPast(typed, "birth", today, &errs.Fields{})))
}

// CompareNote compares a note that was typed with the party's.
func (p *Party) CompareNote(ctx context.Context, keys masked.Opener, typed string) (masked.Comparison, error) {
	if typed = strings.TrimSpace(typed); cn.IsPlaceholder(typed) { // a word for none takes the note away
		typed = ""
	}
	return masked.Compare(ctx, keys, p, partyNote, p.Note, noteFact(typed))
}

// Complete gives a party what was not known of it before: sex, birth, employer; what is empty says nothing.
func (p *Party) Complete(ctx context.Context, tx op.Tx, in PartyFacts) (err error) {
	if p.Sex == "" {
		p.Sex = in.Sex
	}
	if p.Employer == "" {
		p.Employer = in.Employer
	}
	if in.Birth != "" && p.Birth.None() {
		p.Birth, err = masked.Seal(ctx, tx, p, partyBirth, birthFact(in.Birth))
	}
	return err
}

// maskBirth keeps the year.
func maskBirth(date string) string {
	if len(date) < 4 {
		return date
	}
	return date[:4] + "-**-**"
}

// Normalise reads a contact as typed: a number in any notation, an address as it stands.
func (in *ContactFacts) Normalise(prefix string, f *errs.Fields) {
	in.Value, in.Whose = strings.TrimSpace(in.Value), strings.TrimSpace(in.Whose)
	f.Within(prefix+"value", in.Value, maxName)
	f.Within(prefix+"whose", in.Whose, maxName)
	if in.Kind != "" && !slices.Contains(ContactKinds, in.Kind) {
		f.Add(prefix+"kind", "error.required")
	}
	says, more := cn.SaysNoPhone(in.Value)
	switch {
	case in.Kind == NoPhone || says && in.Kind.number():
		in.noPhone(prefix, says, more, f)
	case in.Value != "" && in.Kind.number() && in.Kind != OtherWay:
		in.number(prefix, f)
	}
}

// number reports a kind under which a telephone number may be typed; none chosen is one.
func (k ContactKind) number() bool { return k == "" || k.Phone() }

// noNumber stands where a number would.
const noNumber = "\u2014"

// noPhone takes what was said for having no telephone; words that say more than that are kept.
func (in *ContactFacts) noPhone(prefix string, says, more bool, f *errs.Fields) {
	if !says && strings.ContainsFunc(in.Value, unicode.IsDigit) {
		f.Add(prefix+"value", "contact.error.none")
		return
	}
	if in.Whose == "" && (more || !says) && in.Value != noNumber {
		in.Whose = in.Value
	}
	in.Kind, in.Value = NoPhone, noNumber
}

// number reads one telephone number, and says what is wrong with what is none.
func (in *ContactFacts) number(prefix string, f *errs.Fields) {
	phones := cn.ParsePhones(in.Value)
	switch {
	case len(phones) == 0:
		f.Add(prefix+"value", "contact.error.not_number")
		return
	case len(phones) > 1:
		f.Add(prefix+"value", "contact.error.several", len(phones), piecesOf(phones))
		return
	}
	p := phones[0]
	switch kind := KindOfPhone(p); {
	case slices.Contains(p.Problems, cn.PhoneBadLength) && p.Length() < mobileDigits:
		f.Add(prefix+"value", "contact.error.short", p.Length(), mobileDigits-p.Length())
	case slices.Contains(p.Problems, cn.PhoneBadLength) && p.Length() > mobileDigits:
		f.Add(prefix+"value", "contact.error.long", p.Length(), p.Length()-mobileDigits)
	case len(p.Problems) > 0:
		f.Add(prefix+"value", p.Problems[0].Key())
	case in.Kind != "" && in.Kind != kind:
		f.Add(prefix+"kind", "contact.error.kind", cn.FormatPhone(PhoneText(p)), i18n.Key("contact.kind.said."+string(kind)), i18n.Key("contact.kind."+string(kind)))
	default:
		in.Kind, in.Value = kind, PhoneText(p)
		if in.Whose == "" {
			in.Whose = p.Note
		}
	}
}

const mobileDigits = 11

// piecesOf are the numbers found in one box, as they would be read.
func piecesOf(phones []cn.Phone) string {
	pieces := make([]string, len(phones))
	for i, p := range phones {
		if pieces[i] = p.Rest; p.Digits != "" {
			pieces[i] = cn.FormatPhone(PhoneText(p))
		}
	}
	return strings.Join(pieces, " / ")
}

// KindOfPhone is the kind of contact a number read is.
func KindOfPhone(p cn.Phone) ContactKind {
	switch p.Kind {
	case cn.PhoneMobile, cn.PhoneHongKong, cn.PhoneMacau, cn.PhoneTaiwan:
		return Mobile
	case cn.PhoneLandline:
		return Landline
	}
	return OtherWay
}

// PhoneText is a number read as it is stored: its digits, and the extension behind "-".
func PhoneText(p cn.Phone) string {
	if p.Ext == "" {
		return p.Digits
	}
	return p.Digits + "-" + p.Ext
}

// NewContact makes a contact, not yet inserted.
func NewContact(ctx context.Context, tx op.Tx, p *Party, in ContactFacts, rank int64) (*Contact, error) {
	c := &Contact{Party: p.ID, Rank: rank, ValidFrom: tx.Today().String()}
	c.ID, c.Estate = ContactID(tx.NewID()), p.Estate
	return c, in.apply(ctx, tx, c)
}

func (in ContactFacts) apply(ctx context.Context, tx op.Tx, c *Contact) (err error) {
	c.Kind, c.Whose = in.Kind, in.Whose
	c.Value, err = masked.Seal(ctx, tx, c, contactValue, in.fact())
	return err
}

func (in ContactFacts) fact() masked.Fact {
	fact := masked.Fact{Clear: in.Value, Mask: maskContact(in)}
	if in.Kind.Phone() {
		fact.Purpose, fact.Normal = PhoneHash, PhoneNormal(in.Value)
	}
	return fact
}

// Compare compares what was typed for the contact with what it says.
func (c *Contact) Compare(ctx context.Context, keys masked.Opener, typed ContactFacts) (masked.Comparison, error) {
	typed.Normalise("", &errs.Fields{})
	return masked.Compare(ctx, keys, c, contactValue, c.Value, typed.fact())
}

// PhoneNormal is a stored number without its extension.
func PhoneNormal(value string) string {
	digits, _, _ := strings.Cut(value, "-")
	return digits
}

func maskContact(in ContactFacts) string {
	switch {
	case in.Kind == NoPhone:
		return in.Value
	case in.Kind.Phone() && strings.ContainsFunc(in.Value, unicode.IsDigit):
		return cn.MaskPhone(in.Value)
	case in.Kind == Address:
		return maskTail(in.Value, 6)
	}
	return maskTail(in.Value, 2)
}

// maskTail keeps the first characters.
func maskTail(text string, keep int) string {
	r := []rune(text)
	return string(r[:min(keep, len(r)/2)]) + "****"
}

// Normalise reads an identity number. One that does not fit its check digit is kept with a reason, and can't be verified
// (domain.md §6).
func (in *IdentityFacts) Normalise(prefix string, today cn.Date, f *errs.Fields) {
	in.DoubtWhy, in.TakenWhy = strings.TrimSpace(in.DoubtWhy), strings.TrimSpace(in.TakenWhy)
	in.Expires = record.ReadDate(in.Expires, prefix+"expires", today, f)
	if in.Number, in.Doubt = strings.TrimSpace(in.Number), ""; in.Number == "" {
		return
	}
	f.Within(prefix+"number", in.Number, maxName)
	in.Number, in.Kind, in.Doubt = readIdentity(in.Number, in.Kind, today)
	f.Check(in.Doubt == "" || in.DoubtWhy != "", prefix+"number", in.Doubt.Key())
	f.Check(in.Doubt == "" || in.DoubtWhy != "", prefix+"doubt_why", "identity.error.doubt_why")
}

// readIdentity is a number in its stored form, its kind when none was chosen, and what is the matter with it.
func readIdentity(typed string, chosen IdentityKind, today cn.Date) (string, IdentityKind, cn.Problem) {
	if chosen == IdentityKind(cn.IDMilitary) || chosen == IdentityKind(cn.IDHouseholdBook) {
		return typed, chosen, ""
	}
	id, org := cn.ParseID(typed, today), cn.ParseOrg(typed)
	if isOrgKind(chosen) || chosen == "" && id.Kind == cn.IDUnknown && org.Kind != cn.OrgUnknown || chosen == "" && org.Kind == cn.OrgUSCC && len(org.Problems) == 0 && len(id.Problems) > 0 {
		return org.Code, IdentityKind(org.Kind), first(org.Problems)
	}
	kind := IdentityKind(id.Kind)
	if chosen != "" {
		kind = chosen
	}
	return id.Number, kind, first(id.Problems)
}

func isOrgKind(k IdentityKind) bool {
	return slices.Contains([]cn.OrgKind{cn.OrgUSCC, cn.OrgRegistration, cn.OrgCode, cn.OrgTax}, cn.OrgKind(k))
}

func first(problems []cn.Problem) cn.Problem {
	if len(problems) == 0 {
		return ""
	}
	return problems[0]
}

// NewIdentity makes an identity number, not yet inserted.
func NewIdentity(ctx context.Context, tx op.Tx, p *Party, in IdentityFacts) (*Identity, error) {
	i := &Identity{Party: p.ID}
	i.ID, i.Estate = IdentityID(tx.NewID()), p.Estate
	return i, in.apply(ctx, tx, i)
}

func (in IdentityFacts) apply(ctx context.Context, tx op.Tx, i *Identity) (err error) {
	i.Kind, i.Expires, i.Doubt, i.DoubtWhy, i.TakenWhy = in.Kind, in.Expires, string(in.Doubt), "", in.TakenWhy
	if in.Doubt != "" {
		i.DoubtWhy = in.DoubtWhy
	}
	i.Number, err = masked.Seal(ctx, tx, i, identityNumber, in.fact(tx.Today()))
	return err
}

func (in IdentityFacts) fact(today cn.Date) masked.Fact {
	return masked.Fact{Clear: in.Number, Mask: cn.MaskID(in.Number), Purpose: IdentityHash, Normal: IdentityNormal(in.Number, today)}
}

// Compare compares what was typed for the number, on a day, with it.
func (i *Identity) Compare(ctx context.Context, keys masked.Opener, typed IdentityFacts, today cn.Date) (masked.Comparison, error) {
	typed.Normalise("", today, &errs.Fields{})
	return masked.Compare(ctx, keys, i, identityNumber, i.Number, typed.fact(today))
}

// IdentityNormal is the form by which equal numbers are found: a resident's old number as its new one, a travel permit
// without the count of its renewals.
func IdentityNormal(number string, today cn.Date) string {
	id := cn.ParseID(number, today)
	all := id.Lookups()
	switch {
	case id.Kind == cn.IDResidentOld && len(all) == 2, id.Kind == cn.IDHMTravel && len(all) == 2:
		return all[1]
	case len(all) > 0:
		return all[0]
	}
	return number
}
