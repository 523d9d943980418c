package app_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/db"
)

// Every table of the database is declared by a room, as evidential or as exempt with a reason, and bears its room's name.
func TestSchema_EveryTableIsDeclared(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		q := c.App.Door.DB.Read()
		query := `SELECT name FROM sqlite_master WHERE type = 'table'`
		if q.Engine() == db.Postgres {
			query = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`
		}
		var found []string
		err := db.Rows(t.Context(), q, func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			if !strings.HasPrefix(name, "sqlite_") {
				found = append(found, name)
			}
			return err
		}, query)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range c.App.Door.Tables.All() {
			i := slices.Index(found, table.Name)
			if i < 0 {
				t.Errorf("%s is declared and not there", table.Name)
				continue
			}
			found = slices.Delete(found, i, i+1)
			if !strings.Contains(table.Name, "_") {
				t.Errorf("%s does not bear its room's name", table.Name)
			}
		}
		for _, name := range found {
			t.Errorf("%s is there and no room declares it", name)
		}
	})
}

// The columns of evidential tables are the three types both engines keep alike, so that digests agree (design §5).
func TestSchema_ColumnsHaveOneMeaningOnBothEngines(t *testing.T) {
	c := apptest.Open(t)
	for _, table := range c.App.Door.Tables.All() {
		if table.Exempt != "" {
			continue
		}
		err := db.Rows(t.Context(), c.App.Door.DB.Read(), func(rows *sql.Rows) error {
			var name, kind string
			var fallback sql.NullString
			err := rows.Scan(&name, &kind, &fallback)
			if name == "id" && kind == "INTEGER" {
				return err // SQLite's word for a BIGINT that is the row's own key
			}
			if !slices.Contains([]string{"BIGINT", "TEXT", "BLOB"}, kind) || fallback.Valid {
				t.Errorf("%s.%s is %s with default %q", table.Name, name, kind, fallback.String)
			}
			return err
		}, `SELECT name, type, dflt_value FROM pragma_table_info(?)`, table.Name)
		if err != nil {
			t.Error(err)
		}
	}
}

// Whoever audits is told in words of which kind the row of a leaf is.
func TestSchema_EvidentialTablesHaveWords(t *testing.T) {
	c := apptest.Open(t)
	for _, table := range c.App.Door.Tables.All() {
		if key := "table." + table.Name; table.Exempt == "" && !c.App.Texts.Has(key) {
			t.Errorf("no word for %s", key)
		}
	}
}
