package app

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"hudang/internal/archive"
	"hudang/internal/archive/upkeep"
	"hudang/internal/estate"
	"hudang/internal/household/householdweb"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/disk"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/evidence/logweb"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/job"
	"hudang/internal/platform/live"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/render"
	"hudang/internal/platform/setting"
	"hudang/internal/platform/vault"
	"hudang/internal/platform/viewlog"
	"hudang/internal/web"
)

// Options say which installation to open.
type Options struct {
	Data     string      // the data folder
	Database string      // PostgreSQL URL; empty: SQLite in the data folder
	Clock    clock.Clock // nil: the machine's
	Log      *slog.Logger
	Gallery  bool
	Render   *render.Worker // looks into scans; nil: none, and no file is taken
}

// App is an opened installation.
type App struct {
	Door     *op.Door
	Accounts account.SessionStore
	Handler  http.Handler
	Patterns []string // of all pages: what the table of who may come to which is held against
	Log      *slog.Logger
	Texts    *i18n.Bundle
	Scans    archive.Scans

	settings *setting.Registry
	jobs     *job.Runner
	views    *viewlog.Recorder
	search   *searching
	live     live.Hub
	unfollow func() // ends the hub's connection to other programs
	data     string
	unlock   func() error

	encrypted *tls.Config              // nil: plain http
	authority *x509.Certificate        // the installation's own; nil: none
	unmarked  atomic.Bool              // a log has lost its high-water mark
	flaws     atomic.Int64             // how many places of the tables the engine's own check found wrong
	reached   atomic.Pointer[[]string] // the addresses by which the program is served
	exposed   atomic.Bool              // other computers can come, and what they send is not encrypted

	setup     atomic.Pointer[account.SetupCode] // of the first start; nil otherwise
	settingUp sync.Mutex
}

// Open opens an installation, making its data folder on the first day. A folder in use by another process is refused.
func Open(ctx context.Context, o Options) (*App, error) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return nil, err
	}
	h, err := join()
	if err != nil {
		return nil, err
	}
	a := &App{data: o.Data, Log: o.Log, Texts: h.texts, settings: h.settings}
	if a.unlock, err = lockFolder(filepath.Join(o.Data, "lock")); errors.Is(err, fs.ErrPermission) {
		return nil, err
	} else if err != nil {
		return nil, errs.E(errs.Blocked, inUse, o.Data).Because(err)
	}
	if err := a.open(ctx, o, h); err != nil {
		return nil, errors.Join(err, a.letGo())
	}
	return a, nil
}

const inUse = "cli.error.in_use"

// InUse reports whether an installation was not opened because another program has it open.
func InUse(err error) bool { return err != nil && errs.As(err).Key == inUse }

// open opens what lies in the locked data folder, and begins to work.
func (a *App) open(ctx context.Context, o Options, h *house) (err error) {
	if a.Door, err = openDoor(ctx, o, h); err != nil {
		return err
	}
	if a.Scans, err = openScans(o, a.Door.Vault); err != nil {
		return err
	}
	a.Accounts = account.SessionStore{Door: a.Door, Clock: o.Clock, Context: a.placeNames}
	if a.search, err = openSearch(ctx, o, a.Door, h.sources); err != nil {
		return err
	}
	care := &upkeep.FileChecker{Blobs: a.Scans.Blobs, Lease: func() (func() error, error) { return lease(o.Data) }}
	if a.jobs, err = job.NewRunner(a.Door, append(withScans(h.jobs, a.Scans), care.Job()), actorOf, o.Log); err != nil {
		return err
	}
	a.views = viewlog.NewRecorder(a.Door, o.Log)
	following, unfollow := context.WithCancel(context.WithoutCancel(ctx))
	a.unfollow = unfollow
	a.live.Follow(following, a.Door.DB, a.Door.NewID(), o.Log)
	a.Door.OnCommit(a.live.Publish)
	a.pages(h, o.Gallery)
	a.KeepMonths(ctx)
	if err := a.jobs.Start(ctx); err != nil {
		return err
	}
	a.views.Start()
	a.lookAtMarks(ctx)
	return nil
}

// letGo closes what is open, as far as it is, and leaves the folder to others.
func (a *App) letGo() error {
	var failures []error
	if a.unfollow != nil {
		a.unfollow()
	}
	if a.search != nil {
		failures = append(failures, a.search.close())
	}
	if a.Door != nil {
		failures = append(failures, a.Door.DB.Close(), a.Door.Vault.Close())
	}
	return errors.Join(append(failures, a.unlock())...)
}

func openDoor(ctx context.Context, o Options, h *house) (*op.Door, error) {
	if err := keysAreThere(ctx, o); err != nil {
		return nil, err
	}
	keys, err := vault.Open(ctx, o.Data)
	if err != nil {
		return nil, err
	}
	if err := sameKeys(o.Data, keys.VerifierKey()); err != nil {
		return nil, errors.Join(err, keys.Close())
	}
	if err := disk.Write(filepath.Join(o.Data, identityFile), []byte(keys.VerifierKey()+"\n"), 0o644); err != nil {
		return nil, errors.Join(err, keys.Close())
	}
	d, err := db.Open(ctx, db.Config{File: filepath.Join(o.Data, databaseFile), URL: o.Database}, h.migrations)
	if err != nil {
		return nil, errors.Join(err, keys.Close())
	}
	door, err := op.NewDoor(d, keys, h.tables, o.Clock, h.ops)
	if err != nil {
		return nil, errors.Join(err, d.Close(), keys.Close())
	}
	door.Log.Keep(evidence.HighWater{Dir: filepath.Join(o.Data, highWaterDir)})
	if err := bindOld(ctx, door); err != nil {
		return nil, errors.Join(err, d.Close(), keys.Close())
	}
	return door, nil
}

