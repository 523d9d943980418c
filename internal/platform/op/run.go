package op

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/vault"
)

// Run carries out an operation for the context's actor. On an error nothing was saved. The errors are errs' kinds:
// Forbidden and NotFound by post and estate, Invalid with every field, Conflict for a stale version or a token used
// for something else, Blocked by a rule, Unavailable when the engine could not.
func Run[In, Out any](ctx context.Context, d *Door, o *Op[In, Out], in In, opts ...Option) (Result[Out], error) {
	if !d.Has(o) {
		return Result[Out]{}, fmt.Errorf("op: %s is not listed in its room's module", o.name)
	}
	r := &run[In, Out]{door: d, op: o, in: in, actor: access.From(ctx), id: d.ids.next(d.Clock)}
	for _, opt := range opts {
		opt(&r.opt)
	}
	if !r.actor.HoldsAny(o.spec.Posts) {
		return Result[Out]{}, r.refused(ctx, evidence.RefusedPost, access.Refusal(o.spec.Posts))
	}
	if o.spec.Check != nil {
		var f errs.Fields
		o.spec.Check(&r.in, cn.DateOf(d.Clock.Now().In(clock.China)), &f)
		if err := f.Err(); err != nil {
			return Result[Out]{}, err
		}
	}
	err := d.DB.Write(ctx, r.body)
	switch {
	case errors.Is(err, errDry):
		return r.result, nil
	case err != nil:
		return Result[Out]{}, r.refused(ctx, r.refusal(err), err)
	}
	d.committed(r.result.Log)
	return r.result, d.at(Committed, o.name)
}

// run is one run of one operation; body may be entered again after a lost race.
type run[In, Out any] struct {
	door    *Door
	op      *Op[In, Out]
	in      In
	raw     json.RawMessage // in, once it was needed; Do gets a copy and does not change it
	opt     options
	actor   access.Actor
	id      int64
	subject Subject
	post    access.Post
	result  Result[Out]
}

// errDry rolls a dry run back.
var errDry = errors.New("op: dry run")

// body is the transaction.
func (r *run[In, Out]) body(ctx context.Context, s *db.Session) error {
	r.result, r.subject, r.post = Result[Out]{Op: r.id}, Subject{}, ""
	st := &state{door: r.door, session: s, actor: r.actor, now: r.door.Clock.Now(), op: r.id, rows: map[rowKey]*held{}}
	tx := Tx{Querier: s, st: st}
	if err := r.door.at(Began, r.op.name); err != nil {
		return err
	}
	if done, err := r.claim(ctx, s, st); done || err != nil {
		return err
	}
	if err := r.may(ctx, tx); err != nil {
		return err
	}
	out, err := r.op.spec.Do(ctx, tx, r.in)
	if err != nil {
		return err
	}
	r.result.Out = out
	if err := r.door.at(Worked, r.op.name); err != nil {
		return err
	}
	r.result.Changes = tx.Written()
	if r.opt.dry {
		if err := s.Flush(ctx); err != nil { // a broken constraint belongs to the answer
			return err
		}
		return errDry
	}
	return r.leaf(ctx, s, st)
}

