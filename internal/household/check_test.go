package household_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/record"
	"hudang/internal/platform/sign"
)

// shelf is a household with three papers on its shelf, and the sheet that says they are all there.
type shelf struct {
	t      *testing.T
	d      *op.Door
	garden access.EstateID
	home   household.ID
}

func eachShelf(t *testing.T, test func(s shelf)) {
	t.Helper()
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		s := shelf{t, d, garden, householdtest.Owner(t, d, garden, []estate.UnitID{flat}, owner(household.Owner, "张伟", ""))}
		s.tick("identity", "title", "covenant")
		test(s)
	})
}

func (s shelf) tick(codes ...string) {
	s.t.Helper()
	estatetest.Do(s.t, s.d, household.TickPaper, household.TickPaperIn{Household: s.home, Codes: codes, Place: "A-01-3"})
}

func (s shelf) custodian() context.Context {
	return optest.As(s.t.Context(), 5, s.garden, access.Custodian)
}

// sheet is filled in now: all are there, but for what differs, by their place.
func (s shelf) sheet(differs map[int]household.FoundIn) household.CheckShelfIn {
	s.t.Helper()
	files, err := household.Files(s.t.Context(), s.d.DB.Read(), "2026-11-23", find(s.t, s.d, s.garden, s.home))
	if err != nil {
		s.t.Fatal(err)
	}
	in := household.CheckShelfIn{Household: s.home, Proof: sign.Proven(5, sign.ByPassword, s.d.Clock.Now())}
	if in.Expected, err = household.ExpectedOn(files[s.home]); err != nil {
		s.t.Fatal(err)
	}
	for i, p := range files[s.home].OnShelf() {
		found := household.FoundIn{Item: p.Item, Finding: household.There}
		if other, ok := differs[i]; ok {
			found.Finding, found.Counted, found.Note = other.Finding, other.Counted, other.Note
		}
		in.Found = append(in.Found, found)
	}
	return in
}

func (s shelf) check(in household.CheckShelfIn) (household.CheckID, error) {
	done, err := op.Run(s.custodian(), s.d, household.CheckShelf, in)
	return done.Out, err
}

func (s shelf) checked(id household.CheckID) (household.Check, []household.CheckLine, []sign.Signature) {
	s.t.Helper()
	q := s.d.DB.Read()
	lines, err := household.LinesOfCheck(s.t.Context(), q, id)
	if err != nil {
		s.t.Fatal(err)
	}
	all, err := household.ChecksOf(s.t.Context(), q, s.home)
	if err != nil {
		s.t.Fatal(err)
	}
	signed, err := sign.Of(s.t.Context(), q, id.Ref())
	if err != nil {
		s.t.Fatal(err)
	}
	return all[0], lines, signed
}

func TestCheckShelf_DifferencesAreSignedAndThenSettled(t *testing.T) {
	eachShelf(t, func(s shelf) {
		in := s.sheet(map[int]household.FoundIn{0: {Finding: household.Missing}, 2: {Finding: household.Count, Counted: 2}})
		in.Extra = []household.ExtraIn{{Title: "旧租约"}, {}}
		before := optest.Leaves(t, s.d, s.garden)
		id, err := s.check(in)
		if err != nil {
			t.Fatal(err)
		}
		if n := optest.Leaves(t, s.d, s.garden) - before; n != 1 {
			t.Errorf("%d leaves", n)
		}
		c, lines, signed := s.checked(id)
		if c.Papers != 3 || c.Wrong != 3 || c.Unsettled != 3 || len(lines) != 4 || lines[3].Finding != household.Extra || lines[2].Counted != 2 {
			t.Fatalf("%+v %+v", c, lines)
		}
		if len(signed) != 1 || signed[0].Account != 5 || signed[0].Means != sign.ByPassword {
			t.Fatalf("signed %+v", signed)
		}
		settle := household.SettleDifferenceIn{Line: lines[0].ID, Settled: household.Found, How: "夹在邻户卷内"}
		if _, err := op.Run(s.custodian(), s.d, household.SettleDifference, household.SettleDifferenceIn{Line: lines[0].ID, Settled: household.Found}); !errs.Is(err, errs.Invalid) {
			t.Errorf("without saying how: %v", err)
		}
		if _, err := op.Run(s.custodian(), s.d, household.SettleDifference, settle); err != nil {
			t.Fatal(err)
		}
		if _, err := op.Run(s.custodian(), s.d, household.SettleDifference, settle); !errs.Is(err, errs.Blocked) {
			t.Errorf("twice: %v", err)
		}
		if _, err := op.Run(s.custodian(), s.d, household.SettleDifference, household.SettleDifferenceIn{Line: lines[1].ID, Settled: household.Found, How: "x"}); !errs.Is(err, errs.Blocked) {
			t.Errorf("what was there: %v", err)
		}
		c, lines, signed = s.checked(id)
		if same, err := signed[0].Covers(household.SheetOf(&c, lines)); err != nil || !same || c.Unsettled != 2 {
			t.Errorf("after settling: the signature covers it %v, %v; %d open", same, err, c.Unsettled)
		}
		lines[1].Finding = household.Missing
		if same, _ := signed[0].Covers(household.SheetOf(&c, lines)); same {
			t.Error("the signature covers what was not signed")
		}
	})
}

