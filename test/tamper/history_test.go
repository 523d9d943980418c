package tamper

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hudang/internal/app"
	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/night"
	"hudang/internal/platform/vault"
)

// T2 by whole histories. Somebody copies everything, keys too; work goes on, and somebody outside is given an anchor. Then the
// copy is put in place: as it is; with the checkpoints of today; or gone on with otherwise and signed anew, with the stolen key.
func TestHistory_OldForkedAndSignedAnew(t *testing.T) {
	c := play(t)
	for seed := range night.Rounds(t, 5, 1, 100) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(seed), 3))
			tag := fmt.Sprint(seed)
			work(t, c.App.Door, c.Garden, tag+"a", r.IntN(5))
			old, before := stolen(t, c), optest.Leaves(t, c.App.Door, c.Garden)
			work(t, c.App.Door, c.Garden, tag+"b", 1+r.IntN(20))
			anchor := outside(t, c, r)
			size := optest.Leaves(t, c.App.Door, c.Garden)

			old.wants("the old copy alone: nothing shows it, which is why there are anchors", old.verify())
			old.wants("the old copy, and an anchor", old.verify(anchor), evidence.LogCut)
			own := old.remember(filepath.Join(c.Data, "highwater"))
			old.wants("the old database under today's checkpoints", old.verify(), evidence.LogCut)

			old.remember(own)
			more := 1 + r.IntN(30)
			old.goOn(c, tag+"c", more)
			want := evidence.RootChanged
			if before+int64(more) < size {
				want = evidence.LogCut
			}
			old.wants("a fork, signed with the stolen key", old.verify())
			old.wants("a fork, and an anchor", old.verify(anchor), want)
			old.remember(filepath.Join(c.Data, "highwater"))
			old.wants("a fork under today's checkpoints", old.verify(), want)

			tail := copyOf(t, c, "")
			from := r.Int64N(size)
			for table, column := range map[string]string{"evidence_leaf": "pos", "evidence_touched": "leaf", "evidence_part": "leaf"} {
				tail.exec("DELETE FROM "+table+" WHERE log = ? AND "+column+" >= ?", int64(c.Garden), from)
			}
			if found := whats(tail.verify()); !slices.Contains(found, evidence.HeadChanged) || !slices.Contains(found, evidence.LogCut) {
				t.Errorf("the tail cut off at leaf %d of %d: found %v", from, size, found)
			}
			forget(t, old.dir, tail.dir)
		})
	}
}

func (f *folder) wants(what string, r *evidence.Report, want ...string) {
	f.Helper()
	if got := whats(r); !slices.Equal(got, want) {
		f.Errorf("%s: found %v, want %v", what, got, want)
	}
}

// work is so many operations in an estate.
func work(t *testing.T, d *op.Door, e access.EstateID, tag string, n int) {
	t.Helper()
	ctx := optest.As(t.Context(), 1, access.Company, access.Manager)
	for i := range n {
		in := estate.AddUnitIn{Estate: e, UnitFacts: estate.UnitFacts{Building: tag, Entrance: "1", Room: fmt.Sprint(101 + i), Kind: estate.Flat}}
		if _, err := op.Run(ctx, d, estate.AddUnit, in); err != nil {
			t.Fatal(err)
		}
	}
}

// stolen is a copy of a company with its key store.
func stolen(t *testing.T, c *apptest.Company) *folder {
	t.Helper()
	keys := t.TempDir()
	f := copyOf(t, c, keys)
	for _, name := range []string{vault.KeysFile, vault.MasterFile} {
		if err := os.Rename(filepath.Join(keys, name), filepath.Join(f.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// outside is what somebody outside has of the garden's log: the whole note, or the short form of a receipt.
func outside(t *testing.T, c *apptest.Company, r *rand.Rand) string {
	t.Helper()
	notes, err := c.App.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, signed := range notes {
		p, err := evidence.OpenNote(signed, c.App.Door.Vault.VerifierKey())
		if err != nil {
			t.Fatal(err)
		}
		if p.Origin == c.App.Door.Log.Origin(c.Garden) {
			return []string{signed, p.Short()}[r.IntN(2)]
		}
	}
	t.Fatal("the garden's log did not grow")
	return ""
}

// remember puts other checkpoints into the folder; those it had lie where it says.
func (f *folder) remember(from string) (had string) {
	f.Helper()
	had, here := f.TempDir(), filepath.Join(f.dir, "highwater")
	for _, move := range [][2]string{{here, filepath.Join(had, "highwater")}, {from, here}} {
		if err := os.CopyFS(move[1], os.DirFS(move[0])); err != nil {
			f.Fatal(err)
		}
		if move[0] == here {
			forget(f.T, here)
		}
	}
	return filepath.Join(had, "highwater")
}

// goOn opens the folder as the program does, works otherwise, and signs.
func (f *folder) goOn(c *apptest.Company, tag string, n int) {
	f.Helper()
	a, err := app.Open(f.Context(), app.Options{Data: f.dir, Clock: c.Clock})
	if err != nil {
		f.Fatal(err)
	}
	work(f.T, a.Door, c.Garden, tag, n)
	if err := a.Close(f.Context()); err != nil {
		f.Fatal(err)
	}
}

func forget(t *testing.T, dirs ...string) {
	t.Helper()
	for _, dir := range dirs {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	}
}
