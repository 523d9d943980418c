package upkeep_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hudang/internal/archive"
	"hudang/internal/archive/archivetest"
	"hudang/internal/archive/upkeep"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/blob"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/label"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/render/rendertest"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
)

var world = moduletest.World(module.Module{Files: setting.Files, Tables: setting.Tables}, module.Module{Files: job.Files, Tables: job.Tables, Ops: job.Ops},
	series.Module, label.Module, estate.Module, archive.Module, upkeep.Module)

// scene is an estate with a volume, and a keeper of its files.
type scene struct {
	t      *testing.T
	d      *op.Door
	scans  archive.Scans
	dir    string
	garden access.EstateID
	volume archive.VolumeID
	keeper *upkeep.FileChecker
}

func each(t *testing.T, test func(t *testing.T, s *scene)) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		s := &scene{t: t, d: d}
		s.scans, s.dir = archivetest.Scans(t, d)
		s.garden = estatetest.Estate(t, d, "澜庭花园")
		u := estate.Unit{}
		u.ID = estatetest.Unit(t, d, s.garden, "3", "1", "1202")
		s.volume = archivetest.Volume(t, d, s.garden, u.Ref(), "3-1-1202 业户档案")
		s.keeper = &upkeep.FileChecker{Blobs: s.scans.Blobs}
		test(t, s)
	})
}

// file adds a paper with a film, which no renderer looks into, and gives its row and where its bytes lie.
func (s *scene) file(text string) (archive.Blob, string) {
	s.t.Helper()
	u := s.upload(text)
	archivetest.Item(s.t, s.d, s.garden, s.volume, "漏水录像", u)
	var b archive.Blob
	must(s.t, s.d.DB.Read().Select(&b).Where("stored = ?", u.Stored.Name).Scan(s.t.Context()))
	return b, s.path(b.Stored)
}

