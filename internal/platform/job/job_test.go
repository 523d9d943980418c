package job_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
	"hudang/internal/platform/ref"
)

const (
	here  access.EstateID = 7
	clerk int64           = 41
)

// board is the thing the jobs of these tests belong to.
var board = ref.Ref{Kind: "board", ID: 5}

// fill writes notes, one a chunk, the text saying which.
var fill = job.Kind{Name: "toy.fill", Title: "toy.fill", Posts: toy.Clerks, Chunk: fillChunk}

type fillArgs struct{ Board, First int64 }

func fillChunk(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
	var args fillArgs
	if err := w.Args(&args); err != nil {
		return job.Progress{}, err
	}
	n := args.First + w.Done
	_, err := op.Run(ctx, d, toy.AddNote, toy.AddNoteIn{Estate: w.Estate, Text: fmt.Sprintf("note %d of board %d", n, args.Board)}, w.Token())
	return job.Progress{Done: w.Done + 1, Total: w.Total, Step: "toy.writing", Over: w.Done+1 == w.Total}, err
}

type startIn struct {
	Total  int64
	Refuse bool
}

// begin is the operation that starts fill.
var begin = op.Define("toy.begin", op.Spec[startIn, job.ID]{
	NoClause: "a test",
	Posts:    []access.Post{access.Assistant, access.Cashier, access.Program},
	Subject: func(context.Context, op.Tx, startIn) (op.Subject, error) {
		return op.Subject{Kind: "board", ID: board.ID, Estate: here}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in startIn) (job.ID, error) {
		id, err := job.Enqueue(ctx, tx, fill, job.Start{Estate: here, Of: board, Args: fillArgs{board.ID, 100}, Total: in.Total})
		if err == nil && in.Refuse {
			err = errs.Rule("D5", "error.required")
		}
		return id, err
	},
})

func world() optest.World {
	w := optest.Toy
	w.Migrations = append([]fs.FS{job.Files}, w.Migrations...)
	w.Tables = append([][]evidence.Table{job.Tables}, w.Tables...)
	w.Ops = slices.Concat(w.Ops, job.Ops, job.Mine.Ops(), []op.Any{begin})
	return w
}

func as(ctx context.Context, account int64) context.Context {
	return optest.As(ctx, account, here, access.Assistant)
}

// asHired is every account with its post.
var asHired = jobtest.Holding([]access.Grant{{Post: access.Assistant, Estate: here}})

func start(t *testing.T, d *op.Door, total int64) job.ID {
	t.Helper()
	res, err := op.Run(as(t.Context(), clerk), d, begin, startIn{Total: total})
	if err != nil {
		t.Fatal(err)
	}
	return res.Out
}

// run starts a runner; the test's end stops it.
func run(t *testing.T, d *op.Door, k job.Kind, actors job.Actors) *job.Runner {
	t.Helper()
	r, err := job.NewRunner(d, []job.Kind{k}, actors, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Hurry(200 * time.Millisecond).Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Stop(context.Background()) })
	return r
}

