//go:build linux

package torture

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/vault"
)

// told is everything the clients of a folder were told.
type told struct {
	receipts map[int64][4]int64 // receipt → till, number, receipt, total
	perTill  map[int64]int
	notes    map[int64]int64 // note → version
	dropping map[int64]bool  // perhaps dropped
	dropped  map[int64]bool
	refused  int64
	signed   map[string]int64 // log → size of its last checkpoint
}

func readAcks(t *testing.T, acks string) told {
	t.Helper()
	all := told{map[int64][4]int64{}, map[int64]int{}, map[int64]int64{}, map[int64]bool{}, map[int64]bool{}, 0, map[string]int64{}}
	files, err := filepath.Glob(filepath.Join(acks, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(string(raw), "\n"), "\n") {
			kind, rest, _ := strings.Cut(line, " ")
			var n [4]int64
			_, _ = fmt.Sscan(rest, &n[0], &n[1], &n[2], &n[3]) // as many as the kind has
			switch kind {
			case "receipt":
				if _, twice := all.receipts[n[2]]; !twice { // answered before and again after a restart
					all.perTill[n[0]]++
				}
				all.receipts[n[2]] = n
			case "note":
				all.notes[n[0]] = n[1]
			case "dropping":
				all.dropping[n[0]] = true
			case "dropped":
				all.dropped[n[0]] = true
			case "refused":
				all.refused++
			case "signed":
				_, log, _ := strings.Cut(rest, " ")
				all.signed[log] = n[0]
			case "WRONG:":
				t.Errorf("%s: %s", filepath.Base(file), line)
			}
		}
	}
	return all
}

// judge opens what the child left behind and reports everything that breaks a promise. inFlight is how many operations
// of each till may have been saved without an answer.
func judge(t *testing.T, dir string, inFlight int) {
	t.Helper()
	judgeBy(t, dir, acksOf(dir), inFlight)
}

// judgeBy is judge where the clients' lists lie elsewhere.
func judgeBy(t *testing.T, dir, acks string, inFlight int) {
	t.Helper()
	h, err := open(t.Context(), dir)
	if err != nil {
		t.Errorf("does not open again: %v", err)
		return
	}
	defer func() {
		if err := h.shut(); err != nil {
			t.Error(err)
		}
	}()
	all := readAcks(t, acks)
	h.judgeMoney(t, all, inFlight)
	h.judgeNotes(t, all)
	h.judgeScans(t)
	h.judgeKeys(t)
	h.judgeSigned(t, all)
	notes, err := h.high.Notes()
	if err != nil {
		t.Fatal(err)
	}
	id := evidence.Identity{Installation: h.door.Vault.Installation(), VerifierKey: h.door.Vault.VerifierKey()}
	report, err := evidence.Verify(t.Context(), h.door.DB.Read(), h.door.Tables, id, evidence.Against{Notes: notes})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings[:min(len(report.Findings), 5)] {
		t.Errorf("verify: %+v", f)
	}
	if _, err := h.door.Log.Cut(t.Context(), h.door.DB.Read(), h.high); err != nil {
		t.Errorf("the next checkpoint: %v", err)
	}
	for _, line := range h.strings(t, `PRAGMA integrity_check`) {
		if line != "ok" {
			t.Errorf("integrity: %s", line)
		}
	}
	for _, line := range h.strings(t, `SELECT "table" FROM pragma_foreign_key_check()`) {
		t.Errorf("foreign key broken in %s", line)
	}
}

func (h *house) judgeMoney(t *testing.T, all told, inFlight int) {
	t.Helper()
	found := map[int64][4]int64{}
	per := map[int64]int{}
	h.each(t, func(rows *sql.Rows) error {
		var n [4]int64
		err := rows.Scan(&n[0], &n[1], &n[2], &n[3])
		found[n[2]] = n
		if per[n[0]]++; int64(per[n[0]]) != n[1] {
			t.Errorf("till %d: receipt number %d stands where %d should", n[0], n[1], per[n[0]])
		}
		return err
	}, `SELECT till, no, id, total FROM toy_receipt ORDER BY till, no`)
	for id, want := range all.receipts {
		if found[id] != want {
			t.Errorf("receipt acknowledged as %v is %v", want, found[id])
		}
	}
	for till, n := range per {
		if n < all.perTill[till] || n > all.perTill[till]+inFlight {
			t.Errorf("till %d: %d receipts, %d were acknowledged: a token took money twice", till, n, all.perTill[till])
		}
	}
	for what, query := range map[string]string{
		"till whose last number is not its last receipt's": `SELECT COUNT(*) FROM toy_till t WHERE t.last <> (SELECT COUNT(*) FROM toy_receipt r WHERE r.till = t.id)`,
		"account whose balance is not its receipts' sum":   `SELECT COUNT(*) FROM toy_account a WHERE a.balance <> (SELECT COALESCE(SUM(total), 0) FROM toy_receipt r WHERE r.account = a.id)`,
		"receipt whose total is not its lines' sum":        `SELECT COUNT(*) FROM toy_receipt r WHERE r.total <> (SELECT COALESCE(SUM(fen), 0) FROM toy_line l WHERE l.receipt = r.id)`,
	} {
		if n := h.strings(t, query); n[0] != "0" {
			t.Errorf("%s: %s", what, n[0])
		}
	}
}

