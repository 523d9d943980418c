package web

import (
	"context"
	"crypto/x509"
	"log/slog"
	"net/http"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/control"
	"hudang/internal/platform/draft"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/live"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
)

// Config is what composition gives.
type Config struct {
	Door     *op.Door
	Accounts account.SessionStore
	Bundle   *i18n.Bundle
	Log      *slog.Logger
	Nav      []NavEntry
	Another  Verb       // makes one more estate; for those who hold one of its posts in the whole company
	Phone    []NavEntry // the bar of a phone, four at most; all the others are behind "more"
	Own      []NavEntry // in the person's menu
	Banners  func(context.Context) []page.Banner
	Home     []page.HomeFigure
	// Estates are the estates an actor knows, by name.
	Estates func(ctx context.Context, a access.Actor) ([]Estate, error)
	Search  *search.Index
	// Callers are who has a telephone number among things found by it, those who are there today first.
	Callers func(ctx context.Context, found []ref.Ref, digits string) ([]page.Caller, error)
	Find    NavEntry  // where a household is found by its room
	Verbs   []Verb    // what the search box knows by name besides the navigation
	Things  ref.Kinds // behind labels
	Duties  []duty.Source
	// Controls are the clauses the rooms can judge; managers see how they stand.
	Controls []control.Control
	Setup    Setup
	// Authority is the certificate of the installation's own authority, which signs for this server; nil when there is none.
	Authority func() *x509.Certificate
	Looked    func(context.Context, access.EstateID, ref.Ref) // somebody was shown a page about something
	Live      *live.Hub                                       // is told of every committed operation
	Gallery   bool                                            // serve the components' gallery
}

// NavEntry is an entry of the navigation, shown to those who hold one of its posts. One with entries below is what they have
// in common: it leads to the first a person may see.
type NavEntry struct {
	Key, Label, Icon, Href string
	Posts                  []access.Post
	Below                  []NavEntry
}

// Estate is an estate by name.
type Estate struct {
	ID   access.EstateID
	Name string
}

// Site is the shell of the program's pages.
type Site struct {
	cfg     Config
	kit     *page.Kit
	recent  recent
	counted *live.Cache[map[string]int] // counts of the navigation
}

// New makes the site; its kit serves the rooms' pages too.
func New(cfg Config) *Site {
	s := &Site{cfg: cfg}
	s.counted = live.NewCache(cfg.Live, cfg.Log, s.counts)
	s.kit = page.New(page.Config{
		Bundle: cfg.Bundle, Lang: langOf, Shell: s.shell, Log: cfg.Log, Reference: reference, Token: token,
		Today:   func() string { return clock.Date(cfg.Door.Clock.Now()) },
		Looked:  s.looked,
		Session: func(r *http.Request) string { return account.From(r.Context()).Form },
		Drafts:  draft.Store{Door: cfg.Door},
		Answers: cfg.Door,
		Ways:    ways,
		Clause:  clauseOf,
	})
	return s
}

// looked keeps that somebody was shown a page about something, and puts it among what he opened last.
func (s *Site) looked(ctx context.Context, e access.EstateID, what ref.Ref) {
	s.recent.note(account.From(ctx).Form, what)
	if s.cfg.Looked != nil {
		s.cfg.Looked(ctx, e, what)
	}
}

// Kit renders pages.
func (s *Site) Kit() *page.Kit { return s.kit }

// Routes adds the site's own pages.
func (s *Site) Routes(mux *http.ServeMux) {
	s.kit.Handle(mux, "GET /{$}", s.home)
	s.kit.For(control.MayRead(), mux, "GET "+ControlsPath, s.controls)
	s.kit.For(control.MayRead(), mux, "GET "+ControlsPath+"/print", s.printControls)
	s.kit.For(control.MayRead(), mux, "GET "+ControlsPath+"/xlsx", s.exportControls)
	s.kit.Handle(mux, "GET "+signInPath, s.signInPage)
	s.kit.Handle(mux, "POST "+signInPath, s.signIn)
	s.kit.Handle(mux, "GET "+codePath, s.codePage)
	s.kit.Handle(mux, "POST "+codePath, s.signInByCode)
	s.kit.Handle(mux, "GET "+switchPath, s.switchPage)
	s.kit.Handle(mux, "POST "+switchPath, s.switchPerson)
	s.kit.Handle(mux, "GET "+FirstDayPath, s.firstDay)
	s.kit.Handle(mux, "GET "+FirstDayPath+"/"+paperSteps, s.firstDayPaper(stepsDoc))
	s.kit.Handle(mux, "GET "+FirstDayPath+"/"+paperKeys, s.firstDayPaper(s.keysPaper))
	s.kit.For(mayEnvelope, mux, "GET "+FirstDayPath+"/"+paperEnvelope, s.firstDayPaper(s.envelopePaper))
	s.kit.Handle(mux, "GET "+setupPath, s.setupPage)
	s.kit.Handle(mux, "POST "+setupPath, s.setUp)
	s.kit.Handle(mux, "GET "+enterPath+"{$}", s.typeCode)
	s.kit.Handle(mux, "POST "+enterPath+"{$}", s.enterByCode)
	s.kit.Handle(mux, "GET "+enterPath+"{secret}", s.enter)
	s.kit.Handle(mux, "POST "+enterPath+"{secret}", s.enterByLink)
	s.kit.Handle(mux, "GET "+page.LivePath+"counts", s.showCounts)
	s.kit.Handle(mux, "GET "+page.LivePath+"events", s.events)
	s.kit.Handle(mux, "GET /search", s.search)
	s.kit.Handle(mux, "GET "+CallPath, s.call)
	s.kit.Handle(mux, "POST /sign-out", s.signOut)
	s.kit.Handle(mux, "POST "+page.StayPath, s.stay)
	s.kit.Handle(mux, "POST "+display, s.display)
	s.kit.Handle(mux, "GET "+EncryptionPath, s.encryption)
	s.kit.Handle(mux, "GET "+certificatePath, s.certificate)
	s.kit.Handle(mux, "POST /estate", s.choose)
	if s.cfg.Gallery {
		s.kit.Handle(mux, "GET /_gallery", s.kit.Gallery(paperweb.Specimens()...))
		s.kit.Handle(mux, "GET /_gallery/list", s.kit.GalleryList)
	}
	s.kit.Handle(mux, "/", s.kit.NotFound)
}