func (s *scene) upload(text string) archive.Upload {
	s.t.Helper()
	return archivetest.Upload(s.t, s.scans, s.volume, "leak.mp4", append([]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"), text...))
}

func (s *scene) path(stored string) string {
	return filepath.Join(s.dir, stored[:2], stored[2:4], stored)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func machine(ctx context.Context) context.Context {
	return optest.As(ctx, 9, access.Company, access.SystemAdmin)
}

// check looks at everything, as the system administrator.
func (s *scene) check() *job.Run {
	s.t.Helper()
	s.d.Clock.(*clock.Manual).Move(time.Minute)
	begun, err := op.Run(machine(s.t.Context()), s.d, upkeep.Begin, upkeep.BeginIn{All: true})
	must(s.t, err)
	r := jobtest.Finish(s.t, s.d, begun.Out, []access.Grant{{Post: access.SystemAdmin}}, s.keeper.Job())
	if r.State != job.Done || r.Done != 4096 {
		s.t.Fatalf("the job: %+v", r)
	}
	return r
}

// open are the incidents that are open, by the name of the file.
func (s *scene) open() map[string]upkeep.Kind {
	s.t.Helper()
	var rows []upkeep.Damage
	must(s.t, s.d.DB.Read().Select(&rows).Where("mended IS NULL").Scan(s.t.Context()))
	found := map[string]upkeep.Kind{}
	for _, r := range rows {
		found[r.Stored] = r.Kind
	}
	return found
}

// flip alters one bit of a file.
func flip(t *testing.T, path string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	must(t, err)
	raw[len(raw)/2] ^= 1
	must(t, os.WriteFile(path, raw, 0o600))
}

// age makes a file as old as one of another week.
func age(t *testing.T, path string) {
	t.Helper()
	old := time.Now().Add(-8 * 24 * time.Hour)
	must(t, os.Chtimes(path, old, old))
}

// restart is the store as the next start of the program opens it.
func (s *scene) restart() {
	s.t.Helper()
	folder, err := blob.OpenFolder(s.dir)
	must(s.t, err)
	s.scans.Blobs = blob.New(folder, s.d.Vault)
	s.keeper = &upkeep.FileChecker{Blobs: s.scans.Blobs, Lease: s.keeper.Lease}
}

func there(path string) bool { _, err := os.Stat(path); return err == nil }

func TestCheck_AFlippedByteAndAMissingFileAreIncidentsUntilPutBack(t *testing.T) {
	each(t, func(t *testing.T, s *scene) {
		sound, _ := s.file("sound")
		bent, bentPath := s.file("bent")
		gone, gonePath := s.file("gone")
		whole, err := os.ReadFile(bentPath)
		must(t, err)
		flip(t, bentPath)
		must(t, os.Remove(gonePath))
		before := optest.Leaves(t, s.d, s.garden)
		s.check()
		found := s.open()
		if len(found) != 2 || found[bent.Stored] != upkeep.Damaged || found[gone.Stored] != upkeep.Missing || found[sound.Stored] != upkeep.Sound {
			t.Errorf("found %v", found)
		}
		if n := optest.Leaves(t, s.d, s.garden) - before; n != 2 {
			t.Errorf("%d leaves in the estate's log, want one for each", n)
		}
		for _, post := range []access.Post{access.Custodian, access.SystemAdmin} {
			who := access.From(optest.As(t.Context(), 5, access.Company, post))
			duties, err := upkeep.Module.Duties[0].Load(t.Context(), s.d.DB.Read(), who.Scope(upkeep.MayRead(), access.Company), "2026-11-23")
			if err != nil || len(duties) != 1 || duties[0].Clause != "E9" {
				t.Errorf("duty of the %s: %+v, %v", post, duties, err)
			}
		}
		elsewhere := access.From(optest.As(t.Context(), 5, s.garden+1, access.Custodian)).Scope(upkeep.MayRead(), access.Company)
		if rows, err := upkeep.Incidents(t.Context(), s.d.DB.Read(), elsewhere); err != nil || len(rows) != 0 {
			t.Errorf("another estate's custodian sees %+v, %v", rows, err)
		}
		s.check() // the same again: no second incident
		if n := optest.Leaves(t, s.d, s.garden) - before; n != 2 || len(s.open()) != 2 {
			t.Errorf("%d leaves after the second look, %v", n, s.open())
		}
		must(t, os.WriteFile(bentPath, whole, 0o600))
		s.check()
		if found := s.open(); len(found) != 1 || found[gone.Stored] != upkeep.Missing {
			t.Errorf("after one was put back: %v", found)
		}
	})
}

func TestCheck_ClearsAwayOnlyWhatNothingRefersToAndIsOld(t *testing.T) {
	each(t, func(t *testing.T, s *scene) {
		_, kept := s.file("kept")
		young, stray := s.path(s.upload("young").Stored.Name), s.path(s.upload("stray").Stored.Name)
		s.restart()
		age(t, kept)
		age(t, stray)
		s.check()
		if !there(kept) || !there(young) || there(stray) {
			t.Errorf("a paper's file is there: %v, a young one: %v, an old stray: %v", there(kept), there(young), there(stray))
		}
		if len(s.open()) != 0 {
			t.Errorf("incidents %v", s.open())
		}
	})
}

// Thumbnails lie among the scans and can be made anew: they are not cleared away, and one that is damaged or lost is no incident.
func TestCheck_KeepsThumbnailsAndForgetsDamagedOnes(t *testing.T) {
	each(t, func(t *testing.T, s *scene) {
		id := archivetest.Item(t, s.d, s.garden, s.volume, "照片", archivetest.Upload(t, s.scans, s.volume, "照片.png", rendertest.PNG(t, 300, 200)))
		names, err := archive.ThumbsStored(t.Context(), s.d.DB.Read(), "")
		if err != nil || len(names) != 1 {
			t.Fatalf("%v, %v", names, err)
		}
		path := s.path(names[0])
		thumb := func() []byte {
			i, err := archive.FindItem(t.Context(), s.d.DB.Read(), access.From(archivetest.Clerk(t, s.garden)).Scope(archive.MayRead(), s.garden), id)
			must(t, err)
			raw, _, _, err := s.scans.Thumb(t.Context(), s.d.DB.Read(), i, 1)
			must(t, err)
			return raw
		}
		s.restart()
		age(t, path)
		if s.check(); !there(path) || thumb() == nil {
			t.Fatal("a thumbnail was cleared away")
		}
		flip(t, path)
		age(t, path)
		if thumb() != nil {
			t.Error("a damaged one is shown")
		}
		s.check()
		if names, _ := archive.ThumbsStored(t.Context(), s.d.DB.Read(), ""); len(names) != 0 || len(s.open()) != 0 {
			t.Errorf("%v are left, incidents %v", names, s.open())
		}
		l := &archive.Looker{Scans: s.scans, Door: s.d, Log: slog.New(slog.DiscardHandler)}
		if must(t, l.Round(t.Context())); thumb() == nil {
			t.Error("it was not made anew")
		}
		if s.check(); there(path) {
			t.Error("the damaged one still lies there")
		}
	})
}

// Whatever the clock says: an upload whose operation has yet to be carried out keeps its file.
func TestCheck_SparesAnUploadUnderWay(t *testing.T) {
	each(t, func(t *testing.T, s *scene) {
		u := s.upload("under way")
		path := s.path(u.Stored.Name)
		age(t, path) // as after somebody set the machine's clock forward
		s.check()
		if !there(path) {
			t.Fatal("it was cleared away")
		}
		archivetest.Item(t, s.d, s.garden, s.volume, "漏水录像", u)
		s.restart()
		s.check()
		if !there(path) || len(s.open()) != 0 {
			t.Errorf("a row refers to it: there %v, incidents %v", there(path), s.open())
		}
	})
}

func TestCheck_ClearsNothingWhileACopyIsMade(t *testing.T) {
	each(t, func(t *testing.T, s *scene) {
		stray := s.path(s.upload("stray").Stored.Name)
		age(t, stray)
		s.keeper.Lease = func() (func() error, error) { return nil, errors.New("a copy is being made") }
		s.restart()
		s.check()
		if !there(stray) {
			t.Error("cleared away under the copy")
		}
		s.keeper.Lease = func() (func() error, error) { return func() error { return nil }, nil }
		s.check()
		if there(stray) {
			t.Error("left after the copy")
		}
	})
}

func TestBegin_OneAtATime(t *testing.T) {
	each(t, func(t *testing.T, s *scene) {
		if _, err := op.Run(machine(t.Context()), s.d, upkeep.Begin, upkeep.BeginIn{}); err != nil {
			t.Fatal(err)
		}
		if _, err := op.Run(machine(t.Context()), s.d, upkeep.Begin, upkeep.BeginIn{}); !errs.Is(err, errs.Blocked) {
			t.Errorf("a second one: %v", err)
		}
	})
}

func TestDaily_OnceADayWhereThereAreFiles(t *testing.T) {
	each(t, func(t *testing.T, s *scene) {
		must(t, upkeep.Daily(t.Context(), s.d))
		if last, err := upkeep.Last(t.Context(), s.d); err != nil || last.ID != 0 {
			t.Fatalf("without any file: %+v, %v", last, err)
		}
		s.file("one")
		var totals []int64
		for range 3 {
			must(t, upkeep.Daily(t.Context(), s.d))
			must(t, upkeep.Daily(t.Context(), s.d)) // once a day
			last, err := upkeep.Last(t.Context(), s.d)
			must(t, err)
			totals = append(totals, jobtest.Finish(t, s.d, last.ID, nil, s.keeper.Job()).Total)
			s.d.Clock.(*clock.Manual).Move(24 * time.Hour)
		}
		if totals[0] != 4096 {
			t.Errorf("the first day takes %d shelves", totals[0])
		}
		if most := slices.Max(totals[1:]); most > 160 || slices.Min(totals) < 150 {
			t.Errorf("later days take %v", totals)
		}
		count, err := s.d.DB.Read().Select((*job.Run)(nil)).Count(t.Context())
		if err != nil || count != 3 {
			t.Errorf("%d jobs, %v", count, err)
		}
	})
}
