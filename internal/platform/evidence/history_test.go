package evidence_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op/optest"
)

// However many rows are asked for, the log is looked up for each and never read from end to end.
func TestHistories_LookEachRowUp(t *testing.T) {
	d := optest.Open(t, optest.Toy, db.Config{File: filepath.Join(t.TempDir(), "hudang.db")})
	for _, rows := range []int{1, 30, 500} {
		args := make([]any, 5*rows)
		err := db.Rows(t.Context(), d.DB.Read(), func(r *sql.Rows) error {
			var id, parent, unused int
			var step string
			err := r.Scan(&id, &parent, &unused, &step)
			if strings.HasPrefix(step, "SCAN") && step != "SCAN a" && !strings.Contains(step, "CONSTANT") {
				t.Errorf("%d rows: %s", rows, step)
			}
			return err
		}, "EXPLAIN QUERY PLAN "+evidence.VersionsQuery(rows), args...)
		if err != nil {
			t.Fatal(err)
		}
	}
}
