package upkeep

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"hudang/internal/archive"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
)

// DamageID names an incident.
type DamageID int64

// Kind is what is wrong with a file.
type Kind string

// The kinds.
const (
	Sound   Kind = ""
	Damaged Kind = "damaged" // its bytes are others
	Missing Kind = "missing"
)

// Damage is a file that cannot be read: an incident until it is put back.
type Damage struct {
	bun.BaseModel `bun:"table:archive_damage,alias:damage"`
	evidence.Row[DamageID]
	File   archive.BlobID `bun:"file"`
	Stored string         `bun:"stored"`
	Kind   Kind           `bun:"kind"`
	Found  int64          `bun:"found_at"`        // µs UTC
	Mended int64          `bun:"mended,nullzero"` // µs UTC
}

// Day is the local date an incident was found.
func (d Damage) Day() string { return clock.Date(time.UnixMicro(d.Found)) }

// damagedFiles are the incidents of each estate that are open.
func damagedFiles(ctx context.Context, q db.Querier, s access.Scope, _ string) ([]duty.Duty, error) {
	rows, err := openByEstate(ctx, q, s)
	duties := make([]duty.Duty, len(rows))
	for i, r := range rows {
		duties[i] = duty.Duty{Title: i18n.T(ctx, "upkeep.duty", r.Files), Text: i18n.T(ctx, "upkeep.duty.where", r.EstateName, clock.Date(time.UnixMicro(r.Oldest))),
			Act: i18n.T(ctx, "upkeep.duty.do"), Href: Path, Clause: "E9", Due: clock.Date(time.UnixMicro(r.Oldest))}
	}
	return duties, err
}
