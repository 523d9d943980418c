package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/disk"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/tlsca"
	"hudang/internal/platform/vault"
	"hudang/internal/platform/viewlog"
)

// Health is how one thing stands that doctor looked at.
type Health struct {
	Check string `json:"check"` // stable name; doctor.<name> is its text
	State string `json:"state"` // good, warn, bad
	What  string `json:"what,omitempty"`

	failed error // why it could not be looked at
}

// words are what was seen, for people.
func (h Health) words(texts *i18n.Bundle, lang i18n.Lang) string {
	switch {
	case h.failed != nil:
		return Words(h.failed, lang)
	case h.Check == "program":
		return texts.Text(lang, "doctor.program."+h.What)
	}
	return h.What
}

// Bad reports something that must be mended.
func (h Health) Bad() bool { return h.State == healthBad }

// The states of a Health.
const (
	healthGood = "good"
	healthWarn = "warn"
	healthBad  = "bad"
)

// Doctor looks at an installation, without changing anything: whether its files are there, whole and fit each other, whether
// there is room, whether the clock and the signed checkpoints agree, whether the sealed views do. It reads beside a running
// program.
func Doctor(ctx context.Context, data, database string) ([]Health, error) {
	if _, err := os.Stat(data); err != nil {
		return nil, err
	}
	d := &doctor{data: data, database: database}
	for _, check := range []struct {
		name string
		look func(context.Context) (state, what string, err error)
	}{
		{"folder", d.folder}, {"program", d.program}, {"room", d.room}, {"database", d.whole}, {"keys", d.keys}, {"checkpoints", d.checkpoints},
		{"clock", d.clock}, {"scans", d.scans}, {"views", d.views}, {"tls", d.encryption}, {"backup", d.backup},
	} {
		state, what, err := check.look(ctx)
		if err != nil {
			state, what = healthBad, err.Error()
		}
		d.found = append(d.found, Health{check.name, state, what, err})
	}
	return d.found, nil
}

type doctor struct {
	data, database string
	found          []Health
}

// folder asks whether the data folder can be written, without leaving anything in it.
func (d *doctor) folder(context.Context) (string, string, error) {
	f, err := os.CreateTemp(d.data, ".doctor")
	if err != nil {
		return "", "", err
	}
	return healthGood, d.data, errors.Join(f.Close(), os.Remove(f.Name()))
}

// program asks whether the program is running.
func (d *doctor) program(context.Context) (string, string, error) {
	unlock, err := lockFolder(filepath.Join(d.data, "lock"))
	if err != nil {
		return healthGood, "running", nil
	}
	return healthGood, "stopped", unlock()
}

// leastRoom is the free space, in bytes, below which doctor warns: a day of scans and the copy of a small database.
const leastRoom uint64 = 2 << 30

func (d *doctor) room(context.Context) (string, string, error) {
	free, _, err := disk.Room(d.data)
	if err != nil {
		return healthWarn, err.Error(), nil
	}
	what := strconv.FormatUint(free>>20, 10) + " MiB"
	if free < leastRoom {
		return healthWarn, what, nil
	}
	return healthGood, what, nil
}

// whole has the engine check its tables against its indexes. PostgreSQL does so where the extension amcheck is installed.
func (d *doctor) whole(ctx context.Context) (state, what string, err error) {
	flaws, gap, err := db.IntegrityOf(ctx, db.Config{File: filepath.Join(d.data, databaseFile), URL: d.database})
	state, what = healthGood, "SQLite"
	if d.database != "" {
		what = "PostgreSQL"
	}
	if gap != "" {
		state, what = healthWarn, what+"  "+gap
	}
	if len(flaws) > 0 {
		lines := make([]string, 0, toldFlaws+1)
		for _, f := range flaws[:min(len(flaws), toldFlaws)] {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %d: %s", f.Table, f.Row, f.Detail)))
		}
		if more := len(flaws) - toldFlaws; more > 0 {
			lines = append(lines, fmt.Sprintf("+%d", more))
		}
		state, what = healthBad, strings.Join(lines, "; ")
	}
	return state, what, err
}

