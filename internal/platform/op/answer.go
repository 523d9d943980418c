package op

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/vault"
)

// answersLive is how long the same form gets its first answer.
const answersLive = 14 * 24 * time.Hour

var answerOwner = vault.Owner{Class: vault.System}

// Answered is where a form led when it was accepted before; empty for one that was not, or that now says something else. form is
// all that was typed, and where it was sent.
func (d *Door) Answered(ctx context.Context, token string, form []byte) (place string, err error) {
	key, who := sha256.Sum256([]byte(token)), access.From(ctx).Account
	sealed, err := answerOf(ctx, d.DB.Read(), key[:], who)
	if err != nil || sealed == nil {
		return "", err
	}
	plain, err := d.Vault.Open(ctx, answerOwner, bindAnswer(who, key[:], form), sealed)
	if err != nil {
		return "", nil // another form under the same token, or a row that is none of ours
	}
	return string(plain), nil
}

// KeepAnswer keeps where an accepted form led to.
func (d *Door) KeepAnswer(ctx context.Context, token string, form []byte, place string) error {
	key, who, now := sha256.Sum256([]byte(token)), access.From(ctx).Account, d.Clock.Now()
	sealed, err := d.Vault.Seal(ctx, answerOwner, bindAnswer(who, key[:], form), []byte(place))
	if err != nil {
		return err
	}
	return d.DB.Write(ctx, func(ctx context.Context, s *db.Session) error {
		return putAnswer(ctx, s, key[:], who, sealed, now.UnixMicro(), now.Add(-answersLive).UnixMicro())
	})
}

func bindAnswer(who int64, key, form []byte) []byte {
	sum := sha256.Sum256(form)
	bound := append([]byte("op answer\x00"), key...)
	return append(binary.BigEndian.AppendUint64(bound, uint64(who)), sum[:]...)
}
