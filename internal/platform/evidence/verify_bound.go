package evidence

import (
	"context"
	"slices"

	"hudang/internal/platform/db"
)

// bound names the rows of bound tables that the program did not write, and says which tables carry nothing at all.
func (v *verifier) bound(ctx context.Context, against Against) error {
	bindings := db.Bindings{Keys: v.tables.Bound(), MAC: against.MAC}
	for _, table := range v.tables.All() {
		switch {
		case table.Exempt == "" || slices.Contains(selfChecked, table.Name), slices.Contains(against.Checked, table.Name):
		case table.Keys == nil:
			v.report.Miss(OpenTable, table.Name, table.Exempt)
		case against.MAC == nil || v.absent[table.Name]:
			v.report.Miss(PartBound, table.Name, against.NoMAC)
		default:
			err := bindings.Forged(ctx, v.q, table.Name, func(key string) {
				v.report.Add(Finding{What: BoundChanged, Leaf: -1, Table: table.Name, Detail: key})
			})
			if err != nil && !db.Corrupt(err) {
				return err
			}
			v.report.Miss(OpenTaken, table.Name, table.Exempt)
		}
	}
	if against.MAC != nil {
		v.report.Cover(PartBound)
	}
	return nil
}

// selfChecked are the exempt tables that a verification recomputes by other means.
var selfChecked = append(slices.Clone(logTables), "goose_db_version")
