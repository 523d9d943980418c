// Package render looks into scans and turns their pages into pictures, in a child process that is watched from outside
// (design §7; reliability §6, Uploads).
//
// A hostile file may make a decoder loop, eat memory or crash; here that costs one child. The child gets bytes and
// nothing else: no key, no path, no network, and PDFium runs in a sandbox without any file system. It is started when
// it is needed, killed when it exceeds its time or memory, kept warm for five minutes, and started anew after a crash.
// What comes back is made of pixels only: no script, no metadata of the original.
// It may import errs. Start reading at worker.go (the watcher), then serve.go (the child).
// Always true: a picture of more than 100 megapixels is refused before it is decoded; a file the child could not read
// is Broken, and never an error of the program.
package render

import "embed"

// Locales are the sentences of the package's errors.
//
//go:embed locales/*.json
var Locales embed.FS
