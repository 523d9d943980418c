package estate

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/vault"
)

// ContactID names a contact.
type ContactID int64

// ContactKind is a way to reach a party.
type ContactKind string

// The kinds of contact.
const (
	Mobile   ContactKind = "mobile"
	Landline ContactKind = "landline"
	Email    ContactKind = "email"
	Wechat   ContactKind = "wechat"
	Address  ContactKind = "address" // 通讯地址, where letters go
	OtherWay ContactKind = "other"   // kept as typed: an old number without area code, a pager
	NoPhone  ContactKind = "none"    // he was asked, and has no telephone: the day stands in ValidFrom
)

// ContactKinds lists the kinds in the order they are offered.
var ContactKinds = []ContactKind{Mobile, Landline, Wechat, Email, Address, OtherWay, NoPhone}

// Phone reports a kind that a caller's number may be.
func (k ContactKind) Phone() bool { return k == Mobile || k == Landline || k == OtherWay }

// Contact is a way to reach a party for a time. One that no longer holds has an end and stays searchable.
type Contact struct {
	bun.BaseModel `bun:"table:estate_contact,alias:contact"`
	evidence.Row[ContactID]
	Party     PartyID      `bun:"party"`
	Kind      ContactKind  `bun:"kind"`
	Value     masked.Value `bun:"embed:value_"`
	Whose     string       `bun:"whose,nullzero"` // 儿子, 白天: as the desk says it
	Rank      int64        `bun:"rank"`           // 1 is tried first
	ValidFrom string       `bun:"valid_from,nullzero"`
	ValidTo   string       `bun:"valid_to,nullzero"` // local date; the first day it no longer holds
	Ended     string       `bun:"ended,nullzero"`    // why
}

// Owner is the party's key.
func (c *Contact) Owner() vault.Owner { return partyKey(c.Party) }

// InForce reports whether the contact holds today.
func (c *Contact) InForce() bool { return c.ValidTo == "" }

// begun is unknown: ValidFrom is the day the register heard of it, and what it says may have ended before.
func (c *Contact) Begun() string { return "" }

func (c *Contact) EndOn(day, why string) { c.ValidTo, c.Ended = day, why }

// contactValue is the masked column; PhoneHash the purpose of its hash for numbers, by which a caller is found.
const (
	contactValue masked.Column = "estate_contact.value"
	PhoneHash    string        = "phone"
)

// Clear is the contact in clear: for the index and for what goes out with permission; a page asks by RevealContact.
func (c *Contact) Clear(ctx context.Context, keys *vault.Store) (string, error) {
	return masked.Open(ctx, keys, c, contactValue, c.Value)
}
