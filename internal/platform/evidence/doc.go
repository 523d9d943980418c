// Package evidence is the log nobody can rewrite unseen (reliability §3; mission: provable records).
//
// Every operation appends one leaf of fixed size to the Merkle tree of its estate, in its own transaction. A leaf
// commits to the digest of every evidential row the operation touched and to the salted commitments of its encrypted
// payload. Verify recomputes all of it and names what does not fit, without any key of content.
// It may import access, db and vault. Only op appends (architecture test). Its own tables are evidence_*; they need
// no rows of evidence since the tree covers them.
// Always true: no personal data in a leaf; the newest version of an evidential row has the digest its last leaf says.
// Start reading at leaf.go, then append.go and verify.go.
package evidence
