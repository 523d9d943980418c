package archive_test

import (
	"bytes"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"hudang/internal/archive"
	"hudang/internal/archive/archivetest"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/blob"
	"hudang/internal/platform/control"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/filekind"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/render/rendertest"
)

// scene is an estate with a flat, a volume about it, and a place for scans.
type scene struct {
	t      *testing.T
	d      *op.Door
	scans  archive.Scans
	dir    string
	garden access.EstateID
	flat   ref.Ref
	volume archive.VolumeID
}

func each(t *testing.T, test func(t *testing.T, s scene)) {
	t.Helper()
	optest.Each(t, archivetest.World, func(t *testing.T, d *op.Door) {
		s := scene{t: t, d: d}
		s.scans, s.dir = archivetest.Scans(t, d)
		s.garden = estatetest.Estate(t, d, "澜庭花园")
		s.flat = s.unit("1202")
		s.volume = archivetest.Volume(t, d, s.garden, s.flat, "3-1-1202 业户档案")
		test(t, s)
	})
}

func (s scene) unit(room string) ref.Ref {
	u := estate.Unit{}
	u.ID = estatetest.Unit(s.t, s.d, s.garden, "3", "1", room)
	return u.Ref()
}

func (s scene) scope(e access.EstateID) access.Scope {
	return access.From(archivetest.Clerk(s.t, e)).Scope(archive.MayRead(), e)
}

func (s scene) item(id archive.ItemID) *archive.Item {
	s.t.Helper()
	i, err := archive.FindItem(s.t.Context(), s.d.DB.Read(), s.scope(s.garden), id)
	must(s.t, err)
	return i
}

func (s scene) scanned(title string, name string, content []byte) archive.ItemID {
	s.t.Helper()
	return archivetest.Item(s.t, s.d, s.garden, s.volume, title, archivetest.Upload(s.t, s.scans, s.volume, name, content))
}

func clerk[In, Out any](s scene, o *op.Op[In, Out], in In) (Out, error) {
	res, err := op.Run(archivetest.Clerk(s.t, s.garden), s.d, o, in)
	return res.Out, err
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantKind(t *testing.T, what string, err error, kind errs.Kind) {
	t.Helper()
	if !errs.Is(err, kind) {
		t.Errorf("%s: %v, want %s", what, err, kind)
	}
}

func TestVolume_OneForEachSubject(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		if again := archivetest.Volume(t, s.d, s.garden, s.flat, "又一卷"); again != s.volume {
			t.Errorf("the flat has two volumes: %d and %d", s.volume, again)
		}
		other := archivetest.Volume(t, s.d, s.garden, s.unit("1203"), "3-1-1203 业户档案")
		free := archivetest.Volume(t, s.d, s.garden, ref.Ref{}, "电梯维保记录")
		if free2 := archivetest.Volume(t, s.d, s.garden, ref.Ref{}, "电梯维保记录"); other == s.volume || free == free2 {
			t.Error("volumes of different subjects are one")
		}
		_, err := clerk(s, archive.OpenVolume, archive.OpenVolumeIn{Estate: s.garden, VolumeFacts: archive.VolumeFacts{Class: "业户", Year: 26}})
		if e := errs.As(err); e == nil || len(e.Fields) != 3 {
			t.Errorf("wrong in three fields: %v", err)
		}
	})
}

func TestItem_ThroughTheFourStages(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		id := archivetest.Item(t, s.d, s.garden, s.volume, "购房合同")
		if i := s.item(id); i.Carrier != archive.Paper || i.Stage != archive.Collect || i.Collected != "2026-11-23" || i.Copies != 1 || i.Current != 0 {
			t.Fatalf("%+v", i)
		}
		_, err := clerk(s, archive.MoveItem, archive.MoveItemIn{ID: id, To: archive.File})
		wantKind(t, "past a stage", err, errs.Blocked)
		for _, to := range []archive.Stage{archive.Sort, archive.File, archive.Use} {
			_, err := clerk(s, archive.MoveItem, archive.MoveItemIn{ID: id, To: to})
			must(t, err)
		}
		if i := s.item(id); i.Stage != archive.Use || i.Sorted == "" || i.Filed == "" || i.Used == "" || i.Since() != i.Used {
			t.Errorf("%+v", i)
		}
		facts := archive.ItemFacts{Title: "购房合同", Formed: "2019-10", Author: "澜庭置业", Original: archive.IsCopy, Pages: 12, Place: "B 柜 2 层", Note: "缺第 3 页"}
		_, err = clerk(s, archive.CorrectItem, archive.CorrectItemIn{ID: id, ItemFacts: facts})
		must(t, err)
		back, err := archive.FactsOf(t.Context(), s.d.Vault, s.item(id))
		facts.Copies = 1
		if must(t, err); back != facts {
			t.Errorf("%+v, want %+v", back, facts)
		}
		if bytes.Contains(s.item(id).Note, []byte("缺第")) {
			t.Error("the note lies in clear")
		}
		facts.Formed = "2099"
		_, err = clerk(s, archive.CorrectItem, archive.CorrectItemIn{ID: id, ItemFacts: facts})
		wantKind(t, "a paper made in 2099", err, errs.Invalid)
		facts.Formed = "2019-10"
		version := s.item(id).Version
		_, err = clerk(s, archive.CorrectItem, archive.CorrectItemIn{ID: id, ItemFacts: facts})
		if must(t, err); s.item(id).Version != version {
			t.Error("nothing was changed, and yet there is a new version")
		}
	})
}