const toldFlaws = 20 // verify names all of them

// keys asks whether the key store opens with its master key, and is the one the log was signed with.
func (d *doctor) keys(ctx context.Context) (string, string, error) {
	for _, name := range []string{vault.KeysFile, vault.MasterFile} {
		if _, err := os.Stat(filepath.Join(d.data, name)); err != nil {
			return "", "", err
		}
	}
	known, err := os.ReadFile(filepath.Join(d.data, identityFile))
	if err != nil {
		return "", "", err
	}
	store, err := vault.Open(ctx, d.data)
	if err != nil {
		return "", "", err
	}
	if !bytes.Equal(bytes.TrimSpace(known), []byte(store.VerifierKey())) {
		return healthBad, identityFile, store.Close()
	}
	return healthGood, store.Installation() + "  " + evidence.Fingerprint(store.VerifierKey()), store.Close()
}

func (d *doctor) checkpoints(ctx context.Context) (string, string, error) {
	high := evidence.HighWater{Dir: filepath.Join(d.data, highWaterDir)}
	notes, err := high.Notes()
	if err != nil {
		return "", "", err
	}
	if len(notes) == 0 {
		return healthWarn, "0", nil
	}
	state, what := healthGood, strconv.Itoa(len(notes))
	err = d.reading(ctx, func(q db.Querier) error {
		lost, err := high.Missing(ctx, q)
		if len(lost) > 0 {
			state, what = healthBad, what+"  −"+strconv.Itoa(len(lost))
		}
		return err
	})
	return state, what, err
}

// clock asks whether the log ends in the future: then somebody set the clock back.
func (d *doctor) clock(ctx context.Context) (state, what string, err error) {
	now := clock.System{}.Now()
	state, what = healthGood, now.In(clock.China).Format("2006-01-02 15:04")
	err = d.reading(ctx, func(q db.Querier) error {
		last, err := evidence.LastInstant(ctx, q)
		if err == nil && last > now.Add(time.Minute).UnixMicro() {
			state, what = healthBad, time.UnixMicro(last).In(clock.China).Format("2006-01-02 15:04")
		}
		return err
	})
	return state, what, err
}

func (d *doctor) scans(context.Context) (string, string, error) {
	info, err := os.Stat(filepath.Join(d.data, blobsDir))
	if err != nil || !info.IsDir() {
		return healthBad, blobsDir, err
	}
	return healthGood, blobsDir, nil
}

func (d *doctor) views(ctx context.Context) (state, what string, err error) {
	state = healthGood
	err = d.reading(ctx, func(q db.Querier) error {
		broken, err := viewlog.Check(ctx, q)
		if len(broken) > 0 {
			state, what = healthBad, strconv.Itoa(len(broken))
		}
		return err
	})
	return state, what, err
}

// encryption asks how the connection is protected, and whether its certificate is there and lasts a while.
func (d *doctor) encryption(context.Context) (string, string, error) {
	e, err := keptEncryption(d.data)
	if err != nil || e.mode == "" {
		return healthGood, "127.0.0.1", err // nothing was chosen, so nobody else can come
	}
	if e.mode == Unencrypted {
		return healthWarn, e.String(), nil
	}
	c, err := e.certificate(d.data)
	if err != nil {
		return "", "", err
	}
	what := e.mode + "  " + clock.Date(c.NotAfter) + "  " + tlsca.Fingerprint(c)
	if now := (clock.System{}).Now(); now.AddDate(0, 1, 0).After(c.NotAfter) {
		return healthWarn, what, nil
	}
	return healthGood, what, nil
}

// backup is not there yet: a copy is made by hand.
func (d *doctor) backup(context.Context) (string, string, error) { return healthWarn, "", nil }

// reading opens the database for reading only.
func (d *doctor) reading(_ context.Context, look func(q db.Querier) error) error {
	q, done, err := db.Attach(db.Config{File: filepath.Join(d.data, databaseFile), URL: d.database})
	if err != nil {
		return err
	}
	return errors.Join(look(q), done())
}
