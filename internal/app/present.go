package app

import (
	"context"
	"os"
	"path/filepath"

	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/vault"
)

// Present reports whether a folder holds an installation: commands that work on one make none in a folder that was mistyped.
func Present(data string) bool {
	for _, name := range []string{databaseFile, identityFile, vault.KeysFile} {
		if there(data, name) {
			return true
		}
	}
	return false
}

func there(data, name string) bool {
	_, err := os.Stat(filepath.Join(data, name))
	return err == nil
}

// keysAreThere refuses data whose key store is not with it: with new keys nobody could sign in, nothing sealed would open, and
// the log would be signed by another key. On the first day there is neither.
func keysAreThere(ctx context.Context, o Options) error {
	missing := ""
	for _, name := range []string{vault.KeysFile, vault.MasterFile} {
		if !there(o.Data, name) {
			missing = name
		}
	}
	if missing == "" {
		return nil
	}
	notes, err := evidence.HighWater{Dir: filepath.Join(o.Data, highWaterDir)}.Notes()
	if err != nil {
		return err
	}
	if len(notes) > 0 || there(o.Data, databaseFile) || there(o.Data, identityFile) || there(o.Data, vault.KeysFile) || logged(ctx, o.Database) {
		return errs.E(errs.Blocked, "cli.error.keys", o.Data, missing)
	}
	return nil
}

// logged reports whether a PostgreSQL database has a log already.
func logged(ctx context.Context, database string) bool {
	if database == "" {
		return false
	}
	q, done, err := db.Attach(db.Config{URL: database})
	if err != nil {
		return false // opening it says why
	}
	last, _ := evidence.LastInstant(ctx, q) // no such table: no log
	_ = done()
	return last > 0
}

// sameKeys refuses a key store of another installation: its public key would take the place of this one's.
func sameKeys(data, key string) error {
	known, err := os.ReadFile(filepath.Join(data, identityFile))
	if err == nil && string(known) != key+"\n" {
		return errs.E(errs.Blocked, "cli.error.other_keys", data)
	}
	return nil
}
