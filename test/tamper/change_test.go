package tamper

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/blob"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op/optest/night"
)

// bare are evidential tables in which a round leaves no row.
var bare = map[string]string{
	"archive_damage": "a scan that no longer reads: internal/archive/upkeep",
	"account_office": "written when an installation is set up, or its mode changed",
	"viewlog_seal":   "the looks of an hour are sealed in the next",
}

// T1: one bit of one field, or a field made NULL or no longer so, in any row of any room; of the log itself; of a signed
// checkpoint; of a scan. Verify finds each, and names the table and the row.
func TestChange_IsFoundAndNamed(t *testing.T) {
	each(t, changeAndVerify)
}

func changeAndVerify(t *testing.T, c *apptest.Company, f *folder) {
	s := &changes{folder: f, company: c, hit: map[string]int{}}
	s.log, s.rooms = f.covered(c, bare)
	usual, tried := 500, 0
	if f.database != "" { // verifying asks a server, which takes ten times as long
		usual = 100
	}
	for seed := range night.Rounds(t, usual, 60, 20_000) {
		tried++
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		switch n := r.IntN(20); {
		case n < 14:
			s.field(seed, r, s.rooms[r.IntN(len(s.rooms))], true)
		case n < 18:
			s.field(seed, r, s.log[r.IntN(len(s.log))], false)
		case n < 19:
			s.file(seed, r, "highwater", s.verified)
		default:
			s.file(seed, r, "blobs", s.scanned)
		}
		if t.Failed() {
			break
		}
	}
	if report := f.verify(); !report.Clean() {
		t.Errorf("after every change was undone: %+v", report.Findings)
	}
	t.Logf("%d tables of rooms, %d places changed", len(s.rooms), len(s.hit))
	for _, tab := range append(s.log, s.rooms...) {
		if s.hit[tab.name] == 0 && tried >= 500 {
			t.Errorf("%s was never changed", tab.name)
		}
	}
}

// changes is a folder that is changed in one place at a time.
type changes struct {
	*folder
	company    *apptest.Company
	log, rooms []table
	hit        map[string]int
}

// field changes one field of one row.
func (s *changes) field(seed int, r *rand.Rand, t table, named bool) {
	s.Helper()
	row := t.rows[r.IntN(len(t.rows))]
	i := r.IntN(len(row))
	changed := slices.Clone(row)
	changed[i] = other(r, t, i)(row[i])
	set := "UPDATE " + t.name + " SET " + t.columns[i] + " = ?" + t.where()
	done, err := s.try(set, append([]any{changed[i]}, row...)...)
	if err != nil {
		return // the engine's own constraint was in the way
	}
	if n, err := done.RowsAffected(); n != 1 || err != nil {
		s.Fatalf("seed %d: %s: %d rows changed, %v", seed, t.name, n, err)
	}
	s.hit[t.name]++
	s.hit[t.name+"."+t.columns[i]]++
	report := s.verify()
	if report.Clean() {
		s.Errorf("seed %d: %s.%s: %v → %v was not noticed", seed, t.name, t.columns[i], row[i], changed[i])
	}
	if id := t.column("id"); named && !slices.ContainsFunc(report.Findings, func(f evidence.Finding) bool {
		return f.Table == t.name && (f.Row == row[id] || f.Row == changed[id])
	}) {
		s.Errorf("seed %d: %s.%s of row %v: %v → %v is found as %+v", seed, t.name, t.columns[i], row[id], row[i], changed[i], report.Findings)
	}
	s.exec(set, append([]any{row[i]}, changed...)...)
}

// other makes another value of the same column: mostly one bit, sometimes NULL; for NULL what another row has.
func other(r *rand.Rand, t table, column int) func(value any) any {
	return func(value any) any {
		if value != nil && r.IntN(10) == 0 {
			return nil
		}
		switch v := value.(type) {
		case int64:
			return v ^ 1<<r.IntN(64)
		case string:
			if v == "" {
				return "x"
			}
			return string(flip(r, []byte(v)))
		case []byte:
			if len(v) == 0 {
				return []byte{0}
			}
			return flip(r, slices.Clone(v))
		}
		for _, row := range t.rows {
			if row[column] != nil {
				return row[column]
			}
		}
		return int64(1)
	}
}

func flip(r *rand.Rand, bytes []byte) []byte {
	bytes[r.IntN(len(bytes))] ^= 1 << r.IntN(8)
	return bytes
}

// file flips a bit of a file below a folder of the data folder.
func (s *changes) file(seed int, r *rand.Rand, within string, found func(file string) bool) {
	s.Helper()
	var files []string
	err := filepath.WalkDir(filepath.Join(s.dir, within), func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		s.Fatalf("%d files in %s, %v", len(files), within, err)
	}
	file := files[r.IntN(len(files))]
	was, err := os.ReadFile(file)
	if err != nil {
		s.Fatal(err)
	}
	s.hit[within]++
	end := len(was)
	if within == "highwater" {
		end -= len("\n=====\n") // without its end a note is taken for one that a power cut tore
	}
	s.write(file, append(flip(r, slices.Clone(was[:end])), was[end:]...))
	if !found(file) {
		s.Errorf("seed %d: a bit of %s was not noticed", seed, file)
	}
	s.write(file, was)
}

func (s *changes) write(file string, bytes []byte) {
	s.Helper()
	if err := os.WriteFile(file, bytes, 0o600); err != nil {
		s.Fatal(err)
	}
}

func (s *changes) verified(string) bool { return !s.verify().Clean() }

// scanned compares a scan with its name, as the program does; verify does not read scans.
func (s *changes) scanned(file string) bool {
	s.Helper()
	place, err := blob.OpenFolder(filepath.Join(s.dir, "blobs"))
	if err != nil {
		s.Fatal(err)
	}
	return errs.Is(blob.New(place, nil).Check(s.Context(), filepath.Base(file)), errs.Blocked)
}
