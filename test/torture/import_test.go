//go:build linux

package torture

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/label"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/night"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
)

// estateWorld is what an import needs of the program.
var estateWorld = moduletest.World(module.Module{Files: setting.Files, Tables: setting.Tables}, series.Module, label.Module, estate.Module, household.Module, imports.Module,
	module.Module{Files: job.Files, Tables: job.Tables, Ops: job.Ops})

const importer = "import" // the mode of a child

var manager = []access.Grant{{Post: access.Manager, Estate: access.Company}}

func boss(ctx context.Context) context.Context {
	return optest.As(ctx, 1, access.Company, access.Manager)
}

// roomOf is the n-th flat of a roster, of hundred in each building.
func roomOf(n int) estate.UnitFacts {
	return estate.UnitFacts{Building: fmt.Sprint(n/100 + 1), Entrance: "1", Room: fmt.Sprintf("%d%02d", n%100/4+1, n%4+1), Kind: estate.Flat}
}

// rosterOf is n flats, each with an owner and his telephone.
func rosterOf(n int) []byte {
	var b strings.Builder
	b.WriteString("楼栋,单元,房号,业主姓名,联系电话\n")
	for i := range n {
		u := roomOf(i)
		fmt.Fprintf(&b, "%s,%s,%s,%s,138%08d\n", u.Building, u.Entrance, u.Room, "赵"+string('一'+rune(i)), i)
	}
	return []byte(b.String())
}

// site is an estate whose roster is being brought in.
type site struct {
	door   *op.Door
	estate access.EstateID
	flats  int
}

func (s site) upload(ctx context.Context, name string) (imports.ID, error) {
	return imports.Receive(boss(ctx), s.door, imports.UploadIn{Estate: s.estate, File: name, Data: rosterOf(s.flats)})
}

// desk goes on with its own work meanwhile: it registers flats that stand in the roster too, changes them, notes what was
// seen. told hears of each flat that was saved.
func (s site) desk(ctx context.Context, client int, stop *atomic.Bool, told func(place string)) error {
	r := rand.New(rand.NewPCG(uint64(client), 3))
	for n := 0; !stop.Load(); n++ {
		facts := roomOf(r.IntN(s.flats))
		_, err := op.Run(boss(ctx), s.door, estate.AddUnit, estate.AddUnitIn{Estate: s.estate, UnitFacts: facts})
		switch {
		case err == nil:
			told(facts.Building + "-" + facts.Entrance + "-" + facts.Room)
		case !errs.Is(err, errs.Invalid) && !errs.Is(err, errs.Conflict): // it is there already
			return fmt.Errorf("adding %+v: %w", facts, err)
		}
		note := household.NoteIn{Estate: s.estate, Place: facts.Building + "-" + facts.Room, Said: "门上贴了广告"}
		if _, err := op.Run(boss(ctx), s.door, household.Note, note, op.Token(fmt.Appendf(nil, "note %d %d %d", os.Getpid(), client, n))); err != nil {
			return err
		}
	}
	return nil
}

// equalsPlan: afterwards every flat of the roster is there once, with its household once, and the same file again would
// change nothing.
func (s site) equalsPlan(t *testing.T) {
	t.Helper()
	for what, query := range map[string]string{
		"flats": `SELECT COUNT(*) FROM estate_unit`, "different flats": `SELECT COUNT(DISTINCT code) FROM estate_unit`, "households": `SELECT COUNT(*) FROM household_household`,
		"holdings": `SELECT COUNT(*) FROM household_holding`, "people": `SELECT COUNT(*) FROM estate_party`, "telephones": `SELECT COUNT(*) FROM estate_contact`,
	} {
		n := 0
		if err := db.Rows(t.Context(), s.door.DB.Read(), func(rows *sql.Rows) error { return rows.Scan(&n) }, query); err != nil || n != s.flats {
			t.Errorf("%d %s, want %d (%v)", n, what, s.flats, err)
		}
	}
	id, err := s.upload(t.Context(), "again.csv")
	if err != nil {
		t.Fatal(err)
	}
	f, err := imports.Load(t.Context(), s.door, id)
	if err != nil {
		t.Fatal(err)
	}
	o, err := imports.DryRun(t.Context(), s.door, f)
	if err != nil {
		t.Fatal(err)
	}
	if o.Tally.Units[imports.Same] != s.flats || o.Tally.Households[imports.Same] != s.flats {
		t.Errorf("the same file again: %+v", o.Tally)
	}
	for _, f := range optest.Verify(t, s.door).Findings {
		t.Errorf("verify: %+v", f)
	}
}

