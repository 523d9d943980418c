package evidence

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

const rowsAtOnce = 5000

// rows compares every row of every evidential table with the last digest the log has of it.
func (v *verifier) rows(ctx context.Context) error {
	known := map[string]bool{}
	for _, table := range v.tables.All() {
		known[table.Name] = true
		if table.Exempt == "" && !v.absent[table.Name] {
			if err := v.table(ctx, table.Name); err != nil {
				return fmt.Errorf("%s: %w", table.Name, err)
			}
		}
	}
	return v.each(ctx, Finding{Leaf: -1, Table: "evidence_touched"}, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		if !known[name] {
			v.report.Add(Finding{What: TableUnknown, Leaf: -1, Table: name})
		}
		return err
	}, `SELECT DISTINCT tbl FROM evidence_touched`)
}

// table walks one table by id, a run at a time, beside the log's own list of its rows.
func (v *verifier) table(ctx context.Context, table string) error {
	var seen int64
	for after, last := int64(math.MinInt64), false; !last; {
		rows, until, err := v.run(ctx, table, after)
		if err != nil {
			return err
		}
		last = len(rows) < rowsAtOnce
		if last {
			until = math.MaxInt64
		}
		if err := v.compare(ctx, table, after, until, rows); err != nil {
			return err
		}
		seen += int64(len(rows))
		after = until
	}
	v.report.Rows += seen
	all, err := v.count(ctx, table)
	if err != nil || all == seen {
		return err
	}
	// What SQLite lets be put into a column of numbers, or NULL, is not met on a walk along the numbers; what an index leaves
	// out is not met by PostgreSQL, which walks along one.
	named, err := v.unmet(ctx, table)
	if err == nil && named == 0 {
		v.report.Add(Finding{What: RowUnknown, Leaf: -1, Table: table, Detail: fmt.Sprintf("%+d", all-seen)})
	}
	return err
}

// count counts the rows of the table itself, not the entries of an index.
func (v *verifier) count(ctx context.Context, table string) (n int64, err error) {
	err = db.OverTables(ctx, v.q, func() error {
		return v.each(ctx, Finding{Leaf: -1, Table: table}, func(rows *sql.Rows) error { return rows.Scan(&n) }, `SELECT COUNT(*) FROM `+db.Whole(v.q, table))
	})
	return n, err
}

// unmet names the rows that stand in a table and are not found by their id.
func (v *verifier) unmet(ctx context.Context, table string) (named int, err error) {
	var ids []int64
	err = db.OverTables(ctx, v.q, func() error {
		return db.Rows(ctx, v.q, func(rows *sql.Rows) error {
			var id any
			err := rows.Scan(&id)
			if number, ok := id.(int64); ok {
				ids = append(ids, number)
			}
			return err
		}, `SELECT id FROM `+db.Whole(v.q, table))
	})
	for _, id := range ids {
		found := false
		if err != nil {
			break
		}
		err = db.Rows(ctx, v.q, func(*sql.Rows) error { found = true; return nil }, `SELECT id FROM `+table+` WHERE id = ?`, id)
		if err == nil && !found {
			v.report.Add(Finding{What: RowHidden, Leaf: -1, Table: table, Row: id})
			named++
		}
	}
	return named, err
}

type digested struct {
	id     int64
	digest []byte
}

// run reads the next rows behind an id and digests them, whatever columns the table has today.
func (v *verifier) run(ctx context.Context, table string, after int64) (run []digested, until int64, err error) {
	var names []string
	var order []int
	var values, targets []any
	err = db.Rows(ctx, v.q, func(rows *sql.Rows) error {
		if names == nil {
			if names, err = rows.Columns(); err != nil {
				return err
			}
			for i := range names {
				order = append(order, i)
			}
			slices.SortFunc(order, func(a, b int) int { return strings.Compare(names[a], names[b]) })
			values, targets = make([]any, len(names)), make([]any, len(names))
			for i := range values {
				targets[i] = &values[i]
			}
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		id, ok := values[slices.Index(names, "id")].(int64)
		if !ok {
			return nil // counted, so found by the count
		}
		run = append(run, digested{id, digestOf(imageOf(table, names, order, values))})
		until = id
		return nil
	}, `SELECT * FROM `+table+` WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`, after, int64(math.MaxInt64), rowsAtOnce)
	return run, until, err
}

// compare merges a run of rows with the versions the log lists for the same ids.
func (v *verifier) compare(ctx context.Context, table string, after, until int64, run []digested) error {
	type latest struct {
		row, version, leaf int64
		log                access.EstateID
		digest             []byte
	}
	var cur latest
	next, have := 0, false
	settle := func() { // cur is the last version the log has of a row
		for ; next < len(run) && run[next].id < cur.row; next++ {
			v.report.Add(Finding{What: RowUnknown, Leaf: -1, Table: table, Row: run[next].id})
		}
		here := next < len(run) && run[next].id == cur.row
		switch {
		case here && !bytes.Equal(run[next].digest, cur.digest):
			v.report.Add(Finding{What: RowChanged, Log: cur.log, Leaf: cur.leaf, Table: table, Row: cur.row})
		case !here && len(cur.digest) > 0:
			v.report.Add(Finding{What: RowMissing, Log: cur.log, Leaf: cur.leaf, Table: table, Row: cur.row})
		}
		if here {
			next++
		}
	}
	err := v.each(ctx, Finding{Leaf: -1, Table: table}, func(rows *sql.Rows) error {
		var t latest
		if err := rows.Scan(&t.row, &t.version, &t.log, &t.leaf, &t.digest); err != nil {
			return err
		}
		v.report.Versions++
		v.scratch = putTouched(v.scratch[:0], table, t.row, t.version, t.digest)
		v.byRow.add(&v.key, tlog.RecordHash(v.scratch))
		if have && t.row != cur.row {
			settle()
		}
		cur, have = t, true
		return nil
	}, `SELECT row, version, log, leaf, digest FROM evidence_touched WHERE tbl = ? AND row > ? AND row <= ? ORDER BY row, version`,
		table, after, until)
	if err != nil {
		return err
	}
	if have {
		settle()
	}
	for ; next < len(run); next++ {
		v.report.Add(Finding{What: RowUnknown, Leaf: -1, Table: table, Row: run[next].id})
	}
	return nil
}