// shell is the frame as the person of a request sees it.
func (s *Site) shell(r *http.Request) page.Shell {
	ctx := r.Context()
	session := account.From(ctx)
	if session.Actor.Account == 0 {
		return page.Shell{Home: "/", Display: display, Big: bigOf(r)}
	}
	sh := page.Shell{
		Home: "/", Bell: "/", EstateHref: "/estate", Display: display, Big: bigOf(r),
		Search: "/search", SearchHint: i18n.T(ctx, s.searchHint(ctx)),
		User: page.User{Name: session.Actor.Name, Post: postsIn(ctx, session),
			Items: []page.Action{{Key: "account", Label: i18n.T(ctx, "web.account"), Icon: "user", Href: account.OwnPath}}},
	}
	for _, e := range entries(ctx, session.Actor, s.cfg.Own) {
		sh.User.Items = append(sh.User.Items, page.Action{Key: e.Key, Label: e.Label, Icon: e.Icon, Href: e.Href})
	}
	sh.User.Items = append(sh.User.Items, page.Action{Key: "out", Label: i18n.T(ctx, "web.sign_out"), Icon: "out", Href: "/sign-out", Post: true})
	if session.PC != "" {
		change := page.Action{Key: "switch", Label: i18n.T(ctx, "web.switch"), Icon: "user", Href: switchPath, Shortcut: "F9"}
		sh.User.Items = append([]page.Action{change}, sh.User.Items...)
		sh.Keys = append(sh.Keys, page.Key{Keys: "F9", Does: i18n.T(ctx, "web.switch")})
	}
	sh.Nav, sh.Phone = entries(ctx, session.Actor, s.cfg.Nav), entries(ctx, session.Actor, s.cfg.Phone)
	sh.Counts, _ = s.counted.Known(countKey(session))
	for _, v := range s.cfg.Verbs {
		if v.New && session.Actor.HoldsAny(v.Posts) {
			sh.New = append(sh.New, page.Action{Label: i18n.T(ctx, v.Label), Icon: v.Icon, Href: v.Href})
		}
	}
	if s.cfg.Banners != nil && !session.MustSet { // who must set a password first can go nowhere else
		sh.Banners = s.cfg.Banners(ctx)
	}
	estates, err := s.cfg.Estates(ctx, session.Actor)
	if err != nil {
		s.cfg.Log.Error("estates of the header", "error", err)
	}
	sh.Estates = append(sh.Estates, page.Estate{ID: "0", Name: i18n.T(ctx, "web.all_estates"), Current: session.Estate == access.Company})
	for _, e := range estates {
		sh.Estates = append(sh.Estates, page.Estate{ID: idText(e.ID), Name: e.Name, Current: e.ID == session.Estate})
	}
	if v := s.cfg.Another; v.Href != "" {
		if _, may := session.Actor.Holding(access.Company, v.Posts); may {
			sh.EstateNew = page.Action{Label: i18n.T(ctx, v.Label), Icon: v.Icon, Href: v.Href}
		}
	}
	if sh.Idle, err = s.cfg.Accounts.IdleAfter(ctx); err != nil {
		s.cfg.Log.Error("idle sign-out", "error", err)
	}
	merged, err := s.cfg.Accounts.ShowsMerged(ctx, session.Actor)
	if err != nil {
		s.cfg.Log.Error("merged posts", "error", err)
	}
	if merged {
		sh.Merged = i18n.T(ctx, "web.merged")
	}
	return sh
}

// entries are the modules that somebody may see. A group of one is that one.
func entries(ctx context.Context, who access.Actor, modules []NavEntry) []page.NavEntry {
	var all []page.NavEntry
	for _, m := range modules {
		e := page.NavEntry{Key: m.key(), Label: i18n.T(ctx, m.Label), Icon: m.Icon, Href: m.Href}
		below := entries(ctx, who, m.Below)
		switch {
		case len(m.Below) == 0 && who.HoldsAny(m.Posts):
			all = append(all, e)
		case len(below) == 1:
			all = append(all, below[0])
		case len(below) > 1:
			e.Href, e.Below = below[0].Href, below
			all = append(all, e)
		}
	}
	return all
}

// postsIn names the posts in force, as the header shows them.
func postsIn(ctx context.Context, s account.Session) string {
	text := ""
	for _, p := range access.Posts {
		if _, ok := s.Actor.Holding(s.Estate, []access.Post{p}); !ok && !(s.Estate == access.Company && s.Actor.HoldsAny([]access.Post{p})) {
			continue
		}
		if text != "" {
			text += i18n.T(ctx, "web.and")
		}
		text += i18n.T(ctx, "post."+string(p))
	}
	return text
}

// choose sets the estate the person looks at.
func (s *Site) choose(w http.ResponseWriter, r *http.Request) error {
	id, err := parseID(r.PostFormValue("estate"))
	if err != nil {
		return errs.E(errs.NotFound, "error.not_found")
	}
	if err := s.cfg.Accounts.Choose(r.Context(), account.From(r.Context()), access.EstateID(id)); err != nil {
		return err
	}
	return s.kit.Redirect(w, r, page.Local(r.PostFormValue("back")))
}
