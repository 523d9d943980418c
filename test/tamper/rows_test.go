package tamper

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op/optest/night"
)

// damage is one way to damage a table; it reports false where the engine's own constraints were in the way.
type damage struct {
	name string
	do   func(f *folder, r *rand.Rand, t table) bool
	want string // what verify finds in a room's table; in the log's own: anything
}

var damages = []damage{
	{"row inserted", func(f *folder, r *rand.Rand, t table) bool {
		row, i := slices.Clone(t.some(r)), r.IntN(len(t.columns))
		row[i] = other(r, t, i)(row[i])
		return f.insert(t, r, row)
	}, evidence.RowUnknown},
	{"row duplicated", func(f *folder, r *rand.Rand, t table) bool { return f.insert(t, r, slices.Clone(t.some(r))) }, evidence.RowUnknown},
	{"row deleted", func(f *folder, r *rand.Rand, t table) bool {
		f.exec("DELETE FROM "+t.name+t.where(), t.some(r)...)
		return true
	}, evidence.RowMissing},
	{"rows swapped", func(f *folder, r *rand.Rand, t table) bool {
		a, b := t.some(r), t.some(r)
		key := t.key()
		if slices.EqualFunc(a[key:], b[key:], same) {
			return false
		}
		f.exec("DELETE FROM "+t.name+t.where(), a...)
		f.exec("DELETE FROM "+t.name+t.where(), b...)
		first, second := slices.Concat(a[:key], b[key:]), slices.Concat(b[:key], a[key:])
		for _, row := range [][]any{first, second} {
			if _, err := f.try(t.insert(), row...); err != nil {
				return false
			}
		}
		return true
	}, evidence.RowChanged},
}

// T2 by rows: a row inserted, deleted, swapped with another, there twice, in any table.
func TestHistory_RowsAddedTakenAndSwapped(t *testing.T) {
	each(t, damageAndVerify)
}

func damageAndVerify(t *testing.T, c *apptest.Company, f *folder) {
	log, rooms := f.covered(c, bare)
	done, tried := map[string]int{}, 0
	for seed := range night.Rounds(t, 80, 20, 1000) {
		tried++
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		d := damages[seed%len(damages)]
		from := rooms
		if r.IntN(4) == 0 {
			from = log
		}
		tab := from[r.IntN(len(from))]
		f.exec("BEGIN")
		if !d.do(f, r, tab) {
			f.exec("ROLLBACK")
			continue
		}
		f.exec("COMMIT")
		report := f.verify()
		if found := whats(report); report.Clean() || tab.column("ev_op") >= 0 && !slices.Contains(found, d.want) {
			t.Errorf("seed %d: %s in %s: found %v, want %s", seed, d.name, tab.name, found, d.want)
		}
		done[d.name]++
		f.restore(tab)
	}
	if report := f.verify(); !report.Clean() {
		t.Errorf("after everything was mended: %+v", report.Findings)
	}
	t.Log(done)
	if tried >= 20 && len(done) < len(damages) {
		t.Errorf("only %v was done", slices.Sorted(maps.Keys(done)))
	}
}

func (t table) some(r *rand.Rand) []any { return t.rows[r.IntN(len(t.rows))] }

// key is how many columns tell the rows of a table apart: those of a room have an id, those of the log two or three numbers.
func (t table) key() int {
	return map[string]int{"evidence_leaf": 1, "evidence_touched": 2, "evidence_part": 2}[t.name] + 1
}

// insert adds a row under a key that no row has.
func (f *folder) insert(t table, r *rand.Rand, row []any) bool {
	row[t.key()-1] = r.Int64()
	_, err := f.try(t.insert(), row...)
	return err == nil
}

func (f *folder) restore(t table) {
	f.Helper()
	f.exec("BEGIN")
	f.exec("DELETE FROM " + t.name)
	for _, row := range t.rows {
		f.exec(t.insert(), row...)
	}
	f.exec("COMMIT")
}

func same(a, b any) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

func whats(r *evidence.Report) (found []string) {
	for _, f := range r.Findings {
		found = append(found, f.What)
	}
	slices.Sort(found)
	return slices.Compact(found)
}