func runner(d *op.Door) (*job.Runner, error) {
	return job.NewRunner(d, imports.Module.Jobs, jobtest.Holding(manager), slog.New(slog.DiscardHandler))
}

// K5 of imports: one batch is begun by many at once, two runners work at it, and the desk goes on in the same flats.
func TestImport_WhileTheDeskGoesOn(t *testing.T) {
	optest.Each(t, estateWorld, func(t *testing.T, d *op.Door) {
		made, err := op.Run(boss(t.Context()), d, estate.CreateEstate, estate.CreateEstateIn{Name: "澜庭花园"})
		if err != nil {
			t.Fatal(err)
		}
		s := site{d, made.Out, night.Size(600, 400, 20_000)}
		id, err := s.upload(t.Context(), "a.csv")
		if err != nil {
			t.Fatal(err)
		}
		var stop atomic.Bool
		var desk sync.WaitGroup
		var added atomic.Int64
		for client := range 6 {
			desk.Go(func() {
				if err := s.desk(t.Context(), client, &stop, func(string) { added.Add(1) }); err != nil {
					t.Error(err)
				}
			})
		}
		for range 2 {
			r, err := runner(d)
			if err == nil {
				err = r.Start(t.Context())
			}
			if err != nil {
				t.Fatal(err)
			}
			defer r.Stop(context.Background())
		}
		started := begin(t, d, id)
		if run := jobtest.Over(t, d, started); run.State != job.Done {
			t.Errorf("the job ended %s: %s", run.State, run.ErrorKey)
		}
		stop.Store(true)
		desk.Wait()
		if added.Load() < 3 {
			t.Errorf("the desk added %d flats: the test shows little", added.Load())
		}
		s.equalsPlan(t)
	})
}

// begin has 32 people press the button, some twice: one job comes of it.
func begin(t *testing.T, d *op.Door, id imports.ID) (started job.ID) {
	t.Helper()
	var mu sync.Mutex
	var crowd sync.WaitGroup
	jobs := map[job.ID]int{}
	for client := range crowdSize {
		crowd.Go(func() {
			res, err := op.Run(boss(t.Context()), d, imports.Commit, id, op.Token(fmt.Appendf(nil, "begin %d", client/4)))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				jobs[res.Out]++
				started = res.Out
			case !errs.Is(err, errs.Blocked):
				t.Errorf("client %d: %v", client, err)
			}
		})
	}
	crowd.Wait()
	if len(jobs) != 1 {
		t.Fatalf("jobs %v, want one", jobs)
	}
	return started
}

// openSite opens the program in a folder, with the import it may have begun.
func openSite(ctx context.Context, dir string, flats int) (s site, imp *imports.Import, shut func() error, err error) {
	if err := os.MkdirAll(filepath.Join(dir, "keys"), 0o700); err != nil {
		return s, nil, nil, err
	}
	door, shut, err := estateWorld.Open(ctx, db.Config{File: filepath.Join(dir, "hudang.db")}, filepath.Join(dir, "keys"), clock.System{})
	if err != nil {
		return s, nil, nil, err
	}
	s = site{door: door, flats: flats}
	all, err := estate.Estates(ctx, door.DB.Read(), access.Actor{Grants: manager}.Scope(access.Posts, access.Company))
	if err == nil && len(all) > 0 {
		s.estate = all[0].ID
	}
	var begun []imports.Import
	if err == nil {
		err = door.DB.Read().Select(&begun).Where("state <> ?", imports.Open).Scan(ctx)
	}
	if len(begun) > 0 {
		imp = &begun[0]
	}
	return s, imp, shut, err
}

