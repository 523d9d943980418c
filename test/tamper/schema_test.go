package tamper

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
)

// What somebody adds to the schema, or changes in it, behind the program's back; each with how it is taken away again.
// The names are of tables that the log and the rooms have.
var schemaTampers = []struct {
	name             string
	both, lite, post []string // statements: on either engine, and on one
	undo             []string
	what, table      string
}{
	{name: "a table nobody declared", both: []string{"CREATE TABLE evidence_shadow (id BIGINT)"}, undo: []string{"DROP TABLE evidence_shadow"},
		what: evidence.SchemaUnknown, table: "evidence_shadow"},
	{name: "a trigger on a table of the log", lite: []string{"CREATE TRIGGER quiet AFTER INSERT ON evidence_leaf BEGIN SELECT 1; END"},
		post: []string{"CREATE FUNCTION quiet_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", "CREATE TRIGGER quiet AFTER INSERT ON evidence_leaf FOR EACH ROW EXECUTE FUNCTION quiet_f()"},
		undo: []string{"DROP TRIGGER quiet;DROP TRIGGER quiet ON evidence_leaf", ";DROP FUNCTION quiet_f"}, what: evidence.SchemaUnknown, table: "evidence_leaf"},
	{name: "a view in a table's place", both: []string{"ALTER TABLE estate_same_person RENAME TO estate_hidden", "CREATE VIEW estate_same_person AS SELECT * FROM estate_hidden WHERE id < 0"},
		undo: []string{"DROP VIEW estate_same_person", "ALTER TABLE estate_hidden RENAME TO estate_same_person"}, what: evidence.SchemaMissing, table: "estate_same_person"},
	{name: "a view in the place of the log", both: []string{"ALTER TABLE evidence_part RENAME TO evidence_hidden", "CREATE VIEW evidence_part AS SELECT * FROM evidence_hidden"},
		undo: []string{"DROP VIEW evidence_part", "ALTER TABLE evidence_hidden RENAME TO evidence_part"}, what: evidence.SchemaMissing, table: "evidence_part"},
	{name: "an index taken away", both: []string{"DROP INDEX estate_unit_sorting"}, undo: []string{"CREATE INDEX estate_unit_sorting ON estate_unit (estate, sorting, id)"},
		what: evidence.SchemaMissing, table: "estate_unit_sorting"},
	{name: "a rule of uniqueness relaxed", both: []string{"DROP INDEX estate_unit_code", "CREATE INDEX estate_unit_code ON estate_unit (estate, code) WHERE valid_to IS NULL"},
		undo: []string{"DROP INDEX estate_unit_code", "CREATE UNIQUE INDEX estate_unit_code ON estate_unit (estate, code) WHERE valid_to IS NULL"},
		what: evidence.SchemaChanged, table: "estate_unit_code"},
	{name: "a column more", both: []string{"ALTER TABLE op_token ADD COLUMN extra BIGINT"}, undo: []string{"ALTER TABLE op_token DROP COLUMN extra"},
		what: evidence.SchemaUnknown, table: "op_token"},
	{name: "a default for a column", post: []string{"ALTER TABLE account_grant ALTER COLUMN post SET DEFAULT 'manager'"},
		undo: []string{";ALTER TABLE account_grant ALTER COLUMN post DROP DEFAULT"}, what: evidence.SchemaChanged, table: "account_grant"},
	{name: "rows hidden by a policy", post: []string{"ALTER TABLE estate_unit ENABLE ROW LEVEL SECURITY", "CREATE POLICY none ON estate_unit USING (id < 0)"},
		undo: []string{";DROP POLICY none ON estate_unit", ";ALTER TABLE estate_unit DISABLE ROW LEVEL SECURITY"}, what: evidence.SchemaUnknown, table: "estate_unit"},
	{name: "a rule that swallows writes", post: []string{"CREATE RULE swallow AS ON INSERT TO evidence_touched DO INSTEAD NOTHING"},
		undo: []string{";DROP RULE swallow ON evidence_touched"}, what: evidence.SchemaUnknown, table: "evidence_touched"},
	{name: "a constraint taken away", post: []string{"ALTER TABLE account_grant DROP CONSTRAINT account_grant_account_fkey"},
		undo: []string{";ALTER TABLE account_grant ADD CONSTRAINT account_grant_account_fkey FOREIGN KEY (account) REFERENCES account_account (id)"},
		what: evidence.SchemaMissing, table: "account_grant"},
	{name: "a migration that never was", both: []string{"INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES (9999, 20260101000000, true, CURRENT_TIMESTAMP)"},
		undo: []string{"DELETE FROM goose_db_version WHERE id = 9999"}, what: evidence.RowUnknown, table: "goose_db_version"},
}

