package estate

import (
	"context"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// CreateEstateIn names a new estate.
type CreateEstateIn struct {
	Name    string `form:"name"`
	Address string `form:"address"`
}

// Check brings an estate's name into form and notes what is wrong with it.
func (in *CreateEstateIn) Check(f *errs.Fields) {
	in.Name, in.Address = strings.TrimSpace(in.Name), strings.TrimSpace(in.Address)
	f.Check(in.Name != "", "name", "error.required")
	f.Within("name", in.Name, 66)
	f.Within("address", in.Address, 200)
}

// CreateEstate adds an estate to the company. It stands in the company's log; the estate's own log begins with its units.
var CreateEstate = op.Define("estate.create_estate", op.Spec[CreateEstateIn, access.EstateID]{
	Clauses: []string{"A1"},
	Posts:   mayAddEstate,
	Check:   func(in *CreateEstateIn, _ cn.Date, f *errs.Fields) { in.Check(f) },
	Subject: func(context.Context, op.Tx, CreateEstateIn) (op.Subject, error) {
		return op.Subject{Kind: "company", Estate: access.Company}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in CreateEstateIn) (access.EstateID, error) {
		e := &Estate{Name: in.Name, Address: in.Address}
		e.ID = access.EstateID(tx.NewID())
		e.Estate = e.ID
		if err := nameFree(ctx, tx, e); err != nil {
			return 0, err
		}
		return e.ID, tx.Insert(ctx, e)
	},
})

// ChangeEstateIn corrects an estate's name or address.
type ChangeEstateIn struct {
	ID access.EstateID
	CreateEstateIn
}

// ChangeEstate corrects what an estate is called, or where it lies; everything that belongs to it stays.
var ChangeEstate = op.Define("estate.change_estate", op.Spec[ChangeEstateIn, access.EstateID]{
	Clauses: []string{"A1"},
	Posts:   mayChangeEstate,
	Check:   func(in *ChangeEstateIn, _ cn.Date, f *errs.Fields) { in.CreateEstateIn.Check(f) },
	Subject: record.Subject(func(in ChangeEstateIn) access.EstateID { return in.ID }, lockEstate),
	Do: func(ctx context.Context, tx op.Tx, in ChangeEstateIn) (access.EstateID, error) {
		e, _, err := lockEstate(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		e.Name, e.Address = in.Name, in.Address
		if err := nameFree(ctx, tx, e); err != nil {
			return 0, err
		}
		return e.ID, tx.Update(ctx, e)
	},
})

// nameFree refuses a name that another estate has.
func nameFree(ctx context.Context, tx op.Tx, e *Estate) error {
	taken, err := tx.Select((*Estate)(nil)).Where("name = ?", e.Name).Where("id <> ?", e.ID).Exists(ctx)
	var f errs.Fields
	f.Check(!taken, "name", "estate.error.taken")
	return errorsOr(err, f)
}

// Subject is the subject of an operation that makes something new in an estate: the estate, locked against its end.
func Subject[In any](of func(In) access.EstateID) func(context.Context, op.Tx, In) (op.Subject, error) {
	return func(ctx context.Context, tx op.Tx, in In) (op.Subject, error) {
		_, s, err := lockEstate(ctx, tx, of(in))
		return s, err
	}
}

func lockEstate(ctx context.Context, tx op.Tx, id access.EstateID) (*Estate, op.Subject, error) {
	e := &Estate{}
	e.ID = id
	err := tx.Lock(ctx, e)
	return e, op.Subject{Kind: "estate", ID: int64(id), Estate: e.Estate, Version: e.Version}, err
}

// errorsOr is the engine's error, or what is wrong with the fields.
func errorsOr(err error, f errs.Fields) error {
	if err != nil {
		return err
	}
	return f.Err()
}