func find(t *testing.T, d *op.Door, id job.ID) *job.Run {
	t.Helper()
	r, err := job.Find(t.Context(), d.DB.Read(), access.From(as(t.Context(), clerk)), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// outcome waits until a job is over.
func outcome(t *testing.T, d *op.Door, id job.ID) *job.Run { return jobtest.Over(t, d, id) }

// notes are the texts there are, in the order they were written.
func notes(t *testing.T, d *op.Door) []string {
	t.Helper()
	var texts []string
	err := db.Rows(t.Context(), d.DB.Read(), func(rows *sql.Rows) error {
		var s string
		err := rows.Scan(&s)
		texts = append(texts, s)
		return err
	}, `SELECT text FROM toy_note ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func wanted(n int) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprintf("note %d of board 5", 100+i)
	}
	return texts
}

func TestJob_IsWorkedToItsEnd(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		id := start(t, d, 5)
		if r := find(t, d, id); r.State != job.Waiting || r.Total != 5 || r.StartedBy != clerk || r.Of() != board {
			t.Errorf("enqueued: %+v", r)
		}
		run(t, d, fill, asHired)
		r := outcome(t, d, id)
		if r.State != job.Done || r.Done != 5 || r.Step != "toy.writing" || r.Began == 0 || r.Ended == 0 {
			t.Errorf("over: %+v", r)
		}
		if got := notes(t, d); !slices.Equal(got, wanted(5)) {
			t.Errorf("notes %q", got)
		}
		if n := optest.Leaves(t, d, here); n != 6 { // the start and five chunks; the runner itself leaves none
			t.Errorf("%d leaves, want 6", n)
		}
	})
}

func TestEnqueue_RolledBackLeavesNoJob(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		if _, err := op.Run(as(t.Context(), clerk), d, begin, startIn{Total: 5, Refuse: true}); !errs.Is(err, errs.Blocked) {
			t.Fatalf("Run = %v", err)
		}
		if _, err := op.Run(as(t.Context(), clerk), d, begin, startIn{Total: 5}, op.Dry()); err != nil {
			t.Fatal(err)
		}
		if n, err := d.DB.Read().Select((*job.Run)(nil)).Count(t.Context()); err != nil || n != 0 {
			t.Errorf("there are %d, %v", n, err)
		}
	})
}

// Who may carry out the operation need not be somebody who may start the job in it.
func TestEnqueue_AsksForThePost(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		if _, err := op.Run(access.With(t.Context(), access.ProgramActor()), d, begin, startIn{Total: 5}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("Run = %v", err)
		}
	})
}

func TestCancel_StopsBetweenChunks(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		inSecond, on := make(chan struct{}), make(chan struct{})
		slow := fill
		slow.Chunk = func(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
			if w.Done == 1 {
				close(inSecond)
				<-on
			}
			return fillChunk(ctx, d, w)
		}
		id := start(t, d, 5)
		run(t, d, slow, asHired)
		<-inSecond
		for who, kind := range map[int64]errs.Kind{clerk + 1: errs.NotFound, 0: errs.NotFound} {
			if _, err := op.Run(as(t.Context(), who), d, job.Cancel, id); !errs.Is(err, kind) {
				t.Errorf("cancelled by %d: %v", who, err)
			}
		}
		if _, err := op.Run(as(t.Context(), clerk), d, job.Cancel, id); err != nil {
			t.Fatal(err)
		}
		if r := find(t, d, id); !r.Stopping() {
			t.Errorf("not stopping: %+v", r)
		}
		close(on)
		if r := outcome(t, d, id); r.State != job.Cancelled || r.Done != 2 || r.Stopping() {
			t.Errorf("over: %+v", r)
		}
		if got := notes(t, d); !slices.Equal(got, wanted(2)) {
			t.Errorf("notes %q", got)
		}
		if _, err := op.Run(as(t.Context(), clerk), d, job.Cancel, id); !errs.Is(err, errs.Blocked) {
			t.Errorf("cancelled again: %v", err)
		}
	})
}

// A chunk whose progress was never written down is carried out again and counts once.
func TestRunner_GoesOnFromWhatWasDone(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		id := start(t, d, 4)
		done := make(chan struct{})
		torn := fill
		torn.Chunk = func(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
			p, err := fillChunk(ctx, d, w)
			if w.Done == 2 {
				close(done)
				<-ctx.Done()
				return job.Progress{}, ctx.Err()
			}
			return p, err
		}
		first := run(t, d, torn, asHired)
		<-done
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		first.Stop(gone)
		if r := find(t, d, id); !r.Open() || r.Done != 2 || len(notes(t, d)) != 3 {
			t.Fatalf("after the end of the first: %+v, %q", r, notes(t, d))
		}
		run(t, d, fill, asHired)
		if r := outcome(t, d, id); r.State != job.Done || r.Done != 4 {
			t.Errorf("over: %+v", r)
		}
		if got := notes(t, d); !slices.Equal(got, wanted(4)) {
			t.Errorf("notes %q", got)
		}
	})
}

// Stop waits for the chunk at work.
func TestStop_LetsTheChunkFinish(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		id := start(t, d, 1000)
		in := make(chan struct{}, 1000)
		told := fill
		told.Chunk = func(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
			in <- struct{}{}
			return fillChunk(ctx, d, w)
		}
		r := run(t, d, told, asHired)
		<-in
		r.Stop(t.Context())
		if r := find(t, d, id); r.Done == 0 || int(r.Done) != len(notes(t, d)) {
			t.Errorf("%+v with %d notes", r, len(notes(t, d)))
		}
	})
}

func TestRunner_SomebodyWithoutHisPostStops(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		id := start(t, d, 5)
		var asked atomic.Int64
		run(t, d, fill, func(ctx context.Context, q db.Querier, account int64) (access.Actor, error) {
			if asked.Add(1) > 2 {
				return access.Actor{}, nil
			}
			return asHired(ctx, q, account)
		})
		if r := outcome(t, d, id); r.State != job.Failed || r.ErrorKey != "job.error.posts" || r.Done != 2 || len(notes(t, d)) != 2 {
			t.Errorf("over: %+v", r)
		}
	})
}

func TestRunner_SaysWhyAJobFailed(t *testing.T) {
	bundle, err := i18n.New(job.Files, errs.Locales, fstest.MapFS{
		"locales/zh.json": {Data: []byte(`{"t.row":"第 {0} 行：{1}"}`)}, "locales/en.json": {Data: []byte(`{"t.row":"row {0}: {1}"}`)}})
	if err != nil {
		t.Fatal(err)
	}
	ctx := i18n.With(t.Context(), bundle, i18n.English)
	var fields errs.Fields
	fields.Add("rows.3.name", "t.row", 3, i18n.Key("error.required"))
	for name, c := range map[string]struct {
		chunk func(n int64) error
		why   string // how it begins
	}{
		"refused": {func(int64) error { return errs.Rule("D5", "t.row", 12, i18n.Key("error.required")) }, "row 12: This must be filled in"},
		"invalid": {func(int64) error { return fields.Err() }, "row 3: "},
		"foreign": {func(int64) error { return errors.New("boom") }, "The program failed"},
		"panics":  {func(int64) error { panic("boom") }, "The program failed"},
		"stuck":   {func(int64) error { return nil }, "The program failed"},
		"busy": {func(n int64) error {
			if n < 3 {
				return errs.E(errs.Unavailable, "error.busy")
			}
			return errs.Rule("D5", "t.row", 1, 2)
		}, "row 1: 2"},
		"connection lost": {func(n int64) error {
			if n < 3 {
				return errors.New("boom")
			}
			return errs.Rule("D5", "t.row", 1, 2)
		}, "row 1: 2"},
	} {
		t.Run(name, func(t *testing.T) {
			optest.Each(t, world(), func(t *testing.T, d *op.Door) {
				id := start(t, d, 5)
				n := int64(0)
				k := fill
				k.Chunk = func(context.Context, *op.Door, job.Work) (job.Progress, error) {
					n++
					return job.Progress{}, c.chunk(n)
				}
				run(t, d, k, asHired)
				if r := outcome(t, d, id); r.State != job.Failed || !strings.HasPrefix(r.Why(ctx), c.why) {
					t.Errorf("%s: %q", r.State, r.Why(ctx))
				}
			})
		})
	}
}

// What a job waits for is kept only while it waits.
func TestRunner_SaysWhatItWaitsFor(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		id := start(t, d, 2)
		n, told := 0, ""
		k := fill
		k.Chunk = func(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
			switch n++; n {
			case 1:
				return job.Progress{}, errs.E(errs.Unavailable, "t.row", 4, i18n.Key("error.required"))
			case 2:
				told = find(t, d, id).Why(as(t.Context(), clerk))
			case 3:
				told += "|" + find(t, d, id).ErrorKey
			}
			return fillChunk(ctx, d, w)
		}
		run(t, d, k, asHired)
		if r := outcome(t, d, id); r.State != job.Done || r.ErrorKey != "" || r.ErrorArgs != "" {
			t.Errorf("over: %+v", r)
		}
		if told != "[t.row]|" {
			t.Errorf("told %q", told)
		}
	})
}

// A job of a kind that the program no longer has is not left hanging.
func TestRunner_UnknownKindFails(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		id := start(t, d, 5)
		other := fill
		other.Name = "toy.other"
		run(t, d, other, asHired)
		if r := outcome(t, d, id); r.State != job.Failed || r.ErrorKey != "job.error.kind" {
			t.Errorf("over: %+v", r)
		}
	})
}

// A long job does not keep a short one waiting: they take turns. Two runners share them, and nothing is done twice.
func TestRunner_JobsTakeTurns(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		long, short := start(t, d, 40), start(t, d, 2)
		var mu sync.Mutex
		var turns []job.ID
		told := fill
		told.Chunk = func(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
			mu.Lock()
			turns = append(turns, w.Job)
			mu.Unlock()
			return fillChunk(ctx, d, w)
		}
		if d.DB.Engine() == db.Postgres { // on SQLite one program owns the folder
			run(t, d, told, asHired)
		}
		run(t, d, told, asHired)
		outcome(t, d, short)
		if r := outcome(t, d, long); r.Done != 40 || len(notes(t, d)) != 42 {
			t.Errorf("%+v with %d notes", r, len(notes(t, d)))
		}
		mu.Lock()
		defer mu.Unlock()
		if !slices.Contains(turns[:10], short) {
			t.Errorf("the short job waited for the long one: %v", turns)
		}
	})
}

// Of two runners that saw a job at the same time one has it; and one who was away for too long finds it taken, and what
// he brings is not written.
func TestRunner_OneHoldsAJob(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		id := start(t, d, 5)
		one, two := idle(t, d), idle(t, d)
		seen := find(t, d, id)
		held, mine, err := one.Take(t.Context(), seen)
		if err != nil || !mine {
			t.Fatalf("the first: %v, %v", mine, err)
		}
		if _, mine, err := two.Take(t.Context(), seen); err != nil || mine {
			t.Errorf("the second has it too: %v", err)
		}
		taken, mine, err := two.Take(t.Context(), find(t, d, id)) // as when the first one's time has passed
		if err != nil || !mine {
			t.Fatalf("taken over: %v, %v", mine, err)
		}
		for n, h := range []*job.Hold{taken, held} {
			r := *seen
			r.State, r.Done = job.Running, int64(2+n)
			if err := h.Save(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		if r := find(t, d, id); r.Done != 2 {
			t.Errorf("%d done, want what the second wrote", r.Done)
		}
	})
}

// idle is a runner that was not started.
func idle(t *testing.T, d *op.Door) *job.Runner {
	t.Helper()
	r, err := job.NewRunner(d, []job.Kind{fill}, asHired, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFind_IsOnesOwnOnly(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		id := start(t, d, 5)
		for name, ctx := range map[string]context.Context{
			"a colleague":              as(t.Context(), clerk+1),
			"himself, moved elsewhere": optest.As(t.Context(), clerk, here+1, access.Assistant),
			"nobody":                   t.Context(),
		} {
			if _, err := job.Find(ctx, d.DB.Read(), access.From(ctx), id); !errs.Is(err, errs.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		in := list.Reader{Actor: access.From(as(t.Context(), clerk)), Today: "2026-11-23"}
		if v, err := job.Mine.View(t.Context(), d.DB.Read(), in, nil); err != nil || len(v.Rows) != 1 || v.Rows[0].Href != id.Path() {
			t.Errorf("his list: %+v, %v", v.Rows, err)
		}
		in.Actor.Account++
		if v, err := job.Mine.View(t.Context(), d.DB.Read(), in, nil); err != nil || len(v.Rows) != 0 {
			t.Errorf("a colleague's list: %+v, %v", v.Rows, err)
		}
		ctx := access.With(t.Context(), in.Actor)
		if taken, err := job.Mine.Take(ctx, d, list.Print, in, nil); err != nil || len(taken.Rows) != 0 {
			t.Errorf("a colleague's print: %+v, %v", taken, err)
		}
	})
}

func TestNewRunner_RefusesKindsOfOneName(t *testing.T) {
	if _, err := job.NewRunner(nil, []job.Kind{fill, fill}, nil, nil); err == nil {
		t.Error("two kinds of one name")
	}
	if _, err := job.NewRunner(nil, []job.Kind{{Name: "toy.none"}}, nil, nil); err == nil {
		t.Error("a kind that does nothing")
	}
}
