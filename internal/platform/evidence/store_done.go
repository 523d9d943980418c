package evidence

import (
	"context"
	"database/sql"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// DoneAbout are the things that operations of some names were done about, by a log's leaves, all of which it reads.
func DoneAbout(ctx context.Context, q db.Querier, log access.EstateID, names []string) (subjects []int64, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var raw []byte
		if err := rows.Scan(&raw); err != nil {
			return err
		}
		leaf, err := DecodeLeaf(raw)
		if err == nil && leaf.Result == Done && slices.Contains(names, leaf.Name) {
			subjects = append(subjects, leaf.Subject)
		}
		return err
	}, `SELECT leaf FROM evidence_leaf WHERE log = ? ORDER BY pos`, int64(log))
	slices.Sort(subjects)
	return slices.Compact(subjects), err
}
