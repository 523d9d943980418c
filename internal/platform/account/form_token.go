package account

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"time"

	"hudang/internal/platform/access"
)

// A form's token outlives its session: by it the server knows whose text it holds in its hands when a form arrives after the
// session has ended, and keeps it for that account (ui §1.4). It names the account and when its session began, under a
// key of the server. It opens nothing by itself: what a request may do, its session decides.
const (
	formTokenLife = 7 * 24 * time.Hour // as long as a draft is kept
	formTokenHead = 8 + 8 + 16         // account, when the session began, what tells sessions apart
)

// newSeed is what a session's form token is made of: when it began, and its own secret.
func newSeed(now int64, token []byte) []byte {
	return append(binary.BigEndian.AppendUint64(nil, uint64(now)), token...)
}

// formToken is the token of a session's forms.
func (k SessionStore) formToken(id ID, seed []byte) string {
	began := uint64(0)
	if len(seed) > 32 { // a session of before this version has the secret alone
		began = binary.BigEndian.Uint64(seed)
	}
	head := binary.BigEndian.AppendUint64(nil, uint64(id))
	head = binary.BigEndian.AppendUint64(head, began)
	head = append(head, k.Door.Vault.MAC("form session", seed)[:16]...)
	return base64.RawURLEncoding.EncodeToString(append(head, k.Door.Vault.MAC("form", head)...))
}

// TypedBy is whose form a token stands in, though the session it was opened in may be over; 0 when the token is not the
// server's, is older than a draft may be, or its account is closed.
func (k SessionStore) TypedBy(ctx context.Context, token string) (ID, error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) <= formTokenHead {
		return 0, nil
	}
	head, mac := raw[:formTokenHead], raw[formTokenHead:]
	if subtle.ConstantTimeCompare(mac, k.Door.Vault.MAC("form", head)) != 1 {
		return 0, nil
	}
	id, began := ID(binary.BigEndian.Uint64(head)), int64(binary.BigEndian.Uint64(head[8:]))
	if k.Clock.Now().Sub(time.UnixMicro(began)) > formTokenLife {
		return 0, nil
	}
	actor, err := ActorOf(ctx, k.Door.DB.Read(), id)
	if err != nil || len(actor.Grants) == 0 {
		return 0, err
	}
	return id, nil
}

// Return is where a person goes on after signing in again. Whoever else signs in at that place begins at home.
type Return struct {
	Account ID
	Estate  access.EstateID // chosen when the form was opened
	Back    string
}

// SealReturn makes the ticket that says whose way back an address is.
func (k SessionStore) SealReturn(to Return) string {
	head := binary.BigEndian.AppendUint64(nil, uint64(to.Account))
	head = binary.BigEndian.AppendUint64(head, uint64(to.Estate))
	return base64.RawURLEncoding.EncodeToString(append(head, k.Door.Vault.MAC("return", head, []byte(to.Back))...))
}

// ReturnOf reads a ticket; false when it does not belong to the address.
func (k SessionStore) ReturnOf(ticket, back string) (Return, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(ticket)
	if err != nil || len(raw) <= 16 {
		return Return{}, false
	}
	to := Return{Account: ID(binary.BigEndian.Uint64(raw)), Estate: access.EstateID(binary.BigEndian.Uint64(raw[8:])), Back: back}
	return to, subtle.ConstantTimeCompare([]byte(k.SealReturn(to)), []byte(ticket)) == 1
}
