package estate

import (
	"github.com/uptrace/bun"

	"hudang/internal/platform/evidence"
	"hudang/internal/platform/vault"
)

// SamePersonID names a link between two parties.
type SamePersonID int64

// SamePerson says that two parties of different estates are one person or organisation. A party belongs to one estate, so
// nothing of either is joined; who may see both sees that they are one (design §4).
//
// An operation writes the rows of one estate, and its leaf goes to that estate's log. So a pair is one row, in the estate of
// the party that was registered first whichever page it was linked on, and of the other it holds the id alone: the log of an
// estate tells nobody who lives in another.
type SamePerson struct {
	bun.BaseModel `bun:"table:estate_same_person,alias:same"`
	evidence.Row[SamePersonID]
	Party   PartyID `bun:"party"` // registered first
	Other   PartyID `bun:"other"`
	Linked  string  `bun:"linked"` // local date
	Why     string  `bun:"why"`
	ValidTo string  `bun:"valid_to,nullzero"`
	Ended   string  `bun:"ended,nullzero"`
}

// Owner is the key of the party in whose estate the row lies.
func (s *SamePerson) Owner() vault.Owner { return partyKey(s.Party) }

// InForce reports whether the two are still taken for one.
func (s *SamePerson) InForce() bool { return s.ValidTo == "" }

// SameAs is who a party also is.
type SameAs struct {
	*SamePerson
	Whom       *Party // in the other estate
	EstateName string
}
