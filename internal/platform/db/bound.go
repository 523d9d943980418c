package db

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Bound tables hold what lets somebody act and yet is no evidence: sessions, links, secrets, tokens, counters, jobs. Each of
// their rows carries, in the column bound, a keyed hash over the whole row; the key lies in the key store, outside the
// database. So a row that was written or changed there behind the program's back does not hold: BoundRows leaves it out, no
// statement of the program touches it, and verify names it. A row that the program itself once wrote, and that was put
// back after it was taken away, does hold.

// Bindings are the bound tables with the columns of their keys, and the keyed hash.
type Bindings struct {
	Keys map[string][]string
	MAC  func(row []byte) []byte
}

const boundColumn = "bound"

// BindWith says how rows are bound; composition does so before anything is written.
func (d *DB) BindWith(b Bindings) { d.bind = b }

var errNoBindings = errors.New("db: bound rows are read through a database that was told how they are bound")

// Row is a row of a bound table.
type Row map[string]any

// Int is a number of the row; 0 for NULL.
func (r Row) Int(column string) int64 { n, _ := r[column].(int64); return n }

// Text is a text of the row; empty for NULL.
func (r Row) Text(column string) string { t, _ := r[column].(string); return t }

// Bytes are bytes of the row; none for NULL.
func (r Row) Bytes(column string) []byte { b, _ := r[column].([]byte); return b }

// holds reports whether the program wrote the row as it is.
func (b *Bindings) holds(table string, r Row) bool {
	kept, ok := r[boundColumn].([]byte)
	return ok && slices.Equal(kept, b.of(table, r)) // what is compared is in the database: there is nothing to be learned from the time it takes
}

// of is the keyed hash of a row: of its table and every column that is not NULL, by name, each with its length.
func (b *Bindings) of(table string, r Row) []byte {
	names := make([]string, 0, len(r))
	for name := range r {
		names = append(names, name)
	}
	slices.Sort(names)
	image := counted(nil, table)
	for _, name := range names {
		if name == boundColumn || r[name] == nil {
			continue
		}
		image = counted(image, name)
		switch v := r[name].(type) {
		case int64:
			image = binary.BigEndian.AppendUint64(append(image, 'i'), uint64(v))
		case string:
			image = counted(append(image, 't'), v)
		case []byte:
			image = counted(append(image, 'b'), string(v))
		default:
			image = counted(append(image, '?'), fmt.Sprint(v))
		}
	}
	return b.MAC(image)
}

func counted(b []byte, text string) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(text))), text...)
}

// Bind is the keyed hash of a row about to be written, for the few statements that write it themselves: whoever changes a row by
// one has looked whether it held.
func Bind(q Querier, table string, r Row) ([]byte, error) {
	b := q.bindings()
	if b.MAC == nil {
		return nil, errNoBindings
	}
	return b.of(table, r), nil
}

// BoundRows are the rows of a bound table that hold, of those a condition finds; an order may stand behind the condition.
func BoundRows(ctx context.Context, q Querier, table, condition string, args ...any) ([]Row, error) {
	b := q.bindings()
	if b.MAC == nil || b.Keys[table] == nil {
		return nil, fmt.Errorf("%s: %w", table, errNoBindings)
	}
	good, _, err := b.sort(ctx, q, table, " WHERE "+condition, args)
	return good, err
}

// BoundRow is BoundRows for a condition that finds one row at most.
func BoundRow(ctx context.Context, q Querier, table, condition string, args ...any) (Row, bool, error) {
	rows, err := BoundRows(ctx, q, table, condition, args...)
	if err != nil || len(rows) == 0 {
		return nil, false, err
	}
	return rows[0], true, nil
}

// Forged hands over the key of each row of a bound table that does not hold. Verify gives the bindings: what it reads through
// was told none.
func (b Bindings) Forged(ctx context.Context, q Querier, table string, found func(key string)) error {
	return rowsOf(ctx, q, func(r Row) {
		if _, there := r[boundColumn]; there && !b.holds(table, r) { // a database of an earlier version has no such column
			found(b.key(table, r))
		}
	}, "SELECT * FROM "+Whole(q, table), nil)
}

