// Package rights compares what the program allows with a table written by hand (reliability S1): an operation that is
// missing there fails, and so does one that a post may do and should not.
package rights

import (
	"bufio"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// reviewed reads rights.txt: operation → posts.
func reviewed(t *testing.T) map[string][]access.Post {
	t.Helper()
	f, err := os.Open("rights.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table := map[string][]access.Post{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		for _, w := range words[1:] {
			table[words[0]] = append(table[words[0]], access.Post(w))
		}
	}
	return table
}

// Every operation × every post, in the estate, in another one, and by nobody: refused exactly where the table says.
// The inputs are empty, so a permitted operation may fail for its fields or for what is not there, never for its post.
func TestRights(t *testing.T) {
	c := apptest.Open(t)
	table := reviewed(t)
	for _, o := range c.App.Door.Ops() {
		allowed, known := table[o.Name()]
		if !known {
			t.Errorf("rights.txt does not say who may %s", o.Name())
			continue
		}
		delete(table, o.Name())
		for _, post := range append(slices.Clone(access.Posts), access.Program) {
			ctx := optest.As(t.Context(), 100, access.Company, post)
			_, err := o.RunAny(ctx, c.App.Door, reflect.Zero(o.In()).Interface(), op.Dry())
			if refused := err != nil && errs.As(err).Key == "error.forbidden"; refused == slices.Contains(allowed, post) {
				t.Errorf("%s by %s: refused %v (%v), the table says %v", o.Name(), post, refused, err, !refused)
			}
		}
		if _, err := o.RunAny(t.Context(), c.App.Door, reflect.Zero(o.In()).Interface(), op.Dry()); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s by nobody: %v", o.Name(), err)
		}
	}
	for name := range table {
		t.Errorf("rights.txt names %s, which is no operation", name)
	}
}

// T4 in short: whatever is refused for its post leaves one leaf in the company's log, and nothing else.
func TestRefusals_LeaveOneLeaf(t *testing.T) {
	c := apptest.Open(t)
	for _, o := range c.App.Door.Ops() {
		before := size(t, c, access.Company)
		if _, err := o.RunAny(t.Context(), c.App.Door, reflect.Zero(o.In()).Interface()); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s by nobody: %v", o.Name(), err)
		}
		if n := size(t, c, access.Company) - before; n != 1 {
			t.Errorf("%s refused: %d leaves, want 1", o.Name(), n)
		}
	}
}

// Every operation names its clauses or why it has none, and has its sentence in both languages (the catalogue test
// compares the languages).
func TestOperations_SayWhatTheyServe(t *testing.T) {
	c := apptest.Open(t)
	for _, o := range c.App.Door.Ops() {
		if (len(o.Clauses()) == 0) == (o.NoClause() == "") {
			t.Errorf("%s: clauses %v, no clause because %q", o.Name(), o.Clauses(), o.NoClause())
		}
		if !c.App.Texts.Has("op." + o.Name()) {
			t.Errorf("%s has no sentence op.%s", o.Name(), o.Name())
		}
	}
}
