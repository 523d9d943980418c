package approval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// Approve agrees to the step that waits. When it was the last, the real operation runs, as who proposed it; what that
// refuses is kept with the request and is no error of the approval.
func (r *Registry) Approve(ctx context.Context, d *op.Door, in DecideIn, opts ...op.Option) error {
	done, err := op.Run(ctx, d, r.approve, in, opts...)
	if err != nil || done.Out != Approved {
		return err
	}
	return r.Carry(ctx, d, in.ID)
}

// Carry runs the operation of an approved request that has not run yet; said twice it runs once. An error means that it
// could not run today, and may be said again.
func (r *Registry) Carry(ctx context.Context, d *op.Door, id ID) error {
	full, err := find(ctx, d.DB.Read(), id)
	if err != nil || full.State != Approved {
		return err
	}
	ran, err := r.perform(ctx, d, full, op.Token(fmt.Appendf(nil, "approval:%d", id)), op.Reason(full.Why))
	in := settleIn{ID: id, Ran: ran}
	if err != nil {
		if kind := errs.KindOf(err); kind == errs.Internal || kind == errs.Unavailable {
			return err
		}
		in.Failure = failureOf(err)
	}
	_, err = op.Run(access.With(ctx, access.ProgramActor()), d, r.settle, in)
	return err
}

// perform runs a request's operation as the person who proposed it, with the posts he holds today.
func (r *Registry) perform(ctx context.Context, d *op.Door, full RequestWithSteps, opts ...op.Option) (int64, error) {
	kind, input, err := r.open(ctx, d, full)
	if err != nil {
		return 0, err
	}
	who, err := r.actor(ctx, d.DB.Read(), full.By)
	if err != nil {
		return 0, err
	}
	return kind.run(access.With(ctx, who), d, input, opts...)
}

func (r *Registry) open(ctx context.Context, d *op.Door, full RequestWithSteps) (Any, []byte, error) {
	kind := r.kinds[full.Name]
	if kind == nil {
		return nil, nil, fmt.Errorf("approval: nothing is called %s any more", full.Name)
	}
	input, err := d.Vault.Open(ctx, full.Owner(), bindInput(full.ID), full.Input)
	return kind, input, err
}

// Telling is what a request asks for, in words.
type Telling struct {
	Facts   []Fact
	Now     *Failure // why the operation would be refused if it ran now; nil: it would not
	Outcome *Failure // why it was refused when it ran
	Result  string   // address of what it brought
}

// Tell says what a request asks for, and of one that waits, what would come of it now.
func (r *Registry) Tell(ctx context.Context, d *op.Door, full RequestWithSteps) (Telling, error) {
	var t Telling
	kind, input, err := r.open(ctx, d, full)
	if errors.Is(err, vault.ErrNoKey) { // whom it was about is forgotten: who asked, and who decided, remain
		return t, nil
	}
	if err != nil {
		return t, err
	}
	if t.Facts, err = kind.tell(ctx, d.DB.Read(), input); err != nil {
		return t, err
	}
	switch full.State {
	case Waiting, Approved:
		if _, err := r.perform(ctx, d, full, op.Dry()); err != nil {
			t.Now = failureOf(err)
		}
	case Done:
		t.Result = kind.result(full.ID, input)
	case Failed:
		said, err := d.Vault.Open(ctx, full.Owner(), bindOutcome(full.ID), full.Outcome)
		if err != nil {
			return t, err
		}
		return t, json.Unmarshal(said, &t.Outcome)
	}
	return t, nil
}

// Failure is why an operation was refused, to be said later and in any language.
type Failure struct {
	Clause string
	Says   []Said
}

// Said is a sentence of the catalogue with its arguments.
type Said struct {
	Key  string
	Args []Arg
}

// Arg is an argument of a sentence; a Key is a sentence of its own.
type Arg struct {
	Text string
	Key  bool
}

func failureOf(err error) *Failure {
	e := errs.As(err)
	f := &Failure{Clause: e.Clause}
	if len(e.Fields) == 0 {
		f.Says = append(f.Says, said(e.Key, e.Args))
	}
	for _, field := range e.Fields {
		f.Says = append(f.Says, said(field.Key, field.Args))
	}
	return f
}

func said(key string, args []any) Said {
	s := Said{Key: key}
	for _, a := range args {
		_, isKey := a.(i18n.Key)
		s.Args = append(s.Args, Arg{fmt.Sprint(a), isKey})
	}
	return s
}

// Text is the failure in the person's language.
func (f *Failure) Text(ctx context.Context) string {
	text := ""
	for _, s := range f.Says {
		args := make([]any, len(s.Args))
		for i, a := range s.Args {
			if args[i] = a.Text; a.Key {
				args[i] = i18n.Key(a.Text)
			}
		}
		if text != "" {
			text += " "
		}
		text += i18n.T(ctx, s.Key, args...)
	}
	return text
}

// Find is a request with its steps, for somebody whom it concerns; NotFound for anybody else.
func Find(ctx context.Context, q db.Querier, who access.Actor, id ID) (RequestWithSteps, error) {
	full, err := find(ctx, q, id)
	if err == nil && !full.Concerns(who) {
		err = errs.E(errs.NotFound, "error.not_found")
	}
	return full, err
}
