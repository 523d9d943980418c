package op

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"hudang/internal/platform/access"
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
	door    *Door
	session *db.Session
	actor   access.Actor
	now     time.Time
	op      int64
	subject Subject
	rows    map[rowKey]*held
	order   []rowKey // rows written, in order
	sayings []evidence.Saying
}

type rowKey struct {
	table string
	id    int64
}

// held is a row this operation has locked or inserted.
type held struct {
	version       int64 // as found; 0 when inserted here
	before, after []byte
	owner         vault.Owner
	written       bool
	deleted       bool
}

// Actor is who acts.
func (tx Tx) Actor() access.Actor { return tx.st.actor }

// Now is the operation's one instant.
func (tx Tx) Now() time.Time { return tx.st.now }

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
	q := tx.Select(row).WherePK()
	if tx.Engine() == db.Postgres {
		q = q.For("UPDATE")
	}
	if err := q.Scan(ctx); errors.Is(err, sql.ErrNoRows) {
		return errs.E(errs.NotFound, "error.not_found")
	} else if err != nil {
		return err
	}
	key := rowKey{plan.Table, row.Key()}
	if _, again := tx.st.rows[key]; again {
		return nil
	}
	values, err := plan.Values(row)
	if err != nil {
		return err
	}
	tx.st.rows[key] = &held{version: row.RowVersion(), before: plan.Image(values), owner: row.Owner()}
	return nil
}

// Insert adds rows whose ids are set (NewID). The door sets version, operation and salt.
func (tx Tx) Insert(ctx context.Context, rows ...evidence.Record) error {
	for _, row := range rows {
		plan, err := tx.st.door.Tables.PlanOf(row)
		if err != nil {
			return err
		}
		key := rowKey{plan.Table, row.Key()}
		if key.id == 0 || tx.st.rows[key] != nil {
			return fmt.Errorf("op: insert into %s: id %d is not fresh", plan.Table, key.id)
		}
		h := &held{owner: row.Owner()}
		values, err := tx.stamp(plan, row, h)
		if err != nil {
			return err
		}
		if err := tx.st.session.Send(ctx, plan.Insert, values...); err != nil {
			return err
		}
		tx.st.write(key, h, plan.Image(values))
	}
	return nil
}

// Update writes back a row this operation locked or inserted. A row that is as it was is left alone: no version, no
// trace in the leaf.
func (tx Tx) Update(ctx context.Context, row evidence.Record) error {
	plan, h, key, err := tx.holding(row)
	if err != nil {
		return err
	}
	values, err := plan.Values(row)
	if err != nil {
		return err
	}
	current := h.before
	if h.written {
		current = h.after
	}
	if string(plan.Image(values)) == string(current) {
		return nil
	}
	expected := row.RowVersion()
	if values, err = tx.stamp(plan, row, h); err != nil {
		return err
	}
	if err := tx.st.session.Send(ctx, plan.Update, append(values, key.id, expected)...); err != nil {
		return err
	}
	tx.st.write(key, h, plan.Image(values))
	return nil
}

// Delete removes a row this operation locked. Evidential rows end or are voided instead, except in destruction
// (design §5); this is for drafts that became evidential and for destruction itself.
func (tx Tx) Delete(ctx context.Context, row evidence.Record) error {
	plan, h, key, err := tx.holding(row)
	if err != nil {
		return err
	}
	if err := tx.st.session.Send(ctx, plan.Delete, key.id, row.RowVersion()); err != nil {
		return err
	}
	h.deleted = true
	tx.st.write(key, h, nil)
	return nil
}

// holding finds the row among those this operation may write.
func (tx Tx) holding(row evidence.Record) (*evidence.Plan, *held, rowKey, error) {
	plan, err := tx.st.door.Tables.PlanOf(row)
	if err != nil {
		return nil, nil, rowKey{}, err
	}
	key := rowKey{plan.Table, row.Key()}
	h := tx.st.rows[key]
	if h == nil || h.deleted {
		return nil, nil, key, fmt.Errorf("op: %s %d was not locked by this operation", plan.Table, key.id)
	}
	return plan, h, key, nil
}

// stamp marks the row as written here; however often an operation writes a row, it makes one version.
func (tx Tx) stamp(plan *evidence.Plan, row evidence.Record, h *held) ([]any, error) {
	if e := tx.st.subject.Estate; e != access.Company && row.EstateKey() != e {
		return nil, fmt.Errorf("op: a row of %s belongs to estate %d, the operation to %d", plan.Table, row.EstateKey(), e)
	}
	salt := make([]byte, 16)
	_, _ = rand.Read(salt)
	evidence.Stamp(row, h.version+1, tx.st.op, salt)
	return plan.Values(row)
}

func (st *state) write(key rowKey, h *held, after []byte) {
	if !h.written {
		st.order = append(st.order, key)
	}
	h.written, h.after = true, after
	st.rows[key] = h
}

// Exec runs a statement on an exempt table; the caller names the table, and an evidential one is refused.
func (tx Tx) Exec(ctx context.Context, table, query string, args ...any) (int64, error) {
	if !tx.st.door.Tables.IsExempt(table) {
		return 0, fmt.Errorf("op: %s is evidential: write its rows through the transaction", table)
	}
	return tx.st.session.Exec(ctx, query, args...)
}

// Say adds something to what the log keeps about this operation, under an owner's key.
func (tx Tx) Say(o vault.Owner, name string, value any) {
	tx.st.sayings = append(tx.st.sayings, evidence.Saying{Owner: o, Name: name, Value: value})
}

// Seal encrypts a value for an owner, bound to the row it will stand in.
func (tx Tx) Seal(ctx context.Context, o vault.Owner, bind, plain []byte) ([]byte, error) {
	return tx.st.door.Vault.Seal(ctx, o, bind, plain)
}

// MAC is a keyed hash for searching what is encrypted.
func (tx Tx) MAC(purpose string, parts ...[]byte) []byte {
	return tx.st.door.Vault.MAC(purpose, parts...)
}
