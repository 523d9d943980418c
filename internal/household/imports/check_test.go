package imports_test

import (
	"database/sql"
	"testing"

	"hudang/internal/estate/estatetest"
	"hudang/internal/household/imports"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// What became of a row is not rewritten unseen: a changed, removed, moved or invented line is named.
func TestCheckLines_NamesWhatIsNotAsItWasWritten(t *testing.T) {
	optest.EachTampered(t, world, func(t *testing.T, d *op.Door, raw *sql.DB) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		bring(t, d, garden, "花名册.csv", []byte(everyFate))
		found := func() (n int) {
			t.Helper()
			if err := imports.CheckLines(t.Context(), d.DB.Read(), d.Vault, func(string) { n++ }); err != nil {
				t.Fatal(err)
			}
			return n
		}
		exec := func(query string) {
			t.Helper()
			if _, err := raw.Exec(query); err != nil {
				t.Fatal(err)
			}
		}
		if n := found(); n != 0 {
			t.Fatalf("%d found of lines as they were written", n)
		}
		for _, c := range []struct{ do, undo string }{
			{`UPDATE household_import_line SET fate = 'new' WHERE n = 7`, `UPDATE household_import_line SET fate = 'refused' WHERE n = 7`},
			{`UPDATE household_import_line SET id = id + 1 WHERE n = 9`, `UPDATE household_import_line SET id = id - 1 WHERE n = 9`},
			{`UPDATE household_import_line SET estate = estate + 1 WHERE n = 3`, `UPDATE household_import_line SET estate = estate - 1 WHERE n = 3`},
			{`UPDATE household_import_line SET import = import + 1 WHERE n = 3`, `UPDATE household_import_line SET import = import - 1 WHERE n = 3`},
			{`INSERT INTO household_import_line (id, import, estate, n, sheet, row_no, upto, part, fate, problems) SELECT 7, import, estate, 99, sheet, 99, 99, part, fate, 0 FROM household_import_line WHERE n = 3`,
				`DELETE FROM household_import_line WHERE id = 7`},
		} {
			exec(c.do)
			if found() == 0 {
				t.Errorf("not named: %s", c.do)
			}
			exec(c.undo)
			if n := found(); n != 0 {
				t.Fatalf("%d found after it was taken back: %s", n, c.undo)
			}
		}
		exec(`DELETE FROM household_import_line WHERE n = 2`)
		if found() == 0 {
			t.Error("a line taken away is not named")
		}
	})
}