// key is how a row is named: its key's columns.
func (b *Bindings) key(table string, r Row) string {
	var parts []string
	for _, name := range b.Keys[table] {
		switch v := r[name].(type) {
		case []byte:
			parts = append(parts, fmt.Sprintf("%s=%.8x", name, v))
		default:
			parts = append(parts, fmt.Sprintf("%s=%.40v", name, v))
		}
	}
	return strings.Join(parts, " ")
}

// sort tells the rows that hold from those that do not.
func (b *Bindings) sort(ctx context.Context, q Querier, table, tail string, args []any) (good, bad []Row, err error) {
	err = rowsOf(ctx, q, func(r Row) {
		if b.holds(table, r) {
			good = append(good, r)
		} else {
			bad = append(bad, r)
		}
	}, "SELECT * FROM "+table+tail, args)
	return good, bad, err
}

func rowsOf(ctx context.Context, q Querier, found func(Row), query string, args []any) error {
	var names []string
	return Rows(ctx, q, func(rows *sql.Rows) error {
		if names == nil {
			var err error
			if names, err = rows.Columns(); err != nil {
				return err
			}
		}
		values, to := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			to[i] = &values[i]
		}
		if err := rows.Scan(to...); err != nil {
			return err
		}
		r := make(Row, len(names))
		for i, name := range names {
			r[name] = values[i]
		}
		found(r)
		return nil
	}, query, args...)
}

// change is a statement on a bound table, taken apart.
type change struct {
	table    string
	verb     string         // INSERT, UPDATE, DELETE
	head     string         // up to WHERE
	where    string         // the condition; empty for none
	before   int            // arguments that stand before it
	keyed    map[string]int // of an INSERT of one row: which argument a column gets
	bindings bool           // it writes the column bound itself
}

var changes sync.Map // query → change

// bound is a statement taken apart, when it changes a bound table.
func (b *Bindings) bound(query string) (change, bool) {
	if len(b.Keys) == 0 {
		return change{}, false
	}
	c := changeOf(query)
	return c, b.Keys[c.table] != nil
}

// changeOf takes a statement apart; how the program's stores write them is all it has to know.
func changeOf(query string) change {
	if known, ok := changes.Load(query); ok {
		return known.(change)
	}
	words := strings.Fields(query)
	c := change{head: strings.Join(words, " ")}
	switch {
	case len(words) < 3:
	case words[0] == "INSERT" && words[1] == "INTO":
		c.verb, c.table = "INSERT", words[2]
		c.insert()
	case words[0] == "UPDATE":
		c.verb, c.table = "UPDATE", words[1]
	case words[0] == "DELETE" && words[1] == "FROM":
		c.verb, c.table = "DELETE", words[2]
	}
	if c.verb == "UPDATE" || c.verb == "DELETE" {
		c.head, c.where, _ = strings.Cut(c.head, " WHERE ")
		c.bindings = strings.Contains(c.head, " "+boundColumn+" = ?")
	}
	c.before = strings.Count(c.head, "?")
	changes.Store(query, c)
	return c
}

// insert notes which argument each column of the only row gets.
func (c *change) insert() {
	columns, rest, ok := between(c.head)
	if !ok {
		return
	}
	c.bindings = slices.Contains(columns, boundColumn)
	at := strings.Index(rest, "VALUES")
	if at < 0 {
		return
	}
	values, more, ok := between(rest[at:])
	if !ok || len(values) != len(columns) || strings.HasPrefix(strings.TrimSpace(more), ",") {
		return
	}
	c.keyed = map[string]int{}
	n := 0
	for i, v := range values {
		if v == "?" {
			c.keyed[columns[i]] = n
			n++
		}
	}
}

// between are the words in the first brackets, and what follows them.
func between(text string) (words []string, rest string, ok bool) {
	_, text, ok = strings.Cut(text, "(")
	if !ok {
		return nil, "", false
	}
	inside, rest, ok := strings.Cut(text, ")")
	for _, w := range strings.Split(inside, ",") {
		words = append(words, strings.TrimSpace(w))
	}
	return words, rest, ok
}