const killedFlats = 2000

// bringIn is a child that begins an import, or goes on with one, under six clients of the desk, until it is killed.
func bringIn(ctx context.Context, dir string) error {
	s, imp, _, err := openSite(ctx, dir, killedFlats)
	if err != nil {
		return err
	}
	if s.estate == 0 {
		made, err := op.Run(boss(ctx), s.door, estate.CreateEstate, estate.CreateEstateIn{Name: "澜庭花园"})
		if err != nil {
			return err
		}
		s.estate = made.Out
	}
	if imp == nil {
		id, err := s.upload(ctx, "a.csv")
		if err != nil {
			return err
		}
		if _, err := op.Run(boss(ctx), s.door, imports.Commit, id); err != nil {
			return err
		}
	}
	r, err := runner(s.door)
	if err == nil {
		err = r.Start(ctx)
	}
	if err != nil {
		return err
	}
	failed := make(chan error, 6)
	for client := range 6 {
		acks, err := os.OpenFile(filepath.Join(dir, fmt.Sprintf("flats%d", client)), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		told := (&list{acks}).write
		go func() { failed <- s.desk(ctx, client, new(atomic.Bool), func(place string) { told("%s", place) }) }()
	}
	fmt.Println("ready")
	return <-failed // or be killed
}

// K1 of imports: SIGKILL while one is being written under the desk's own work. Opened again it goes on by itself, and in the end
// all is as planned: nothing twice, nothing lost.
func TestKill_WhileAnImportIsWritten(t *testing.T) {
	dir, played, cutShort := t.TempDir(), 0, 0
	for round := range night.Rounds(t, 3, 2, 100) {
		r := rand.New(rand.NewPCG(11, uint64(round)))
		played++
		var problems bytes.Buffer
		cmd := child(t, importer, dir)
		cmd.Stderr = &problems
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		_, _ = bufio.NewReader(out).ReadString('\n')
		time.Sleep(time.Duration(20+r.IntN(300)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		_ = cmd.Wait() // it was killed
		if problems.Len() > 0 {
			t.Fatalf("round %d: %s", round, &problems)
		}
		over := lookInto(t, dir)
		if !over {
			cutShort++
			continue
		}
		goesOnToItsEnd(t, dir)
		dir = t.TempDir()
	}
	if played == 0 {
		return
	}
	goesOnToItsEnd(t, dir)
	if played > 1 && cutShort == 0 {
		t.Error("no import was cut short: the test shows nothing")
	}
	t.Logf("%d times cut short", cutShort)
}

// lookInto verifies what a killed child left, and reports whether its import was over.
func lookInto(t *testing.T, dir string) (over bool) {
	t.Helper()
	s, imp, shut, err := openSite(t.Context(), dir, killedFlats)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := shut(); err != nil {
			t.Error(err)
		}
	}()
	for _, f := range optest.Verify(t, s.door).Findings {
		t.Errorf("verify: %+v", f)
	}
	return imp != nil && imp.State == imports.Done
}

// goesOnToItsEnd opens the folder once more, lets the job end, and judges.
func goesOnToItsEnd(t *testing.T, dir string) {
	t.Helper()
	s, imp, shut, err := openSite(t.Context(), dir, killedFlats)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := shut(); err != nil {
			t.Error(err)
		}
	}()
	if imp == nil {
		return // killed before it was begun
	}
	r, err := runner(s.door)
	if err == nil {
		err = r.Start(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	defer r.Stop(context.Background())
	if run := jobtest.Over(t, s.door, job.ID(imp.Job)); run.State != job.Done {
		t.Errorf("the job ended %s: %s", run.State, run.ErrorKey)
	}
	files, err := filepath.Glob(filepath.Join(dir, "flats*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for place := range strings.Lines(string(raw)) {
			units, err := estate.UnitsLike(t.Context(), s.door.DB.Read(), s.estate, strings.TrimSpace(place))
			if err != nil || len(units) != 1 {
				t.Errorf("a flat was acknowledged as %q and is there %d times, %v", place, len(units), err)
			}
		}
	}
	s.equalsPlan(t)
}