func (h *house) judgeNotes(t *testing.T, all told) {
	t.Helper()
	found := map[int64]int64{}
	h.each(t, func(rows *sql.Rows) error {
		var id, version int64
		err := rows.Scan(&id, &version)
		found[id] = version
		return err
	}, `SELECT id, version FROM toy_note`)
	for id, version := range all.notes {
		if found[id] < version && !all.dropping[id] {
			t.Errorf("note %d was acknowledged at version %d and is at %d", id, version, found[id])
		}
	}
	for id := range all.dropped {
		if found[id] != 0 {
			t.Errorf("note %d was dropped and is still there", id)
		}
	}
	refusals := h.strings(t, `SELECT COUNT(*) FROM evidence_leaf WHERE log = 0`)
	if n := fmt.Sprint(all.refused); len(refusals[0]) < len(n) || len(refusals[0]) == len(n) && refusals[0] < n {
		t.Errorf("%s refusals in the log, %s were answered", refusals[0], n)
	}
}

// judgeScans reads every blob that a note refers to, to its end.
func (h *house) judgeScans(t *testing.T) {
	t.Helper()
	h.each(t, func(rows *sql.Rows) error {
		var id int64
		var named []byte
		var s scan
		if err := errors.Join(rows.Scan(&id, &named), json.Unmarshal(named, &s)); err != nil {
			return err
		}
		if err := h.read(t.Context(), s); err != nil {
			t.Errorf("the scan of note %d, %d bytes: %v", id, s.Size, err)
		}
		return nil
	}, `SELECT id, scan FROM toy_note WHERE length(scan) > 0`)
}

func (h *house) read(ctx context.Context, s scan) error {
	file, err := h.blobs.Open(ctx, s.Owner, s.Blob)
	if err != nil {
		return err
	}
	defer file.Close()
	n, err := io.Copy(io.Discard, file)
	if err == nil && n != s.Size {
		err = fmt.Errorf("%d bytes", n)
	}
	return errors.Join(err, h.blobs.Check(ctx, s.Name))
}

// judgeKeys asks the key store for the key of every payload there is.
func (h *house) judgeKeys(t *testing.T) {
	t.Helper()
	h.each(t, func(rows *sql.Rows) error {
		var o vault.Owner
		if err := rows.Scan(&o.Class, &o.ID); err != nil {
			return err
		}
		if _, err := h.door.Vault.Open(t.Context(), o, nil, nil); errors.Is(err, vault.ErrNoKey) {
			t.Errorf("there are payloads under the key of %s, and no such key", o)
		}
		return nil
	}, `SELECT DISTINCT owner_class, owner_id FROM evidence_part`)
}

// judgeSigned looks whether every checkpoint that was signed is remembered. Verify tells of one that is ahead of its log.
func (h *house) judgeSigned(t *testing.T, all told) {
	t.Helper()
	notes, err := h.high.Notes()
	if err != nil {
		t.Fatal(err)
	}
	last := map[string]int64{}
	for _, signed := range notes {
		if c, err := evidence.OpenNote(signed, h.door.Vault.VerifierKey()); err == nil {
			last[c.Origin] = c.Size
		}
	}
	for log, size := range all.signed {
		if last[log] < size {
			t.Errorf("%s was signed at %d leaves, remembered are %d", log, size, last[log])
		}
	}
}

func (h *house) each(t *testing.T, scan func(*sql.Rows) error, query string) {
	t.Helper()
	if err := db.Rows(t.Context(), h.door.DB.Read(), scan, query); err != nil {
		t.Error(err)
	}
}

func (h *house) strings(t *testing.T, query string) (lines []string) {
	t.Helper()
	h.each(t, func(rows *sql.Rows) error {
		var line string
		err := rows.Scan(&line)
		lines = append(lines, line)
		return err
	}, query)
	return lines
}
