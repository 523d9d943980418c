package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/uptrace/bun/dialect/sqlitedialect"
	"github.com/uptrace/bun/schema"
	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/vault"
)

// Row is what every evidential row begins with; a room embeds it in its struct. ID is made by op before the insert.
// The door sets the rest: version counts from 1, EvOp is the last operation that touched the row, EvSalt is fresh at
// each write so that the digest tells nothing.
type Row[ID ~int64] struct {
	ID      ID              `bun:"id,pk"`
	Estate  access.EstateID `bun:"estate"`
	Version int64           `bun:"version"`
	EvOp    int64           `bun:"ev_op"`
	EvSalt  []byte          `bun:"ev_salt"`
}

// Record is an evidential row; only structs that embed Row are one.
type Record interface {
	// Key is the row's id.
	Key() int64
	// EstateKey is the estate the row belongs to; access.Company for rows above all estates.
	EstateKey() access.EstateID
	// RowVersion is the version as loaded.
	RowVersion() int64
	// Owner is whose key the row's old values lie under in the log; the estate's own unless the row says otherwise.
	Owner() vault.Owner
	stamp(version, op int64, salt []byte)
}

func (r *Row[ID]) Key() int64                 { return int64(r.ID) }
func (r *Row[ID]) EstateKey() access.EstateID { return r.Estate }
func (r *Row[ID]) RowVersion() int64          { return r.Version }

// SetKey names the row that is to be read.
func (r *Row[ID]) SetKey(id ID) { r.ID = id }

// Owner is the estate's system key: for rows that name nobody.
func (r *Row[ID]) Owner() vault.Owner {
	return vault.Owner{Class: vault.System, ID: int64(r.Estate)}
}

func (r *Row[ID]) stamp(version, op int64, salt []byte) {
	r.Version, r.EvOp, r.EvSalt = version, op, salt
}

// Stamp marks a row as written by an operation. Only op calls it.
func Stamp(r Record, version, op int64, salt []byte) { r.stamp(version, op, salt) }

// Table declares a table: an evidential one by its row type, or an exempt one with the reason.
type Table struct {
	Name   string
	Exempt string   // why its rows need no evidence; empty for evidential ones
	Keys   []string // of an exempt table whose rows are bound (db.Bindings): the columns of its key
	plan   *Plan
}

// Of declares the evidential table of a row type; its name is the type's bun tag.
func Of[T any, P interface {
	*T
	Record
}]() Table {
	plan := planOf(reflect.TypeFor[T]())
	return Table{Name: plan.Table, plan: plan}
}

// Exempt declares a table outside the evidence: drafts, sessions, derived data. The reason stands in the schema test.
func Exempt(name, reason string) Table { return Table{Name: name, Exempt: reason} }

// Bound declares a table outside the evidence whose rows are bound by a keyed hash, since something follows from them: who
// writes one behind the program's back has written nothing. keys are the columns of its primary key.
func Bound(name, reason string, keys ...string) Table {
	return Table{Name: name, Exempt: reason, Keys: keys}
}

// Plan is how rows of a type are written and digested.
type Plan struct {
	Table   string
	typ     reflect.Type
	columns []*schema.Field // in the order of their names
	Select  string          // the row of an id, columns in the plan's order
	into    string          // how an INSERT begins
	Delete  string          // id and the version expected
	updates sync.Map        // the columns changed, as a string of marks → the statement
}

var dialect = sqlitedialect.New() // only its reading of struct tags is used; both engines read them alike

// planOf builds the plan; a column type that cannot have the same value on both engines is a programming error.
func planOf(typ reflect.Type) *Plan {
	table := dialect.Tables().Get(typ)
	p := &Plan{Table: table.Name, typ: typ, columns: slices.Clone(table.Fields)}
	slices.SortFunc(p.columns, func(a, b *schema.Field) int { return strings.Compare(a.Name, b.Name) })
	var names []string
	for _, f := range p.columns {
		if !storable(f.StructField.Type) {
			panic(fmt.Sprintf("evidence: %s.%s: %s is neither int, bool, string nor bytes", p.Table, f.Name, f.StructField.Type))
		}
		names = append(names, f.Name)
	}
	p.Select = "SELECT " + strings.Join(names, ", ") + " FROM " + p.Table + " WHERE id = ?"
	p.into = "INSERT INTO " + p.Table + " (" + strings.Join(names, ", ") + ") VALUES "
	p.Delete = "DELETE FROM " + p.Table + " WHERE id = ? AND version = ?"
	return p
}

