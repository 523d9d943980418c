package jobweb_test

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/a-h/templ"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/job/jobweb"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
	"hudang/internal/platform/page"
	"hudang/internal/platform/ref"
)

const here access.EstateID = 7

// fill does what it is told at each chunk; begin starts it.
func fill(chunk job.Chunk) job.Kind {
	return job.Kind{Name: "toy.fill", Title: "toy.fill", Posts: toy.Clerks, Chunk: chunk}
}

var begin = op.Define("toy.begin", op.Spec[int64, job.ID]{
	NoClause: "a test",
	Posts:    toy.Clerks,
	Subject: func(context.Context, op.Tx, int64) (op.Subject, error) {
		return op.Subject{Kind: "board", ID: 5, Estate: here}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, total int64) (job.ID, error) {
		return job.Enqueue(ctx, tx, fill(nil), job.Start{Estate: here, Of: ref.Ref{Kind: "board", ID: 5}, Total: total, Step: "toy.step"})
	},
})

// boards resolves what the jobs belong to.
var boards = ref.Kind{Name: "board", Posts: toy.Clerks, Resolve: func(_ context.Context, _ db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	return ref.Thing{Title: "board 5", Href: "/boards/5", Estate: here}, nil
}}

var texts = fstest.MapFS{
	"locales/zh.json": {Data: []byte(`{"toy.fill":"填写","toy.step":"正在写"}`)},
	"locales/en.json": {Data: []byte(`{"toy.fill":"Filling","toy.step":"Writing"}`)},
}

// office is the pages of jobs over a door of their own.
type office struct {
	t    *testing.T
	door *op.Door
	mux  *http.ServeMux
}

func each(t *testing.T, test func(o office)) {
	w := optest.Toy
	w.Migrations = append([]fs.FS{job.Files, list.Migrations}, w.Migrations...)
	w.Tables = append([][]evidence.Table{job.Tables, list.Tables}, w.Tables...)
	w.Ops = append(append(append([]op.Any{begin}, job.Ops...), job.Mine.Ops()...), toy.Ops...)
	optest.Each(t, w, func(t *testing.T, d *op.Door) {
		bundle, err := i18n.New(page.Locales, cn.Locales, errs.Locales, list.Locales, job.Files, texts)
		if err != nil {
			t.Fatal(err)
		}
		kit := page.New(page.Config{Bundle: bundle, Lang: func(*http.Request) i18n.Lang { return i18n.English },
			Shell: func(*http.Request) page.Shell { return page.Shell{} }, Log: slog.New(slog.DiscardHandler),
			Reference: func() string { return "7F3A" }, Token: func() string { return "" }, Today: func() string { return "2026-11-23" }})
		things, err := ref.NewKinds([]ref.Kind{boards})
		if err != nil {
			t.Fatal(err)
		}
		o := office{t, d, http.NewServeMux()}
		o.mux.Handle("GET /static/", kit.Static())
		jobweb.Pages{Kit: kit, Door: d, Things: things}.Routes(o.mux)
		test(o)
	})
}

func clerk(t *testing.T, account int64) context.Context {
	return optest.As(t.Context(), account, here, access.Assistant)
}

func (o office) start(total int64) job.ID {
	o.t.Helper()
	res, err := op.Run(clerk(o.t, 41), o.door, begin, total)
	if err != nil {
		o.t.Fatal(err)
	}
	return res.Out
}

