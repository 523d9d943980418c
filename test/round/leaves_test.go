package round_test

import (
	"maps"
	"slices"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/test/round"
)

// elsewhere are the operations no round carries out, and where they are proven to leave their leaf.
var elsewhere = map[string]string{
	"account.record_failures": "what it takes is made by refused sign-ins only: internal/platform/account",
	"account.bind_rows":       "takes rows of an earlier version, once: internal/app, TestBind",
	"account.set_up":          "an installation without any account: internal/web, TestSetup",
	"account.set_pin":         "takes a proof by password that only the page makes: internal/platform/account/accountweb",
	"account.separate_posts":  "takes an office with posts merged, and ends the sessions of all it names: internal/platform/account",
	"account.merge_posts":     "takes a proof by password that only the page makes: internal/platform/account/accountweb",
	"archive.look_again":      "takes a file to whose end nobody came: internal/archive",
	"archive.begin_upkeep":    "the program's own work, which nobody waits for here: internal/archive/upkeep",
	"archive.record_shelves":  "the program's own work: internal/archive/upkeep",
	"archive.report_damage":   "a file has to be damaged for it: internal/archive/upkeep",
	"archive.mend_damage":     "a file has to be damaged for it: internal/archive/upkeep",
	"account.set_totp":        "takes a code of an authenticator: internal/platform/account/accountweb",
	"job.cancel":              "needs a job that stands still while it is at work: internal/platform/job",
}

// counted are the leaves of all logs, so that what is new in them can be told.
type counted struct {
	c     *apptest.Company
	sizes map[access.EstateID]int64
}

func count(t *testing.T, c *apptest.Company) counted {
	t.Helper()
	logs := []access.EstateID{access.Company}
	all, err := estate.Estates(t.Context(), c.App.Door.DB.Read(), access.Actor{Grants: round.Other(access.Manager, access.Company)}.Scope(access.Posts, access.Company))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		logs = append(logs, e.ID)
	}
	n := counted{c, map[access.EstateID]int64{}}
	for _, log := range logs {
		head, err := c.App.Door.Log.Head(t.Context(), c.App.Door.DB.Read(), log)
		if err != nil {
			t.Fatal(err)
		}
		n.sizes[log] = head.Size
	}
	return n
}

// since are the leaves written after an earlier count.
func (n counted) since(t *testing.T, before counted) (fresh []evidence.Leaf) {
	t.Helper()
	for log, size := range n.sizes {
		if more := int(size - before.sizes[log]); more > 0 {
			leaves, err := n.c.App.Door.Log.Leaves(t.Context(), n.c.App.Door.DB.Read(), log, 0, more)
			if err != nil {
				t.Fatal(err)
			}
			fresh = append(fresh, leaves...)
		}
	}
	return fresh
}

func names(leaves []evidence.Leaf) (all []string) {
	for _, l := range leaves {
		all = append(all, l.Name)
	}
	slices.Sort(all)
	return all
}

// T4: every operation there is leaves exactly one leaf of its name when it succeeds; what follows by itself leaves its own.
func TestLeaves_OneOfEachOperation(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		r := round.New(t, c, c.Garden, "t", round.Plain)
		seen := map[string]int{"account.sign_in": 1}
		r.Run(round.Steps(), func(s round.Step, do func() error) {
			before := count(t, c)
			if err := do(); err != nil {
				t.Fatalf("%s: %v", s.Name, err)
			}
			want := slices.Sorted(slices.Values(append([]string{s.Name}, s.Also...)))
			fresh := count(t, c).since(t, before)
			if got := names(fresh); !slices.Equal(got, want) {
				t.Errorf("%s left %v, want %v", s.Name, got, want)
			}
			for _, l := range fresh {
				seen[l.Name]++
				if l.Result != evidence.Done {
					t.Errorf("%s left a leaf that says %v of %s", s.Name, l.Result, l.Name)
				}
			}
		})
		for _, o := range c.App.Door.Ops() {
			if _, list := round.Zero(o).(list.ExportInput); list {
				taken(t, c, o)
				continue
			}
			if why := elsewhere[o.Name()]; (seen[o.Name()] > 0) == (why != "") {
				t.Errorf("%s: %d leaves in a round, and elsewhere says %q", o.Name(), seen[o.Name()], why)
			}
		}
		for _, f := range optest.Verify(t, c.App.Door).Findings {
			t.Errorf("verify: %+v", f)
		}
	})
}

// taken prints or exports a list, which is one leaf in the log of the estate.
func taken(t *testing.T, c *apptest.Company, o op.Any) {
	t.Helper()
	before := count(t, c)
	_, err := o.RunAny(optest.As(t.Context(), 100, access.Company, o.Posts()[0]), c.App.Door, list.ExportInput{Estate: c.Garden})
	if got := names(count(t, c).since(t, before)); err != nil || !slices.Equal(got, []string{o.Name()}) {
		t.Errorf("%s: %v, left %v", o.Name(), err, got)
	}
}

// What is refused leaves a leaf that says so, without what was entered; what is only entered wrongly leaves none. The inputs are
// empty, so that each operation is refused in its own way: for its post, by a rule, for its fields, or because what it is about
// was never there, which no log can hold.
func TestLeaves_OfWhatIsRefused(t *testing.T) {
	c := apptest.Open(t)
	kinds := map[errs.Kind]int{}
	for _, o := range c.App.Door.Ops() {
		for post, ctx := range map[string]access.Post{"its post": o.Posts()[0], "another": stranger(o)} {
			before := count(t, c)
			_, err := o.RunAny(optest.As(t.Context(), 100, access.Company, ctx), c.App.Door, round.Zero(o))
			fresh := count(t, c).since(t, before)
			if err != nil {
				kinds[errs.KindOf(err)]++
			}
			want, result := wanted(err, post != "its post")
			if len(fresh) != want || want == 1 && fresh[0].Result != result {
				t.Errorf("%s by %s: %v left %d leaves (%+v), want %d of %v", o.Name(), post, err, len(fresh), names(fresh), want, result)
			}
		}
	}
	if kinds[errs.Forbidden] < 50 || kinds[errs.NotFound] < 30 || kinds[errs.Invalid] < 20 {
		t.Errorf("the refusals were of few kinds: %v", maps.Collect(maps.All(kinds)))
	}
}

// stranger is a post that may not carry an operation out.
func stranger(o op.Any) access.Post {
	for _, p := range append(slices.Clone(access.Posts), access.Program) {
		if !slices.Contains(o.Posts(), p) {
			return p
		}
	}
	return ""
}

func wanted(err error, byPost bool) (leaves int, result evidence.Result) {
	switch {
	case err == nil:
		return 1, evidence.Done
	case byPost:
		return 1, evidence.RefusedPost
	case errs.Is(err, errs.Forbidden):
		return 1, evidence.RefusedObject
	case errs.Is(err, errs.Blocked):
		return 1, evidence.RefusedRule
	}
	return 0, 0
}