func storable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Int64, reflect.Int, reflect.Bool, reflect.String:
		return true
	case reflect.Slice:
		return t.Elem().Kind() == reflect.Uint8
	}
	return false
}

// Values are the row's column values in the plan's order, as both engines store them: int64, string, []byte or nil.
// Empty bytes, and the zero of a column tagged nullzero, are NULL.
func (p *Plan) Values(r Record) ([]any, error) {
	v := reflect.ValueOf(r).Elem()
	if v.Type() != p.typ {
		return nil, fmt.Errorf("evidence: %s is not a row of %s", v.Type(), p.Table)
	}
	values := make([]any, len(p.columns))
	for i, f := range p.columns {
		fv := f.Value(v)
		switch {
		case f.NullZero && fv.IsZero():
		case fv.Kind() == reflect.Bool:
			values[i] = int64(0)
			if fv.Bool() {
				values[i] = int64(1)
			}
		case fv.CanInt():
			values[i] = fv.Int()
		case fv.Kind() == reflect.String:
			if strings.IndexByte(fv.String(), 0) >= 0 {
				return nil, fmt.Errorf("evidence: %s.%s holds a NUL", p.Table, f.Name)
			}
			values[i] = fv.String()
		case fv.Len() > 0:
			values[i] = fv.Bytes()
		}
	}
	return values, nil
}

// Insert writes rows, given by their values.
func (p *Plan) Insert(ctx context.Context, s *db.Session, rows [][]any) error {
	return insert(ctx, s, p.into, rows)
}

// Update is the statement that turns a row's values into others, with its arguments: only the columns that differ, for
// SQLite writes every index anew that has a column in the list, and looks for children of a key that is.
func (p *Plan) Update(from, to []any, id, version int64) (query string, args []any) {
	marks := make([]byte, len(to))
	args = make([]any, 0, len(to)+2)
	for i := range to {
		marks[i] = '0'
		if !same(from[i], to[i]) {
			marks[i] = '1'
			args = append(args, to[i])
		}
	}
	args = append(args, id, version)
	if known, ok := p.updates.Load(string(marks)); ok {
		return known.(string), args
	}
	var sets []string
	for i, f := range p.columns {
		if marks[i] == '1' {
			sets = append(sets, f.Name+" = ?")
		}
	}
	query = "UPDATE " + p.Table + " SET " + strings.Join(sets, ", ") + " WHERE id = ? AND version = ?"
	p.updates.Store(string(marks), query)
	return query, args
}

// Same reports whether two rows' values are equal.
func (p *Plan) Same(a, b []any) bool { return slices.EqualFunc(a, b, same) }

func same(a, b any) bool {
	if a, ok := a.([]byte); ok {
		b, ok := b.([]byte)
		return ok && bytes.Equal(a, b)
	}
	if _, ok := b.([]byte); ok {
		return false
	}
	return a == b
}

// Targets are where a row of Select is scanned to, and the values that then stand there, as Values would give them.
func (p *Plan) Targets() (targets, values []any) {
	values = make([]any, len(p.columns))
	targets = make([]any, len(values))
	for i := range values {
		targets[i] = &values[i]
	}
	return targets, values
}

