// Package upkeep looks after the scans where they lie (reliability §2; mission E9): every file is held against its name, which
// is its digest, within thirty days; one that is damaged or missing is an incident until it is put back; and what uploads
// left behind that nothing refers to is cleared away after a week.
//
// The files stand on 4096 shelves, by how their names begin. A job takes the shelves that were looked at the longest ago,
// a few each day; people's work goes first, and it reads no faster than the setting says. It stands on archive.
// Always true: a file that a committed row refers to is never cleared away, nor one whose upload may still be under way,
// nor any while a copy is made; a thumbnail that is damaged or lost is no incident: it is forgotten, and made anew; an incident is a row with a leaf, and only a file that reads well again ends it.
// Start reading at keeper.go.
package upkeep

import "embed"

// files are the package's migration and texts.
//
//go:embed migrations/*.sql locales/*.json
var files embed.FS
