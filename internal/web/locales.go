package web

import "embed"

// Locales are the shell's texts.
//
//go:embed locales/*.json
var Locales embed.FS
