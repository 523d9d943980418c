package app

import "embed"

// locales are the texts of the program's commands.
//
//go:embed locales/*.json
var locales embed.FS