func TestItem_CopyComparedWithItsOriginal(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		id := archivetest.Item(t, s.d, s.garden, s.volume, "身份证")
		_, err := clerk(s, archive.VerifyItem, id)
		wantKind(t, "an original compared with itself", err, errs.Blocked)
		_, err = clerk(s, archive.SetOriginal, archive.SetOriginalIn{ID: id, Original: archive.IsCopy})
		must(t, err)
		_, err = clerk(s, archive.VerifyItem, id)
		must(t, err)
		if i := s.item(id); i.Verified != "2026-11-23" || i.VerifiedBy != 5 {
			t.Errorf("%+v", i)
		}
		_, err = clerk(s, archive.SetOriginal, archive.SetOriginalIn{ID: id, Original: archive.IsOriginal})
		must(t, err)
		if i := s.item(id); i.Verified != "" || i.VerifiedBy != 0 {
			t.Errorf("an original stays compared: %+v", i)
		}
	})
}

func TestItem_VoidedAndRestored(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		id := archivetest.Item(t, s.d, s.garden, s.volume, "重复的一件")
		_, err := clerk(s, archive.VoidItem, record.VoidIn[archive.ItemID]{ID: id, Why: "重复收入"})
		wantKind(t, "an assistant voids", err, errs.Forbidden)
		custodian := optest.As(t.Context(), 6, s.garden, access.Custodian)
		_, err = op.Run(custodian, s.d, archive.VoidItem, record.VoidIn[archive.ItemID]{ID: id, Why: " "})
		wantKind(t, "without a reason", err, errs.Invalid)
		_, err = op.Run(custodian, s.d, archive.VoidItem, record.VoidIn[archive.ItemID]{ID: id, Why: "重复收入"})
		must(t, err)
		_, err = clerk(s, archive.MoveItem, archive.MoveItemIn{ID: id, To: archive.Sort})
		wantKind(t, "working on a voided item", err, errs.Blocked)
		held, err := archive.ItemsOf(t.Context(), s.d.DB.Read(), s.scope(s.garden), s.flat)
		if must(t, err); len(held) != 0 {
			t.Errorf("a voided item counts: %+v", held)
		}
		_, err = op.Run(custodian, s.d, archive.RestoreItem, id)
		must(t, err)
		if i := s.item(id); !i.InForce() {
			t.Errorf("%+v", i)
		}
	})
}

func TestPages_TurnedSplitMerged(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		id := s.scanned("一叠", "pile.pdf", rendertest.PDF(4, "Hudang", ""))
		if i := s.item(id); i.Pages != 4 || i.Carrier != archive.Scan {
			t.Fatalf("%+v", i)
		}
		_, err := clerk(s, archive.TurnPage, archive.TurnPageIn{ID: id, Page: 4, By: 270})
		must(t, err)
		_, err = clerk(s, archive.TurnPage, archive.TurnPageIn{ID: id, Page: 5, By: 90})
		wantKind(t, "turning a page it has not", err, errs.NotFound)
		rest, err := clerk(s, archive.SplitItem, archive.SplitItemIn{ID: id, At: 3})
		must(t, err)
		_, err = clerk(s, archive.SplitItem, archive.SplitItemIn{ID: id, At: 3})
		wantKind(t, "splitting behind the end", err, errs.Blocked)
		if a, b := s.item(id), s.item(rest); a.Pages != 2 || b.Pages != 2 || b.Volume != s.volume {
			t.Errorf("%d and %d pages", a.Pages, b.Pages)
		}
		for _, id := range []archive.ItemID{id, rest} {
			if _, err := s.scans.Picture(t.Context(), s.d.DB.Read(), s.item(id), 2, 200); err != nil {
				t.Errorf("page 2 of %d: %v", id, err)
			}
		}
		custodian := optest.As(t.Context(), 6, s.garden, access.Custodian)
		_, err = op.Run(custodian, s.d, archive.MergeItem, archive.MergeItemIn{ID: rest, Into: id})
		must(t, err)
		if a, b := s.item(id), s.item(rest); a.Pages != 4 || b.InForce() {
			t.Errorf("%d pages, in force %v", a.Pages, b.InForce())
		}
		_, err = clerk(s, archive.AddPages, archive.AddPagesIn{ID: id, Uploads: []archive.Upload{archivetest.Upload(t, s.scans, s.volume, "mmexport1.jpg", rendertest.JPEG(t, 30, 20))}})
		must(t, err)
		files, err := archive.FilesOf(t.Context(), s.d.DB.Read(), s.item(id))
		if must(t, err); s.item(id).Pages != 5 || len(files) != 2 || files[0].Type != filekind.PDF {
			t.Errorf("%d pages of %d files", s.item(id).Pages, len(files))
		}
		if name, err := archive.NameOf(t.Context(), s.d.Vault, &files[1]); err != nil || name != "mmexport1.jpg" || bytes.Contains(files[1].FileName, []byte("mmexport")) {
			t.Errorf("name %q, %v", name, err)
		}
	})
}

