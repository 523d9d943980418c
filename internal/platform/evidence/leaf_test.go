package evidence_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
)

var golden = flag.Bool("golden", false, "write testdata anew; for a new version of the leaf only")

// vectors are leaves whose bytes stand in testdata/leaf.txt: a program of any later version must read and make them so.
var vectors = []evidence.Leaf{
	{Result: evidence.Done, Name: "toy.add_note"},
	{Log: 1, Index: 41, Op: 250912345678901234, At: 1795395600000000, Actor: 7, Subject: 12, Result: evidence.Done,
		Name: "cash.take_money", Post: "cashier", Token: tlog.RecordHash([]byte("form 1")),
		Touched:  evidence.Root{Count: 6, Hash: tlog.RecordHash([]byte("six rows"))},
		Payloads: evidence.Root{Count: 2, Hash: tlog.RecordHash([]byte("two parts"))}},
	{Log: 9007199254740993, Index: 1<<62 + 1, Op: -1, At: -1, Actor: 1 << 40, Subject: -5, Result: evidence.RefusedRule,
		Name: strings.Repeat("n", 48), Post: strings.Repeat("p", 24)},
	{Result: evidence.RefusedPost, Name: "房", Post: "岗"},
}

func TestLeaf_GoldenVectors(t *testing.T) {
	file := filepath.Join("testdata", "leaf.txt")
	var b strings.Builder
	for _, l := range vectors {
		raw, err := l.Encode()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n%s\n", hex.EncodeToString(raw), tlog.RecordHash(raw))
		back, err := evidence.DecodeLeaf(raw)
		if err != nil || back != l {
			t.Errorf("%s came back as %+v, %v", l.Name, back, err)
		}
	}
	if *golden {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != b.String() {
		t.Errorf("leaves differ from %s (%v):\n%s", file, err, b.String())
	}
}

func TestLeaf_TooLongOrWithNULIsRefused(t *testing.T) {
	for _, l := range []evidence.Leaf{
		{Result: 1, Name: strings.Repeat("n", 49)}, {Result: 1, Post: strings.Repeat("p", 25)}, {Result: 1, Name: "a\x00b"},
	} {
		if raw, err := l.Encode(); err == nil {
			t.Errorf("%q was encoded to %x", l.Name+l.Post, raw)
		}
	}
}

// Whatever byte of a leaf changes, it is another leaf or none.
func TestLeaf_EveryByteCounts(t *testing.T) {
	for _, l := range vectors {
		raw, err := l.Encode()
		if err != nil {
			t.Fatal(err)
		}
		for i := range raw {
			bent := bytes.Clone(raw)
			bent[i] ^= 1 << (i % 8)
			if back, err := evidence.DecodeLeaf(bent); err == nil && back == l {
				t.Errorf("%s: byte %d does not count", l.Name, i)
			}
		}
		for _, cut := range [][]byte{nil, raw[:1], raw[:len(raw)-1], append(bytes.Clone(raw), 0)} {
			if _, err := evidence.DecodeLeaf(cut); err == nil {
				t.Errorf("%d bytes were read as a leaf", len(cut))
			}
		}
	}
}

func TestLeaf_AnyLeafComesBack(t *testing.T) {
	text := func(t *rapid.T, n int) string {
		return strings.ReplaceAll(rapid.StringN(0, -1, n).Draw(t, "text"), "\x00", "")
	}
	hash := func(t *rapid.T) (h tlog.Hash) {
		copy(h[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "hash"))
		return h
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64()
		l := evidence.Leaf{Log: access.EstateID(n.Draw(t, "log")), Index: n.Draw(t, "index"), Op: n.Draw(t, "op"), At: n.Draw(t, "at"),
			Actor: n.Draw(t, "actor"), Subject: n.Draw(t, "subject"), Result: evidence.Result(rapid.IntRange(1, 4).Draw(t, "result")),
			Name: text(t, 48), Post: text(t, 24), Token: hash(t),
			Touched:  evidence.Root{Count: rapid.Uint32().Draw(t, "touched"), Hash: hash(t)},
			Payloads: evidence.Root{Count: rapid.Uint32().Draw(t, "parts"), Hash: hash(t)}}
		raw, err := l.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := evidence.DecodeLeaf(raw); err != nil || back != l || len(raw) != evidence.LeafSize {
			t.Fatalf("%+v came back as %+v, %v", l, back, err)
		}
	})
}

// The tree of RFC 6962 over the inputs that Certificate Transparency tests with.
func TestTree_RFC6962Vectors(t *testing.T) {
	var records [][]byte
	for _, input := range []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"} {
		raw, err := hex.DecodeString(input)
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, raw)
	}
	for i, want := range []string{
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	} {
		if root, _ := evidence.TreeRoot(records[:i+1]...); hex.EncodeToString(root[:]) != want {
			t.Errorf("root of %d = %x, want %s", i+1, root[:], want)
		}
	}
}

// The hashes kept are in tlog's order, so that its proofs can be read from the table.
func TestTree_StoredAsTlogStores(t *testing.T) {
	var records [][]byte
	var want []tlog.Hash
	for i := range 200 {
		record := fmt.Appendf(nil, "record %d", i)
		records = append(records, record)
		hashes, err := tlog.StoredHashes(int64(i), record, tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
			var found []tlog.Hash
			for _, pos := range at {
				found = append(found, want[pos])
			}
			return found, nil
		}))
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, hashes...)
		if _, stored := evidence.TreeRoot(records...); len(stored) != len(want) || stored[len(stored)-1] != want[len(want)-1] {
			t.Fatalf("after %d records: %d hashes, want %d", i+1, len(stored), len(want))
		}
	}
}