// Fill sets the row's fields from values.
func (p *Plan) Fill(r Record, values []any) error {
	v := reflect.ValueOf(r).Elem()
	if v.Type() != p.typ {
		return fmt.Errorf("evidence: %s is not a row of %s", v.Type(), p.Table)
	}
	for i, f := range p.columns {
		fv := f.Value(v)
		switch value := values[i].(type) {
		case nil:
			fv.SetZero()
			continue
		case int64:
			if fv.CanInt() {
				fv.SetInt(value)
				continue
			} else if fv.Kind() == reflect.Bool {
				fv.SetBool(value != 0)
				continue
			}
		case string:
			if fv.Kind() == reflect.String {
				fv.SetString(value)
				continue
			}
		case []byte:
			if fv.Kind() == reflect.Slice {
				fv.SetBytes(bytes.Clone(value)) // the row is the caller's, the values are not
				continue
			}
		}
		return fmt.Errorf("evidence: %s.%s holds a %T", p.Table, f.Name, values[i])
	}
	return nil
}

// FillNamed sets the row's fields from values by column, all others to none; what the door keeps (version, operation,
// salt) stays. A column that the table no longer has is left out.
func (p *Plan) FillNamed(r Record, named map[string]any) error {
	values, err := p.Values(r)
	if err != nil {
		return err
	}
	for i, f := range p.columns {
		if !slices.Contains(stamped, f.Name) {
			values[i] = named[f.Name]
		}
	}
	return p.Fill(r, values)
}

// stamped are the columns the door keeps.
var stamped = []string{"version", "ev_op", "ev_salt"}

// Image is the row's canonical form: its table, then every column that is not NULL, by name.
func (p *Plan) Image(values []any) []byte {
	b := putBytes(make([]byte, 0, 64+32*len(values)), p.Table)
	for i, f := range p.columns {
		b = putColumn(b, f.Name, values[i])
	}
	return b
}

func putColumn(b []byte, name string, value any) []byte {
	switch v := value.(type) {
	case nil:
	case int64:
		b = append(putBytes(b, name), 'i')
		b = putInt(b, v)
	case string:
		b = append(putBytes(b, name), 't')
		b = putBytes(b, v)
	case []byte:
		b = append(putBytes(b, name), 'b')
		b = putBytes(b, v)
	default: // no row of ours has it, so nobody may put one where NULL was
		b = append(putBytes(b, name), '?')
		b = putBytes(b, fmt.Sprint(v))
	}
	return b
}

// imageOf is Image for a row as SELECT * gives it, of whatever columns it has today: names in their own order.
func imageOf(table string, names []string, order []int, values []any) []byte {
	b := putBytes(make([]byte, 0, 64+32*len(values)), table)
	for _, i := range order {
		b = putColumn(b, names[i], values[i])
	}
	return b
}

// readImage takes an image apart: column name → int64, string or []byte.
func readImage(image []byte) (map[string]any, error) {
	if len(image) == 0 {
		return nil, nil
	}
	c := &cursor{rest: image}
	c.bytes()
	row := map[string]any{}
	for len(c.rest) > 0 {
		name := string(c.bytes())
		switch c.byte() {
		case 'i':
			row[name] = c.int()
		case 't':
			row[name] = string(c.bytes())
		case 'b':
			row[name] = bytes.Clone(c.bytes())
		default:
			c.take(-1)
		}
	}
	return row, c.end()
}

// digestOf is a row's digest: SHA-256 over a magic and its image, salt and operation included.
func digestOf(image []byte) []byte {
	h := sha256.New()
	h.Write([]byte("hudang row 1\x00"))
	h.Write(image)
	return h.Sum(nil)
}

// Touched is one version of one row in a leaf: with an image after it, or none when the row was deleted.
type Touched struct {
	Table         string
	Row, Version  int64
	Owner         vault.Owner
	Before, After []byte // images; empty before an insert, after a delete
}

func (t Touched) digest() []byte {
	if len(t.After) == 0 {
		return []byte{}
	}
	return digestOf(t.After)
}

// touchedHash is what a row's version contributes to its leaf's root.
func touchedHash(table string, row, version int64, digest []byte) tlog.Hash {
	return tlog.RecordHash(putTouched(nil, table, row, version, digest))
}

func putTouched[T ~string | ~[]byte](b []byte, table T, row, version int64, digest []byte) []byte {
	return putBytes(putInt(putInt(putBytes(b, table), row), version), digest)
}
