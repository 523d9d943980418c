package approval

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// ProposeIn asks for an operation; a Kind's Proposal makes it.
type ProposeIn struct {
	Name  string
	Input json.RawMessage
	Why   string
}

// DecideIn is a decision about the step of a request that waits.
type DecideIn struct {
	ID  ID
	Why string `form:"why"` // asked of whoever refuses
}

// WithdrawIn takes a request back.
type WithdrawIn struct{ ID ID }

// settleIn is how the operation of an approved request ended.
type settleIn struct {
	ID      ID
	Ran     int64
	Failure *Failure
}

const noClause = "what is approved names its own clauses"

// Anybody employed may propose what his posts let him do: the real operation asks again. Who decides stands in the steps.
var mayPropose, mayDecide = access.Posts, access.Posts

func (r *Registry) define() {
	r.propose = op.Define("approval.propose", op.Spec[ProposeIn, ID]{NoClause: noClause, Posts: mayPropose, Silent: true,
		Check: r.check, Subject: r.newSubject, Do: r.insert})
	r.approve = op.Define("approval.approve", op.Spec[DecideIn, State]{NoClause: noClause, Posts: mayDecide, Check: trimmed,
		Subject: subjectOf, Allow: r.allow, Do: agree})
	r.refuse = op.Define("approval.refuse", op.Spec[DecideIn, State]{NoClause: noClause, Posts: mayDecide, Check: explained,
		Subject: subjectOf, Allow: r.allow, Do: decline})
	r.withdraw = op.Define("approval.withdraw", op.Spec[WithdrawIn, ID]{NoClause: noClause, Posts: mayPropose,
		Subject: func(ctx context.Context, tx op.Tx, in WithdrawIn) (op.Subject, error) { return subject(ctx, tx, in.ID) },
		Do:      takeBack})
	r.settle = op.Define("approval.settle", op.Spec[settleIn, ID]{NoClause: noClause, Posts: []access.Post{access.Program}, Silent: true,
		Subject: func(ctx context.Context, tx op.Tx, in settleIn) (op.Subject, error) { return subject(ctx, tx, in.ID) },
		Do:      settle})
}

func (r *Registry) check(in *ProposeIn, _ cn.Date, f *errs.Fields) {
	in.Why = strings.TrimSpace(in.Why)
	f.Check(r.kinds[in.Name] != nil, "name", "error.required")
	f.Check(in.Why != "", "why", "approval.error.why")
	f.Within("why", in.Why, 200)
}

func (r *Registry) newSubject(_ context.Context, _ op.Tx, in ProposeIn) (op.Subject, error) {
	e, owner, err := r.kinds[in.Name].about(in.Input)
	return op.Subject{Kind: "approval", Estate: e, Owner: owner}, err
}

func (r *Registry) insert(ctx context.Context, tx op.Tx, in ProposeIn) (ID, error) {
	kind := r.kinds[in.Name]
	e, owner, err := kind.about(in.Input)
	if err != nil {
		return 0, err
	}
	steps, err := kind.steps(ctx, tx, in.Input)
	if err != nil {
		return 0, err
	}
	if len(steps) == 0 {
		return 0, fmt.Errorf("approval: %s needs no approval", in.Name)
	}
	days, err := Days.At(ctx, tx, e, tx.Today().String())
	if err != nil {
		return 0, err
	}
	req := &Request{Name: in.Name, OwnerClass: owner.Class, OwnerID: owner.ID, Why: in.Why, State: Waiting, By: tx.Actor().Account,
		At: tx.Now().UnixMicro(), Until: tx.Now().Add(time.Duration(days) * 24 * time.Hour).UnixMicro()}
	req.ID, req.Estate = ID(tx.NewID()), e
	if req.Input, err = tx.Seal(ctx, owner, bindInput(req.ID), in.Input); err != nil {
		return 0, err
	}
	if err := tx.Insert(ctx, req); err != nil {
		return 0, err
	}
	for i, s := range steps {
		row := &StepRow{Request: req.ID, No: int64(i + 1), Posts: joined(s.Posts)}
		row.ID, row.Estate = stepID(tx.NewID()), e
		if err := tx.Insert(ctx, row); err != nil {
			return 0, err
		}
	}
	return req.ID, nil
}

func joined(posts []access.Post) string {
	names := make([]string, len(posts))
	for i, p := range posts {
		names[i] = string(p)
	}
	return strings.Join(names, " ")
}

func bindInput(id ID) []byte   { return fmt.Appendf(nil, "approval_request.input:%d", id) }
func bindOutcome(id ID) []byte { return fmt.Appendf(nil, "approval_request.outcome:%d", id) }

