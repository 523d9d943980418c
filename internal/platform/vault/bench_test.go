package vault_test

import (
	"strconv"
	"testing"

	"hudang/internal/platform/vault"
)

// New keys, one at a time as at a desk and many at once as in an import.
func BenchmarkEnsure(b *testing.B) {
	for _, size := range []int{1, 500} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			s := openStore(b, b.TempDir())
			owners := make([]vault.Owner, size)
			for n := range b.N {
				for i := range owners {
					owners[i] = vault.Owner{Class: vault.Party, ID: int64(n*size + i + 1)}
				}
				if err := s.Ensure(b.Context(), owners...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
