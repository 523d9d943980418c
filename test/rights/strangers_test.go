package rights

import (
	"slices"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/test/round"
)

// Every operation, about a thing that is really there and could be done: whoever holds its posts in another estate is told that
// nothing is there, and whoever holds them there and another post here, that he may not. Each leaves one leaf where the
// thing is.
func TestRights_OfAnotherEstate(t *testing.T) {
	c := apptest.Open(t)
	r := round.New(t, c, c.Garden, "r", round.Plain)
	r.Run(round.Steps(), func(s round.Step, do func() error) {
		if s.Input != nil {
			elsewhere(t, c, r, s)
		}
		if err := do(); err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
	})
}

// elsewhere tries a step as those who may do the same in another estate.
func elsewhere(t *testing.T, c *apptest.Company, r *round.Round, s round.Step) {
	t.Helper()
	o := r.Find(s.Name)
	away := access.Actor{Account: 200}
	for _, p := range o.Posts() {
		away.Grants = append(away.Grants, access.Grant{Post: p, Estate: c.Tower})
	}
	for _, kind := range refuses(t, c, o, away, s.Input(r)) {
		if kind != errs.NotFound {
			t.Errorf("%s about another estate's thing: %v, want not found", s.Name, kind)
		}
	}
	here := slices.IndexFunc(access.Posts, func(p access.Post) bool { return !slices.Contains(o.Posts(), p) })
	if here < 0 {
		return // anybody may, about what concerns him
	}
	away.Grants = append(away.Grants, access.Grant{Post: access.Posts[here], Estate: c.Garden})
	for _, kind := range refuses(t, c, o, away, s.Input(r)) {
		if kind != errs.Forbidden {
			t.Errorf("%s by %s, who may in the tower: %v, want forbidden", s.Name, access.Posts[here], kind)
		}
	}
}

// refuses runs an operation that must be refused with one leaf, and says how; nothing for what is the company's own, where
// an estate's people are refused in either way.
func refuses(t *testing.T, c *apptest.Company, o op.Any, who access.Actor, in any) []errs.Kind {
	t.Helper()
	before := [2]int64{size(t, c, access.Company), size(t, c, c.Garden)}
	_, refused := o.RunAny(access.With(t.Context(), who), c.App.Door, in)
	if !errs.Is(refused, errs.NotFound) && !errs.Is(refused, errs.Forbidden) {
		t.Errorf("%s by %+v: %v", o.Name(), who.Grants, refused)
		return nil
	}
	company, garden := size(t, c, access.Company)-before[0], size(t, c, c.Garden)-before[1]
	if company+garden != 1 {
		t.Errorf("%s refused: %d leaves in the company's log, %d in the estate's, want one", o.Name(), company, garden)
		return nil
	}
	if company == 1 {
		return nil
	}
	leaves, err := c.App.Door.Log.Leaves(t.Context(), c.App.Door.DB.Read(), c.Garden, 0, 1)
	if err != nil || leaves[0].Result != evidence.RefusedObject || leaves[0].Name != o.Name() {
		t.Errorf("%s refused: %+v, %v", o.Name(), leaves, err)
	}
	return []errs.Kind{errs.KindOf(refused)}
}

func size(t *testing.T, c *apptest.Company, log access.EstateID) int64 {
	t.Helper()
	head, err := c.App.Door.Log.Head(t.Context(), c.App.Door.DB.Read(), log)
	if err != nil {
		t.Fatal(err)
	}
	return head.Size
}
