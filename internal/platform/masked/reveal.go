package masked

import (
	"context"
	"embed"
	"errors"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// Locales are the words of asking for a fact in clear.
//
//go:embed locales/*.json
var Locales embed.FS

// RevealReason is the reason a person picks to see a fact in clear.
type RevealReason string

// The reasons offered (ui.md §5, Masked). WhyOther asks for words.
const (
	WhyCall    RevealReason = "call"    // checking who calls
	WhyService RevealReason = "service" // doing what he came for
	WhyDues    RevealReason = "dues"    // asking for arrears
	WhyViewing RevealReason = "viewing" // within a permitted viewing
	WhyOther   RevealReason = "other"
)

// Whys lists the reasons in the order they are offered.
var Whys = []RevealReason{WhyCall, WhyService, WhyDues, WhyViewing, WhyOther}

// RevealIn asks to see a fact in clear.
type RevealIn struct {
	ID    int64
	Why   RevealReason `form:"why"`
	Words string       `form:"words"`
}

// Field is one masked column that people may ask to see at /reveal/<name>/<id of the row>. A room defines one for each, with its operation.
type Field struct {
	Name   string // of the operation, <room>.reveal_<noun>; part of its address too
	Posts  []access.Post
	Column Column
	// Load locks the row and gives the fact in it.
	Load func(ctx context.Context, tx op.Tx, id int64) (evidence.Record, Value, error)
	// Bind says what the fact is bound to, where that is not its row and column: what was sealed before people could ask for it.
	Bind func(row evidence.Record) []byte

	op *op.Op[RevealIn, Revealed]
}

// Revealed is a fact in clear, and as it is shown again afterwards.
type Revealed struct{ Clear, Mask string }

// Define makes a field and its operation.
func Define(f Field) *Field {
	f.op = op.Define(f.Name, op.Spec[RevealIn, Revealed]{
		Clauses: []string{"D5"},
		Posts:   f.Posts,
		Check: func(in *RevealIn, _ cn.Date, e *errs.Fields) {
			in.Words = strings.TrimSpace(in.Words)
			e.Check(slices.Contains(Whys, in.Why), "why", "error.required")
			e.Check(in.Why != WhyOther || in.Words != "", "words", "error.required")
			e.Within("words", in.Words, 200)
		},
		Subject: func(ctx context.Context, tx op.Tx, in RevealIn) (op.Subject, error) {
			row, _, err := f.Load(ctx, tx, in.ID)
			if err != nil {
				return op.Subject{}, err
			}
			return op.Subject{Kind: "row", ID: row.Key(), Estate: row.EstateKey(), Owner: row.Owner()}, nil
		},
		Do: func(ctx context.Context, tx op.Tx, in RevealIn) (Revealed, error) {
			row, v, err := f.Load(ctx, tx, in.ID)
			if err != nil || v.None() {
				return Revealed{}, err
			}
			to := bind(row, f.Column)
			if f.Bind != nil {
				to = f.Bind(row)
			}
			clear, err := tx.Open(ctx, row.Owner(), to, v.Sealed)
			if errors.Is(err, vault.ErrNoKey) {
				return Revealed{}, errs.E(errs.Blocked, "masked.error.gone")
			}
			return Revealed{string(clear), v.Mask}, err
		},
	})
	return &f
}

// Op is the field's operation, for the room's list.
func (f *Field) Op() op.Any { return f.op }

// Path is where somebody asks to see the fact of a row; empty for those who may not in its estate.
func (f *Field) Path(who access.Actor, estate access.EstateID, id int64) string {
	if _, ok := who.Holding(estate, f.Posts); !ok {
		return ""
	}
	return "/reveal/" + f.Name + "/" + strconv.FormatInt(id, 10)
}

// Reveal gives a fact in clear; the leaf says who asked and why. What was destroyed is Blocked.
func (f *Field) Reveal(ctx context.Context, d *op.Door, in RevealIn) (Revealed, error) {
	res, err := op.Run(ctx, d, f.op, in)
	return res.Out, err
}
