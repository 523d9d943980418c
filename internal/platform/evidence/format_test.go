package evidence_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/evidence"
)

// The vectors of docs/log-format.md are what this program makes: the page is what outsiders check a log by.
func TestFormat_Vectors(t *testing.T) {
	page, err := os.ReadFile("../../../docs/log-format.md")
	if err != nil {
		t.Fatal(err)
	}
	says := func(name, value string) {
		t.Helper()
		if line := fmt.Sprintf("\n%-16s %s\n", name, value); !strings.Contains(string(page), line) {
			t.Errorf("docs/log-format.md does not say%s", line)
		}
	}
	hexed := func(name string, value []byte) { t.Helper(); says(name, hex.EncodeToString(value)) }

	leaf, err := vectors[1].Encode()
	if err != nil {
		t.Fatal(err)
	}
	hash := tlog.RecordHash(leaf)
	hexed("leaf", leaf)
	hexed("leaf hash", hash[:])

	salt := []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
	image, digest := evidence.ImageOf("toy_note", map[string]any{"id": int64(7), "estate": int64(1), "version": int64(1), "ev_op": int64(5),
		"ev_salt": salt, "text": "你好", "done": int64(1), "scan": nil})
	hexed("row image", image)
	hexed("row digest", digest)

	entries, root := evidence.TouchedEntries("toy_note", [][2]int64{{7, 1}, {8, 3}}, [][]byte{digest, {}})
	hexed("touched entry", entries[0])
	hexed("deleted entry", entries[1])
	hexed("touched root", root[:])

	entry, root := evidence.PayloadEntry("party", 7, bytes.Repeat([]byte{0x11}, 32), []byte("sealed bytes"))
	hexed("payload entry", entry)
	hexed("payload root", root[:])

	empty := sha256.Sum256(nil)
	hexed("tree of 0", empty[:])
	var records [][]byte
	for n := range 7 {
		records = append(records, []byte{byte('0' + n)})
		root, stored := evidence.TreeRoot(records...)
		hexed(fmt.Sprintf("tree of %d", n+1), root[:])
		if n == 3 {
			var nodes []byte
			for _, h := range stored[4:] {
				nodes = append(nodes, h[:]...)
			}
			hexed("nodes of leaf 3", nodes)
		}
	}
	signed(t, string(page), says, records)
}

// signed makes the key and the note of the page.
func signed(t *testing.T, page string, says func(name, value string), records [][]byte) {
	t.Helper()
	seed := make([]byte, ed25519.SeedSize)
	for i := range seed {
		seed[i] = byte(i + 1)
	}
	const name = "hudang/0123456789abcdef"
	public := append([]byte{1}, ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)...)
	sum := sha256.Sum256(append([]byte(name+"\n"), public...))
	id := hex.EncodeToString(sum[:4])
	vkey := name + "+" + id + "+" + base64.StdEncoding.EncodeToString(public)
	says("seed", hex.EncodeToString(seed))
	says("key", vkey)
	says("fingerprint", evidence.Fingerprint(vkey))

	signer, err := note.NewSigner("PRIVATE+KEY+" + name + "+" + id + "+" + base64.StdEncoding.EncodeToString(append([]byte{1}, seed...)))
	if err != nil {
		t.Fatal(err)
	}
	root, _ := evidence.TreeRoot(records...)
	text, err := note.Sign(&note.Note{Text: evidence.Checkpoint{Origin: name + "/0", Size: 7, Root: root}.Text()}, signer)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page, "```\n"+string(text)+"```\n") {
		t.Errorf("docs/log-format.md does not have the note\n%s", text)
	}
	if c, err := evidence.OpenNote(string(text), vkey); err != nil || c.Size != 7 || c.Root != root {
		t.Errorf("the note reads as %+v, %v", c, err)
	}
}
