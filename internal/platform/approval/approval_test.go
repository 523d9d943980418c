package approval_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/approval"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
	"hudang/internal/platform/setting"
	"hudang/internal/platform/vault"
)

// spendIn is money to be spent: above ten only when it was approved, and never more than there is.
type spendIn struct {
	Estate access.EstateID
	Note   toy.NoteID
	Sum    int64
}

var spend = op.Define("toy.spend", op.Spec[spendIn, toy.NoteID]{
	Clauses: []string{"B3"},
	Posts:   toy.Clerks,
	Check:   func(in *spendIn, _ cn.Date, f *errs.Fields) { f.Check(in.Sum > 0, "sum", "error.required") },
	Subject: func(ctx context.Context, tx op.Tx, in spendIn) (op.Subject, error) {
		n := &toy.Note{}
		n.ID = in.Note
		err := tx.Lock(ctx, n)
		return op.Subject{Kind: "note", ID: int64(n.ID), Estate: n.Estate, Version: n.Version}, err
	},
	Do: func(ctx context.Context, tx op.Tx, in spendIn) (toy.NoteID, error) {
		if in.Sum > 10 && !approval.Given(ctx) {
			return 0, errs.Rule("B3", "toy.error.approval")
		}
		n := &toy.Note{}
		n.ID = in.Note
		if err := tx.Lock(ctx, n); err != nil {
			return 0, err
		}
		if n.Done {
			return 0, errs.Rule("B3", "toy.error.spent", 10)
		}
		n.Done = true
		return n.ID, tx.Update(ctx, n)
	},
})

var kind = approval.Define(approval.Def[spendIn, toy.NoteID]{
	Op:     spend,
	Clause: "B3",
	Estate: func(in spendIn) access.EstateID { return in.Estate },
	Steps: func(_ context.Context, _ db.Querier, in spendIn) ([]approval.Step, error) {
		steps := []approval.Step{{Posts: []access.Post{access.Manager}}}
		if in.Sum > 100 {
			steps = append(steps, approval.Step{Posts: []access.Post{access.Manager, access.Finance}})
		}
		return steps, nil
	},
	Tell: func(_ context.Context, _ db.Querier, in spendIn) ([]approval.Fact, error) {
		return []approval.Fact{{Label: "sum", Text: "¥"}}, nil
	},
})

const estate access.EstateID = 7

// people are the accounts of the test by number; who is missing holds nothing any more.
var people = map[int64]access.Post{1: access.Assistant, 2: access.Manager, 3: access.Manager, 4: access.Finance, 5: access.Assistant}

type office struct {
	t    *testing.T
	d    *op.Door
	r    *approval.Registry
	gone map[int64]bool
	note toy.NoteID
}

func each(t *testing.T, test func(o *office)) {
	t.Helper()
	o := &office{}
	actor := func(_ context.Context, _ db.Querier, account int64) (access.Actor, error) {
		if o.gone[account] {
			return access.Actor{}, nil
		}
		return access.Actor{Account: account, Grants: []access.Grant{{Post: people[account], Estate: estate}}}, nil
	}
	r, err := approval.NewRegistry(actor, kind)
	if err != nil {
		t.Fatal(err)
	}
	world := moduletest.World(module.Module{Files: setting.Files, Tables: setting.Tables}, approval.Module)
	world.Migrations, world.Tables = append(world.Migrations, toy.Migrations), append(world.Tables, toy.Tables)
	world.Ops = append(append(append(world.Ops, toy.Ops...), spend), r.Ops()...)
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		*o = office{t: t, d: d, r: r, gone: map[int64]bool{}}
		made, err := op.Run(o.as(2), d, toy.AddNote, toy.AddNoteIn{Estate: estate, Text: "budget"})
		if err != nil {
			t.Fatal(err)
		}
		o.note = made.Out
		test(o)
	})
}

func (o *office) as(account int64) context.Context {
	return optest.As(o.t.Context(), account, estate, people[account])
}

