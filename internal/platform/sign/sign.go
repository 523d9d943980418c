package sign

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
)

// AuthMethod is how somebody proved that it is he who signs.
type AuthMethod string

// The means.
const (
	ByPassword AuthMethod = "password" // typed again
	ByPIN      AuthMethod = "pin"      // at a registered computer, within a working day of the password
)

// fresh is how long a proof holds: it is asked for with the form that signs.
const fresh = 5 * time.Minute

// Proof says that somebody was there himself. The zero Proof proves nothing.
type Proof struct {
	account int64
	means   AuthMethod
	at      time.Time
}

// Proven makes the proof of an account. Only package account says so, after it looked.
func Proven(account int64, m AuthMethod, at time.Time) Proof { return Proof{account, m, at} }

// Check notes at a field that nobody proved himself.
func (p Proof) Check(field string, f *errs.Fields) { f.Check(p.account != 0, field, "error.required") }

type signatureID int64

// Signature is a signature given.
type Signature struct {
	bun.BaseModel `bun:"table:sign_signature,alias:signature"`
	evidence.Row[signatureID]
	Kind    string     `bun:"kind"` // of the thing signed
	Thing   int64      `bun:"thing"`
	Role    string     `bun:"role"` // catalogue key: as what
	Account int64      `bun:"account"`
	Digest  []byte     `bun:"digest"` // of what was seen
	Means   AuthMethod `bun:"means"`
	At      int64      `bun:"signed_at"` // µs UTC
}

// files are the package's migration.
//
//go:embed migrations/*.sql
var files embed.FS

// Module is what the package offers.
var Module = module.Module{Files: files, Tables: []evidence.Table{evidence.Of[Signature]()}}

// Digest is the digest of what somebody sees, the same for equal values: every field that JSON carries.
func Digest(seen any) ([]byte, error) {
	said, err := json.Marshal(seen)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append([]byte("hudang sign 1\x00"), said...))
	return sum[:], nil
}

// Text is a digest as a form carries it.
func Text(digest []byte) string { return hex.EncodeToString(digest) }

// Sign signs a thing of an estate for the operation's actor. seen is what he saw and put his name to.
func Sign(ctx context.Context, tx op.Tx, e access.EstateID, at ref.Ref, role string, seen any, p Proof) error {
	if age := tx.Now().Sub(p.at); p.account == 0 || p.account != tx.Actor().Account || age > fresh || age < -fresh {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	digest, err := Digest(seen)
	if err != nil {
		return err
	}
	s := &Signature{Kind: at.Kind, Thing: at.ID, Role: role, Account: p.account, Digest: digest, Means: p.means, At: tx.Now().UnixMicro()}
	s.ID, s.Estate = signatureID(tx.NewID()), e
	return tx.Insert(ctx, s)
}

// Of are the signatures on a thing, the oldest first.
func Of(ctx context.Context, q db.Querier, at ref.Ref) ([]Signature, error) {
	var all []Signature
	return all, q.Select(&all).Where("kind = ?", at.Kind).Where("thing = ?", at.ID).OrderExpr("id").Scan(ctx)
}

// Covers reports whether the signature was given over what is seen now.
func (s Signature) Covers(seen any) (bool, error) {
	digest, err := Digest(seen)
	return bytes.Equal(digest, s.Digest), err
}
