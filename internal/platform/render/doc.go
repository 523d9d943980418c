// Package render looks into scans and turns their pages into pictures, in child processes that are watched from outside
// (design §7; reliability §6, Uploads).
//
// A hostile file may make a decoder loop, eat memory or crash; here that costs one child. A child gets the parts of one file
// that it asks for, and a folder for the machine code of its decoders; no key, no network. The decoders run in a sandbox
// (wazero): PDFium, which sees one font and nothing else of a file system, and pictures.wasm, which is libtiff, libjpeg-turbo,
// libpng and libwebp (build/pictures, decision 7). They decode in pieces, at the size that is wanted, so that a picture of
// 200 megapixels needs little memory. There are two lanes, so that a short request never waits behind a long one; what a child
// held goes back within seconds. What comes back is made of pixels only: no script, no metadata of the original.
// It may import errs and font. Start reading at worker.go (the lanes), talk.go (one request), then serve.go (the child).
// Always true: a picture's head is read before its pixels; a file the child could not read is Broken, and never an error of
// the program; of a page that cannot be shown whole, what can be is, and a flag says so.
package render

import "embed"

// Locales are the sentences of the package's errors.
//
//go:embed locales/*.json
var Locales embed.FS
