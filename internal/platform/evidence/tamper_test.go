package evidence_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf8"

	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op/optest/night"
	"hudang/internal/platform/op/optest/toy"
)

// T1: one field of one row, in any covered table, changed in one bit, one letter, or between NULL and a value.
// The seed is fixed, so that a miss comes again.
func TestVerify_FindsEverySingleChange(t *testing.T) {
	each(t, func(s *scene) {
		if r := s.verify(nil); !r.Clean() {
			s.Fatalf("before any change: %+v", r.Findings)
		}
		all := s.photograph()
		done, hit := 0, map[string]int{}
		for seed := range night.Rounds(s, 500, 100, 20_000) {
			r := rand.New(rand.NewPCG(1, uint64(seed)))
			for made := false; !made; {
				tab := all[r.IntN(len(all))]
				row := tab.rows[r.IntN(len(tab.rows))]
				i := r.IntN(len(row))
				value := other(r, tab, i, row[i])
				where, args := tab.where(row)
				if n, err := s.try("UPDATE "+tab.name+" SET "+tab.columns[i]+" = ? WHERE "+where, append([]any{value}, args...)...); err != nil {
					continue // the engine's own constraint was in the way
				} else if n != 1 {
					s.Fatalf("%s: %d rows changed", tab.name, n)
				}
				done++
				made = true
				hit[tab.name+"."+tab.columns[i]]++
				if s.verify(nil).Clean() {
					s.Errorf("%s.%s: %v → %v was not noticed", tab.name, tab.columns[i], row[i], value)
				}
				changed := slices.Clone(row)
				changed[i] = value
				where, args = tab.where(changed)
				s.exec("UPDATE "+tab.name+" SET "+tab.columns[i]+" = ? WHERE "+where, append([]any{row[i]}, args...)...)
			}
		}
		if r := s.verify(nil); !r.Clean() {
			s.Errorf("after all changes were undone: %+v", r.Findings)
		}
		for _, tab := range all {
			for _, column := range tab.columns {
				if hit[tab.name+"."+column] == 0 && done >= 500 {
					s.Errorf("%s.%s was never changed", tab.name, column)
				}
			}
		}
		s.Logf("%d changes in %d columns", done, len(slices.Collect(maps.Keys(hit))))
	})
}

// other is a value unlike the one there: mostly bent, sometimes NULL; for NULL one of the column's kind.
func other(r *rand.Rand, t table, column int, value any) any {
	if value == nil {
		for _, row := range t.rows {
			if row[column] != nil {
				return bend(r, row[column])
			}
		}
		return int64(1)
	}
	if r.IntN(10) == 0 {
		return nil
	}
	if text, ok := bend(r, value).(string); ok && !utf8.ValidString(text) { // PostgreSQL would not take it
		return value.(string) + "x"
	}
	return bend(r, value)
}