// The files of the data folder.
const (
	databaseFile = "hudang.db"
	identityFile = "identity.txt" // the log's public key, for those who verify
	highWaterDir = "highwater"
)

// pages joins the rooms' pages into one handler.
func (a *App) pages(h *house, gallery bool) {
	site := web.New(web.Config{
		Door: a.Door, Accounts: a.Accounts, Bundle: h.texts, Log: a.Log, Nav: modules, Another: anotherEstate, Phone: phone, Own: own, Home: h.homeFigures(a.Door),
		Duties: append(h.duties, a.firstCopy(), account.PCDuty), Controls: h.controls, Search: a.search.Index, Things: h.things, Estates: a.estates, Banners: a.banners, Looked: a.views.Note, Live: &a.live, Gallery: gallery,
		Callers: householdweb.Callers(a.Door), Find: households, Verbs: verbs(),
		Setup: web.Setup{Waiting: a.setupWaits, Do: a.setUp}, Authority: func() *x509.Certificate { return a.authority },
	})
	h.log = a.Door.Log
	h.choose = func(ctx context.Context, e access.EstateID) error {
		return a.Accounts.Choose(ctx, account.From(ctx), e)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /static/", site.Kit().Static())
	site.Routes(mux)
	h.routes(mux, site.Kit(), a.Door, a.Scans)
	logweb.Marks{Kit: site.Kit(), Door: a.Door, Name: estate.NameOf, Done: a.lookAtMarks}.Routes(mux)
	a.accountPages(site).Routes(mux)
	a.Handler, a.Patterns = site.Guard(mux), site.Kit().Patterns()
}

func (a *App) estates(ctx context.Context, actor access.Actor) ([]web.Estate, error) {
	all, err := estate.Estates(ctx, a.Door.DB.Read(), actor.Scope(access.Posts, access.Company))
	known := make([]web.Estate, len(all))
	for i, e := range all {
		known[i] = web.Estate{ID: e.ID, Name: e.Name}
	}
	return known, err
}

// banners are what stands above every page: that there is no copy, and that others in the network can read along.
func (a *App) banners(ctx context.Context) []page.Banner {
	all := a.backupBanner(ctx)
	if n := a.flaws.Load(); n > 0 {
		all = append(all, page.Banner{Kind: page.BannerError, Text: i18n.T(ctx, "web.banner.tables", n)})
	}
	if a.unmarked.Load() {
		all = append(all, page.Banner{Text: i18n.T(ctx, "web.banner.mark"), Label: i18n.T(ctx, "web.banner.mark.how"), Href: logweb.MarksPath})
	}
	if a.exposed.Load() {
		all = append(all, page.Banner{Text: i18n.T(ctx, "web.banner.plain"), Label: i18n.T(ctx, "web.banner.plain.how"), Href: web.EncryptionPath})
	}
	return all
}

// lookAtMarks remembers whether every log has its high-water mark, for the banner: at the start, with each checkpoint, and
// when a manager has accepted one.
func (a *App) lookAtMarks(ctx context.Context) {
	lost, err := a.Door.Log.Unmarked(ctx, a.Door.DB.Read())
	if err != nil {
		a.Log.Error("marks", "error", err)
		return
	}
	a.unmarked.Store(len(lost) > 0)
}

// Close lets the job at work finish its chunk, cuts checkpoints and closes everything.
func (a *App) Close(ctx context.Context) error {
	a.live.Close()
	a.jobs.Stop(ctx)
	views := a.views.Stop(ctx)
	a.Scans.Render.Close()
	failures := a.Accounts.LogAllFailures(ctx)
	_, cut := a.Checkpoint(ctx)
	return errors.Join(failures, views, cut, a.letGo())
}

// StoreLooks stores at once the looks that have gathered, which happens by itself every few seconds.
func (a *App) StoreLooks(ctx context.Context) error { return a.views.Flush(ctx) }

// Checkpoint signs what has grown since the last checkpoint and remembers it outside the database.
func (a *App) Checkpoint(ctx context.Context) ([]string, error) {
	if err := a.Accounts.LogFailures(ctx); err != nil {
		return nil, err
	}
	notes, err := a.Door.Log.Cut(ctx, a.Door.DB.Read(), evidence.HighWater{Dir: filepath.Join(a.data, highWaterDir)})
	a.lookAtMarks(ctx)
	return notes, err
}

// withScans gives the jobs that file papers their place for scans.
func withScans(kinds []job.Kind, scans archive.Scans) []job.Kind {
	kinds = slices.Clone(kinds)
	for i := range kinds {
		if kinds[i].Name == imports.Write.Name {
			kinds[i] = imports.WriteWith(scans)
		}
	}
	return kinds
}