func TestCheckShelf_RefusesWhatWasNotLookedAt(t *testing.T) {
	eachShelf(t, func(s shelf) {
		wrong := func(name string, kind errs.Kind, change func(in *household.CheckShelfIn)) {
			t.Helper()
			in := s.sheet(nil)
			change(&in)
			if _, err := s.check(in); !errs.Is(err, kind) {
				t.Errorf("%s: %v, want %s", name, err, kind)
			}
		}
		wrong("a paper left out", errs.Invalid, func(in *household.CheckShelfIn) { in.Found = in.Found[:2] })
		wrong("a paper without a finding", errs.Invalid, func(in *household.CheckShelfIn) { in.Found[1].Finding = "" })
		wrong("another number that is the same", errs.Invalid, func(in *household.CheckShelfIn) {
			in.Found[1].Finding, in.Found[1].Counted = household.Count, 1
		})
		wrong("nobody signs", errs.Invalid, func(in *household.CheckShelfIn) { in.Proof = sign.Proof{} })
		wrong("somebody else's proof", errs.Forbidden, func(in *household.CheckShelfIn) { in.Proof = sign.Proven(6, sign.ByPassword, s.d.Clock.Now()) })
		wrong("a proof of this morning", errs.Forbidden, func(*household.CheckShelfIn) { s.d.Clock.(*clock.Manual).Move(time.Hour) })
		wrong("the file changed meanwhile", errs.Conflict, func(*household.CheckShelfIn) { s.tick("service") })
		if all, err := household.ChecksOf(t.Context(), s.d.DB.Read(), s.home); err != nil || len(all) != 0 {
			t.Errorf("%d checks were kept, %v", len(all), err)
		}
		if _, err := s.check(s.sheet(nil)); err != nil {
			t.Errorf("looked at anew: %v", err)
		}
	})
}

// What was reported lost is no longer ticked until a later check finds it; that the file was corrected is believed when it says
// something else than when the difference was found.
func TestSettleDifference_ChangesTheLine(t *testing.T) {
	eachShelf(t, func(s shelf) {
		id, err := s.check(s.sheet(map[int]household.FoundIn{0: {Finding: household.Missing}, 1: {Finding: household.Missing}, 2: {Finding: household.Count, Counted: 2}}))
		if err != nil {
			t.Fatal(err)
		}
		_, lines, _ := s.checked(id)
		settle := func(i int, as household.Settlement) error {
			_, err := op.Run(s.custodian(), s.d, household.SettleDifference, household.SettleDifferenceIn{Line: lines[i].ID, Settled: as, How: "核对"})
			return err
		}
		for i := range 3 {
			if err := settle(i, household.Corrected); !errs.Is(err, errs.Invalid) {
				t.Errorf("line %d was called corrected with nothing changed: %v", i, err)
			}
		}
		lines0 := s.file()
		if err := settle(0, household.Reported); err != nil {
			t.Fatal(err)
		}
		now := s.file()
		at := slices.IndexFunc(now.Lines, func(l household.LineState) bool { return l.Code == lines[0].Code })
		lost := now.Lines[at]
		if lost.Held() || !lost.Missing() || lost.Lost() == "" || now.Have != lines0.Have-1 {
			t.Errorf("reported lost, and the line is held %v, missing %v, lost %q; %d of %d", lost.Held(), lost.Missing(), lost.Lost(), now.Have, now.Of)
		}
		if _, err := op.Run(s.custodian(), s.d, archive.VoidItem, record.VoidIn[archive.ItemID]{ID: lines[1].Item, Why: "重复登记"}); err != nil {
			t.Fatal(err)
		}
		if err := settle(1, household.Corrected); err != nil {
			t.Errorf("the paper was taken out of the file: %v", err)
		}
		s.d.Clock.(*clock.Manual).Move(time.Hour)
		if _, err := s.check(s.sheet(nil)); err != nil {
			t.Fatal(err)
		}
		if again := s.file().Lines[at]; !again.Held() || again.Lost() != "" {
			t.Error("found by a later check, and still lost")
		}
	})
}

func (s shelf) file() household.File {
	s.t.Helper()
	files, err := household.Files(s.t.Context(), s.d.DB.Read(), "2026-11-23", find(s.t, s.d, s.garden, s.home))
	if err != nil {
		s.t.Fatal(err)
	}
	return files[s.home]
}
