package control

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
)

// PrintInput is what was printed or exported of the findings: where, which, how many. The findings themselves come from the rooms'
// records.
type PrintInput struct {
	Estate access.EstateID // Company: all estates
	State  State           // empty: all
	Month  YearMonth       // whose end; empty: as of today
	Rows   int
}

// Print and Export leave the leaf of findings on paper and in a file.
var (
	Print  = taking("control.print_controls")
	Export = taking("control.export_controls")
)

// Ops are the package's operations.
var Ops = []op.Any{Print, Export, KeepMonth}

func taking(name string) *op.Op[PrintInput, int] {
	return op.Define(name, op.Spec[PrintInput, int]{
		NoClause: "all clauses; each row names its own",
		Posts:    mayRead,
		Subject: func(_ context.Context, _ op.Tx, in PrintInput) (op.Subject, error) {
			return op.Subject{Kind: "control", Estate: in.Estate}, nil
		},
		Do: func(_ context.Context, _ op.Tx, in PrintInput) (int, error) { return in.Rows, nil },
	})
}
