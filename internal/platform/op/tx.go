package op

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/vault"
)

// Tx is an operation at work: it reads, locks and writes rows. Only Run makes one.
type Tx struct {
	db.Querier
	st *state
}

// state is what a run gathers for its leaf.
type state struct {
	door     *Door
	session  *db.Session
	actor    access.Actor
	now      time.Time
	op       int64
	subject  Subject
	rows     map[rowKey]*held
	order    []*held // rows written, in order
	payloads []evidence.Payload
}

type rowKey struct {
	table string
	id    int64
}

// held is a row this operation has locked or inserted.
type held struct {
	key            rowKey
	plan           *evidence.Plan
	found, version int64 // as found, 0 when inserted here; and now
	before, values []any // as found, nil when inserted here; and now
	owner          vault.Owner
	written        bool
	deleted        bool
}

// touched is what the row's leaf commits to.
func (h *held) touched() evidence.Touched {
	t := evidence.Touched{Table: h.key.table, Row: h.key.id, Version: h.found + 1, Owner: h.owner}
	if h.before != nil {
		t.Before = h.plan.Image(h.before)
	}
	if !h.deleted {
		t.After = h.plan.Image(h.values)
	}
	return t
}

// Actor is who acts.
func (tx Tx) Actor() access.Actor { return tx.st.actor }

// Now is the operation's one instant.
func (tx Tx) Now() time.Time { return tx.st.now }

// Today is the local day of that instant.
func (tx Tx) Today() cn.Date { return cn.DateOf(tx.st.now.In(clock.China)) }

// Op is the operation's id.
func (tx Tx) Op() int64 { return tx.st.op }

// NewID makes an id for a row about to be inserted.
func (tx Tx) NewID() int64 { return tx.st.door.ids.next(tx.st.door.Clock) }

// Lock loads a row by the id it holds, for change; NotFound when there is none. The row stays locked to the end.
func (tx Tx) Lock(ctx context.Context, row evidence.Record) error {
	plan, err := tx.st.door.Tables.PlanOf(row)
	if err != nil {
		return err
	}
	key := rowKey{plan.Table, row.Key()}
	if h := tx.st.rows[key]; h != nil { // ours already: nobody else has changed it
		if h.deleted {
			return errs.E(errs.NotFound, "error.not_found")
		}
		return plan.Fill(row, h.values)
	}
	targets, values := plan.Targets()
	found, err := tx.st.session.One(ctx, plan.Select+tx.st.session.ForUpdate(), []any{key.id}, targets...)
	if err != nil {
		return err
	}
	if !found {
		return errs.E(errs.NotFound, "error.not_found")
	}
	if err := plan.Fill(row, values); err != nil {
		return err
	}
	tx.st.rows[key] = &held{key: key, plan: plan, found: row.RowVersion(), version: row.RowVersion(), before: values, values: values, owner: row.Owner()}
	return nil
}

// Insert adds rows whose ids are set (NewID). The door sets version, operation and salt. Neighbours of one table go in
// one statement, so rows that belong together are given together.
func (tx Tx) Insert(ctx context.Context, rows ...evidence.Record) error {
	var fresh []*held
	for _, row := range rows {
		plan, err := tx.st.door.Tables.PlanOf(row)
		if err != nil {
			return err
		}
		if len(fresh) > 0 && fresh[0].plan != plan {
			if err := tx.insert(ctx, fresh); err != nil {
				return err
			}
			fresh = nil
		}
		h := &held{plan: plan, key: rowKey{plan.Table, row.Key()}, owner: row.Owner()}
		if h.key.id == 0 || tx.st.rows[h.key] != nil {
			return fmt.Errorf("op: insert into %s: id %d is not fresh", plan.Table, h.key.id)
		}
		if h.values, err = tx.stamp(plan, row, h); err != nil {
			return err
		}
		fresh = append(fresh, h)
	}
	if len(fresh) == 0 {
		return nil
	}
	return tx.insert(ctx, fresh)
}

// insert writes fresh rows of one table; only what was sent is counted as written.
func (tx Tx) insert(ctx context.Context, fresh []*held) error {
	values := make([][]any, len(fresh))
	for i, h := range fresh {
		values[i] = h.values
	}
	if err := fresh[0].plan.Insert(ctx, tx.st.session, values); err != nil {
		return err
	}
	for _, h := range fresh {
		tx.st.write(h, h.values)
	}
	return nil
}

// Update writes back a row this operation locked or inserted. A row that is as it was is left alone: no version, no
// trace in the leaf.
func (tx Tx) Update(ctx context.Context, row evidence.Record) error {
	h, err := tx.holding(row)
	if err != nil {
		return err
	}
	values, err := h.plan.Values(row)
	if err != nil {
		return err
	}
	if h.plan.Same(values, h.values) {
		return nil
	}
	if values, err = tx.stamp(h.plan, row, h); err != nil {
		return err
	}
	query, args := h.plan.Update(h.values, values, h.key.id, h.version)
	if err := tx.st.session.Send(ctx, query, args...); err != nil {
		return err
	}
	tx.st.write(h, values)
	return nil
}

// Delete removes a row this operation locked. Evidential rows end or are voided instead, except in destruction
// (design §5); this is for drafts that became evidential and for destruction itself.
func (tx Tx) Delete(ctx context.Context, row evidence.Record) error {
	h, err := tx.holding(row)
	if err != nil {
		return err
	}
	if err := tx.st.session.Send(ctx, h.plan.Delete, h.key.id, h.version); err != nil {
		return err
	}
	h.deleted = true
	tx.st.write(h, nil)
	return nil
}

