package evidence_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/evidence"
)

// What is not the canonical form of something is refused; what is read is written back as the same bytes.

func FuzzLeaf(f *testing.F) {
	for _, l := range vectors {
		raw, err := l.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
		f.Add(raw[:len(raw)-1])
		f.Add(append(bytes.Clone(raw), 0))
		f.Add(append([]byte{2}, raw[1:]...))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		leaf, err := evidence.DecodeLeaf(raw)
		if err != nil {
			return
		}
		if again, err := leaf.Encode(); err != nil || !bytes.Equal(again, raw) {
			t.Errorf("read %x, wrote %x, %v", raw, again, err)
		}
	})
}

func FuzzCheckpoint(f *testing.F) {
	good := evidence.Checkpoint{Origin: "hudang/0011223344556677/1", Size: 42, Root: tlog.RecordHash([]byte("x"))}.Text()
	for _, text := range []string{
		good, good + "extension\n", strings.Replace(good, "\n42\n", "\n042\n", 1), strings.Replace(good, "\n42\n", "\n-1\n", 1),
		strings.Replace(good, "\n42\n", "\n+42\n", 1), strings.TrimSuffix(good, "\n"), strings.Replace(good, "=\n", "\n", 1), "", "\n\n\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := evidence.ParseCheckpoint(text); err == nil && c.Text() != text {
			t.Errorf("read %q as %+v, which is %q", text, c, c.Text())
		}
	})
}

// An outside anchor says the same however it is written down.
func FuzzAnchor(f *testing.F) {
	skey, vkey, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64)), "hudang/0011223344556677")
	if err != nil {
		f.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		f.Fatal(err)
	}
	c := evidence.Checkpoint{Origin: "hudang/0011223344556677/1", Size: 42, Root: tlog.RecordHash([]byte("x"))}
	signed, err := note.Sign(&note.Note{Text: c.Text()}, signer)
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{
		string(signed), c.Short(), strings.ToUpper(c.Short()), c.Short() + " more", c.Short()[:60], "hudang/x/1 0x2a " + strings.Repeat("0", 32),
		"hudang/x/1 9223372036854775808 " + strings.Repeat("0", 32), c.Text(), string(signed[:len(signed)-2]), string(signed) + "x",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := evidence.ParseAnchor(text, vkey)
		if err != nil {
			return
		}
		if a.Size < 0 || len(a.Root) < 30 || len(a.Root) > 64 || strings.Trim(a.Root, "0123456789abcdef") != "" || len(strings.Fields(a.Origin)) != 1 {
			t.Errorf("%q was read as %+v", text, a)
		}
	})
}

func FuzzContent(f *testing.F) {
	salt := bytes.Repeat([]byte{1}, 32)
	f.Add(slices.Concat(salt, []byte{0, 0, 0, 1, 'r'}, make([]byte, 16)))
	f.Add(slices.Concat(salt, make([]byte, 4), []byte{0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 'i', 'n', 0, 0, 0, 2, '{', '}'}, make([]byte, 8)))
	f.Add(slices.Concat(salt, make([]byte, 12), []byte{0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 't', 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0}))
	f.Add(slices.Concat(salt, make([]byte, 12), bytes.Repeat([]byte{0x7f}, 8)))
	f.Add([]byte("short"))
	f.Fuzz(func(t *testing.T, plain []byte) {
		first, err := evidence.RecodeContent(plain)
		if err != nil {
			return
		}
		if again, err := evidence.RecodeContent(first); err != nil || !bytes.Equal(first, again) {
			t.Errorf("%x is not stable: %x, %v", first, again, err)
		}
	})
}

func FuzzImage(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x01t\x00\x00\x00\x02idi\x00\x00\x00\x00\x00\x00\x00\x05"))
	f.Add([]byte("\x00\x00\x00\x01t\x00\x00\x00\x01xz"))
	f.Add([]byte{})
	f.Fuzz(func(_ *testing.T, image []byte) {
		_, _ = evidence.ReadImage(image) // must not panic, nor take memory the bytes do not fill
	})
}