// claim takes the token for this run. When it was taken before, the first run's answer is the result.
func (r *run[In, Out]) claim(ctx context.Context, s *db.Session, st *state) (done bool, err error) {
	if r.opt.token == nil || r.opt.dry {
		return false, nil
	}
	raw, err := r.said()
	if err != nil {
		return false, err
	}
	token := sha256.Sum256(r.opt.token)
	input := r.door.Vault.MAC("op token", r.opt.token, []byte(r.op.name), raw)
	at := st.now.UnixMicro()
	bound, err := db.Bind(s, "op_token", db.Row{"token": token[:], "account": r.actor.Account, "name": r.op.name, "input": input, "op": r.id, "at": at})
	if err != nil {
		return false, err
	}
	n, err := s.Exec(ctx, `INSERT INTO op_token (token, account, name, input, op, at, bound) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		token[:], r.actor.Account, r.op.name, input, r.id, at, bound)
	if err != nil || n == 1 {
		return false, errors.Join(err, r.door.at(Tokened, r.op.name))
	}
	was, holds, err := db.BoundRow(ctx, s, "op_token", "token = ?", token[:])
	if err != nil {
		return false, err
	}
	if !holds || was.Int("account") != r.actor.Account || was.Text("name") != r.op.name || !bytes.Equal(was.Bytes("input"), input) {
		return false, errs.E(errs.Conflict, "error.token_reused")
	}
	first := was.Int("op")
	leaf, err := r.door.Log.Said(ctx, s, first, "out", &r.result.Out)
	if err != nil && !errors.Is(err, vault.ErrNoKey) { // key destroyed: done on that day, without detail
		return false, err
	}
	r.result.Op, r.result.Log, r.result.Leaf, r.result.Replayed = first, leaf.Log, leaf.Index, true
	return true, nil
}

// said is the input as the log keeps it and the token is bound to.
func (r *run[In, Out]) said() (json.RawMessage, error) {
	var err error
	if r.raw == nil {
		r.raw, err = json.Marshal(r.in)
	}
	return r.raw, err
}

// may finds the subject and refuses by estate, version and the operation's own rule.
func (r *run[In, Out]) may(ctx context.Context, tx Tx) error {
	subject, err := r.op.spec.Subject(ctx, tx, r.in)
	if err != nil {
		return err
	}
	if subject.Owner == (vault.Owner{}) {
		subject.Owner = vault.Owner{Class: vault.System, ID: int64(subject.Estate)}
	}
	r.subject, tx.st.subject = subject, subject
	post, ok := r.actor.Holding(subject.Estate, r.op.spec.Posts)
	switch {
	case !ok && !r.actor.Knows(subject.Estate):
		return errHidden
	case !ok:
		return access.Refusal(r.op.spec.Posts)
	}
	r.post = post
	if err := r.door.at(Subjected, r.op.name); err != nil {
		return err
	}
	if r.opt.seen != 0 && r.opt.seen != subject.Version {
		return errs.E(errs.Conflict, "error.stale")
	}
	if r.op.spec.Allow == nil {
		return nil
	}
	return r.op.spec.Allow(ctx, tx, r.in, subject)
}

// errHidden is what another estate's thing looks like: as if it were not there.
var errHidden = errs.E(errs.NotFound, "error.not_found")

func (r *run[In, Out]) leaf(ctx context.Context, s *db.Session, st *state) error {
	entry := r.entry(st, evidence.Done)
	entry.Payloads = append(st.payloads, evidence.Payload{Owner: r.subject.Owner, Name: "out", Value: r.result.Out})
	if !r.op.spec.Silent {
		in, err := r.said()
		if err != nil {
			return err
		}
		entry.Payloads = append(entry.Payloads, evidence.Payload{Owner: r.subject.Owner, Name: "in", Value: in})
	}
	for _, h := range st.order {
		entry.Touched = append(entry.Touched, h.touched())
	}
	leaf, err := r.door.Log.Append(ctx, s, entry)
	if err != nil {
		return err
	}
	r.result.Log, r.result.Leaf = leaf.Log, leaf.Index
	return r.door.at(Leafed, r.op.name)
}

func (r *run[In, Out]) entry(st *state, result evidence.Result) evidence.Entry {
	leaf := evidence.Leaf{Log: r.subject.Estate, Op: r.id, At: st.now.UnixMicro(), Actor: r.actor.Account,
		Subject: r.subject.ID, Result: result, Name: r.op.name, Post: string(r.post)}
	if r.opt.token != nil {
		leaf.Token = tlog.Hash(sha256.Sum256(r.opt.token))
	}
	return evidence.Entry{Leaf: leaf, Reason: r.opt.reason}
}

// refusal says which kind of leaf an error leaves; 0 for none.
func (r *run[In, Out]) refusal(err error) evidence.Result {
	switch {
	case errors.Is(err, errHidden), errs.Is(err, errs.Forbidden):
		return evidence.RefusedObject
	case errs.Is(err, errs.Blocked):
		return evidence.RefusedRule
	}
	return 0
}

// refused leaves the leaf of a refusal, in a transaction of its own, and returns the refusal. What was refused stands
// there by key and clause only; the input is not kept. A dry run leaves nothing.
func (r *run[In, Out]) refused(ctx context.Context, result evidence.Result, why error) error {
	if result == 0 || r.opt.dry {
		return why
	}
	house := errs.As(why)
	err := r.door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error {
		st := &state{now: r.door.Clock.Now()}
		entry := r.entry(st, result)
		entry.Reason = ""
		owner := vault.Owner{Class: vault.System, ID: int64(entry.Leaf.Log)}
		entry.Payloads = []evidence.Payload{{Owner: owner, Name: "refused", Value: Refusal{house.Key, house.Clause}}}
		_, err := r.door.Log.Append(ctx, s, entry)
		return err
	})
	if err != nil {
		return errs.E(errs.Unavailable, "error.not_saved").Because(errors.Join(why, err))
	}
	return why
}

// Refusal is what the log keeps of a refused operation.
type Refusal struct {
	Key    string `json:"key"`
	Clause string `json:"clause,omitempty"`
}
