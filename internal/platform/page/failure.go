package page

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// answer is the one place where an error becomes a page, or for a part of a page the panel above what was typed.
func (k *Kit) answer(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, errGone) || (errors.Is(err, context.Canceled) && r.Context().Err() != nil) {
		return
	}
	e := errs.As(err)
	ref := ""
	if e.Kind == errs.Internal || e.Kind == errs.Unavailable {
		ref = k.cfg.Reference()
		k.cfg.Log.ErrorContext(r.Context(), "request failed", "ref", ref, "kind", e.Kind.String(), "method", r.Method, "pattern", r.Pattern, "error", err.Error())
	}
	if done, ok := w.(*reply); ok && done.wrote {
		return // half an answer is out; the log has the reason
	}
	status := e.Kind.Status()
	view := k.failure(r, e, ref)
	if back := k.keep(r); back != "" {
		view.Ways = append(view.Ways, Action{Key: "form", Label: i18n.T(r.Context(), "page.failure.form"), Href: back, Primary: len(view.Ways) == 0})
	} else if from := CameFrom(r); e.Kind == errs.Invalid && from != "/" {
		view.Ways = append(view.Ways, Action{Key: "back", Label: i18n.T(r.Context(), "page.failure.back"), Href: from, Primary: len(view.Ways) == 0})
	}
	h := w.Header()
	for _, name := range []string{"Content-Disposition", "Content-Length", "Content-Encoding", "ETag", "Last-Modified", "Location"} {
		h.Del(name) // left by a handler that failed after setting them
	}
	var c templ.Component = Page{Title: view.Title, Body: failurePanel(view), failed: true}
	if isHTMX(r) {
		// The form stays as it was typed; the panel comes above it.
		h.Set("HX-Retarget", "#alerts")
		h.Set("HX-Reswap", "innerHTML show:top")
		c = failurePanel(view)
	}
	if e.Kind == errs.Unavailable {
		h.Set("Retry-After", "5")
	}
	if err := k.Render(w, r, status, c); err != nil && !errors.Is(err, errGone) {
		k.cfg.Log.ErrorContext(r.Context(), "error page failed", "ref", ref, "error", err.Error())
		h.Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(i18n.T(r.Context(), "error.internal", ref)))
	}
}

// failureView is an error in words.
type failureView struct {
	Kind   errs.Kind
	Title  string
	Text   string
	Clause string
	Err    error // mistakes at fields
	Ways   []Action
	Here   string // address to try again, for reads
}

func (k *Kit) failure(r *http.Request, e *errs.Error, ref string) failureView {
	ctx := r.Context()
	v := failureView{Kind: e.Kind, Clause: e.Clause}
	if e.Kind != errs.NotFound && e.Kind != errs.Internal && k.cfg.Ways != nil {
		v.Ways = k.cfg.Ways(r, e)
	}
	switch e.Kind {
	case errs.Internal:
		v.Title, v.Text = i18n.T(ctx, "page.failure.internal", ref), i18n.T(ctx, "page.failure.internal.text")
		if r.Method == http.MethodGet {
			v.Title, v.Here = i18n.T(ctx, "page.failure.internal.read", ref), r.URL.RequestURI()
		}
	case errs.NotFound:
		// The same bytes whether it is absent or secret: neither key nor detail of the error is used.
		v.Title, v.Text = i18n.T(ctx, "error.not_found"), i18n.T(ctx, "page.failure.not_found.text")
	case errs.Invalid:
		v.Title, v.Err = i18n.T(ctx, "error.invalid", max(len(e.Fields), 1)), e
		if len(e.Fields) == 0 && e.Key != "" {
			v.Title = say(ctx, e)
		}
	case errs.Unavailable:
		v.Title, v.Text = i18n.T(ctx, "error.unavailable"), i18n.T(ctx, "page.failure.unavailable.text", ref)
	case errs.Forbidden:
		if v.Title = say(ctx, e); len(v.Ways) == 0 {
			v.Text = whoMay(ctx, e)
		}
	case errs.Conflict:
		v.Title, v.Text = say(ctx, e), i18n.T(ctx, "page.failure.conflict.text")
	default:
		v.Title = say(ctx, e)
	}
	return v
}

// say is the message of an error, or the general one of its kind when it brings none of its own.
func say(ctx context.Context, e *errs.Error) string {
	if e.Key == "" {
		return i18n.T(ctx, "error."+e.Kind.String())
	}
	return i18n.T(ctx, e.Key, e.Args...)
}

// whoMay names the posts that may do what was refused, where the refusal knows them.
func whoMay(ctx context.Context, e *errs.Error) string {
	posts, _ := e.Detail.([]access.Post)
	var names []string
	for _, p := range posts {
		if p != access.Program {
			names = append(names, i18n.T(ctx, "post."+string(p)))
		}
	}
	if len(names) == 0 {
		return i18n.T(ctx, "page.failure.forbidden.text")
	}
	return i18n.T(ctx, "page.failure.forbidden.who", strings.Join(names, i18n.T(ctx, "page.comma")))
}
