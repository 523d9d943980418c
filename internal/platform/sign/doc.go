// Package sign keeps signatures: who, as what, on which thing, over which digest of what he saw, when, and how he proved that
// it was he (mission D4, E5, E8; design §5).
//
// A room signs within its own operation; the proof is made before, because a password is never checked inside a transaction
// (design §3). It may import access, db, errs, evidence, op, ref and room.
// Always true: a signature is its actor's own, proved within minutes of it; it is never changed, and what was signed is found
// again by its digest.
package sign
