package account

import (
	"context"
	"crypto/rand"
	"math/big"
	"time"

	"github.com/uptrace/bun"

	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

type cardID int64

// Card is a work card: its number stands on it as a bar code.
type Card struct {
	bun.BaseModel `bun:"table:account_card,alias:card"`
	evidence.Row[cardID]
	Account ID     `bun:"account"`
	Number  string `bun:"number"`
	Ended   int64  `bun:"ended,nullzero"` // µs UTC
}

// cardDigits follow the 0 every card number begins with. No label's code does (label.Assign), so that the listener of
// the pages knows a card from a label wherever it is scanned.
const cardDigits = 9

// newCardNumber is by chance, so that nobody's number tells another's.
func newCardNumber() string {
	number := "0"
	for range cardDigits {
		n, _ := rand.Int(rand.Reader, big.NewInt(10))
		number += n.String()
	}
	return number
}

// CardOf is an account's card in force; the zero Card when it has none.
func CardOf(ctx context.Context, q db.Querier, id ID) (Card, error) {
	var found []Card
	err := q.Select(&found).Where("account = ?", id).Where("ended IS NULL").Scan(ctx)
	if err != nil || len(found) == 0 {
		return Card{}, err
	}
	return found[0], nil
}

// cardsOf are all cards an account ever had.
func cardsOf(ctx context.Context, q db.Querier, id ID) (all []Card, err error) {
	err = q.Select(&all).Where("account = ?", id).Order("id").Scan(ctx)
	return all, err
}

// Spaced writes the number as people read it.
func (c Card) Spaced() string {
	if len(c.Number) != cardDigits+1 {
		return c.Number
	}
	return c.Number[:4] + " " + c.Number[4:7] + " " + c.Number[7:]
}

// How a card's PIN may be used.
const (
	pinDigits = 6
	// freshPassword is how old the password may be that a PIN stands for: with each working day it is asked once, so that
	// it is not forgotten and a PIN that was looked over somebody's shoulder opens nothing tomorrow.
	freshPassword = absolute
)

func (h holder) stale(now time.Time) bool { return now.Sub(time.UnixMicro(h.proved)) > freshPassword }
