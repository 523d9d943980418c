package imports

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"hudang/internal/platform/db"
	"hudang/internal/platform/masked"
)

// LineTable is the table of lines, which CheckLines looks at in the place of a hash of their own.
const LineTable = lineTable

// CheckLines recomputes the keyed hashes over what became of imports' rows, and names what is not as it was written: the rows of
// a thousand of which one was changed or taken away, a row that none of the hashes is over, and a row moved to another estate.
func CheckLines(ctx context.Context, q db.Querier, keys masked.Hasher, found func(where string)) error {
	var bound []*fateRow
	if err := q.Select(&bound).OrderExpr("import, start").Scan(ctx); err != nil {
		return err
	}
	for _, b := range bound {
		same, err := b.holds(ctx, q, keys)
		if err != nil {
			return err
		}
		if !same {
			found(fmt.Sprintf("import=%d n=%d–%d", b.Import, b.Start, b.Start+b.Lines-1))
		}
	}
	loose, err := looseLines(ctx, q)
	for _, l := range loose {
		found(fmt.Sprintf("import=%d n=%d id=%d", l.Import, l.N, l.ID))
	}
	return err
}

// holds reports that the lines are as they were when the hash over them was made.
func (b *fateRow) holds(ctx context.Context, q db.Querier, keys masked.Hasher) (bool, error) {
	lines, err := linesFrom(ctx, q, b.Import, b.Start, b.Start+b.Lines)
	if err != nil {
		return false, err
	}
	for _, l := range lines {
		if l.Estate != b.Estate {
			return false, nil
		}
	}
	raw, err := linesImage(lines)
	if err == nil && bytes.Equal(keys.MAC(linesPurpose, raw), b.Hash) {
		return true, nil
	}
	raw, err = json.Marshal(lines)
	return err == nil && bytes.Equal(keys.MAC(linesBefore, raw), b.Hash), nil
}
