package evidence_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
)

// scene is a small history in two estates and the company's log, and a way past the program to its tables.
type scene struct {
	*testing.T
	door  *op.Door
	raw   *sql.DB
	notes []toy.NoteID // of estate 1; the last was deleted
	tills [2]toy.TillID
}

// each plays the history on both engines, and lets the test damage it.
func each(t *testing.T, test func(s *scene)) {
	optest.EachTampered(t, optest.Toy, func(t *testing.T, d *op.Door, raw *sql.DB) {
		s := &scene{T: t, door: d, raw: raw}
		s.play("王小明")
		test(s)
	})
}

func clerk(ctx context.Context, estate access.EstateID) context.Context {
	return optest.As(ctx, 7, estate, access.Assistant)
}

// run carries out an operation in an estate.
func run[In, Out any](s *scene, estate access.EstateID, o *op.Op[In, Out], in In) Out {
	s.Helper()
	r, err := op.Run(clerk(s.Context(), estate), s.door, o, in, op.Reason("because"))
	if err != nil {
		s.Fatal(err)
	}
	return r.Out
}

// play makes the history; the payer's name stands in it, so that another name makes another history of the same shape.
func (s *scene) play(payer string) {
	s.notes = nil
	for i, estate := range []access.EstateID{1, 2} {
		s.tills[i] = run(s, estate, toy.OpenTill, estate)
		account := run(s, estate, toy.OpenAccount, estate)
		for n := range 4 {
			run(s, estate, toy.TakeMoney, toy.TakeMoneyIn{Till: s.tills[i], Account: account, Payer: payer,
				Items: []toy.Item{{Name: "物业服务费", Fen: int64(100 * (n + 1))}, {Name: "车位费", Fen: 7}}})
		}
	}
	for n := range 4 {
		s.notes = append(s.notes, run(s, 1, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: fmt.Sprintf("note %d", n), Holder: int64(n % 2), Scan: []byte{byte(n), 1, 2}}))
	}
	run(s, 1, toy.ChangeNote, toy.ChangeNoteIn{ID: s.notes[0], Text: "changed", Done: true})
	run(s, 1, toy.DropNote, s.notes[3])
	auditor := optest.As(s.Context(), 9, 1, access.Auditor)
	if _, err := op.Run(auditor, s.door, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "x"}); err == nil { // the company's log
		s.Fatal("an auditor wrote a note")
	}
}

// exec changes the database behind the program's back; placeholders are ? on both engines.
func (s *scene) exec(query string, args ...any) int64 {
	s.Helper()
	n, err := s.try(query, args...)
	if err != nil {
		s.Fatalf("%s: %v", query, err)
	}
	return n
}

func (s *scene) try(query string, args ...any) (int64, error) {
	res, err := s.raw.Exec(s.numbered(query), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (s *scene) numbered(query string) string {
	if s.door.DB.Engine() == db.SQLite {
		return query
	}
	for n := 1; strings.Contains(query, "?"); n++ {
		query = strings.Replace(query, "?", fmt.Sprintf("$%d", n), 1)
	}
	return query
}

// table is a photograph of a table.
type table struct {
	name    string
	columns []string
	rows    [][]any
}

func (s *scene) read(name string) table {
	s.Helper()
	rows, err := s.raw.Query("SELECT * FROM " + name)
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	t := table{name: name}
	if t.columns, err = rows.Columns(); err != nil {
		s.Fatal(err)
	}
	for rows.Next() {
		row, to := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			s.Fatal(err)
		}
		for i, v := range row {
			if b, ok := v.([]byte); ok && len(b) == 0 { // SQLite's driver reads empty bytes as nil ones, and would write NULL
				row[i] = []byte{}
			}
		}
		t.rows = append(t.rows, row)
	}
	if err := rows.Err(); err != nil {
		s.Fatal(err)
	}
	return t
}

func (t table) column(name string) int { return slices.Index(t.columns, name) }

// covered are the tables a change of which must be noticed.
var covered = []string{
	"evidence_leaf", "evidence_head", "evidence_touched", "evidence_part",
	"toy_note", "toy_till", "toy_account", "toy_receipt", "toy_line",
}

// photograph reads every covered table; restore puts a photograph back, as an old copy of the file would.
func (s *scene) photograph() (all []table) {
	for _, name := range covered {
		all = append(all, s.read(name))
	}
	return all
}

func (s *scene) restore(all []table) {
	s.Helper()
	for _, t := range all {
		s.exec("DELETE FROM " + t.name)
		for _, row := range t.rows {
			s.insert(t, row)
		}
	}
	s.exec("DELETE FROM op_token")
}

func (s *scene) insert(t table, row []any) {
	s.Helper()
	s.exec("INSERT INTO "+t.name+" ("+strings.Join(t.columns, ", ")+") VALUES (?"+strings.Repeat(", ?", len(row)-1)+")", row...)
}

// where says which row is meant: every column, NULLs too.
func (t table) where(row []any) (condition string, args []any) {
	for i, c := range t.columns {
		if i > 0 {
			condition += " AND "
		}
		if row[i] == nil {
			condition += c + " IS NULL"
			continue
		}
		condition += c + " = ?"
		args = append(args, row[i])
	}
	return condition, args
}

// bend is another value of the same column.
func bend(r *rand.Rand, value any) any {
	switch v := value.(type) {
	case int64:
		return v ^ 1<<r.IntN(63)
	case string:
		i := r.IntN(len(v) + 1)
		return v[:i] + "x" + v[i:]
	case []byte:
		if len(v) == 0 {
			return []byte{1}
		}
		v = slices.Clone(v)
		v[r.IntN(len(v))] ^= 1 << r.IntN(8)
		return v
	}
	panic(fmt.Sprintf("a column holds a %T", value))
}

func (s *scene) verify(notes []string, anchors ...evidence.Anchor) *evidence.Report {
	s.Helper()
	return optest.VerifyAgainst(s.T, s.door, notes, anchors)
}
