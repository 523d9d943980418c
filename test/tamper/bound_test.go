package tamper

import (
	"bytes"
	"crypto/sha256"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hudang/internal/app"
	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// forged are tables whose rows are compared otherwise than one by one: TestSchema lays a row in it.
var forged = []string{"goose_db_version"}

// A row laid into any table there is, evidential, bound or of the log, is named; so is a row of a bound table that was changed. The
// tables are those the rooms declare, so that one to come is tried too.
func TestForged_ARowInEveryTable(t *testing.T) {
	each(t, func(t *testing.T, c *apptest.Company, f *folder) {
		if f.database == "" {
			f = stolen(t, c) // the copy with its key store
		}
		r := rand.New(rand.NewPCG(5, 5))
		for _, table := range c.App.Door.Tables.All() {
			if slices.Contains(forged, table.Name) {
				continue
			}
			before := f.read(table.Name)
			row := f.invented(r, before)
			f.exec(before.insert(), row...)
			f.named(table, "a row laid there")
			f.exec("DELETE FROM "+table.Name+before.where(), row...)
			if table.Keys == nil || len(before.rows) == 0 {
				continue
			}
			was := before.rows[0]
			for i, name := range before.columns {
				if slices.Contains(table.Keys, name) {
					continue
				}
				changed := slices.Clone(was)
				if changed[i] = other(r, before, i)(was[i]); same(changed[i], was[i]) {
					continue
				}
				if _, err := f.try("UPDATE "+table.Name+" SET "+name+" = ?"+before.where(), append([]any{changed[i]}, was...)...); err != nil {
					continue // the engine's own rule is in the way
				}
				f.named(table, "another "+name)
				f.exec("UPDATE "+table.Name+" SET "+name+" = ?"+before.where(), append([]any{was[i]}, changed...)...)
			}
		}
		if report := f.verify(); !report.Clean() {
			t.Errorf("after everything was taken back: %+v", report.Findings)
		} else if !slices.Contains(report.Covered, evidence.PartBound) {
			t.Errorf("bound rows were not looked at: %+v", report.NotCovered)
		}
	})
}

// named says that verify finds something in a table, or of the log that it belongs to, or lists the table as not looked at.
func (f *folder) named(table evidence.Table, what string) {
	f.Helper()
	report := f.verify()
	found := slices.ContainsFunc(report.Findings, func(g evidence.Finding) bool { return g.Table == table.Name }) ||
		table.Exempt != "" && table.Keys == nil && slices.ContainsFunc(report.NotCovered, func(g evidence.Gap) bool { return g.What == evidence.OpenTable && g.Table == table.Name })
	if !found && !(strings.HasPrefix(table.Name, "evidence_") && !report.Clean()) {
		f.Errorf("%s in %s: found %+v", what, table.Name, report.Findings)
	}
}

// invented is a row of made-up values: of the kinds that the columns have, as far as they tell.
func (f *folder) invented(r *rand.Rand, t table) []any {
	f.Helper()
	rows, err := f.raw.QueryContext(f.Context(), "SELECT * FROM "+t.name+" WHERE 1 = 0")
	if err != nil {
		f.Fatal(err)
	}
	defer rows.Close()
	kinds, err := rows.ColumnTypes()
	if err != nil {
		f.Fatal(err)
	}
	row := make([]any, len(kinds))
	for i, k := range kinds {
		switch strings.ToUpper(k.DatabaseTypeName()) {
		case "TEXT":
			row[i] = "x"
		case "BLOB", "BYTEA":
			row[i] = bytes.Repeat([]byte{byte(r.IntN(256))}, 32)
		default:
			row[i] = r.Int64N(1<<40) + 1
		}
	}
	return row
}

// What somebody lays into the database of a running program opens nothing: a session, a link, and a password, a PIN and a second
// step in another's name.
func TestForged_OpensNothing(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		f := &folder{T: t, dir: c.Data, database: c.Database, key: c.App.Door.Vault.VerifierKey()}
		f.open()
		client := c.SignIn(t, "victim", access.Company, access.Manager)
		if p := client.Get("/units"); p.Status != 200 {
			t.Fatalf("the manager sees no units: %d", p.Status)
		}
		sessions := f.read("account_session")
		row := slices.Clone(sessions.rows[len(sessions.rows)-1])
		token := sha256.Sum256([]byte("made up"))
		row[sessions.column("token")] = token[:]
		f.exec(sessions.insert(), row...)
		if s, found, err := c.App.Accounts.Find(t.Context(), account.Browser{Cookie: "made up"}); found || err != nil {
			t.Errorf("a session that was laid there opens as %+v, %v", s, err)
		}
		victim := row[sessions.column("account")]
		f.exec("UPDATE account_session SET account = ? WHERE account = ?", int64(1), victim) // his own session made another's
		if p := client.Get("/units"); p.Path == "/units" && p.Status == 200 {
			t.Errorf("a session that was changed still opens: %d", p.Status)
		}

		link := sha256.Sum256([]byte("made up"))
		f.exec("INSERT INTO account_link (token, account, expires, must_set) VALUES (?, ?, ?, 0)", link[:], victim, c.Clock.Now().AddDate(1, 0, 0).UnixMicro())
		if _, err := c.App.Accounts.SignInByLink(t.Context(), "made up", account.Browser{}); err == nil {
			t.Error("a link that was laid there signs somebody in")
		}

		clerk := c.SignIn(t, "clerk", c.Garden, access.Assistant)
		grants := f.read("account_grant")
		post := slices.Clone(grants.rows[len(grants.rows)-1]) // the clerk's own, made the manager's of all estates
		post[grants.column("id")], post[grants.column("post")], post[grants.column("at_estate")] = int64(4711), string(access.SecurityAdmin), int64(access.Company)
		f.exec(grants.insert(), post...)
		if p := clerk.Get("/accounts/new"); p.Status == 200 {
			t.Errorf("a post that was laid there lets its holder make accounts")
		}
		if p := clerk.Get("/units"); p.Status != 200 {
			t.Errorf("the clerk's own post is gone with it: %d", p.Status)
		}
		gone := account.ID(grants.rows[0][grants.column("account")].(int64))
		if _, err := op.Run(optest.As(t.Context(), 4711, access.Company, access.SecurityAdmin), c.App.Door, account.DisableAccount, account.AccountIn{Account: gone}); err != nil {
			t.Fatal(err)
		}
		f.exec("UPDATE account_account SET disabled = NULL WHERE id = ?", int64(gone))
		if who, err := account.ActorOf(t.Context(), c.App.Door.DB.Read(), gone); who.Account != 0 || err != nil {
			t.Errorf("a disabling that was taken back there lets %+v in, %v", who, err)
		}

		const known = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		f.exec("INSERT INTO account_pin (account, hash, wrong, proved) VALUES (?, ?, 0, ?)", victim, known, c.Clock.Now().UnixMicro())
		f.exec("INSERT INTO account_totp (account, nonce, step) VALUES (?, ?, 0)", victim, token[:])
		id := account.ID(victim.(int64))
		if has, err := account.HasPIN(t.Context(), c.App.Door.DB.Read(), id); has || err != nil {
			t.Errorf("a PIN that was laid there counts: %v", err)
		}
		if has, err := account.HasTOTP(t.Context(), c.App.Door.DB.Read(), id); has || err != nil {
			t.Errorf("a second step that was laid there counts: %v", err)
		}
		report := f.verify()
		for _, table := range []string{"account_session", "account_link", "account_pin", "account_totp"} {
			if !slices.ContainsFunc(report.Findings, func(g evidence.Finding) bool { return g.What == evidence.BoundChanged && g.Table == table }) {
				t.Errorf("the row in %s is not named: %+v", table, report.Findings)
			}
		}
	})
}