func TestItemsOf_InBatchWithinScope(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		other := s.unit("1203")
		second := archivetest.Volume(t, s.d, s.garden, other, "3-1-1203")
		add := func(v archive.VolumeID, paper string, original archive.Original) {
			facts := archive.ItemFacts{Title: paper, Paper: paper, Original: original}
			_, err := clerk(s, archive.AddItems, archive.AddItemsIn{Volume: v, Items: []archive.NewItem{{ItemFacts: facts}}})
			must(t, err)
		}
		add(s.volume, "contract", archive.IsOriginal)
		add(s.volume, "contract", archive.IsCopy)
		add(second, "covenant", archive.IsOriginal)
		scope, q := s.scope(s.garden), s.d.DB.Read()
		held, err := archive.ItemsOf(t.Context(), q, scope, s.flat, other, s.flat, ref.Ref{Kind: "unit", ID: 1})
		if must(t, err); len(held) != 2 || len(held[s.flat]) != 2 || held[other][0].Paper != "covenant" {
			t.Errorf("%+v", held)
		}
		tower := estatetest.Estate(t, s.d, "金融中心")
		if held, err := archive.ItemsOf(t.Context(), q, s.scope(tower), s.flat); err != nil || len(held) != 0 {
			t.Errorf("from another estate: %+v, %v", held, err)
		}
		if volumes, err := archive.VolumesOf(t.Context(), q, scope, s.flat); err != nil || len(volumes[s.flat]) != 1 {
			t.Errorf("%+v, %v", volumes, err)
		}
	})
}

func TestAccess_OtherEstatesAndPostsSeeNothing(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		id := s.scanned("证件", "id.png", rendertest.PNG(t, 20, 20))
		tower := estatetest.Estate(t, s.d, "金融中心")
		stranger := archivetest.Clerk(t, tower)
		_, err := archive.FindItem(t.Context(), s.d.DB.Read(), s.scope(tower), id)
		wantKind(t, "finding", err, errs.NotFound)
		_, err = op.Run(stranger, s.d, archive.MoveItem, archive.MoveItemIn{ID: id, To: archive.Sort})
		wantKind(t, "moving", err, errs.NotFound)
		wantKind(t, "looking", archive.LookInto(stranger, s.d, 5, id), errs.NotFound)
		for _, post := range []access.Post{access.OtherDept, access.Finance, access.SystemAdmin, access.Auditor} {
			wantKind(t, string(post), archive.LookInto(optest.As(t.Context(), 9, s.garden, post), s.d, 9, id), errs.Forbidden)
		}
		v, err := archive.Papers.View(stranger, s.d.DB.Read(), list.Reader{Actor: access.From(stranger)}, url.Values{})
		if must(t, err); v.Total != 0 {
			t.Errorf("%d papers of another estate", v.Total)
		}
	})
}

// One leaf for each account, item and day, however often somebody looks.
func TestLookInto_LeavesOneLeafADay(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		id := archivetest.Item(t, s.d, s.garden, s.volume, "合同")
		before := optest.Leaves(t, s.d, s.garden)
		for range 3 {
			must(t, archive.LookInto(archivetest.Clerk(t, s.garden), s.d, 5, id))
		}
		if n := optest.Leaves(t, s.d, s.garden) - before; n != 1 {
			t.Errorf("%d leaves, want 1", n)
		}
		must(t, archive.LookInto(optest.As(t.Context(), 8, s.garden, access.Manager), s.d, 8, id))
		if n := optest.Leaves(t, s.d, s.garden) - before; n != 2 {
			t.Errorf("%d leaves for two people, want 2", n)
		}
	})
}

