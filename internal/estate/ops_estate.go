package estate

import (
	"context"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
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
	f.Check(len(in.Name) <= 200, "name", "error.too_long")
}

// CreateEstate adds an estate to the company. It stands in the company's log; the estate's own log begins with its units.
var CreateEstate = op.Define("estate.create_estate", op.Spec[CreateEstateIn, access.EstateID]{
	Clauses: []string{"A1"},
	Posts:   mayAddEstate,
	Check:   func(in *CreateEstateIn, f *errs.Fields) { in.Check(f) },
	Subject: func(context.Context, op.Tx, CreateEstateIn) (op.Subject, error) {
		return op.Subject{Kind: "company", Estate: access.Company}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in CreateEstateIn) (access.EstateID, error) {
		if taken, err := tx.Select((*Estate)(nil)).Where("name = ?", in.Name).Exists(ctx); err != nil || taken {
			var f errs.Fields
			f.Check(!taken, "name", "estate.error.taken")
			return 0, errorsOr(err, f)
		}
		e := &Estate{Name: in.Name, Address: in.Address}
		e.ID = access.EstateID(tx.NewID())
		e.Estate = e.ID
		return e.ID, tx.Insert(ctx, e)
	},
})

// errorsOr is the engine's error, or what is wrong with the fields.
func errorsOr(err error, f errs.Fields) error {
	if err != nil {
		return err
	}
	return f.Err()
}
