package evidence

import (
	"maps"
	"reflect"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/vault"
)

// What the tests in evidence_test look at from inside.

// TreeRoot is the root over records, and the hashes kept for it.
func TreeRoot(records ...[]byte) (root tlog.Hash, stored []tlog.Hash) {
	var m merkle
	for _, r := range records {
		m.add(tlog.RecordHash(r), func(h tlog.Hash) { stored = append(stored, h) })
	}
	return m.root(), stored
}

// RecodeContent decodes a part's inside and encodes it again.
func RecodeContent(plain []byte) ([]byte, error) {
	c, err := decodeContent(plain)
	if err != nil {
		return nil, err
	}
	return c.encode(plain[:saltSize:saltSize]), nil
}

// ReadImage takes a row's image apart.
func ReadImage(image []byte) (map[string]any, error) { return readImage(image) }

// RowDigest is a row's digest as its leaf commits to it.
func RowDigest(r Record) ([]byte, error) {
	plan := planOf(reflect.TypeOf(r).Elem())
	values, err := plan.Values(r)
	if err != nil {
		return nil, err
	}
	return digestOf(plan.Image(values)), nil
}

// VersionsQuery asks for the histories of so many rows.
var VersionsQuery = versionsQuery

// ImageOf is a row's image and digest, for a row as SELECT * gives it.
func ImageOf(table string, row map[string]any) (image, digest []byte) {
	names := slices.Sorted(maps.Keys(row))
	order, values := make([]int, len(names)), make([]any, len(names))
	for i, name := range names {
		order[i], values[i] = i, row[name]
	}
	image = imageOf(table, names, order, values)
	return image, digestOf(image)
}

// TouchedEntries are the entries of rows' versions in a leaf's list, and its root.
func TouchedEntries(table string, rows [][2]int64, digests [][]byte) (entries [][]byte, root tlog.Hash) {
	var m merkle
	for i, r := range rows {
		entries = append(entries, putTouched(nil, table, r[0], r[1], digests[i]))
		m.add(touchedHash(table, r[0], r[1], digests[i]), ignore)
	}
	return entries, m.root()
}

// PayloadEntry is the entry of a payload in a leaf's list, and the root of a list of it alone.
func PayloadEntry(class string, id int64, commitment, sealed []byte) (entry []byte, root tlog.Hash) {
	o := vault.Owner{Class: vault.Class(class), ID: id}
	var m merkle
	m.add(partHash(o, commitment, sealed), ignore)
	return partEntry(o, commitment, sealed), m.root()
}
