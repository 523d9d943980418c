package estate

import (
	"github.com/uptrace/bun"

	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/vault"
)

// PartyID names a party.
type PartyID int64

// PartyKind tells people from organisations.
type PartyKind string

// The kinds of party.
const (
	Person       PartyKind = "person"
	Organisation PartyKind = "org"
)

// PartyKinds lists the kinds in the order they are offered.
var PartyKinds = []PartyKind{Person, Organisation}

// Party is a person or an organisation known to one estate: owner, tenant, resident, contact, contractor. Names are clear
// (design §5); every other fact that tells of a person is masked.
type Party struct {
	bun.BaseModel `bun:"table:estate_party,alias:party"`
	evidence.Row[PartyID]
	Kind       PartyKind    `bun:"kind"`
	Name       string       `bun:"name"`
	Sorting    string       `bun:"sorting"`             // its place in a Chinese list
	Sex        string       `bun:"sex,nullzero"`        // male, female, of a person
	ShortName  string       `bun:"short_name,nullzero"` // 简称, of an organisation
	SignName   string       `bun:"sign_name,nullzero"`  // 店招: what stands over the door
	Legal      string       `bun:"legal,nullzero"`      // 法定代表人 or the one in charge
	Employer   string       `bun:"employer,nullzero"`   // 工作单位
	Origin     string       `bun:"origin,nullzero"`     // 籍贯、户籍, or where an organisation is registered
	Birth      masked.Value `bun:"embed:birth_"`        // local date with its precision
	Note       masked.Value `bun:"embed:note_"`         // 下次注意, preferences (D1)
	MergedInto PartyID      `bun:"merged_into,nullzero"`
}

// Owner is the party's own key: it dies with the party's last household file.
func (p *Party) Owner() vault.Owner { return partyKey(p.ID) }

func partyKey(id PartyID) vault.Owner { return vault.Owner{Class: vault.Party, ID: int64(id)} }

// The party's masked columns.
const (
	partyBirth masked.Column = "estate_party.birth"
	partyNote  masked.Column = "estate_party.note"
)

// FormerNameID names a former name.
type FormerNameID int64

// FormerName is what a party was called until a day; it stays searchable.
type FormerName struct {
	bun.BaseModel `bun:"table:estate_former_name,alias:former_name"`
	evidence.Row[FormerNameID]
	Party   PartyID `bun:"party"`
	Name    string  `bun:"name"`
	ValidTo string  `bun:"valid_to"` // local date of the change
	Why     string  `bun:"why,nullzero"`
}

// Owner is the party's key.
func (n *FormerName) Owner() vault.Owner { return partyKey(n.Party) }
