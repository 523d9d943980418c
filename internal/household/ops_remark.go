package household

import (
	"context"
	"strings"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
)

const maxRemark = 500 // characters somebody types; a roster's may be longer

// RemarkIn is what to remark of a household.
type RemarkIn struct {
	Household ID
	Replaces  RemarkID // the remark it corrects; 0 for one more
	// Text is empty where the one it replaces is taken away. A mask left in it stands for the number in the one it replaces.
	Text string `form:"text"`
}

// Remarks puts down what whoever serves a household should know, in place of what stood there or beside it (A2, D1).
var Remarks = op.Define("household.remark", op.Spec[RemarkIn, RemarkID]{
	Clauses: []string{"A2", "D1"},
	Posts:   mayChange,
	Check: func(in *RemarkIn, _ cn.Date, f *errs.Fields) {
		in.Text = strings.TrimSpace(in.Text)
		f.Check(in.Text != "" || in.Replaces != 0, "text", "error.required")
	},
	Subject: func(ctx context.Context, tx op.Tx, in RemarkIn) (op.Subject, error) {
		if in.Replaces == 0 {
			_, s, err := lock(ctx, tx, in.Household)
			return s, err
		}
		r, err := lockRemark(ctx, tx, in)
		return op.Subject{Kind: "remark", ID: int64(r.ID), Estate: r.Estate, Version: r.Version, Owner: r.Owner()}, err
	},
	Do: func(ctx context.Context, tx op.Tx, in RemarkIn) (RemarkID, error) {
		h, _, err := lock(ctx, tx, in.Household)
		if err == nil {
			err = h.inForce()
		}
		if err != nil {
			return 0, err
		}
		was := &Remark{}
		if in.Replaces != 0 {
			if was, err = lockRemark(ctx, tx, in); err != nil {
				return 0, err
			}
			if !was.InForce() {
				return 0, errs.E(errs.Blocked, "remark.error.gone")
			}
			if in.Text, err = unmasked(ctx, tx, in.Text, was); err != nil {
				return 0, err
			}
		}
		r, err := newRemark(ctx, tx, h, in.Text)
		if err != nil {
			return 0, err
		}
		var f errs.Fields
		if string(r.Said.Hash) != string(was.Said.Hash) { // what stands may be longer, from a roster
			f.Within("text", in.Text, maxRemark)
		}
		if err := f.Err(); err != nil {
			return 0, err
		}
		if was.ID != 0 {
			was.Until = tx.Today().String()
			if err := tx.Update(ctx, was); err != nil || in.Text == "" {
				return was.ID, err
			}
		}
		return r.ID, tx.Insert(ctx, r)
	},
})

// unmasked is what was typed over a remark, whose numbers the form shows masked, with those numbers in it.
func unmasked(ctx context.Context, tx op.Tx, typed string, was *Remark) (string, error) {
	said, err := masked.Open(ctx, tx, was, RemarkSaid, was.Said)
	if err != nil {
		return "", err
	}
	text, unknown := cn.UnmaskNumbers(typed, said)
	var f errs.Fields
	if unknown != "" {
		f.Add("text", "remark.error.mask", unknown)
	}
	return text, f.Err()
}

// lockRemark locks the remark an input replaces, which is one of its household.
func lockRemark(ctx context.Context, tx op.Tx, in RemarkIn) (*Remark, error) {
	r := &Remark{}
	r.ID = in.Replaces
	err := tx.Lock(ctx, r)
	if err == nil && r.Household != in.Household {
		err = errs.E(errs.NotFound, "error.not_found")
	}
	return r, err
}
