package archtest

import (
	"go/ast"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// house is the real tree, read once.
var house = sync.OnceValues(func() (*Tree, error) { return Load(os.DirFS("../.."), "hudang") })

// check prints what was found: a few of each kind in each package, and the line that would excuse them.
func check(t *testing.T, found func(*Tree) []Wrong) {
	t.Helper()
	tree, err := house()
	if err != nil {
		t.Fatal(err)
	}
	type kind struct{ rule, dir string }
	count := map[kind]int{}
	for _, w := range found(tree) {
		k := kind{w.Rule, w.Dir}
		if count[k]++; count[k] <= 3 || w.Rule == "layer" || w.Rule == "text" {
			t.Errorf("[%s] %s", w.Rule, w)
		}
	}
	for k, n := range count {
		if k.dir != "" && k.rule != "layer" && k.rule != "text" {
			t.Errorf("%d of these; if it is that package's business, excuse it in internal/archtest/allowed.go:\n\t{%q, %q, %q},", n, k.rule, k.dir, whyHere)
		}
	}
}

func TestLayers(t *testing.T) {
	check(t, func(tree *Tree) []Wrong { return Layering(tree, Edges) })
}

// One list of excuses serves all rules, so they are judged together.
func TestBansAndSizes(t *testing.T) {
	check(t, func(tree *Tree) []Wrong {
		excuses := slices.DeleteFunc(slices.Clone(Excuses), func(e Excused) bool { return e.Rule == "han-in-en" })
		return Judge(slices.Concat(Bans(tree), Sizes(tree)), excuses)
	})
}

// TestStrings is what `make strings` runs.
func TestStrings(t *testing.T) {
	check(t, func(tree *Tree) []Wrong {
		excuses := slices.DeleteFunc(slices.Clone(Excuses), func(e Excused) bool { return e.Rule != "han-in-en" })
		n := 0
		for _, c := range tree.Texts {
			n += len(c.Texts)
		}
		t.Logf("%d texts in %d catalogues", n, len(tree.Texts))
		return Judge(TextsOf(tree, Dynamics), excuses)
	})
}

func TestRoomsAreListed(t *testing.T) { check(t, Unlisted) }

func TestMigrationsOnlyAtTheEnd(t *testing.T) {
	found, err := Migrations(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range found {
		t.Error(w)
	}
}

// The module's name is written into the rules' paths.
func TestModuleName(t *testing.T) {
	raw, err := os.ReadFile("../../go.mod")
	if err != nil || !strings.HasPrefix(string(raw), "module hudang\n") {
		t.Errorf("go.mod: %.30q %v", raw, err)
	}
}

// A rule that looks for a function by name is blind once that is renamed.
func TestNamesInRulesExist(t *testing.T) {
	tree, err := house()
	if err != nil {
		t.Fatal(err)
	}
	type named struct{ pkg, name string }
	wanted := []named{{"internal/platform/db", "Open"}}
	for _, k := range keyCalls {
		wanted = append(wanted, named{k.pkg, k.name})
	}
	for method := range fieldsMethods {
		wanted = append(wanted, named{"internal/platform/errs", method})
	}
	for _, w := range wanted {
		found := false
		if p := tree.Packages[w.pkg]; p != nil {
			for _, f := range p.Files {
				each(f, func(d *ast.FuncDecl) { found = found || d.Name.Name == w.name })
				each(f, func(d *ast.TypeSpec) { found = found || d.Name.Name == w.name })
			}
		}
		if !found {
			t.Errorf("the rules look for %s in %s, which has none any more", w.name, w.pkg)
		}
	}
}

func TestNoRetiredNames(t *testing.T) { check(t, RetiredNames) }
