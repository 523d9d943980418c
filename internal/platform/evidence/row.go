package evidence

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun/dialect/sqlitedialect"
	"github.com/uptrace/bun/schema"
	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
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
	Exempt string // why its rows need no evidence; empty for evidential ones
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

// Plan is how rows of a type are written and digested.
type Plan struct {
	Table   string
	typ     reflect.Type
	columns []*schema.Field // in the order of their names
	Insert  string          // statement with one placeholder per column
	Update  string          // the same, then id and the version expected
	Delete  string          // id and the version expected
}

var dialect = sqlitedialect.New() // only its reading of struct tags is used; both engines read them alike

// planOf builds the plan; a column type that cannot have the same value on both engines is a programming error.
func planOf(typ reflect.Type) *Plan {
	table := dialect.Tables().Get(typ)
	p := &Plan{Table: table.Name, typ: typ, columns: slices.Clone(table.Fields)}
	slices.SortFunc(p.columns, func(a, b *schema.Field) int { return strings.Compare(a.Name, b.Name) })
	var names, marks, sets []string
	for _, f := range p.columns {
		if !storable(f.StructField.Type) {
			panic(fmt.Sprintf("evidence: %s.%s: %s is neither int, bool, string nor bytes", p.Table, f.Name, f.StructField.Type))
		}
		names, marks, sets = append(names, f.Name), append(marks, "?"), append(sets, f.Name+" = ?")
	}
	p.Insert = "INSERT INTO " + p.Table + " (" + strings.Join(names, ", ") + ") VALUES (" + strings.Join(marks, ", ") + ")"
	p.Update = "UPDATE " + p.Table + " SET " + strings.Join(sets, ", ") + " WHERE id = ? AND version = ?"
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

// Image is the row's canonical form: its table, then every column that is not NULL, by name.
func (p *Plan) Image(values []any) []byte {
	b := putBytes(nil, p.Table)
	for i, f := range p.columns {
		b = putColumn(b, f.Name, values[i])
	}
	return b
}

func putColumn(b []byte, name string, value any) []byte {
	switch v := value.(type) {
	case int64:
		b = append(putBytes(b, name), 'i')
		b = putInt(b, v)
	case string:
		b = append(putBytes(b, name), 't')
		b = putBytes(b, v)
	case []byte:
		if len(v) > 0 {
			b = append(putBytes(b, name), 'b')
			b = putBytes(b, v)
		}
	}
	return b
}

// imageOf is Image for a row as SELECT * gives it, of whatever columns it has today: names in their own order.
func imageOf(table string, names []string, order []int, values []any) []byte {
	b := putBytes(nil, table)
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
	return tlog.RecordHash(putBytes(putInt(putInt(putBytes(nil, table), row), version), digest))
}
