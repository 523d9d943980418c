// Package label gives things their ten digits: 2 of the installation, 7 counting, 1 check digit (design §5).
//
// The digits stand on paper as Code 128 and, behind the program's address, as a QR code; typed, scanned or photographed
// they lead back to the thing. They are never an id and mean nothing. A thing gets its code when it is made (a volume), or when
// something that carries it is first printed: its label (Print), a form (Printing).
// It may import access, db, errs, evidence, list, op, ref, room and series.
// Always true: a thing has one code for ever, and a code one thing.
package label

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/series"
)

//go:embed migrations/*.sql locales/*.json
var files embed.FS

// Module is what the package offers.
var Module = module.Module{Files: files, Tables: []evidence.Table{evidence.Of[label]()}}

type labelID int64

type label struct {
	bun.BaseModel `bun:"table:label_code,alias:label"`
	evidence.Row[labelID]
	Code  string `bun:"code"`
	Kind  string `bun:"kind"`
	Thing int64  `bun:"thing"`
}

const counted = "label_code" // the series of the seven digits

// Assign is a thing's code, made when it has none yet. Rooms call it within the operation that first needs the code.
func Assign(ctx context.Context, tx op.Tx, at access.EstateID, r ref.Ref) (string, error) {
	codes, err := assign(ctx, tx, at, r.Kind, r.ID)
	return codes[r.ID], err
}

// assign gives things of one kind their codes. Two that need one at once get the same: who comes second waits for the counter,
// and looks again.
func assign(ctx context.Context, tx op.Tx, at access.EstateID, kind string, ids ...int64) (map[int64]string, error) {
	codes, err := Codes(ctx, tx, kind, ids...)
	if err != nil || len(codes) == len(ids) {
		return codes, err
	}
	digits, err := series.Hold(ctx, tx, counted)
	if err != nil {
		return nil, err
	}
	if codes, err = Codes(ctx, tx, kind, ids...); err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return codes[id] != "" })
	n, err := digits.Take(ctx, len(ids))
	if err != nil {
		return nil, err
	}
	if n+int64(len(ids)) > 10_000_000 {
		return nil, fmt.Errorf("label: the seven digits are used up")
	}
	fresh := make([]evidence.Record, len(ids))
	for i, id := range ids {
		row := &label{Code: withCheck(fmt.Sprintf("%02d%07d", prefix(tx), n+int64(i))), Kind: kind, Thing: id}
		row.ID, row.Estate = labelID(tx.NewID()), at
		codes[id], fresh[i] = row.Code, row
	}
	return codes, tx.Insert(ctx, fresh...)
}

// prefix is the installation's two digits, 10 to 99, so that labels of two installations are seldom confused.
func prefix(tx op.Tx) int { return 10 + int(tx.MAC("label prefix")[0])%90 }

// Of is a thing's code; empty when it has none.
func Of(ctx context.Context, q db.Querier, r ref.Ref) (string, error) {
	codes, err := Codes(ctx, q, r.Kind, r.ID)
	return codes[r.ID], err
}

// Codes are the codes of those things of a kind that have one.
func Codes(ctx context.Context, q db.Querier, kind string, things ...int64) (map[int64]string, error) {
	var rows []label
	err := q.Select(&rows).Where("kind = ?", kind).Where("thing IN (?)", bun.List(things)).Scan(ctx)
	codes := make(map[int64]string, len(things))
	for _, row := range rows {
		codes[row.Thing] = row.Code
	}
	return codes, err
}

// Find is what a code stands on. A wrong check digit is Invalid, so that a misread label is not taken for an unknown one.
func Find(ctx context.Context, q db.Querier, code string) (ref.Ref, error) {
	if !Valid(code) {
		return ref.Ref{}, errs.E(errs.Invalid, "label.error.check")
	}
	var row label
	err := q.Select(&row).Where("code = ?", code).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return ref.Ref{}, errs.E(errs.NotFound, "error.not_found")
	}
	return ref.Ref{Kind: row.Kind, ID: row.Thing}, err
}

// Valid reports whether a text is ten digits with the right check digit.
func Valid(code string) bool {
	if len(code) != 10 {
		return false
	}
	for _, r := range code {
		if r < '0' || r > '9' {
			return false
		}
	}
	return withCheck(code[:9]) == code
}

// withCheck appends the check digit of ISO 7064 MOD 11,10, which finds every wrong digit and nearly every swap.
func withCheck(digits string) string {
	p := 10
	for _, r := range digits {
		s := (p + int(r-'0')) % 10
		if s == 0 {
			s = 10
		}
		p = s * 2 % 11
	}
	return digits + string(rune('0'+(11-p)%10))
}

// Spaced writes a code as people read it: 26 0041832 2.
func Spaced(code string) string {
	if len(code) != 10 {
		return code
	}
	return code[:2] + " " + code[2:9] + " " + code[9:]
}
