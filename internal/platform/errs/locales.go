package errs

import "embed"

// Locales are the messages the ground itself gives.
//
//go:embed locales/*.json
var Locales embed.FS