// Rows of a version that did not bind any are bound at the first start, once: what people set themselves goes on working, what
// was laid there without an operation does not, and taking the bindings away later does not have them made again.
func TestBind_RowsOfAnEarlierVersionOnce(t *testing.T) {
	c := apptest.Open(t)
	busy(t, c)
	f := stolen(t, c)
	for _, table := range c.App.Door.Tables.All() {
		if table.Keys != nil {
			f.exec("UPDATE " + table.Name + " SET bound = NULL")
		}
	}
	hashes := f.read("account_secret")
	f.exec("INSERT INTO account_secret (account, hash) VALUES (4711, 'laid there')")
	f.exec("INSERT INTO account_power (held, account, post, at_estate) VALUES (4711, 4711, 'manager', 0)")
	f.forgetNote("done: rows bound")
	f.forgetNote("done: posts bound")
	now := optest.Morning
	reopen := func() *app.App {
		t.Helper()
		now = now.Add(time.Minute) // two processes of one millisecond may make the same ids
		a, err := app.Open(t.Context(), app.Options{Data: f.dir, Clock: clock.At(now)})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := reopen()
	after := f.read("account_secret")
	bound := 0
	for _, row := range after.rows {
		if row[after.column("bound")] != nil {
			bound++
		}
	}
	if bound != len(hashes.rows) || len(after.rows) != len(hashes.rows)+1 {
		t.Errorf("%d passwords of %d are bound, want the %d that were set", bound, len(after.rows), len(hashes.rows))
	}
	if left := f.read("account_session"); len(left.rows) != 0 {
		t.Errorf("%d sessions outlive the change", len(left.rows))
	}
	if n := optest.Leaves(t, a.Door, access.Company); n == optest.Leaves(t, c.App.Door, access.Company) {
		t.Error("it left no leaf")
	}
	report := f.verify()
	if got := whats(report); !slices.Equal(got, []string{evidence.BoundChanged}) || len(report.Findings) != 2 {
		t.Errorf("found %+v, want the password and the post that were laid there", report.Findings)
	}
	if err := a.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.exec("UPDATE account_secret SET bound = NULL")
	if err := reopen().Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, row := range f.read("account_secret").rows {
		if row[after.column("bound")] != nil {
			t.Error("bindings that were taken away are made again")
		}
	}
}

// forgetNote makes a key store one of an earlier version.
func (f *folder) forgetNote(name string) {
	f.Helper()
	keys := &folder{T: f.T, dir: f.TempDir()}
	if err := os.Rename(filepath.Join(f.dir, "keys.db"), filepath.Join(keys.dir, "hudang.db")); err != nil {
		f.Fatal(err)
	}
	keys.open()
	keys.exec("DELETE FROM vault_meta WHERE name = ?", name)
	keys.exec("PRAGMA wal_checkpoint(TRUNCATE)")
	keys.raw.Close()
	if err := os.Rename(filepath.Join(keys.dir, "hudang.db"), filepath.Join(f.dir, "keys.db")); err != nil {
		f.Fatal(err)
	}
}

// A log that has lost its high-water mark is found, signed no more, and accepted by a manager only.
func TestMark_LostUntilAManagerAcceptsIt(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		f := &folder{T: t, dir: c.Data, database: c.Database, key: c.App.Door.Vault.VerifierKey()}
		if _, err := c.App.Checkpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
		mark := filepath.Join(c.Data, "highwater", "0.txt")
		notes, err := os.ReadFile(mark)
		if err != nil {
			t.Fatal(err)
		}
		saved := filepath.Join(t.TempDir(), "anchors")
		if err := os.WriteFile(saved, notes, 0o600); err != nil {
			t.Fatal(err)
		}
		if report := f.verify(saved); !report.Clean() || report.Anchors < 2*bytes.Count(notes, []byte("=====")) {
			t.Errorf("a file of the program's own notes as anchor: %d compared, %+v", report.Anchors, report.Findings)
		}
		forget(t, mark)
		f.wants("without its mark", f.verify(), evidence.MarkMissing)
		manager := c.SignIn(t, "chenli", access.Company, access.Manager)
		if _, err := c.App.Checkpoint(t.Context()); err == nil {
			t.Error("the log was signed anew without a word")
		}
		if p := manager.Get("/"); !strings.Contains(p.Body, "/log/marks") {
			t.Error("no banner says so")
		}
		if p := c.SignIn(t, "zhouqian", c.Garden, access.Assistant).Get("/log/marks"); p.Status != 403 {
			t.Errorf("a clerk comes to the page: %d", p.Status)
		}
		if p := manager.Submit("/log/marks", "/log/marks", map[string][]string{"why": {""}}); p.Status != 422 {
			t.Errorf("accepted without a reason: %d", p.Status)
		}
		if p := manager.Submit("/log/marks", "/log/marks", map[string][]string{"why": {"换电脑时漏拷"}}); p.Status != 200 {
			t.Errorf("accepting: %d", p.Status)
		}
		f.wants("accepted", f.verify())
		f.wants("accepted, and the old notes as anchors", f.verify(saved))
		if p := manager.Get("/"); strings.Contains(p.Body, "/log/marks") {
			t.Error("the banner stays")
		}
	})
}

