package evidence

import (
	"reflect"

	"golang.org/x/mod/sumdb/tlog"
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