// execBound carries out a statement on a bound table. Rows that do not hold are not touched and not counted; where one
// stands in the way of a new row, it goes. What was written is bound anew.
func (s *Session) execBound(ctx context.Context, c change, query string, args []any) (int64, error) {
	b := s.bind
	switch {
	case c.bindings:
		return s.exec(ctx, query, args...)
	case c.verb == "INSERT":
		if err := s.clear(ctx, c, args); err != nil {
			return 0, err
		}
	case c.where != "":
		_, bad, err := b.sort(ctx, s, c.table, " WHERE "+c.where+s.ForUpdate(), args[c.before:])
		if err != nil {
			return 0, err
		}
		if len(bad) > 0 {
			where, keys := b.except(c.table, bad)
			query, args = c.head+" WHERE ("+c.where+")"+where, append(slices.Clone(args), keys...)
		}
	default:
		return 0, fmt.Errorf("db: a statement without a condition changes the bound table %s", c.table)
	}
	if c.verb == "DELETE" {
		return s.exec(ctx, query, args...)
	}
	var written []Row
	if err := rowsOf(ctx, s, func(r Row) { written = append(written, r) }, query+" RETURNING *", args); err != nil {
		return 0, translate(s.noted(err))
	}
	for _, r := range written {
		where, keys := b.only(c.table, r)
		if err := s.send(ctx, "UPDATE "+c.table+" SET bound = ? WHERE "+where, append([]any{b.of(c.table, r)}, keys...)...); err != nil {
			return 0, err
		}
	}
	return int64(len(written)), nil
}

// clear takes a row away that does not hold and has the key of one about to be inserted.
func (s *Session) clear(ctx context.Context, c change, args []any) error {
	r := Row{}
	for _, name := range s.bind.Keys[c.table] {
		at, ok := c.keyed[name]
		if !ok || at >= len(args) {
			return nil // of several rows, or of a SELECT: their keys are made for them
		}
		r[name] = args[at]
	}
	where, keys := s.bind.only(c.table, r)
	_, bad, err := s.bind.sort(ctx, s, c.table, " WHERE "+where, keys)
	if err != nil || len(bad) == 0 {
		return err
	}
	_, err = s.exec(ctx, "DELETE FROM "+c.table+" WHERE "+where, keys...)
	return err
}

// only is the condition that finds one row.
func (b *Bindings) only(table string, r Row) (where string, args []any) {
	for i, name := range b.Keys[table] {
		if i > 0 {
			where += " AND "
		}
		where += name + " = ?"
		args = append(args, r[name])
	}
	return where, args
}

// except is what keeps a statement from rows, behind its condition.
func (b *Bindings) except(table string, rows []Row) (where string, args []any) {
	for _, r := range rows {
		one, keys := b.only(table, r)
		where, args = where+" AND NOT ("+one+")", append(args, keys...)
	}
	return where, args
}

// Adopt binds the rows of a bound table that have no binding yet and that a condition finds: once, when bindings come to a
// database that had none. It gives how many they were.
func (s *Session) Adopt(ctx context.Context, table, condition string, args ...any) (n int, err error) {
	var rows []Row
	if err := rowsOf(ctx, s, func(r Row) { rows = append(rows, r) }, "SELECT * FROM "+table+" WHERE bound IS NULL AND ("+condition+")", args); err != nil {
		return 0, err
	}
	for _, r := range rows {
		where, keys := s.bind.only(table, r)
		if err := s.send(ctx, "UPDATE "+table+" SET bound = ? WHERE "+where, append([]any{s.bind.of(table, r)}, keys...)...); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}

// DropUnbound takes away the rows of a bound table that have no binding: with Adopt, once.
func (s *Session) DropUnbound(ctx context.Context, table string) error {
	_, err := s.exec(ctx, "DELETE FROM "+table+" WHERE bound IS NULL")
	return err
}

// Unbound reports whether a bound table has rows without a binding.
func Unbound(ctx context.Context, q Querier, table string) (some bool, err error) {
	err = Rows(ctx, q, func(*sql.Rows) error { some = true; return nil }, "SELECT 1 FROM "+table+" WHERE bound IS NULL LIMIT 1")
	return some, err
}
