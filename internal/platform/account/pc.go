package account

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
)

// PCID names a registered computer.
type PCID int64

// PC is a computer at a desk where people change places by work card and PIN.
type PC struct {
	bun.BaseModel `bun:"table:account_pc,alias:pc"`
	evidence.Row[PCID]
	Name  string `bun:"name"`
	Token []byte `bun:"token"`          // of its cookie, hashed
	Ended int64  `bun:"ended,nullzero"` // µs UTC
}

// longestPCName keeps it within the header's menu.
const longestPCName = 20

// PCs are all computers ever registered, those in force first, the newest first.
func PCs(ctx context.Context, q db.Querier) ([]PC, error) {
	var all []PC
	err := q.Select(&all).OrderExpr("CASE WHEN ended IS NULL THEN 0 ELSE 1 END, id DESC").Scan(ctx)
	return all, err
}

// EndedAt is when the registration was taken back, in words; empty while it is in force.
func (p PC) EndedAt() string {
	if p.Ended == 0 {
		return ""
	}
	return clock.Moment(p.Ended)
}

// PCOf is the registered computer a browser sits at; the zero PC for any other.
func (k SessionStore) PCOf(ctx context.Context, b Browser) (PC, error) {
	return pcOf(ctx, k.Door.DB.Read(), b.PC)
}

func pcOf(ctx context.Context, q db.Querier, secret string) (PC, error) {
	if secret == "" {
		return PC{}, nil
	}
	var found []PC
	err := q.Select(&found).Where("token = ?", hash(secret)).Where("ended IS NULL").Scan(ctx)
	if err != nil || len(found) == 0 {
		return PC{}, err
	}
	return found[0], nil
}

func checkPCName(name *string, f *errs.Fields) {
	*name = strings.TrimSpace(*name)
	f.Check(*name != "", "name", "error.required")
	f.Within("name", *name, longestPCName)
}
