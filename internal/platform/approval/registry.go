package approval

import (
	"context"
	"fmt"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// ActorOf is as whom an account acts today; nobody once it is disabled.
type ActorOf func(ctx context.Context, q db.Querier, account int64) (access.Actor, error)

// Registry is every kind of the program, with the operations on their requests.
type Registry struct {
	kinds map[string]Any
	actor ActorOf

	propose         *op.Op[ProposeIn, ID]
	approve, refuse *op.Op[DecideIn, State]
	withdraw        *op.Op[WithdrawIn, ID]
	settle          *op.Op[settleIn, ID]
}

// NewRegistry gathers the kinds; two for one operation are refused.
func NewRegistry(actor ActorOf, kinds ...Any) (*Registry, error) {
	r := &Registry{kinds: map[string]Any{}, actor: actor}
	for _, k := range kinds {
		if _, twice := r.kinds[k.Name()]; twice {
			return nil, fmt.Errorf("approval: %s is defined twice", k.Name())
		}
		r.kinds[k.Name()] = k
	}
	r.define()
	return r, nil
}

// Ops are the operations on requests.
func (r *Registry) Ops() []op.Any {
	return []op.Any{r.propose, r.approve, r.refuse, r.withdraw, r.settle}
}

// Propose is the operation that makes a request.
func (r *Registry) Propose() *op.Op[ProposeIn, ID] { return r.propose }

// Agree is the operation that agrees to the step that waits; when it gives Approved, Carry follows.
func (r *Registry) Agree() *op.Op[DecideIn, State] { return r.approve }

// Refuse is the operation that refuses a request at the step that waits.
func (r *Registry) Refuse() *op.Op[DecideIn, State] { return r.refuse }

// Withdraw is the operation by which somebody takes his own request back.
func (r *Registry) Withdraw() *op.Op[WithdrawIn, ID] { return r.withdraw }