// propose asks for a sum in the name of the assistant.
func (o *office) propose(sum int64) approval.ID {
	o.t.Helper()
	in, err := kind.Proposal(spendIn{Estate: estate, Note: o.note, Sum: sum}, "装修押金退还")
	if err != nil {
		o.t.Fatal(err)
	}
	done, err := op.Run(o.as(1), o.d, o.r.Propose(), in)
	if err != nil {
		o.t.Fatal(err)
	}
	return done.Out
}

func (o *office) approve(account int64, id approval.ID) error {
	return o.r.Approve(o.as(account), o.d, approval.DecideIn{ID: id})
}

func (o *office) find(id approval.ID) approval.RequestWithSteps {
	o.t.Helper()
	f, err := approval.Find(o.t.Context(), o.d.DB.Read(), access.From(o.as(1)), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return f
}

func (o *office) spent() bool {
	o.t.Helper()
	n := &toy.Note{}
	if err := o.d.DB.Read().Select(n).Where("id = ?", o.note).Scan(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	return n.Done
}

func TestApprove_TheLastStepRunsTheOperationAsWhoProposed(t *testing.T) {
	each(t, func(o *office) {
		if _, err := op.Run(o.as(1), o.d, spend, spendIn{estate, o.note, 500}); !errs.Is(err, errs.Blocked) {
			t.Fatalf("without approval: %v", err)
		}
		id := o.propose(500)
		if err := o.approve(2, id); err != nil || o.spent() {
			t.Fatalf("the first of two steps: %v, spent %v", err, o.spent())
		}
		before := optest.Leaves(t, o.d, estate)
		if err := o.approve(4, id); err != nil {
			t.Fatal(err)
		}
		full := o.find(id)
		if !o.spent() || full.State != approval.Done || full.Ran == 0 {
			t.Errorf("approved: %+v", full.Request)
		}
		if n := optest.Leaves(t, o.d, estate) - before; n != 3 { // the approval, the operation, its outcome
			t.Errorf("%d leaves, want 3", n)
		}
		changes, err := o.d.Log.History(t.Context(), o.d.DB.Read(), "toy_note", int64(o.note), vault.Owner{Class: vault.System, ID: int64(estate)})
		if err != nil || changes[0].Leaf.Actor != 1 || changes[0].Reason != "装修押金退还" {
			t.Errorf("the operation's leaf names %+v, %v", changes[0], err)
		}
		if err := o.r.Carry(t.Context(), o.d, id); err != nil {
			t.Errorf("once more: %v", err)
		}
	})
}

func TestApprove_NobodyDecidesWhatHeProposedOrTwice(t *testing.T) {
	each(t, func(o *office) {
		id := o.propose(500)
		both := access.With(t.Context(), access.Actor{Account: 1, Grants: []access.Grant{{Post: access.Assistant, Estate: estate}, {Post: access.Manager, Estate: estate}}})
		before := optest.Leaves(t, o.d, estate)
		err := o.r.Approve(both, o.d, approval.DecideIn{ID: id})
		if !errs.Is(err, errs.Blocked) || errs.As(err).Key != "approval.error.own" || errs.As(err).Clause != "B3" {
			t.Errorf("his own: %v", err)
		}
		if n := optest.Leaves(t, o.d, estate) - before; n != 1 {
			t.Errorf("%d leaves of the refusal", n)
		}
		if err := o.approve(5, id); !errs.Is(err, errs.Forbidden) {
			t.Errorf("by another post: %v", err)
		}
		if err := o.approve(2, id); err != nil {
			t.Fatal(err)
		}
		if err := o.approve(2, id); errs.As(err) == nil || errs.As(err).Key != "approval.error.twice" {
			t.Errorf("both steps by one: %v", err)
		}
		elsewhere := optest.As(t.Context(), 9, 8, access.Manager)
		if err := o.r.Approve(elsewhere, o.d, approval.DecideIn{ID: id}); !errs.Is(err, errs.NotFound) {
			t.Errorf("another estate's manager: %v", err)
		}
		if o.spent() {
			t.Error("it ran")
		}
	})
}

func TestApprove_TheWorldChangedMeanwhile(t *testing.T) {
	each(t, func(o *office) {
		id, other := o.propose(50), o.propose(60)
		if err := o.approve(2, other); err != nil {
			t.Fatal(err)
		}
		full := o.find(id)
		if told, err := o.r.Tell(o.as(2), o.d, full); err != nil || told.Now == nil || told.Now.Clause != "B3" || told.Now.Says[0].Key != "toy.error.spent" {
			t.Errorf("what would come of it: %+v, %v", told, err)
		}
		if err := o.approve(2, id); err != nil {
			t.Fatalf("the approval itself is no failure: %v", err)
		}
		full = o.find(id)
		told, err := o.r.Tell(o.as(2), o.d, full)
		if full.State != approval.Failed || err != nil || told.Outcome == nil || told.Outcome.Says[0].Args[0].Text != "10" {
			t.Errorf("%s, %+v, %v", full.State, told, err)
		}
	})
}

func TestApprove_TheProposerLostHisPost(t *testing.T) {
	each(t, func(o *office) {
		id := o.propose(50)
		o.gone[1] = true
		if err := o.approve(2, id); err != nil {
			t.Fatal(err)
		}
		if full := o.find(id); full.State != approval.Failed || o.spent() {
			t.Errorf("%s, spent %v", full.State, o.spent())
		}
	})
}

func TestRefuse_WithdrawAndExpire(t *testing.T) {
	each(t, func(o *office) {
		id := o.propose(50)
		if _, err := op.Run(o.as(2), o.d, o.r.Refuse(), approval.DecideIn{ID: id}); !errs.Is(err, errs.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		if _, err := op.Run(o.as(2), o.d, o.r.Refuse(), approval.DecideIn{ID: id, Why: "发票不全"}); err != nil || o.find(id).State != approval.Refused {
			t.Errorf("refused: %v", err)
		}
		if err := o.approve(3, id); !errs.Is(err, errs.Blocked) {
			t.Errorf("approving what was refused: %v", err)
		}
		id = o.propose(50)
		if _, err := op.Run(o.as(5), o.d, o.r.Withdraw(), approval.WithdrawIn{ID: id}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("withdrawn by somebody else: %v", err)
		}
		if _, err := op.Run(o.as(1), o.d, o.r.Withdraw(), approval.WithdrawIn{ID: id}); err != nil || o.find(id).State != approval.Withdrawn {
			t.Errorf("withdrawn: %v", err)
		}
		id = o.propose(50)
		o.d.Clock.(*clock.Manual).Move(8 * 24 * time.Hour)
		if err := o.approve(2, id); errs.As(err) == nil || errs.As(err).Key != "approval.error.expired" {
			t.Errorf("after a week: %v", err)
		}
	})
}

// Stopped between the approval and the operation: the request stays approved, and runs when somebody says so, once.
func TestCarry_AfterAStop(t *testing.T) {
	each(t, func(o *office) {
		id := o.propose(50)
		stop := errors.New("the power went")
		o.d.OnStep(func(step op.Step, name string) error {
			if name == "toy.spend" && step == op.Worked {
				return stop
			}
			return nil
		})
		if err := o.approve(2, id); !errors.Is(err, stop) {
			t.Fatalf("%v", err)
		}
		o.d.OnStep(nil)
		if full := o.find(id); full.State != approval.Approved || o.spent() {
			t.Fatalf("%s, spent %v", full.State, o.spent())
		}
		if err := o.r.Carry(t.Context(), o.d, id); err != nil || o.find(id).State != approval.Done || !o.spent() {
			t.Errorf("afterwards: %v, %s", err, o.find(id).State)
		}
	})
}

func TestDuty_OfWhoDecidesAndOfNobodyElse(t *testing.T) {
	each(t, func(o *office) {
		o.propose(50)
		for account, want := range map[int64]int{1: 0, 2: 1, 3: 1, 4: 0, 5: 0} {
			ctx := o.as(account)
			due, err := duty.Gather(ctx, o.d.DB.Read(), approval.Module.Duties, access.From(ctx), estate, "2026-11-23", "2026-11-26")
			if err != nil || len(due) != want {
				t.Errorf("account %d: %d duties, %v; want %d", account, len(due), err, want)
			}
		}
	})
}
