package archive_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"hudang/internal/archive"
	"hudang/internal/archive/archivetest"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/label"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
)

// before is a volume as it was opened before volumes had codes: in which estate, about which unit.
type before struct {
	Estate access.EstateID
	Unit   int64
}

var openedBefore = op.Define("archive.opened_before", op.Spec[before, archive.VolumeID]{
	NoClause: "a test's", Posts: access.Desk,
	Subject: func(_ context.Context, _ op.Tx, in before) (op.Subject, error) {
		return op.Subject{Kind: "estate", ID: int64(in.Estate), Estate: in.Estate}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in before) (archive.VolumeID, error) {
		v := &archive.Volume{Class: archive.ClassHousehold, SubjectKind: "unit", Subject: in.Unit, Title: "旧卷", Secrecy: archive.Confidential, State: archive.Open, Opened: "2020-01-01"}
		v.ID, v.Estate = archive.VolumeID(tx.NewID()), in.Estate
		return v.ID, tx.Insert(ctx, v)
	},
})

func eachLabelled(t *testing.T, test func(t *testing.T, d *op.Door, e access.EstateID, print *op.Op[ref.Ref, string])) {
	t.Helper()
	things, err := ref.NewKinds(estate.Module.Kinds, archive.Module.Kinds)
	must(t, err)
	print := label.Print(things)
	world := moduletest.World(module.Module{Files: setting.Files, Tables: setting.Tables, Ops: []op.Any{print, openedBefore}}, series.Module, label.Module, estate.Module, archive.Module)
	optest.Each(t, world, func(t *testing.T, d *op.Door) { test(t, d, estatetest.Estate(t, d, "澜庭花园"), print) })
}

func codeOf(t *testing.T, d *op.Door, r ref.Ref) string {
	t.Helper()
	code, err := label.Of(t.Context(), d.DB.Read(), r)
	must(t, err)
	return code
}

// A volume has its code from the day it is opened, and its label has the same one.
func TestLabel_AVolumeHasItsCodeFromTheStart(t *testing.T) {
	eachLabelled(t, func(t *testing.T, d *op.Door, e access.EstateID, print *op.Op[ref.Ref, string]) {
		first, second := archivetest.Volume(t, d, e, ref.Ref{}, "甲"), archivetest.Volume(t, d, e, ref.Ref{}, "乙")
		code := codeOf(t, d, first.Ref())
		if !label.Valid(code) || code == codeOf(t, d, second.Ref()) {
			t.Errorf("codes %q and %q", code, codeOf(t, d, second.Ref()))
		}
		printed, err := op.Run(archivetest.Clerk(t, e), d, print, first.Ref())
		if err != nil || printed.Out != code {
			t.Errorf("its label says %q, %v; want %q", printed.Out, err, code)
		}
		if at, err := label.Find(t.Context(), d.DB.Read(), code); err != nil || at != first.Ref() {
			t.Errorf("the code leads to %v, %v", at, err)
		}
		paper := archivetest.Item(t, d, e, first, "钥匙领用表")
		i := &archive.Item{}
		i.ID = paper
		if code := codeOf(t, d, i.Ref()); code != "" {
			t.Errorf("a paper has the code %q before anybody wants its label", code)
		}
	})
}

// A volume of the days before codes gets its code with its label, (see below), or when its room asks for it again.
func TestLabel_AnOlderVolumeGetsItsCode(t *testing.T) {
	eachLabelled(t, func(t *testing.T, d *op.Door, e access.EstateID, _ *op.Op[ref.Ref, string]) {
		old, err := op.Run(archivetest.Clerk(t, e), d, openedBefore, before{e, 7})
		must(t, err)
		if code := codeOf(t, d, old.Out.Ref()); code != "" {
			t.Fatalf("it has %q already", code)
		}
		again := archivetest.Volume(t, d, e, ref.Ref{Kind: "unit", ID: 7}, "旧卷")
		if code := codeOf(t, d, old.Out.Ref()); again != old.Out || !label.Valid(code) {
			t.Errorf("opened again: volume %d, want %d; code %q", again, old.Out, code)
		}
	})
}

// However many ask for a thing's first label at once, they get one code (design §5: a thing has one code for ever).
func TestLabel_OneCodeForAllWhoAskAtOnce(t *testing.T) {
	eachLabelled(t, func(t *testing.T, d *op.Door, e access.EstateID, print *op.Op[ref.Ref, string]) {
		const many = 6
		for unit := range int64(5) {
			old, err := op.Run(archivetest.Clerk(t, e), d, openedBefore, before{e, unit})
			must(t, err)
			codes, failed := make([]string, many), make([]error, many)
			var all sync.WaitGroup
			for n := range many {
				all.Go(func() {
					done, err := op.Run(archivetest.Clerk(t, e), d, print, old.Out.Ref())
					codes[n], failed[n] = done.Out, err
				})
			}
			all.Wait()
			for _, err := range failed {
				must(t, err)
			}
			if same := slices.Compact(codes); len(same) != 1 || !label.Valid(same[0]) {
				t.Errorf("codes %v", codes)
			}
		}
	})
}

// Another estate's thing is not there for a label, nor is what carries none.
func TestLabel_OfWhatIsNotThere(t *testing.T) {
	eachLabelled(t, func(t *testing.T, d *op.Door, e access.EstateID, print *op.Op[ref.Ref, string]) {
		v := archivetest.Volume(t, d, e, ref.Ref{}, "甲")
		tower := estatetest.Estate(t, d, "金融中心")
		for r, clerk := range map[ref.Ref]context.Context{v.Ref(): archivetest.Clerk(t, tower), {Kind: "estate", ID: int64(e)}: archivetest.Clerk(t, e), {Kind: "volume", ID: 1}: archivetest.Clerk(t, e)} {
			_, err := op.Run(clerk, d, print, r)
			wantKind(t, "a label of "+r.Kind, err, errs.NotFound)
		}
	})
}
