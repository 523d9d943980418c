// Package op is the one door for writes: an operation is a value, Run is the only way through (design §3, door.md).
//
// Run checks the post, validates, opens the transaction, looks at the idempotency token, locks the subject, checks
// estate and version, lets the room do its work on a Tx, and appends the leaf in the same transaction; no leaf, no
// commit. Tx is a struct only this package makes, so a write elsewhere does not compile.
// It may import access, clock, db, errs, evidence, vault. It knows no noun of the trade.
// Always true: a committed operation has exactly one leaf; so has a refusal by permission or rule; field errors have none.
// Start reading at run.go, then tx.go.
package op
