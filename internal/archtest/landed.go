package archtest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// landedFile lists the migrations that databases out there have run, in their order, each with the beginning of its SHA-256.
const landedFile = "internal/archtest/migrations.txt"

// Migrations compares the tree's migrations with those that have landed. A database runs them in the order of their numbers
// and refuses one that comes late: a new one is numbered above all that have landed, and a landed one stays as it is.
func Migrations(fsys fs.FS) ([]Wrong, error) {
	raw, err := fs.ReadFile(fsys, landedFile)
	if err != nil {
		return nil, err
	}
	landed := strings.Split(strings.TrimSpace(string(raw)), "\n")
	there, err := migrations(fsys)
	if err != nil {
		return nil, err
	}
	last := number(landed[len(landed)-1])
	var found []Wrong
	wrong := func(file, format string, args ...any) {
		found = append(found, Wrong{Rule: "migration", Dir: path.Dir(file), File: file, Text: fmt.Sprintf(format, args...)})
	}
	for i, line := range landed {
		file, sum, _ := strings.Cut(line, " ")
		switch now, ok := there[file]; {
		case !ok:
			wrong(file, "this migration has landed: databases have run it; put it back")
		case now != sum:
			wrong(file, "this migration has landed and was changed: put it back, and write another one that goes on from it")
		}
		if i > 0 && number(landed[i-1]) >= number(line) {
			wrong(landedFile, "%s stands below %s: the lines go by number", line, landed[i-1])
		}
		delete(there, file)
	}
	for file, sum := range there {
		if number(file) <= last {
			wrong(file, "databases have run %s already and would refuse to start with this one: number it above, by the time of today", last)
			continue
		}
		wrong(file, "append this line to %s:\n%s %s", landedFile, file, sum)
	}
	slices.SortFunc(found, func(a, b Wrong) int { return strings.Compare(number(a.File), number(b.File)) })
	return found, nil
}

// number is a migration's moment, by which they run.
func number(file string) string {
	n, _, _ := strings.Cut(path.Base(file), "_")
	return n
}

// migrations are the tree's, with the beginning of each one's sum.
func migrations(fsys fs.FS) (map[string]string, error) {
	all := map[string]string{}
	err := fs.WalkDir(fsys, "internal", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(path.Dir(name)) != "migrations" || path.Ext(name) != ".sql" {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		sum := sha256.Sum256(text)
		all[name] = hex.EncodeToString(sum[:6])
		return err
	})
	return all, err
}
