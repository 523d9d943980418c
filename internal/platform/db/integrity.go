package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
)

// Flaw is one thing the engine's own check says is not whole.
type Flaw struct {
	Table  string // where the engine tells
	Row    int64  // the row's id; 0 where it is not told
	Hidden bool   // the row stands in its table, and an index leaves it out: who looks by that index does not see it
	Detail string // the engine's sentence
}

const mostFlaws = 1000

// Integrity has the engine check everything it keeps, tables against indexes: SQLite's integrity check, PostgreSQL's amcheck.
// Gap says what could not be checked, and why: amcheck is an extension, which an administrator installs.
func Integrity(ctx context.Context, q Querier) (flaws []Flaw, gap string, err error) {
	if q.Engine() == Postgres {
		return amcheck(ctx, q)
	}
	lines, err := integrityLines(ctx, q)
	if err != nil || len(lines) == 0 {
		return nil, "", err
	}
	names, err := sqliteNames(ctx, q)
	if err != nil { // the schema itself cannot be read
		names = nameMap{}
	}
	for _, line := range lines {
		f := names.flaw(line)
		if f.Row > 0 {
			f.Row = rowAt(ctx, q, f.Table, f.Row)
		}
		flaws = append(flaws, f)
	}
	return flaws, "", nil
}

// IntegrityOf is Integrity of a database that is not open: its file, or its server's address.
func IntegrityOf(ctx context.Context, cfg Config) (flaws []Flaw, gap string, err error) {
	if cfg.URL == "" {
		if _, err := os.Stat(cfg.File); err != nil {
			return nil, "", err
		}
	}
	q, done, err := Attach(cfg)
	if err != nil {
		return nil, "", err
	}
	flaws, gap, err = Integrity(ctx, q)
	return flaws, gap, errors.Join(err, done())
}

// integrityLines are the check's lines, none for a good file. A file too broken to be checked is a line too.
func integrityLines(ctx context.Context, q Querier) (lines []string, err error) {
	err = Rows(ctx, q, func(rows *sql.Rows) error {
		var line string
		err := rows.Scan(&line)
		if err == nil && line != "ok" {
			lines = append(lines, line)
		}
		return err
	}, fmt.Sprintf("PRAGMA integrity_check(%d)", mostFlaws))
	if err != nil && ctx.Err() == nil {
		return append(lines, err.Error()), nil
	}
	return lines, err
}

// sqliteNames say to which table the names belong that stand in a line of the check; tables by the number of their first page too.
type sqliteName struct {
	table   string
	rowless bool // rows have no id of their own
}

func sqliteNames(ctx context.Context, q Querier) (names nameMap, err error) {
	names = nameMap{}
	err = Rows(ctx, q, func(rows *sql.Rows) error {
		var name, table string
		var page int64
		var rowless bool
		err := rows.Scan(&name, &table, &page, &rowless)
		names[name] = sqliteName{table, rowless}
		names["Tree "+strconv.FormatInt(page, 10)] = sqliteName{table, rowless}
		return err
	}, `SELECT m.name, m.tbl_name, COALESCE(m.rootpage, 0), COALESCE((SELECT l.wr FROM pragma_table_list l WHERE l.name = m.tbl_name), 0) FROM sqlite_master m`)
	return names, err
}

type nameMap map[string]sqliteName

var (
	flawRow  = regexp.MustCompile(`\brow (\d+)\b`)
	flawName = regexp.MustCompile(`\b(?:index|in|for|table) ([a-z][a-z0-9_]*)|\b(Tree \d+)\b`)
	missing  = regexp.MustCompile(`^row \d+ missing from index `)
)

func (names nameMap) flaw(line string) Flaw {
	f := Flaw{Detail: line, Hidden: missing.MatchString(line)}
	for _, found := range flawName.FindAllStringSubmatch(line, -1) {
		if known, ok := names[found[1]+found[2]]; ok {
			f.Table = known.table
			if number := flawRow.FindStringSubmatch(line); number != nil && !known.rowless {
				f.Row, _ = strconv.ParseInt(number[1], 10, 64)
			}
			break
		}
	}
	return f
}