// holding finds the row among those this operation may write.
func (tx Tx) holding(row evidence.Record) (*held, error) {
	plan, err := tx.st.door.Tables.PlanOf(row)
	if err != nil {
		return nil, err
	}
	h := tx.st.rows[rowKey{plan.Table, row.Key()}]
	if h == nil || h.deleted {
		return nil, fmt.Errorf("op: %s %d was not locked by this operation", plan.Table, row.Key())
	}
	if row.RowVersion() != h.version { // another copy, from before this operation's own change
		return nil, fmt.Errorf("op: %s %d is at version %d, the copy at %d", plan.Table, row.Key(), h.version, row.RowVersion())
	}
	return h, nil
}

// stamp marks the row as written here; however often an operation writes a row, it makes one version.
func (tx Tx) stamp(plan *evidence.Plan, row evidence.Record, h *held) ([]any, error) {
	if e := tx.st.subject.Estate; e != access.Company && row.EstateKey() != e {
		return nil, fmt.Errorf("op: a row of %s belongs to estate %d, the operation to %d", plan.Table, row.EstateKey(), e)
	}
	salt := make([]byte, 16)
	_, _ = rand.Read(salt)
	evidence.Stamp(row, h.found+1, tx.st.op, salt)
	return plan.Values(row)
}

func (st *state) write(h *held, values []any) {
	if !h.written {
		st.order = append(st.order, h)
	}
	h.written, h.values, h.version = true, values, h.found+1
	st.rows[h.key] = h
}

// Written are the rows this operation has written so far, in order.
func (tx Tx) Written() []Change {
	changes := make([]Change, len(tx.st.order))
	for i, h := range tx.st.order {
		changes[i] = Change{h.key.table, h.key.id, h.found + 1, h.deleted}
	}
	return changes
}

// TakeBack undoes one version of a row and all after it: the row is again what it was before, or gone when that version
// was its first. The log keeps what it was (docs/decisions/0005).
func (tx Tx) TakeBack(ctx context.Context, table string, id, version int64) error {
	row, err := tx.st.door.Tables.New(table, id)
	if err != nil {
		return err
	}
	if err := tx.Lock(ctx, row); err != nil {
		return err
	}
	if version == 1 {
		return tx.Delete(ctx, row)
	}
	before, err := tx.st.door.Log.Before(ctx, tx, table, id, version, row.Owner())
	if err != nil {
		return err
	}
	plan, err := tx.st.door.Tables.PlanOf(row)
	if err != nil {
		return err
	}
	if err := plan.FillNamed(row, before); err != nil {
		return err
	}
	return tx.Update(ctx, row)
}

// Exec runs a statement on an exempt table; the caller names the table, and an evidential one is refused.
func (tx Tx) Exec(ctx context.Context, table, query string, args ...any) (int64, error) {
	if !tx.st.door.Tables.IsExempt(table) {
		return 0, errEvidential(table)
	}
	return tx.st.session.Exec(ctx, query, args...)
}

func errEvidential(table string) error {
	return fmt.Errorf("op: %s is evidential: write its rows through the transaction", table)
}

// Send is Exec for a statement whose count nobody needs; its error may come with a later one, at the latest with the operation's end.
func (tx Tx) Send(ctx context.Context, table, query string, args ...any) error {
	if !tx.st.door.Tables.IsExempt(table) {
		return errEvidential(table)
	}
	return tx.st.session.Send(ctx, query, args...)
}

// LockBound is db.BoundRow, and nobody else changes the row until the operation ends.
func (tx Tx) LockBound(ctx context.Context, table, condition string, args ...any) (db.Row, bool, error) {
	return db.BoundRow(ctx, tx, table, condition+tx.st.session.ForUpdate(), args...)
}

// BindOld binds the rows of a bound table that an earlier version of the program left, of those a condition finds.
func (tx Tx) BindOld(ctx context.Context, table, condition string, args ...any) (int, error) {
	return tx.st.session.Adopt(ctx, table, condition, args...)
}

// DropUnbound takes away the rows of a bound table that have no binding.
func (tx Tx) DropUnbound(ctx context.Context, table string) error {
	return tx.st.session.DropUnbound(ctx, table)
}

// Say adds something to what the log keeps about this operation, under an owner's key.
func (tx Tx) Say(o vault.Owner, name string, value any) {
	tx.st.payloads = append(tx.st.payloads, evidence.Payload{Owner: o, Name: name, Value: value})
}

// Seal encrypts a value for an owner, bound to the row it will stand in.
func (tx Tx) Seal(ctx context.Context, o vault.Owner, bind, plain []byte) ([]byte, error) {
	return tx.st.door.Vault.Seal(ctx, o, bind, plain)
}

// Keys makes the keys these owners lack, all in one durable step; otherwise the first value sealed for each makes its own.
func (tx Tx) Keys(ctx context.Context, owners ...vault.Owner) error {
	return tx.st.door.Vault.Ensure(ctx, owners...)
}

// Open decrypts what Seal made for the same owner and row. vault.ErrNoKey when the key was destroyed.
func (tx Tx) Open(ctx context.Context, o vault.Owner, bind, sealed []byte) ([]byte, error) {
	return tx.st.door.Vault.Open(ctx, o, bind, sealed)
}

// MAC is a keyed hash for searching what is encrypted.
func (tx Tx) MAC(purpose string, parts ...[]byte) []byte {
	return tx.st.door.Vault.MAC(purpose, parts...)
}