// ask sends a request as an account; a part when target names one.
func (o office) ask(account int64, method, path, target string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(clerk(o.t, account), method, path, strings.NewReader(url.Values{}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if target != "" {
		r.Header.Set("HX-Request", "true")
		r.Header.Set("HX-Target", target)
	}
	w := httptest.NewRecorder()
	o.mux.ServeHTTP(w, r)
	return w
}

func (o office) shows(w *httptest.ResponseRecorder, wanted ...string) {
	o.t.Helper()
	for _, text := range wanted {
		body := w.Body.String()
		if absent, no := strings.CutPrefix(text, "no "); no == strings.Contains(body, absent) {
			o.t.Errorf("%d, want %s in\n%s", w.Code, text, body)
		}
	}
}

func (o office) work(id job.ID, chunk job.Chunk) {
	o.t.Helper()
	jobtest.Finish(o.t, o.door, id, []access.Grant{{Post: access.Assistant, Estate: here}}, fill(chunk))
}

func one(_ context.Context, _ *op.Door, w job.Work) (job.Progress, error) {
	return job.Progress{Done: w.Done + 1, Total: w.Total, Over: w.Done+1 == w.Total}, nil
}

func TestPage_ShowsHowFarAndWhatCameOfIt(t *testing.T) {
	each(t, func(o office) {
		id := o.start(3)
		poll := `hx-trigger="every 1s"`
		o.shows(o.ask(41, "GET", id.Path(), ""), "Filling", "board 5", `href="/boards/5"`, "Waiting", "Writing", `max="3"`, "0 of 3", poll, `http-equiv="refresh"`, "Stop the work")
		o.shows(o.ask(41, "GET", id.Path(), "progress"), "Waiting", poll, "no http-equiv", "no Stop the work")
		o.work(id, one)
		o.shows(o.ask(41, "GET", id.Path(), ""), "All done.", "3 of 3", `href="/boards/5"`, "no "+poll, "no http-equiv", "no Stop the work", "no <progress")
		part := o.ask(41, "GET", id.Path(), "progress")
		o.shows(part, "no "+poll)
		if part.Header().Get("HX-Refresh") != "true" {
			o.t.Error("the page does not learn that the job is over")
		}
		o.shows(o.ask(41, "GET", job.ListPath, ""), "Filling", "Done", id.Path())
	})
}

func TestPage_Cancel(t *testing.T) {
	each(t, func(o office) {
		id := o.start(3)
		if w := o.ask(41, "POST", id.Path()+"/cancel", ""); w.Code != http.StatusSeeOther || w.Header().Get("Location") != id.Path() {
			o.t.Errorf("cancel: %d to %s", w.Code, w.Header().Get("Location"))
		}
		o.shows(o.ask(41, "GET", id.Path(), ""), "Stopping", "no Stop the work")
		o.work(id, one)
		o.shows(o.ask(41, "GET", id.Path(), ""), "Stopped. The 0 done stay")
		if w := o.ask(41, "POST", id.Path()+"/cancel", ""); w.Code != http.StatusConflict {
			o.t.Errorf("cancelled again: %d", w.Code)
		}
	})
}

func TestPage_SaysWhyItFailed(t *testing.T) {
	each(t, func(o office) {
		id := o.start(3)
		o.work(id, func(context.Context, *op.Door, job.Work) (job.Progress, error) {
			return job.Progress{}, errs.Rule("D5", "job.count", `<b>`, 7)
		})
		o.shows(o.ask(41, "GET", id.Path(), ""), "Not all was done", templ.EscapeString("<b> of 7"))
	})
}

// A job that cannot go on for now says what it waits for, and can be stopped.
func TestPage_SaysWhatItWaitsFor(t *testing.T) {
	each(t, func(o office) {
		id := o.start(3)
		away := errs.E(errs.Unavailable, "job.count", `<b>`, 7)
		o.work(id, func(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
			switch run, err := job.Find(ctx, d.DB.Read(), access.From(ctx), id); {
			case err != nil:
				return job.Progress{}, err
			case !run.Waits():
				return job.Progress{}, away
			default:
				waiting := []string{"still waiting", templ.EscapeString("<b> of 7. It is tried again")}
				o.shows(o.ask(41, "GET", id.Path(), ""), append(waiting, "Stop the work", `max="3"`)...)
				o.shows(o.ask(41, "GET", id.Path(), "progress"), waiting...)
				if w := o.ask(41, "POST", id.Path()+"/cancel", ""); w.Code != http.StatusSeeOther {
					o.t.Errorf("cancel: %d", w.Code)
				}
			}
			return one(ctx, d, w)
		})
		o.shows(o.ask(41, "GET", id.Path(), ""), "Stopped. The 1 done stay", "no still waiting")
	})
}

func TestPage_OthersJobsAreNotThere(t *testing.T) {
	each(t, func(o office) {
		id := o.start(3)
		for _, ask := range []*httptest.ResponseRecorder{
			o.ask(42, "GET", id.Path(), ""), o.ask(42, "GET", id.Path(), "progress"), o.ask(42, "POST", id.Path()+"/cancel", ""), o.ask(41, "GET", "/jobs/x", ""),
		} {
			if ask.Code != http.StatusNotFound {
				o.t.Errorf("%d: %s", ask.Code, ask.Body)
			}
		}
		o.shows(o.ask(42, "GET", job.ListPath, ""), "no Filling")
	})
}