func trimmed(in *DecideIn, _ cn.Date, f *errs.Fields) {
	in.Why = strings.TrimSpace(in.Why)
	f.Within("why", in.Why, 200)
}

func explained(in *DecideIn, today cn.Date, f *errs.Fields) {
	trimmed(in, today, f)
	f.Check(in.Why != "", "why", "approval.error.why")
}

func subjectOf(ctx context.Context, tx op.Tx, in DecideIn) (op.Subject, error) {
	return subject(ctx, tx, in.ID)
}

func subject(ctx context.Context, tx op.Tx, id ID) (op.Subject, error) {
	req, err := lock(ctx, tx, id)
	return op.Subject{Kind: "approval", ID: int64(id), Estate: req.Estate, Version: req.Version, Owner: req.Owner()}, err
}

func lock(ctx context.Context, tx op.Tx, id ID) (*Request, error) {
	req := &Request{}
	req.ID = id
	return req, tx.Lock(ctx, req)
}

// allow refuses whoever may not decide the step that waits.
func (r *Registry) allow(ctx context.Context, tx op.Tx, in DecideIn, _ op.Subject) error {
	full, err := find(ctx, tx, in.ID)
	if err != nil {
		return err
	}
	clause := ""
	if kind := r.kinds[full.Name]; kind != nil {
		clause = kind.clause()
	}
	who, step := tx.Actor(), full.Current()
	switch {
	case full.By == who.Account:
		return errs.Rule(clause, "approval.error.own")
	case full.Expired(tx.Now()):
		return errs.Rule(clause, "approval.error.expired")
	case step == nil:
		return errs.E(errs.Blocked, "approval.error.decided")
	case full.decidedBy(who.Account):
		return errs.Rule(clause, "approval.error.twice")
	}
	if _, ok := who.Holding(full.Estate, step.Deciders()); !ok {
		return errs.E(errs.Forbidden, "approval.error.post")
	}
	return nil
}

// agree decides the step that waits; the last one approves the request.
func agree(ctx context.Context, tx op.Tx, in DecideIn) (State, error) {
	full, err := decide(ctx, tx, in, true)
	if err != nil || full.Current() != nil {
		return Waiting, err
	}
	return end(ctx, tx, in.ID, Approved)
}

func decline(ctx context.Context, tx op.Tx, in DecideIn) (State, error) {
	if _, err := decide(ctx, tx, in, false); err != nil {
		return "", err
	}
	return end(ctx, tx, in.ID, Refused)
}

// decide writes the decision and gives the request as it then stands.
func decide(ctx context.Context, tx op.Tx, in DecideIn, agreed bool) (RequestWithSteps, error) {
	full, err := find(ctx, tx, in.ID)
	if err != nil {
		return full, err
	}
	step := full.Current()
	if err := tx.Lock(ctx, step); err != nil {
		return full, err
	}
	step.By, step.At, step.Agreed, step.Why = tx.Actor().Account, tx.Now().UnixMicro(), agreed, in.Why
	return full, tx.Update(ctx, step)
}

func end(ctx context.Context, tx op.Tx, id ID, s State) (State, error) {
	req, err := lock(ctx, tx, id)
	if err != nil {
		return "", err
	}
	req.State = s
	return s, tx.Update(ctx, req)
}

func takeBack(ctx context.Context, tx op.Tx, in WithdrawIn) (ID, error) {
	req, err := lock(ctx, tx, in.ID)
	switch {
	case err != nil:
		return 0, err
	case req.By != tx.Actor().Account:
		return 0, errs.E(errs.Forbidden, "error.forbidden")
	case req.State != Waiting:
		return 0, errs.E(errs.Blocked, "approval.error.decided")
	}
	_, err = end(ctx, tx, in.ID, Withdrawn)
	return in.ID, err
}

// settle writes how the operation ended; said twice it counts once.
func settle(ctx context.Context, tx op.Tx, in settleIn) (ID, error) {
	req, err := lock(ctx, tx, in.ID)
	if err != nil || req.State != Approved {
		return in.ID, err
	}
	req.State, req.Ran = Done, in.Ran
	if in.Failure != nil {
		req.State = Failed
		said, err := json.Marshal(in.Failure)
		if err != nil {
			return 0, err
		}
		if req.Outcome, err = tx.Seal(ctx, req.Owner(), bindOutcome(req.ID), said); err != nil {
			return 0, err
		}
	}
	return in.ID, tx.Update(ctx, req)
}