func TestTakeFile_OnlyFilesOfTheItem(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		content := rendertest.PNG(t, 20, 20)
		id, other := s.scanned("证件", "id.png", content), s.scanned("别的", "other.png", rendertest.PNG(t, 30, 20))
		files, err := archive.FilesOf(t.Context(), s.d.DB.Read(), s.item(id))
		must(t, err)
		_, err = clerk(s, archive.TakeFile, archive.TakeFileIn{ID: id, Blob: files[0].ID})
		must(t, err)
		_, err = clerk(s, archive.TakeFile, archive.TakeFileIn{ID: other, Blob: files[0].ID})
		wantKind(t, "another item's file", err, errs.NotFound)
		_, file, err := s.scans.Original(t.Context(), s.d.DB.Read(), id, files[0].ID)
		must(t, err)
		defer file.Close()
		if got, err := io.ReadAll(file); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	})
}

// The same files sent again are the same input: the first answer comes back, and nothing is filed twice.
func TestAddItems_SentTwiceCountsOnce(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		send := func() op.Result[[]archive.ItemID] {
			u := archivetest.Upload(t, s.scans, s.volume, "a.png", rendertest.PNG(t, 20, 20))
			in := archive.AddItemsIn{Volume: s.volume, Items: []archive.NewItem{{ItemFacts: archive.ItemFacts{Title: "a", Original: archive.IsOriginal}, Uploads: []archive.Upload{u}}}}
			res, err := op.Run(archivetest.Clerk(t, s.garden), s.d, archive.AddItems, in, op.Token([]byte("form 1")))
			must(t, err)
			if res.Replayed {
				must(t, s.scans.Discard(t.Context(), []archive.Upload{u}))
			}
			return res
		}
		first, second := send(), send()
		if !second.Replayed || !slices.Equal(first.Out, second.Out) || names(t, s.scans.Blobs) != 2 { // the file, and its thumbnail
			t.Errorf("%+v and %+v; %d blobs", first, second, names(t, s.scans.Blobs))
		}
	})
}

func names(t *testing.T, s *blob.Store) int {
	n := 0
	for _, err := range s.Names(t.Context(), "") {
		must(t, err)
		n++
	}
	return n
}

// A paper that came in is to be sorted (C3) and filed (E4), each due for its days, then broken, and met once it is done; voided it
// is nothing to judge.
func TestControls_PapersAreSortedAndFiledInTime(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		stands := func(of int, day string, want control.State, figure, target int64) {
			t.Helper()
			c := archive.Module.Controls[of]
			f, err := c.Judge(t.Context(), s.d.DB.Read(), control.Query{Estate: s.garden, Scope: s.scope(s.garden), Start: "2026-11-01", Day: day})
			if err != nil || f.State != want || f.Figure != figure || f.Target != target || !strings.HasPrefix(f.Records, "/papers?estate=") {
				t.Errorf("%s on %s: %+v %v, want %s %d/%d", c.Clause, day, f, err, want, figure, target)
			}
		}
		const sorted, filed = 0, 1
		move := func(id archive.ItemID, to archive.Stage) {
			t.Helper()
			_, err := clerk(s, archive.MoveItem, archive.MoveItemIn{ID: id, To: to})
			must(t, err)
		}
		for of := range archive.Module.Controls {
			stands(of, "2026-11-24", control.Unproven, 0, 0)
		}
		id := archivetest.Item(t, s.d, s.garden, s.volume, "合同")
		stands(sorted, "2026-11-26", control.Due, 0, 1)
		stands(sorted, "2026-11-27", control.Broken, 0, 1)
		stands(filed, "2026-11-30", control.Due, 0, 1)
		stands(filed, "2026-12-01", control.Broken, 0, 1)
		move(id, archive.Sort)
		stands(sorted, "2026-12-24", control.Met, 1, 1)
		stands(filed, "2026-12-24", control.Broken, 0, 1)
		move(id, archive.File)
		stands(filed, "2026-12-24", control.Met, 1, 1)
		if _, err := op.Run(optest.As(t.Context(), 6, s.garden, access.Custodian), s.d, archive.VoidItem, record.VoidIn[archive.ItemID]{ID: id, Why: "归错"}); err != nil {
			t.Fatal(err)
		}
		for of := range archive.Module.Controls {
			stands(of, "2026-12-24", control.Unproven, 0, 0)
		}
	})
}

func TestDuties_PapersWait(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		archivetest.Item(t, s.d, s.garden, s.volume, "合同")
		duties, err := archive.Module.Duties[0].Load(t.Context(), s.d.DB.Read(), s.scope(s.garden), "2026-11-24")
		if err != nil || len(duties) != 1 || duties[0].Due != "2026-11-30" || duties[0].Clause != "E4" {
			t.Errorf("%+v, %v", duties, err)
		}
	})
}
