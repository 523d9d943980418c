package approval

import (
	"context"
	"encoding/json"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// Step is one decision: by a holder of one of the posts.
type Step struct{ Posts []access.Post }

// Fact is what an approver reads of a request.
type Fact struct{ Label, Text string }

// Def says how an operation is approved. Its input has to survive JSON.
type Def[In, Out any] struct {
	Op     *op.Op[In, Out]
	Clause string // the rule that asks for approval
	// Estate is the one the operation is about; its deciders hold their posts there.
	Estate func(in In) access.EstateID
	// Owner is whose key the input is sealed under; nil or the zero Owner: the estate's own.
	Owner func(in In) vault.Owner
	// Steps are the decisions an input needs, in order; at least one.
	Steps func(ctx context.Context, q db.Querier, in In) ([]Step, error)
	// Tell says in the person's language what is asked for.
	Tell func(ctx context.Context, q db.Querier, in In) ([]Fact, error)
	// Result is the address of what the person gets once it is done; nil for nothing.
	Result func(id ID, in In) string
}

// Kind is an operation that can be approved. It is made once, as a package variable.
type Kind[In, Out any] struct{ def Def[In, Out] }

// Define makes a kind.
func Define[In, Out any](def Def[In, Out]) *Kind[In, Out] { return &Kind[In, Out]{def} }

// Any is a kind without its types, for the Registry. Only Define makes one.
type Any interface {
	// Name is the operation's.
	Name() string
	clause() string
	about(input []byte) (access.EstateID, vault.Owner, error)
	steps(ctx context.Context, q db.Querier, input []byte) ([]Step, error)
	tell(ctx context.Context, q db.Querier, input []byte) ([]Fact, error)
	run(ctx context.Context, d *op.Door, input []byte, opts ...op.Option) (int64, error)
	result(id ID, input []byte) string
}

type givenKey struct{}

// Given reports whether the operation that is running was approved. Only this package says so, and only while it runs the
// operation of a request, or tries it without leaving anything.
func Given(ctx context.Context) bool {
	given, _ := ctx.Value(givenKey{}).(bool)
	return given
}

// Name is the operation's.
func (k *Kind[In, Out]) Name() string { return k.def.Op.Name() }

// Proposal is the input of Registry.Propose for an input of the operation.
func (k *Kind[In, Out]) Proposal(in In, why string) (ProposeIn, error) {
	input, err := json.Marshal(in)
	return ProposeIn{Name: k.Name(), Input: input, Why: why}, err
}

// Try says what the operation would refuse today if it were approved; it leaves nothing.
func (k *Kind[In, Out]) Try(ctx context.Context, d *op.Door, in In) error {
	_, err := op.Run(context.WithValue(ctx, givenKey{}, true), d, k.def.Op, in, op.Dry())
	return err
}

func (k *Kind[In, Out]) clause() string { return k.def.Clause }

func (k *Kind[In, Out]) about(input []byte) (access.EstateID, vault.Owner, error) {
	in, err := read[In](input)
	if err != nil {
		return 0, vault.Owner{}, err
	}
	e := k.def.Estate(in)
	owner := vault.Owner{Class: vault.System, ID: int64(e)}
	if k.def.Owner != nil {
		if own := k.def.Owner(in); own != (vault.Owner{}) {
			owner = own
		}
	}
	return e, owner, nil
}

func (k *Kind[In, Out]) steps(ctx context.Context, q db.Querier, input []byte) ([]Step, error) {
	in, err := read[In](input)
	if err != nil {
		return nil, err
	}
	return k.def.Steps(ctx, q, in)
}

func (k *Kind[In, Out]) tell(ctx context.Context, q db.Querier, input []byte) ([]Fact, error) {
	in, err := read[In](input)
	if err != nil {
		return nil, err
	}
	return k.def.Tell(ctx, q, in)
}

func (k *Kind[In, Out]) run(ctx context.Context, d *op.Door, input []byte, opts ...op.Option) (int64, error) {
	in, err := read[In](input)
	if err != nil {
		return 0, err
	}
	done, err := op.Run(context.WithValue(ctx, givenKey{}, true), d, k.def.Op, in, opts...)
	return done.Op, err
}

func (k *Kind[In, Out]) result(id ID, input []byte) string {
	in, err := read[In](input)
	if err != nil || k.def.Result == nil {
		return ""
	}
	return k.def.Result(id, in)
}

func read[In any](input []byte) (in In, err error) {
	err = json.Unmarshal(input, &in)
	return in, err
}

// Approved is the input of a request that was done, for the operation by which the person who made it takes what it brought.
// For anybody else it does not exist; after some time it is over.
func (k *Kind[In, Out]) Approved(ctx context.Context, tx op.Tx, id ID, within time.Duration) (in In, err error) {
	full, err := find(ctx, tx, id)
	if err != nil {
		return in, err
	}
	if full.Name != k.Name() || full.By != tx.Actor().Account || full.State != Done {
		return in, errs.E(errs.NotFound, "error.not_found")
	}
	if last := full.Steps[len(full.Steps)-1]; tx.Now().Sub(time.UnixMicro(last.At)) > within {
		return in, errs.Rule(k.clause(), "approval.error.over")
	}
	input, err := tx.Open(ctx, full.Owner(), bindInput(id), full.Input)
	if err != nil {
		return in, err
	}
	return read[In](input)
}
