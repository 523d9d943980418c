package estate

import (
	"embed"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
)

// Estate is one estate (小区/项目) the company serves. Its rows carry its own id as their estate.
type Estate struct {
	bun.BaseModel `bun:"table:estate_estate,alias:estate"`
	evidence.Row[access.EstateID]
	Name    string `bun:"name"`
	Address string `bun:"address,nullzero"`
}

// files are the room's migrations and texts.
//
//go:embed migrations/*.sql locales/*.json
var files embed.FS
