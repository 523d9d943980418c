package archive

import (
	"context"

	"hudang/internal/platform/db"
)

const filesAtOnce = 1000

// eachFile hands over every file that a row has, by its id.
func eachFile(ctx context.Context, q db.Querier, f func(*Blob) error) error {
	for after := BlobID(-1 << 63); ; {
		var run []Blob
		if err := q.Select(&run).Where("id > ?", after).Order("id").Limit(filesAtOnce).Scan(ctx); err != nil {
			return err
		}
		for i := range run {
			if err := f(&run[i]); err != nil {
				return err
			}
			after = run[i].ID
		}
		if len(run) < filesAtOnce {
			return nil
		}
	}
}
