package imports

import (
	"context"
	"io"
	"strconv"
	"time"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/approval"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/setting"
)

// ClearPath is the address of the page that takes a roster in clear.
const ClearPath = "/clear-roster"

// MayClear are the posts that take a roster in clear.
func MayClear() []access.Post { return mayClear }

// ClearRows is up to how many units a roster in clear goes out without somebody else's leave (D5; design §5).
var ClearRows = setting.Number{Name: "household.export_clear_rows", Clause: "D5", Default: 50, Min: 0, Max: 100_000,
	Label: "clear.rows", Meaning: "clear.rows.meaning", Unit: "clear.rows.unit"}

// fetchFor is how long an approved roster can be taken.
const fetchFor = 24 * time.Hour

// ClearApproval is how a roster in clear of many units is agreed to: by a manager who did not ask for it.
var ClearApproval = approval.Define(approval.Def[ExportIn, int]{
	Op:     ExportClear,
	Clause: "D5",
	Estate: func(in ExportIn) access.EstateID { return in.Estate },
	Steps: func(context.Context, db.Querier, ExportIn) ([]approval.Step, error) {
		return []approval.Step{{Posts: []access.Post{access.Manager}}}, nil
	},
	Tell: func(ctx context.Context, q db.Querier, in ExportIn) ([]approval.Fact, error) {
		units, err := unitsOf(ctx, q, in.Estate)
		return []approval.Fact{{Label: i18n.T(ctx, "clear.what"), Text: i18n.T(ctx, "clear.what.text")},
			{Label: i18n.T(ctx, "clear.units"), Text: strconv.Itoa(len(units))}}, err
	},
	Result: func(id approval.ID, _ ExportIn) string { return ClearPath + "/" + ref.Text(id) },
})

// NeedsApproval reports whether an estate's roster is so large that somebody else has to agree, and above how many units.
func NeedsApproval(ctx context.Context, q db.Querier, e access.EstateID, who int64, today string) (bool, int64, error) {
	most, err := ClearRows.At(ctx, q, e, today)
	if err != nil {
		return false, 0, err
	}
	units, err := unitsOf(ctx, q, e)
	if err != nil || int64(len(units)) <= most {
		return false, most, err
	}
	alone, err := Alone(ctx, q, e, who)
	return !alone, most, err
}

// Approvers are those who could agree to what somebody asks for.
func Approvers(ctx context.Context, q db.Querier, e access.EstateID, who int64) ([]string, error) {
	return account.Holders(ctx, q, []access.Post{access.Manager}, e, who)
}

// Alone reports an office whose posts are merged and whose only manager asks himself: there a reason and the log have to do, so
// that a small desk is not stopped by a gate for two (realities 5).
func Alone(ctx context.Context, q db.Querier, e access.EstateID, who int64) (bool, error) {
	merged, err := account.InOneHand(ctx, q)
	if err != nil || !merged {
		return false, err
	}
	all, err := account.Holders(ctx, q, []access.Post{access.Manager}, e, 0)
	if err != nil || len(all) != 1 {
		return false, err
	}
	others, err := Approvers(ctx, q, e, who)
	return len(others) == 0, err
}

// agreed refuses a roster in clear that nobody else agreed to.
func agreed(ctx context.Context, tx op.Tx, e access.EstateID, units int) error {
	if approval.Given(ctx) {
		return nil
	}
	most, err := ClearRows.At(ctx, tx, e, tx.Today().String())
	if err != nil || int64(units) <= most {
		return err
	}
	alone, err := Alone(ctx, tx, e, tx.Actor().Account)
	if err == nil && !alone {
		err = errs.Rule("D5", "clear.error.approval", units, most)
	}
	return err
}

// FetchClear leaves the leaf of an approved roster that is taken: by who asked for it, within a day.
var FetchClear = op.Define("household.fetch_clear", op.Spec[approval.ID, ExportIn]{
	Clauses: []string{"D5"},
	Posts:   mayClear,
	Subject: func(ctx context.Context, tx op.Tx, id approval.ID) (op.Subject, error) {
		in, err := ClearApproval.Approved(ctx, tx, id, fetchFor)
		return op.Subject{Kind: "approval", ID: int64(id), Estate: in.Estate}, err
	},
	Do: func(ctx context.Context, tx op.Tx, id approval.ID) (ExportIn, error) {
		return ClearApproval.Approved(ctx, tx, id, fetchFor)
	},
})

// Fetch writes the roster of an approved request; name is the estate's, known before the first byte is written.
func Fetch(ctx context.Context, d *op.Door, id approval.ID, begin func(estateName string) io.Writer) error {
	done, err := op.Run(ctx, d, FetchClear, id)
	if err != nil {
		return err
	}
	name, err := estate.NameOf(ctx, d.DB.Read(), done.Out.Estate)
	if err != nil {
		return err
	}
	_, err = write(ctx, d, done.Out, true, begin(name))
	return err
}
