package household

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// RemarkID names a remark.
type RemarkID int64

// Remark is what whoever serves a household should know at once (备注): 耳背，打电话大声点. Its words may tell of a person, so
// they lie sealed, and are opened wherever the household is served.
type Remark struct {
	bun.BaseModel `bun:"table:household_remark,alias:remark"`
	evidence.Row[RemarkID]
	Household ID             `bun:"household"`
	Party     estate.PartyID `bun:"party,nullzero"` // by whom the household was called then
	Said      masked.Value   `bun:"embed:said_"`
	On        string         `bun:"said_on"`
	By        int64          `bun:"said_by"`
	Until     string         `bun:"until,nullzero"`
}

// RemarkSaid is the sealed column.
const RemarkSaid masked.Column = "household_remark.said"

// RemarkHash is the purpose of its hash: a file that is brought in twice adds its remarks once.
const RemarkHash = "remark"

// Owner is the key of the party it may tell of.
func (r *Remark) Owner() vault.Owner {
	if r.Party == 0 {
		return r.Row.Owner()
	}
	return vault.Owner{Class: vault.Party, ID: int64(r.Party)}
}

// InForce reports whether the remark stands today.
func (r *Remark) InForce() bool { return r.Until == "" }

// Said is a remark with its words.
type Said struct {
	Remark
	Text string
}

// Shown is what a remark says as anybody may see it: the numbers in it, by which somebody can be called or is known, are masked.
func (s Said) Shown() string { return cn.MaskNumbers(s.Text) }

// newRemark makes a remark of a household, not yet inserted.
func newRemark(ctx context.Context, tx op.Tx, h *Household, text string) (*Remark, error) {
	r := &Remark{Household: h.ID, Party: h.Head, On: tx.Today().String(), By: tx.Actor().Account}
	r.ID, r.Estate = RemarkID(tx.NewID()), h.Estate
	var err error
	r.Said, err = masked.Seal(ctx, tx, r, RemarkSaid, masked.Fact{Clear: text, Mask: "\u00b7\u00b7\u00b7\u00b7", Purpose: RemarkHash, Normal: RemarkNormal(text)})
	return r, err
}

// RemarkNormal is the form in which equal remarks are equal.
func RemarkNormal(text string) string { return strings.Join(strings.Fields(text), " ") }

// Remark adds a remark to a household; nothing for no words.
func (f *Filing) Remark(ctx context.Context, tx op.Tx, h *Household, text string) error {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	r, err := newRemark(ctx, tx, h, text)
	f.remarks = append(f.remarks, r)
	return err
}
