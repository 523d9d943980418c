// Package series gives gapless numbers: the next one is taken inside the operation that uses it, so a rolled-back
// operation gives it back (reliability §2: never a database sequence).
//
// It may import db, evidence and op. Always true: within a series no number is given twice and none is left out.
package series

import (
	"embed"

	"hudang/internal/platform/evidence"
	"hudang/internal/platform/module"
)

//go:embed migrations/*.sql
var files embed.FS

// Module is what the package offers.
var Module = module.Module{Files: files, Tables: []evidence.Table{evidence.Bound("series_counter", "derivable: the rows that carry the numbers are evidential", "name")}}
