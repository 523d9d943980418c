package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/page"
)

const (
	signInPath = "/sign-in"
	enterPath  = "/enter/"
)

// Guard stands before every handler: it refuses requests of other sites, finds the session, and sends those without
// one to the sign-in page. What it lets through carries the actor and the chosen estate in its context.
func (s *Site) Guard(next http.Handler) http.Handler {
	guarded := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/static/") || strings.HasPrefix(r.URL.Path, "/paper/") {
			next.ServeHTTP(w, r)
			return
		}
		session, found, err := s.cfg.Accounts.Find(r.Context(), cookieOf(r))
		if err != nil {
			s.kit.Fail(w, r, err)
			return
		}
		if !found {
			s.stranger(w, r, next)
			return
		}
		session.Actor.Address = addressOf(r)
		ctx := context.WithValue(r.Context(), sessionKey{}, session)
		ctx = access.WithChosen(access.With(ctx, session.Actor), session.Estate)
		r = r.WithContext(ctx)
		if unsafe(r.Method) && subtle.ConstantTimeCompare([]byte(page.SessionOf(r)), []byte(session.Form)) != 1 {
			s.kit.Fail(w, r, errs.E(errs.Forbidden, "web.error.form"))
			return
		}
		next.ServeHTTP(w, r)
	})
	return http.NewCrossOriginProtection().Handler(guarded)
}

// stranger serves somebody without a session: the sign-in pages, else the way to them.
func (s *Site) stranger(w http.ResponseWriter, r *http.Request, next http.Handler) {
	switch {
	case r.URL.Path == signInPath, r.URL.Path == "/display", strings.HasPrefix(r.URL.Path, enterPath):
		next.ServeHTTP(w, r)
	case unsafe(r.Method):
		s.kit.Fail(w, r, errs.E(errs.Forbidden, "web.error.session"))
	default:
		to := signInPath + "?back=" + url.QueryEscape(r.URL.RequestURI())
		if r.Header.Get("HX-Request") != "" {
			w.Header().Set("HX-Redirect", to)
			w.WriteHeader(http.StatusNoContent)
			return
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
}

func unsafe(method string) bool {
	return method != http.MethodGet && method != http.MethodHead
}

type sessionKey struct{}

// sessionOf is the session of a request; the zero session for a stranger.
func sessionOf(ctx context.Context) account.Session {
	s, _ := ctx.Value(sessionKey{}).(account.Session)
	return s
}

// cookieName has the __Host- prefix where the connection is encrypted; plain http on a LAN is usual (ui.md §2).
func cookieName(r *http.Request) string {
	if r.TLS != nil {
		return "__Host-hudang"
	}
	return "hudang"
}

func cookieOf(r *http.Request) string {
	if c, err := r.Cookie(cookieName(r)); err == nil {
		return c.Value
	}
	return ""
}

func setCookie(w http.ResponseWriter, r *http.Request, name, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: r.TLS != nil,
		SameSite: http.SameSiteLaxMode})
}

func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// local is an address to go back to; one that leads out of the site becomes the home page.
func local(back string) string {
	u, err := url.Parse(back)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(back, "//") || strings.Contains(back, `\`) {
		return "/"
	}
	return u.RequestURI()
}

func parseID(text string) (int64, error) { return strconv.ParseInt(text, 10, 64) }
func idText(id access.EstateID) string   { return strconv.FormatInt(int64(id), 10) }
func reference() string                  { return strings.ToUpper(randomHex(4)) }
func token() string                      { return randomHex(16) }
func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}
