package db

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Object is one thing that a database's schema has, as its engine describes it: a table, a column of one, an index, a
// constraint, a trigger, a view, a sequence. Of a thing that somebody else put there, too.
type Object struct {
	Kind string // table, column, index, constraint, trigger, view, sequence, rule, policy, function
	Name string // of a column, constraint, trigger: table.name
	Def  string
}

// Difference is what a live schema has otherwise than the program's own: Have is empty for what is missing, Want for what
// the program does not know.
type Difference struct {
	Kind, Name string
	Have, Want string
}

// Table is the table the difference lies in, or the thing itself.
func (d Difference) Table() string {
	table, _, _ := strings.Cut(d.Name, ".")
	return table
}

// Compare names each difference between a live schema and the one wanted.
func Compare(live, want []Object) []Difference {
	type key struct{ kind, name string }
	all := map[key]Difference{}
	for _, o := range want {
		all[key{o.Kind, o.Name}] = Difference{Kind: o.Kind, Name: o.Name, Want: o.Def}
	}
	for _, o := range live {
		k := key{o.Kind, o.Name}
		d, known := all[k]
		if known && d.Want == o.Def {
			delete(all, k)
			continue
		}
		all[k] = Difference{o.Kind, o.Name, o.Def, d.Want}
	}
	told := map[string]bool{} // tables of which a column is named: the whole text of the table says the same again
	for k := range all {
		if k.kind == "column" {
			told[all[k].Table()] = true
		}
	}
	for k, d := range all {
		whole := d.Have == "" || d.Want == ""
		if k.kind == "table" && !whole && told[k.name] {
			delete(all, k)
		}
		if k.kind == "table" && whole { // its columns are told by the table itself
			for c := range all {
				if c.kind == "column" && strings.HasPrefix(c.name, k.name+".") {
					delete(all, c)
				}
			}
		}
	}
	found := slices.Collect(maps.Values(all))
	slices.SortFunc(found, func(a, b Difference) int {
		return strings.Compare(a.Name+"\x00"+a.Kind, b.Name+"\x00"+b.Kind)
	})
	return found
}

// Schema reads the schema of an open database.
func Schema(ctx context.Context, q Querier) ([]Object, error) {
	if q.Engine() == SQLite {
		return objects(ctx, q, "", sqliteSchema)
	}
	var space string
	err := Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&space) }, ownSpace)
	if err != nil {
		return nil, err
	}
	return objects(ctx, q, space, postgresSchema)
}

// Applied are the migrations a database says it has; one said to be taken back, which no program of ours does, as its negative.
func Applied(ctx context.Context, q Querier) (versions []int64, err error) {
	err = Rows(ctx, q, func(rows *sql.Rows) error {
		var v int64
		err := rows.Scan(&v)
		versions = append(versions, v)
		return err
	}, `SELECT CASE WHEN is_applied THEN version_id ELSE -version_id END FROM goose_db_version ORDER BY id`)
	return versions, err
}

// plain makes one text of the ways to space and quote a definition: an engine keeps them as they were typed.
func plain(def string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer(`"`, "", "`", "", "(", " ( ", ")", " ) ", ",", " , ").Replace(uncommented(def))), " "))
}

// uncommented leaves out what stands behind two dashes: SQLite keeps the comments of a CREATE TABLE.
func uncommented(def string) string {
	lines := strings.Split(def, "\n")
	for i, line := range lines {
		lines[i], _, _ = strings.Cut(line, "--")
	}
	return strings.Join(lines, "\n")
}

func objects(ctx context.Context, q Querier, space string, query string) (all []Object, err error) {
	args := make([]any, strings.Count(query, "?"))
	for i := range args {
		args[i] = space
	}
	err = Rows(ctx, q, func(rows *sql.Rows) error {
		var o Object
		err := rows.Scan(&o.Kind, &o.Name, &o.Def)
		if space != "" {
			o.Def = strings.NewReplacer(space+".", "", "pg_temp.", "").Replace(o.Def)
		}
		o.Def = plain(o.Def)
		all = append(all, o)
		return err
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	return all, nil
}

// sqliteSchema is everything that a file's schema has. The numbers of its pages are not part of it.
const sqliteSchema = `SELECT type, CASE WHEN type = 'trigger' THEN tbl_name || '.' || name ELSE name END, type || ' ' || tbl_name || ' ' || COALESCE(sql, '') FROM sqlite_master
	UNION ALL
	SELECT 'column', m.name || '.' || c.name, c.type || ' ' || c."notnull" || ' ' || COALESCE(c.dflt_value, '') || ' ' || c.pk || ' ' || c.hidden
	FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type = 'table'`

// ownSpace is the schema in which the program finds its tables; a table of the same name in front of it on the search path
// would be found instead, and everything else would then be missing there.
const ownSpace = `SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass('evidence_leaf')`

// postgresSchema is everything in one schema of a PostgreSQL database that could change, hide or add a row, or take one for
// another. What belongs to an extension is not the program's; constraints that only say NOT NULL stand with their column.
const postgresSchema = `
SELECT CASE c.relkind WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' ELSE 'table' END, c.relname::text,
	CASE c.relkind WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' ELSE 'kind ' || c.relkind::text END
	|| CASE WHEN c.relpersistence = 'u' THEN ' unlogged' ELSE '' END
	|| CASE WHEN c.relrowsecurity OR c.relforcerowsecurity THEN ' row security' ELSE '' END
	|| CASE WHEN c.relhassubclass OR EXISTS (SELECT 1 FROM pg_inherits h WHERE h.inhrelid = c.oid) THEN ' inherits' ELSE '' END
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT 'column', c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || ' ' || COALESCE((SELECT o.collname FROM pg_collation o WHERE o.oid = a.attcollation), '')
	|| CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || ' ' || a.attidentity::text || a.attgenerated::text || ' ' || COALESCE(pg_get_expr(f.adbin, f.adrelid), '')
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
	LEFT JOIN pg_attrdef f ON f.adrelid = c.oid AND f.adnum = a.attnum
	WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'index', i.relname::text, pg_get_indexdef(x.indexrelid) || CASE WHEN x.indisvalid AND x.indisready AND x.indislive THEN '' ELSE ' switched off' END
	FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = i.relnamespace WHERE n.nspname = ?
UNION ALL
SELECT 'constraint', c.relname || '.' || k.conname, pg_get_constraintdef(k.oid) || CASE WHEN k.convalidated THEN '' ELSE ' not validated' END
	FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND k.contype <> 'n'
UNION ALL
SELECT 'trigger', c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
	FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname = ? AND (NOT t.tgisinternal OR t.tgenabled <> 'O')
UNION ALL
SELECT 'rule', c.relname || '.' || r.rulename, pg_get_ruledef(r.oid)
	FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND r.rulename <> '_RETURN'
UNION ALL
SELECT 'policy', c.relname || '.' || p.polname, 'policy' FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?
UNION ALL
SELECT 'function', p.proname::text, 'function' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
	WHERE n.nspname = ? AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`
