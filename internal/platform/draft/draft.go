// Package draft keeps what somebody types into a form until it is sent (ui §1.4, §4.3): one draft for each account and form, the
// form named by the address it posts to, with the versions the form edits, so that a later save still meets a conflict.
//
// Drafts are no evidence (design §5): nobody else sees them, nothing follows from them, and they are gone when the form
// is accepted, when they are dropped, and after seven days. Typed numbers lie sealed, under the system's key: whose they are
// nobody knows before the form is sent. Passwords, files and tokens are never kept.
//
// Keeping a draft counts as work and so renews the session, as any request does: it is sent once after keys were pressed and
// never by itself, and a person who types is not idle. A page left alone sends nothing, and no session outlives twelve hours.
//
// It may import access, clock, db, errs, evidence, op, room and vault. Always true: a draft is found only by the account that typed it.
package draft

import (
	"context"
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

//go:embed migrations/*.sql locales/*.json
var files embed.FS

// Module is what the package offers.
var Module = module.Module{Files: files, Tables: []evidence.Table{evidence.Bound("draft_form", "typed and not yet sent: nothing follows from it, and sending it leaves a leaf", "account", "form")}}

// Bounds of what is kept.
const (
	lives     = 7 * 24 * time.Hour
	mostBytes = 2 << 20 // of a draft: whatever a form may bring
	mostForms = 50      // of an account; the oldest make room
	mostName  = 300     // of a form's address
)

// Store keeps the drafts of whoever a context's actor is.
type Store struct{ Door *op.Door }

// Save keeps what stands in a form, in the place of what was kept before, and says when, as people read it.
func (k Store) Save(ctx context.Context, form string, fields map[string][]string) (when string, err error) {
	who, now := access.From(ctx).Account, k.Door.Clock.Now()
	if who == 0 || !names(form) {
		return "", errs.E(errs.Invalid, "error.form.broken")
	}
	plain, err := json.Marshal(kept(fields))
	if err != nil {
		return "", err
	}
	if len(plain) > mostBytes {
		return "", errs.E(errs.Invalid, "draft.error.large")
	}
	form = k.Key(form)
	sealed, err := k.Door.Vault.Seal(ctx, owner, bind(who, form), plain)
	if err != nil {
		return "", err
	}
	return k.said(now.UnixMicro()), k.Door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error {
		if err := put(ctx, s, who, form, now.UnixMicro(), sealed); err != nil {
			return err
		}
		return tidy(ctx, s, who, now.Add(-lives).UnixMicro())
	})
}

// Key is the name under which a form's draft is kept: its address, where what follows the question mark is only a keyed hash,
// since people's numbers may stand there.
func (k Store) Key(form string) string {
	path, query, asked := strings.Cut(form, "?")
	if !asked {
		return form
	}
	return path + "?" + base64.RawURLEncoding.EncodeToString(k.Door.Vault.MAC("draft-form", []byte(query)))
}

// Kept says of each form of which there is a draft, by its Key, when it was kept, as people read it.
func (k Store) Kept(ctx context.Context) (map[string]string, error) {
	saved, err := savedOf(ctx, k.Door.DB.Read(), access.From(ctx).Account, k.oldest())
	all := make(map[string]string, len(saved))
	for form, at := range saved {
		all[form] = k.said(at)
	}
	return all, err
}

// Open is what stood in a form; nothing when there is no draft, or nobody can read it any more.
func (k Store) Open(ctx context.Context, form string) (map[string][]string, error) {
	who := access.From(ctx).Account
	form = k.Key(form)
	sealed, err := fieldsOf(ctx, k.Door.DB.Read(), who, form, k.oldest())
	if err != nil || sealed == nil {
		return nil, err
	}
	plain, err := k.Door.Vault.Open(ctx, owner, bind(who, form), sealed)
	if errors.Is(err, vault.ErrNoKey) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var fields map[string][]string
	return fields, json.Unmarshal(plain, &fields)
}

// Drop forgets a form's draft, if there is one.
func (k Store) Drop(ctx context.Context, form string) error {
	if !names(form) {
		return nil
	}
	who := access.From(ctx).Account
	form = k.Key(form)
	sealed, err := fieldsOf(ctx, k.Door.DB.Read(), who, form, 0)
	if err != nil || sealed == nil {
		return err
	}
	return k.Door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error { return drop(ctx, s, who, form) })
}

// Expire forgets what nobody came back to.
func (k Store) Expire(ctx context.Context) error {
	return k.Door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error { return expire(ctx, s, k.oldest()) })
}

// names reports whether a text can be a form's address.
func names(form string) bool {
	return strings.HasPrefix(form, "/") && len(form) <= mostName && utf8.ValidString(form) && !strings.ContainsFunc(form, unicode.IsControl)
}

func (k Store) oldest() int64 { return k.Door.Clock.Now().Add(-lives).UnixMicro() }

// said is the time of a draft: the hour today, else the day too.
func (k Store) said(at int64) string {
	moment := clock.Moment(at)
	return strings.TrimPrefix(moment, clock.Date(k.Door.Clock.Now())+" ")
}

var owner = vault.Owner{Class: vault.System}

// bind ties a sealed draft to its account and form, so that one moved to another row is no longer readable.
func bind(who int64, form string) []byte {
	return []byte("draft\x00" + strconv.FormatInt(who, 10) + "\x00" + form)
}

// own are the versions a form edits, and the names of the files that were chosen; every other name of the kit's own is no draft.
var own = []string{"_seen", "_files"}

// secrets are never kept, whatever a page sends.
var secrets = []string{"password", "pin"}

func kept(fields map[string][]string) map[string][]string {
	all := make(map[string][]string, len(fields))
	for name, values := range fields {
		last := name[strings.LastIndexByte(name, '.')+1:]
		if slices.Contains(own, name) || !strings.HasPrefix(name, "_") && !slices.Contains(secrets, last) {
			all[name] = values
		}
	}
	return all
}
