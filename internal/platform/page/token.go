package page

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// Names of the hidden fields every form that posts carries.
const (
	FieldToken   = "_token" // idempotency token: the same form sent twice counts once
	FieldSeen    = "_seen"  // "ref=version" of each row the form edits
	FieldSession = "_session"
)

// HeaderSession carries the session's token for requests that are no form.
const HeaderSession = "X-Session-Token"

// HeaderSignIn tells the script where to sign in again, when the session ended while somebody was typing.
const HeaderSignIn = "X-Sign-In"

// TokenOf is the idempotency token a form was sent with; empty when it had none.
func TokenOf(r *http.Request) string {
	parse(r, 0)
	return clean(r.PostFormValue(FieldToken))
}

// SessionOf is the session's token as sent by a form or by the script.
func SessionOf(r *http.Request) string {
	if t := r.Header.Get(HeaderSession); t != "" {
		return t
	}
	if t, ok := firstSession(r); ok {
		return t
	}
	parse(r, 0)
	return r.PostFormValue(FieldSession)
}

// SeenOf is the version of each row as the person saw it, by the reference the page wrote with Seen.
func SeenOf(r *http.Request) (map[string]int64, error) {
	if err := parse(r, 0); err != nil {
		return nil, err
	}
	seen := map[string]int64{}
	for _, v := range r.PostForm[FieldSeen] {
		ref, version, ok := cutLast(v, '=')
		n, err := strconv.ParseInt(version, 10, 64)
		if !ok || err != nil || len(seen) > maxIndex {
			return nil, errs.E(errs.Invalid, "error.form.broken")
		}
		seen[ref] = n
	}
	return seen, nil
}

func cutLast(s string, sep byte) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, sep)
	if i < 1 {
		return "", "", false
	}
	return s[:i], s[i+1:], true
}

// SeenParam is a row's version for an Action that posts, as Seen writes it into a form.
func SeenParam(ref string, version int64) string { return ref + "=" + strconv.FormatInt(version, 10) }

// begunWith is the version of a row with which the form being rendered was begun; version, that of now, for one just
// opened, and for one whose conflict is shown.
func begunWith(ctx context.Context, ref string, version int64) int64 {
	f, _ := ctx.Value(formKey{}).(*Form)
	if f == nil || errs.Is(f.Err, errs.Conflict) {
		return version
	}
	for _, v := range f.Values[FieldSeen] {
		of, n, _ := cutLast(v, '=')
		if begun, err := strconv.ParseInt(n, 10, 64); of == ref && err == nil {
			return begun
		}
	}
	return version
}

// Local is an address of the site to go back to; one that leads out of it becomes the home page.
func Local(back string) string {
	u, err := url.Parse(back)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(back, "//") || strings.Contains(back, `\`) {
		return "/"
	}
	return u.RequestURI()
}

// tokenFor keeps the token of a form that comes back, so that an answer lost on the way is found again.
func tokenFor(ctx context.Context, f *Form) string {
	if f != nil {
		if t := f.Values.Get(FieldToken); t != "" {
			return t
		}
	}
	if a := asked(ctx); a != nil {
		return a.kit.cfg.Token()
	}
	return ""
}

func sessionToken(ctx context.Context) string {
	if a := asked(ctx); a != nil {
		return a.token
	}
	return ""
}

// ruleOf is where a clause stands in the rulebook, and what it is called.
func ruleOf(ctx context.Context, clause string) (href, title string) {
	if a := asked(ctx); a != nil && a.kit.cfg.Clause != nil {
		return a.kit.cfg.Clause(ctx, clause)
	}
	return "", i18n.T(ctx, "page.clause", clause)
}

// here is the address of the page being shown, for forms that come back to it.
func here(ctx context.Context) string {
	if a := asked(ctx); a != nil && a.request.Method == http.MethodGet {
		return a.request.URL.RequestURI()
	}
	return "/"
}

// target is the element an htmx request wants to fill; empty for a whole page.
func target(ctx context.Context) string {
	if a := asked(ctx); a != nil && a.htmx && !boosted(a.request) {
		return a.target
	}
	return ""
}