// rowAt is the id of the n-th row of a table, since SQLite's check counts the rows it walks; 0 where it cannot be read.
func rowAt(ctx context.Context, q Querier, table string, n int64) (id int64) {
	err := Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&id) },
		fmt.Sprintf("SELECT rowid FROM %s NOT INDEXED ORDER BY rowid LIMIT 1 OFFSET ?", table), n-1)
	if err != nil {
		return 0
	}
	return id
}

// amcheck checks every index against its table, one after another: what is wrong with one does not keep the others from
// being checked.
func amcheck(ctx context.Context, q Querier) (flaws []Flaw, gap string, err error) {
	if s, ok := q.(snapshot); ok {
		q = s.reader // an error within the snapshot's transaction would end it
	}
	var installed bool
	err = Rows(ctx, q, func(*sql.Rows) error { installed = true; return nil }, `SELECT 1 FROM pg_extension WHERE extname = 'amcheck'`)
	if err != nil || !installed {
		return nil, "CREATE EXTENSION amcheck", err
	}
	type index struct {
		id          int64
		name, table string
	}
	var all []index
	err = Rows(ctx, q, func(rows *sql.Rows) error {
		var x index
		err := rows.Scan(&x.id, &x.name, &x.table)
		all = append(all, x)
		return err
	}, `SELECT i.oid::bigint, i.relname::text, t.relname::text FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
		JOIN pg_am a ON a.oid = i.relam
		WHERE a.amname = 'btree' AND x.indisvalid AND x.indisready AND i.relpersistence = 'p' AND i.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('evidence_leaf')) ORDER BY i.relname`)
	if err != nil {
		return nil, "", err
	}
	for _, x := range all {
		err := Rows(ctx, q, func(*sql.Rows) error { return nil }, `SELECT bt_index_check(?::oid::regclass, true)`, x.id)
		if err == nil {
			continue
		}
		if code := sqlState(err); code == "42501" || code == "42883" { // not allowed, or not to be found
			return flaws, err.Error(), nil
		}
		if ctx.Err() != nil {
			return nil, "", err
		}
		flaws = append(flaws, pgFlaw(ctx, q, x.table, err))
	}
	return flaws, "", nil
}

var lacking = regexp.MustCompile(`heap tuple \((\d+,\d+)\) from table .* lacks matching index tuple`)

// pgFlaw asks the table which row amcheck means.
func pgFlaw(ctx context.Context, q Querier, table string, said error) Flaw {
	f := Flaw{Table: table, Detail: said.Error()}
	place := lacking.FindStringSubmatch(f.Detail)
	if place == nil {
		return f
	}
	f.Hidden = true
	_ = Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&f.Row) }, // a table without ids has no such column
		`SELECT id FROM `+table+` WHERE ctid = ?::text::tid`, "("+place[1]+")")
	return f
}

// Whole is a table as it is named in a query that has to read the table itself: SQLite would count the entries of an index.
func Whole(q Querier, table string) string {
	if q.Engine() == SQLite {
		return table + " NOT INDEXED"
	}
	return table
}

// OverTables has PostgreSQL read tables, not indexes, as long as f runs within a snapshot; SQLite is told by Whole.
func OverTables(ctx context.Context, q Querier, f func() error) error {
	if q.Engine() == SQLite {
		return f()
	}
	set := func(to string) error {
		return Rows(ctx, q, func(*sql.Rows) error { return nil },
			`SELECT set_config('enable_indexscan', ?, true), set_config('enable_indexonlyscan', ?, true), set_config('enable_bitmapscan', ?, true)`, to, to, to)
	}
	if err := set("off"); err != nil {
		return err
	}
	return errors.Join(f(), set("on"))
}
