package vault_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"hudang/internal/platform/vault"
)

func openStore(t testing.TB, dir string) *vault.Store {
	t.Helper()
	s, err := vault.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestSeal_OpensForItsOwnerAndBindingOnly(t *testing.T) {
	dir := t.TempDir()
	zhang, li := vault.Owner{Class: vault.Party, ID: 1}, vault.Owner{Class: vault.Party, ID: 2}
	s := openStore(t, dir)
	if err := s.Ensure(t.Context(), zhang, li); err != nil {
		t.Fatal(err)
	}
	sealed, err := s.Seal(t.Context(), zhang, []byte("op 7"), []byte("13800138000"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("1380")) {
		t.Error("the number stands in clear")
	}
	s.Close()
	s = openStore(t, dir) // the key must have been on disk
	if got, err := s.Open(t.Context(), zhang, []byte("op 7"), sealed); err != nil || string(got) != "13800138000" {
		t.Errorf("Open = %q, %v", got, err)
	}
	if _, err := s.Open(t.Context(), li, []byte("op 7"), sealed); err == nil {
		t.Error("another owner's key opened it")
	}
	if _, err := s.Open(t.Context(), zhang, []byte("op 8"), sealed); err == nil {
		t.Error("it opened under another operation")
	}
	if _, err := s.Open(t.Context(), vault.Owner{Class: vault.Party, ID: 3}, nil, sealed); !errors.Is(err, vault.ErrNoKey) {
		t.Errorf("unknown owner: %v, want ErrNoKey", err)
	}
}

// Keys made many at once: who has one keeps it, and what is sealed with a new one opens after a restart.
func TestEnsure_ManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	first := vault.Owner{Class: vault.Party, ID: 1}
	s := openStore(t, dir)
	old, err := s.Seal(t.Context(), first, nil, []byte("before"))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = openStore(t, dir) // no key is in memory
	owners := []vault.Owner{first}
	for id := range int64(30) {
		owners = append(owners, vault.Owner{Class: vault.Party, ID: id/2 + 1}) // each twice
	}
	if err := s.Ensure(t.Context(), owners...); err != nil {
		t.Fatal(err)
	}
	sealed := map[vault.Owner][]byte{}
	for _, o := range owners {
		if sealed[o], err = s.Seal(t.Context(), o, nil, []byte(o.String())); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	s = openStore(t, dir)
	if got, err := s.Open(t.Context(), first, nil, old); err != nil || string(got) != "before" {
		t.Errorf("sealed before: %q, %v", got, err)
	}
	for o, value := range sealed {
		if got, err := s.Open(t.Context(), o, nil, value); err != nil || string(got) != o.String() {
			t.Errorf("%s: %q, %v", o, got, err)
		}
	}
}

// Somebody copies the two files by hand while the program runs, as one does with files that go into a safe.
func TestFiles_CopiedFromARunningProgramAreWhole(t *testing.T) {
	dir, safe := t.TempDir(), t.TempDir()
	s := openStore(t, dir)
	owner := vault.Owner{Class: vault.Party, ID: 1}
	sealed, err := s.Seal(t.Context(), owner, nil, []byte("text"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{vault.KeysFile, vault.MasterFile} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(safe, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	taken := openStore(t, safe)
	if taken.VerifierKey() != s.VerifierKey() {
		t.Error("the copy has another identity")
	}
	if got, err := taken.Open(t.Context(), owner, nil, sealed); err != nil || string(got) != "text" {
		t.Errorf("opened with the copy: %q, %v", got, err)
	}
}

func TestOpen_RefusesWithoutItsMasterKey(t *testing.T) {
	dir := t.TempDir()
	openStore(t, dir).Close()
	if err := os.Remove(filepath.Join(dir, "master.key")); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Open(t.Context(), dir); err == nil {
		t.Error("opened with a new master key")
	}
}

func TestMAC_DependsOnPurposeAndPartBorders(t *testing.T) {
	s := openStore(t, t.TempDir())
	base := s.MAC("phone", []byte("ab"), []byte("c"))
	for name, other := range map[string][]byte{
		"purpose": s.MAC("id", []byte("ab"), []byte("c")),
		"borders": s.MAC("phone", []byte("a"), []byte("bc")),
	} {
		if bytes.Equal(base, other) {
			t.Errorf("same hash for another %s", name)
		}
	}
}

func TestIdentity_StaysAndVerifies(t *testing.T) {
	dir := t.TempDir()
	first := openStore(t, dir)
	name, vkey := first.Installation(), first.VerifierKey()
	signed, err := note.Sign(&note.Note{Text: "hello\n"}, first.Signer())
	if err != nil {
		t.Fatal(err)
	}
	first.Close()
	again := openStore(t, dir)
	if again.Installation() != name || again.VerifierKey() != vkey {
		t.Error("the installation changed its name")
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open(signed, note.VerifierList(verifier)); err != nil {
		t.Error(err)
	}
}
