package search

import (
	"regexp"
	"testing"

	"hudang/internal/platform/vault"
)

var plainToken = regexp.MustCompile(`^[\p{L}\p{N}\p{M}-]+$`)

// Whatever is typed, a question consists of tokens that hold letters, digits and dashes, so it can be written in quotes.
func FuzzParse(f *testing.F) {
	for _, typed := range []string{"王伟", "3-1-1202", "'); DROP", `"a" OR b*`, `\'x`, "+86 138-0013-8000", "a'b 张\"三", "步行街12号", "３栋～１２０２", "B1层023", "粤B·D12345", "‘’", "zhang'san"} {
		f.Add(typed)
	}
	keys, err := vault.Open(f.Context(), f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { keys.Close() })
	f.Fuzz(func(t *testing.T, typed string) {
		q, ok := parse(keys, typed)
		if !ok {
			return
		}
		q.in(dialect{leaf: func(token string, _ bool) string {
			if !plainToken.MatchString(token) {
				t.Errorf("%q asks for %q", typed, token)
			}
			return token
		}}, held)
	})
}
