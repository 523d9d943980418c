// Package blob keeps the bytes of scans and photographs, encrypted before the first of them lands on a disk (design §2;
// reliability §2, §4).
//
// Every blob has a random key of its own, wrapped under the key of its owner (a volume), so that whoever destroys the
// owner's key destroys every copy of the blob, in any backup. A blob is named by the digest of its ciphertext: anybody can
// check that it is undamaged, nobody can tell what is in it. A Place is where ciphertext lies: a Folder, later an S3 store.
// It may import vault and errs. Start reading at store.go, then seal.go.
// Always true: nothing in clear is written; a blob that Put has returned survives a power cut; half an upload leaves
// nothing; a blob that was changed, cut or put together from others is refused where the change begins, and never read to its end.
package blob

import "embed"

// Locales are the sentences of the package's errors.
//
//go:embed locales/*.json
var Locales embed.FS