// T2, row by row: each case damages the history in one way and names what verify must say of it.
var damages = []struct {
	name string
	do   func(s *scene)
	want []string
}{
	{"row inserted", func(s *scene) {
		t := s.read("toy_receipt")
		row := slices.Clone(t.rows[0])
		row[t.column("id")], row[t.column("no")] = int64(5), int64(99)
		s.insert(t, row)
	}, []string{evidence.RowUnknown}},
	{"row deleted", func(s *scene) { s.exec("DELETE FROM toy_line WHERE fen = 7 AND estate = 2") },
		[]string{evidence.RowMissing}},
	{"two rows swapped", func(s *scene) {
		a, b := int64(s.notes[1]), int64(s.notes[2])
		s.exec("UPDATE toy_note SET id = 1 WHERE id = ?", a)
		s.exec("UPDATE toy_note SET id = ? WHERE id = ?", a, b)
		s.exec("UPDATE toy_note SET id = ? WHERE id = 1", b)
	}, []string{evidence.RowChanged}},
	{"row put back to its first version", func(s *scene) {
		s.exec("UPDATE toy_note SET text = 'note 0', done = 0, version = 1 WHERE id = ?", int64(s.notes[0]))
	}, []string{evidence.RowChanged}},
	{"a kind of value that no operation writes, where NULL was", func(s *scene) {
		s.exec("UPDATE toy_note SET holder = 1.5 WHERE id = ?", int64(s.notes[2]))
	}, []string{evidence.RowChanged}},
	{"deleted row comes back", func(s *scene) {
		t := s.read("toy_note")
		row := slices.Clone(t.rows[0])
		row[t.column("id")] = int64(s.notes[3])
		s.insert(t, row)
	}, []string{evidence.RowChanged}},
	{"leaf deleted", func(s *scene) { s.exec("DELETE FROM evidence_leaf WHERE log = 1 AND pos = 3") },
		[]string{evidence.LeafMissing}},
	{"last leaf deleted", func(s *scene) { s.exec("DELETE FROM evidence_leaf WHERE log = 2 AND pos = 5") },
		[]string{evidence.HeadChanged, evidence.TouchedChanged, evidence.PartChanged}},
	{"every leaf of a log deleted", func(s *scene) { s.exec("DELETE FROM evidence_leaf WHERE log = 2") },
		[]string{evidence.HeadChanged, evidence.TouchedChanged, evidence.PartChanged}},
	{"leaves swapped", func(s *scene) { swap(s, "evidence_leaf", "pos", 2, 4) }, []string{evidence.LeafChanged}},
	{"leaf duplicated at the end", func(s *scene) {
		t := s.read("evidence_leaf")
		row := slices.Clone(t.rows[0])
		row[t.column("pos")], row[t.column("op")] = int64(1000), int64(1)
		s.insert(t, row)
	}, []string{evidence.LeafMissing, evidence.LeafChanged, evidence.HeadChanged}},
	{"leaf at the end of a log of its own", func(s *scene) {
		t := s.read("evidence_leaf")
		row := slices.Clone(t.rows[0])
		row[t.column("log")], row[t.column("op")] = int64(77), int64(1)
		s.insert(t, row)
	}, []string{evidence.LeafChanged, evidence.HeadChanged}},
	{"nodes swapped", func(s *scene) {
		t := s.read("evidence_leaf")
		nodes := map[int64]any{}
		for _, row := range t.rows {
			if row[t.column("log")] == int64(1) {
				nodes[row[t.column("pos")].(int64)] = row[t.column("nodes")]
			}
		}
		s.exec("UPDATE evidence_leaf SET nodes = ? WHERE log = 1 AND pos = 3", nodes[7])
		s.exec("UPDATE evidence_leaf SET nodes = ? WHERE log = 1 AND pos = 7", nodes[3])
	}, []string{evidence.LeafChanged, evidence.HashChanged}},
	{"inner node changed", func(s *scene) {
		t := s.read("evidence_leaf")
		for _, row := range t.rows {
			if row[t.column("log")] == int64(1) && row[t.column("pos")] == int64(3) {
				nodes := slices.Clone(row[t.column("nodes")].([]byte))
				nodes[40] ^= 1
				s.exec("UPDATE evidence_leaf SET nodes = ? WHERE log = 1 AND pos = 3", nodes)
			}
		}
	}, []string{evidence.HashChanged}},
	{"node lost", func(s *scene) {
		s.exec("UPDATE evidence_leaf SET nodes = (SELECT nodes FROM evidence_leaf WHERE log = 1 AND pos = 2) WHERE log = 1 AND pos = 3")
	}, []string{evidence.LeafChanged, evidence.HashChanged}},
	{"head in a foreign log", func(s *scene) {
		s.exec("INSERT INTO evidence_head (log, size, peaks) SELECT 77, size, peaks FROM evidence_head WHERE log = 1")
	},
		[]string{evidence.HeadChanged}},
	{"head deleted", func(s *scene) { s.exec("DELETE FROM evidence_head WHERE log = 1") }, []string{evidence.HeadChanged}},
	{"head without its peaks", func(s *scene) { s.exec("UPDATE evidence_head SET size = size + 1 WHERE log = 1") }, []string{evidence.HeadChanged}},
	{"touched row deleted", func(s *scene) { s.exec("DELETE FROM evidence_touched WHERE tbl = 'toy_line' AND log = 1 AND leaf = 4") },
		[]string{evidence.TouchedChanged, evidence.RowUnknown}},
	{"touched row inserted", func(s *scene) {
		s.exec("INSERT INTO evidence_touched (tbl, row, version, log, leaf, seq, digest) SELECT tbl, row, 9, log, leaf, 50, digest FROM evidence_touched WHERE tbl = 'toy_till' AND log = 1 AND version = 5")
	}, []string{evidence.TouchedChanged}},
	{"touched row of an unknown table", func(s *scene) {
		s.exec("INSERT INTO evidence_touched (tbl, row, version, log, leaf, seq, digest) SELECT 'toy_other', row, 9, log, leaf, 50, digest FROM evidence_touched WHERE tbl = 'toy_till' AND log = 1 AND version = 5")
	}, []string{evidence.TouchedChanged, evidence.TableUnknown}},
	{"touched rows swapped", func(s *scene) {
		for from, to := range map[int]int{0: 100, 1: 0} {
			s.exec("UPDATE evidence_touched SET seq = ? WHERE log = 1 AND leaf = 4 AND seq = ?", to+1000, from)
		}
		s.exec("UPDATE evidence_touched SET seq = 0 WHERE log = 1 AND leaf = 4 AND seq = 1000")
		s.exec("UPDATE evidence_touched SET seq = 1 WHERE log = 1 AND leaf = 4 AND seq = 1100")
	}, []string{evidence.TouchedChanged}},
	{"row and its digest both changed", func(s *scene) {
		row := &toy.Note{Text: "forged", Scan: []byte{1}}
		row.ID, row.Estate, row.Version, row.EvOp, row.EvSalt = s.notes[1], 1, 1, 5, bytes.Repeat([]byte{1}, 16)
		digest, err := evidence.RowDigest(row)
		if err != nil {
			s.Fatal(err)
		}
		s.exec("UPDATE toy_note SET text = 'forged', holder = NULL, done = 0, ev_op = 5, ev_salt = ?, scan = ? WHERE id = ?", row.EvSalt, row.Scan, int64(row.ID))
		s.exec("UPDATE evidence_touched SET digest = ? WHERE tbl = 'toy_note' AND row = ? AND version = 1", digest, int64(row.ID))
	}, []string{evidence.TouchedChanged}},
	{"part deleted", func(s *scene) { s.exec("DELETE FROM evidence_part WHERE log = 1 AND leaf = 2") }, []string{evidence.PartChanged}},
	{"part duplicated", func(s *scene) {
		s.exec("INSERT INTO evidence_part (log, leaf, seq, owner_class, owner_id, commitment, sealed) SELECT log, leaf, 1, owner_class, owner_id, commitment, sealed FROM evidence_part WHERE log = 1 AND leaf = 2")
	}, []string{evidence.PartChanged}},
	{"part in a foreign log", func(s *scene) {
		s.exec("INSERT INTO evidence_part (log, leaf, seq, owner_class, owner_id, commitment, sealed) SELECT 77, leaf, 0, owner_class, owner_id, commitment, sealed FROM evidence_part WHERE log = 1 AND leaf = 2")
	}, []string{evidence.PartChanged}},
	{"parts swapped", func(s *scene) { swap(s, "evidence_part", "leaf", 2, 3) }, []string{evidence.PartChanged}},
	{"payload emptied", func(s *scene) { s.exec("UPDATE evidence_part SET sealed = commitment WHERE log = 1 AND leaf = 2") }, []string{evidence.PartChanged}},
}