// Scans are read when asked to; else it is said that they were not.
func TestPapers_ChangedAndMissing(t *testing.T) {
	c := play(t)
	f := stolen(t, c)
	blobs := filepath.Join(f.dir, "blobs")
	papers := func() *evidence.Report {
		t.Helper()
		report, err := app.Verify(t.Context(), app.VerifyOptions{Data: f.dir, Key: f.key, Papers: true})
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	whole := papers()
	if !whole.Clean() || whole.Papers < 2 || !slices.Contains(whole.Covered, evidence.PartInside) {
		t.Fatalf("untouched: %d papers, %v, %+v", whole.Papers, whole.Covered, whole.Findings)
	}
	if report := f.verify(); !slices.ContainsFunc(report.NotCovered, func(g evidence.Gap) bool { return g.What == evidence.PartPapers }) {
		t.Errorf("nothing says that scans were not read: %+v", report.NotCovered)
	}
	rows := f.read("archive_blob")
	file := func(i int) string {
		name := rows.rows[i][rows.column("stored")].(string)
		return filepath.Join(blobs, name[:2], name[2:4], name)
	}
	raw, err := os.ReadFile(file(0))
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(file(0), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	forget(t, file(1))
	report := papers()
	f.wants("changed and missing", report, evidence.PaperChanged, evidence.PaperMissing)
	for _, g := range report.Findings {
		if g.Table != "archive_blob" || g.Row == 0 {
			t.Errorf("no row named: %+v", g)
		}
	}
}
