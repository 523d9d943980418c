package estate

import (
	"embed"
	"strconv"

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

const estatesPath = "/estates"

// Path is the estate's page.
func (e *Estate) Path() string { return estatesPath + "/" + strconv.FormatInt(int64(e.ID), 10) }

// EstateRow is an estate in a list, with how many units it has.
type EstateRow struct {
	Estate `bun:",extend"`
	Units  int `bun:"units,scanonly"`
}

// files are the room's migrations and texts.
//
//go:embed migrations/*.sql locales/*.json
var files embed.FS