// The schema is compared with what the program's own migrations make, and each difference is named.
func TestSchema_EachDifferenceIsNamed(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.Company, f *folder) {
		for _, tamper := range schemaTampers {
			statements := slices.Concat(tamper.both, tamper.lite)
			if f.database != "" {
				statements = slices.Concat(tamper.both, tamper.post)
			}
			if len(statements) == 0 {
				continue
			}
			for _, s := range statements {
				f.exec(s)
			}
			report := f.verify()
			named := slices.ContainsFunc(report.Findings, func(g evidence.Finding) bool { return g.What == tamper.what && g.Table == tamper.table })
			if !named {
				t.Errorf("%s: found %+v, want %s of %s", tamper.name, report.Findings, tamper.what, tamper.table)
			}
			for _, s := range tamper.undo { // on SQLite what stands before the semicolon, on PostgreSQL what stands behind it
				lite, post, two := strings.Cut(s, ";")
				if f.database != "" && two {
					lite = post
				}
				if lite != "" {
					f.exec(lite)
				}
			}
			if report := f.verify(); !report.Clean() {
				t.Fatalf("%s: after it was taken back: %+v", tamper.name, report.Findings)
			}
		}
		if report := f.verify(); !slices.Contains(report.Covered, evidence.PartSchema) {
			t.Errorf("the schema was not compared: %+v", report.NotCovered)
		}
	})
}

// An index that was switched off while a row was written, and then on again, does not know the row: who looks by the index
// does not see it, and a second one of the same number could be made.
func TestIndex_ThatLeavesARowOut(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.Company, f *folder) {
		if f.database != "" {
			f.exec("CREATE EXTENSION IF NOT EXISTS amcheck")
		}
		units := f.read("estate_unit")
		row := units.rows[0]
		id := row[units.column("id")].(int64)
		for _, index := range []string{"estate_unit_code", "estate_unit_sorting"} {
			f.exec("DELETE FROM estate_unit WHERE id = ?", id)
			f.without(index, func() { f.exec(units.insert(), row...) })
			report := f.verify()
			named := slices.ContainsFunc(report.Findings, func(g evidence.Finding) bool {
				return g.What == evidence.RowHidden && g.Table == "estate_unit" && g.Row == id
			})
			if !named {
				t.Errorf("%s leaves unit %d out: found %+v", index, id, report.Findings)
			}
			f.exec("REINDEX " + map[bool]string{true: "INDEX "}[f.database != ""] + index)
			if report := f.verify(); !report.Clean() {
				t.Fatalf("after the index was made anew: %+v", report.Findings)
			}
		}
	})
}

// An index that is damaged while the program runs is told at the day's look, above every page, until it is mended.
func TestIndex_DamagedWhileTheProgramRuns(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		f := &folder{T: t, dir: c.Data, database: c.Database, key: c.App.Door.Vault.VerifierKey()}
		f.open()
		if f.database != "" {
			f.exec("CREATE EXTENSION IF NOT EXISTS amcheck")
		}
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		told := func(want bool) {
			t.Helper()
			c.App.LookAtTables(t.Context())
			if p := clerk.Get("/"); strings.Contains(p.Body, "查找可能漏掉记录") != want {
				t.Errorf("told %v, want %v", !want, want)
			}
		}
		told(false)
		units := f.read("estate_unit")
		row := units.rows[0]
		f.exec("DELETE FROM estate_unit WHERE id = ?", row[units.column("id")])
		f.without("estate_unit_code", func() { f.exec(units.insert(), row...) })
		told(true)
		f.exec("REINDEX " + map[bool]string{true: "INDEX "}[f.database != ""] + "estate_unit_code")
		told(false)
	})
}

// A row that the index of its own ids leaves out is met by no walk along the ids: only by reading the table.
func TestIndex_OfTheIdsThemselves(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.Company, f *folder) {
		if f.database == "" {
			return // SQLite's rows stand in the order of their ids: there is no such index
		}
		units := f.read("estate_unit")
		row := units.rows[0]
		f.exec("DELETE FROM estate_unit WHERE id = ?", row[units.column("id")])
		f.without("estate_unit_pkey", func() { f.exec(units.insert(), row...) })
		report := f.verify()
		if !slices.ContainsFunc(report.Findings, func(g evidence.Finding) bool {
			return g.What == evidence.RowHidden && g.Table == "estate_unit" && fmt.Sprint(g.Row) == fmt.Sprint(row[units.column("id")])
		}) {
			t.Errorf("without amcheck: found %+v", report.Findings)
		}
		if !slices.ContainsFunc(report.NotCovered, func(g evidence.Gap) bool { return g.What == evidence.PartIndexes }) {
			t.Errorf("nothing says that amcheck is missing: %+v", report.NotCovered)
		}
	})
}

// without does something while an index sleeps: as an administrator can, by the engine's own list of what there is.
func (f *folder) without(index string, do func()) {
	f.Helper()
	if f.database != "" {
		f.exec("UPDATE pg_index SET indisready = false, indisvalid = false WHERE indexrelid = '" + index + "'::regclass")
		do()
		f.exec("UPDATE pg_index SET indisready = true, indisvalid = true WHERE indexrelid = '" + index + "'::regclass")
		return
	}
	row := make([]any, 5)
	if err := f.raw.QueryRowContext(f.Context(), "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = ?", index).Scan(&row[0], &row[1], &row[2], &row[3], &row[4]); err != nil {
		f.Fatal(err)
	}
	f.exec("PRAGMA writable_schema = ON")
	f.exec("DELETE FROM sqlite_master WHERE name = ?", index)
	f.exec("PRAGMA writable_schema = RESET")
	do()
	f.exec("PRAGMA writable_schema = ON")
	f.exec("INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)", row...)
	f.exec("PRAGMA writable_schema = RESET")
}