// swap exchanges two rows of log 1.
func swap(s *scene, table, column string, a, b int64) {
	s.Helper()
	set := "UPDATE " + table + " SET " + column + " = ? WHERE log = 1 AND " + column + " = ?"
	s.exec(set, 9000, a)
	s.exec(set, a, b)
	s.exec(set, b, 9000)
}

func TestVerify_NamesEachDamage(t *testing.T) {
	each(t, func(s *scene) {
		before := s.photograph()
		for _, c := range damages {
			s.Run(c.name, func(t *testing.T) {
				s := &scene{T: t, door: s.door, raw: s.raw, notes: s.notes, tills: s.tills}
				c.do(s)
				found := map[string]bool{}
				for _, f := range s.verify(nil).Findings {
					found[f.What] = true
				}
				for _, want := range c.want {
					if !found[want] {
						t.Errorf("found %v, want %s", slices.Sorted(maps.Keys(found)), want)
					}
				}
				s.restore(before)
				if r := s.verify(nil); !r.Clean() {
					t.Fatalf("not restored: %+v", r.Findings)
				}
			})
		}
	})
}

// A column that a later program does not know of, filled behind its back, is a change of the row.
func TestVerify_FindsAColumnAddedWithAValue(t *testing.T) {
	each(t, func(s *scene) {
		s.exec("ALTER TABLE toy_till ADD COLUMN more BIGINT")
		if r := s.verify(nil); !r.Clean() {
			s.Errorf("an empty column: %+v", r.Findings)
		}
		s.exec("UPDATE toy_till SET more = 1")
		if r := s.verify(nil); len(r.Findings) != 2 || r.Findings[0].What != evidence.RowChanged {
			s.Errorf("a filled column: %+v", r.Findings)
		}
	})
}

// What stands in a finding is enough to find the row.
func TestVerify_NamesTheRowAndTheLeaf(t *testing.T) {
	each(t, func(s *scene) {
		s.exec("UPDATE toy_note SET text = 'quietly' WHERE id = ?", int64(s.notes[0]))
		r := s.verify(nil)
		if len(r.Findings) != 1 {
			s.Fatalf("findings = %+v", r.Findings)
		}
		want := evidence.Finding{What: evidence.RowChanged, Log: 1, Leaf: 10, Table: "toy_note", Row: int64(s.notes[0])}
		if r.Findings[0] != want {
			s.Errorf("found %+v, want %+v", r.Findings[0], want)
		}
	})
}

// The digest of a row must be the same in every later version of the program, or all old logs would be called forged.
func TestRow_GoldenDigest(t *testing.T) {
	row := &toy.Note{Text: "房屋", Holder: 12, Done: true, Scan: []byte{0, 1, 255}}
	row.ID, row.Estate, row.Version, row.EvOp, row.EvSalt = 42, 1, 3, 1<<40, bytes.Repeat([]byte{7}, 16)
	bare := &toy.Note{}
	for want, r := range map[string]*toy.Note{
		"4432e0d0d8e6cff6b168121875fae8b72e418b3aa909990a401114960495c669": row,
		"cf081512ae605d2fd41606578084e84c80613a5b73eab9fb2d583358da8fb5e9": bare,
	} {
		digest, err := evidence.RowDigest(r)
		if err != nil || hex.EncodeToString(digest) != want {
			t.Errorf("digest = %x, %v, want %s", digest, err, want)
		}
	}
	if _, err := evidence.RowDigest(&toy.Note{Text: "a\x00b"}); err == nil {
		t.Error(fmt.Errorf("a NUL was digested: PostgreSQL could not store it"))
	}
}
