package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"

	"github.com/a-h/templ"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
)

// Handler answers a request, or says why it could not; only the kit writes errors out.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Config is what the kit is given by composition. Bundle, Lang, Shell, Log, Reference, Token and Today are needed.
type Config struct {
	Bundle    *i18n.Bundle
	Lang      func(*http.Request) i18n.Lang // language of the person; called before Shell
	Shell     func(*http.Request) Shell     // frame around the page; called only when a whole page is shown
	Log       *slog.Logger
	Reference func() string                                             // number of a failure, as told to the person and written in the log
	Token     func() string                                             // idempotency token of a form just opened
	Today     func() string                                             // local day, 2026-11-23, for dates as people type them
	Session   func(*http.Request) string                                // token of the session, put into every form that posts; nil for none
	Looked    func(context.Context, access.EstateID, ref.Ref)           // somebody was shown a page about something; nil keeps nothing
	Clause    func(ctx context.Context, id string) (href, title string) // a clause's place in the rulebook, "" for who may not go there, and its title; nil: none
	Ways      func(*http.Request, *errs.Error) []Action                 // ways out of a refusal: "apply for a viewing"
	Drafts    Drafts                                                    // keeps what is typed until it is sent; nil keeps nothing
	Answers   Answers                                                   // knows a form that is sent again; nil knows none
}

// Kit renders pages and errors. Once the handlers are on their mux it is safe for concurrent use.
type Kit struct {
	Lists    map[string]list.Any // whose pages it shows, by name: an act on all rows of one reads them anew
	cfg      Config
	patterns []string
	flight   inFlight
}

// New makes a kit; it panics when a needed part is missing, as that is a mistake of composition.
func New(cfg Config) *Kit {
	if cfg.Bundle == nil || cfg.Lang == nil || cfg.Shell == nil || cfg.Log == nil || cfg.Reference == nil || cfg.Token == nil || cfg.Today == nil {
		panic("page: Config needs Bundle, Lang, Shell, Log, Reference, Token and Today")
	}
	return &Kit{Lists: map[string]list.Any{}, cfg: cfg}
}

// Handle puts a handler on a mux, with headers, language, and errors taken care of.
func (k *Kit) Handle(mux *http.ServeMux, pattern string, h Handler) {
	k.patterns = append(k.patterns, pattern)
	mux.Handle(pattern, k.Wrap(h))
}

// Patterns are those of all handlers put on a mux, for the table of who may come to which page (reliability S1).
func (k *Kit) Patterns() []string { return slices.Clone(k.patterns) }

// Wrap makes an http.Handler of a handler.
func (k *Kit) Wrap(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header())
		reply := &reply{ResponseWriter: w}
		r = r.WithContext(k.enter(r))
		defer k.rescue(reply, r)
		if err := k.once(reply, r, h); err != nil {
			k.answer(reply, r, err)
		}
	})
}

// Fail writes an error from outside a Handler, e.g. from the guard that asks who is signed in.
func (k *Kit) Fail(w http.ResponseWriter, r *http.Request, err error) {
	secure(w.Header())
	k.answer(w, r.WithContext(k.enter(r)), err)
}

// NotFound is the handler of everything no route knows.
func (k *Kit) NotFound(http.ResponseWriter, *http.Request) error {
	return errs.E(errs.NotFound, "error.not_found")
}

// Render writes a component: a Page comes with the frame, anything else as it is. It is rendered into memory first,
// so a failure while rendering never leaves half a page.
func (k *Kit) Render(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	var buf bytes.Buffer
	ctx := r.Context()
	if asked(ctx) == nil {
		ctx = k.enter(r)
	}
	if err := c.Render(ctx, &buf); err != nil {
		return fmt.Errorf("page: render: %w", err)
	}
	if a := asked(ctx); r.Method == http.MethodPost && status == http.StatusOK && !slices.Contains(a.forms, r.URL.RequestURI()) {
		k.accepted(a.request) // the answer no longer has the form
	}
	if p, ok := c.(Page); ok && p.About != (ref.Ref{}) {
		k.Looked(ctx, p.Estate, p.About)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	if status >= http.StatusBadRequest && isHTMX(r) {
		h.Set("HX-Push-Url", "false") // a refused form stays at its address
	}
	w.WriteHeader(status)
	_, err := w.Write(buf.Bytes())
	if err != nil {
		return errGone
	}
	return nil
}

// Looked notes that somebody was shown something about a thing, where what shows it is no Page that says so.
func (k *Kit) Looked(ctx context.Context, e access.EstateID, about ref.Ref) {
	if k.cfg.Looked != nil {
		k.cfg.Looked(ctx, e, about)
	}
}

// Redirect sends the browser on after a form was accepted.
func (k *Kit) Redirect(w http.ResponseWriter, r *http.Request, to string) error {
	k.accepted(r)
	k.remember(r, to)
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// errGone: the reader left before the answer; there is nobody to tell.
var errGone = errors.New("page: connection closed by the reader")

func (k *Kit) rescue(w *reply, r *http.Request) {
	v := recover()
	if v == nil {
		return
	}
	if v == http.ErrAbortHandler {
		panic(v)
	}
	k.answer(w, r, fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
}

// asking is what the components may know of the request.
type asking struct {
	kit     *Kit
	request *http.Request
	htmx    bool
	target  string
	token   string
	posts   []access.Post // who may come to the page, as For was told
	framed  bool          // shell is known
	frame   Shell
	bare    bool              // the page has no navigation
	drafts  map[string]string // when each form's draft was kept; nil before anybody asked
	forms   []string          // the addresses that the forms of the page post to
}

type askingKey struct{}

func (k *Kit) enter(r *http.Request) context.Context {
	if a := asked(r.Context()); a != nil && a.kit == k {
		return r.Context()
	}
	ctx := i18n.With(r.Context(), k.cfg.Bundle, k.cfg.Lang(r))
	a := &asking{kit: k, htmx: isHTMX(r), target: r.Header.Get("HX-Target")}
	if k.cfg.Session != nil {
		a.token = k.cfg.Session(r)
	}
	ctx = context.WithValue(ctx, askingKey{}, a)
	a.request = r.WithContext(ctx) // so that what makes the Shell speaks the person's language
	return ctx
}

func asked(ctx context.Context) *asking {
	a, _ := ctx.Value(askingKey{}).(*asking)
	return a
}

// shell is the frame of the request, made once.
func (a *asking) shell() Shell {
	if !a.framed {
		a.frame, a.framed = a.kit.cfg.Shell(a.request), true
	}
	return a.frame
}

// Today is the local day of a request, 2026-11-23, for what reads a typed date; empty outside the kit.
func Today(ctx context.Context) string {
	if a := asked(ctx); a != nil {
		return a.kit.cfg.Today()
	}
	return ""
}

// isHTMX reports whether only a part of the page is wanted. A boosted form or a restored history wants all of it.
func isHTMX(r *http.Request) bool {
	h := r.Header
	return h.Get("HX-Request") == "true" && h.Get("HX-History-Restore-Request") != "true"
}

func boosted(r *http.Request) bool { return r.Header.Get("HX-Boosted") == "true" }

// reply remembers whether anything was written, so that a late failure does not append an error page to half an answer.
type reply struct {
	http.ResponseWriter
	wrote bool
}

func (w *reply) WriteHeader(status int) {
	w.wrote = true
	w.ResponseWriter.WriteHeader(status)
}

func (w *reply) Write(b []byte) (int, error) {
	w.wrote = true
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection (flush for live pages).
func (w *reply) Unwrap() http.ResponseWriter { return w.ResponseWriter }
