package web

import (
	"crypto/rand"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/page"
)

const (
	signInPath = "/sign-in"
	enterPath  = account.EnterPath
	setupPath  = "/setup"
	display    = "/display"
)

// Guard stands before every handler: it refuses requests of other sites, finds the session, and sends those without
// one to the sign-in page. What it lets through carries the actor and the chosen estate in its context.
func (s *Site) Guard(next http.Handler) http.Handler {
	guarded := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if open(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		if s.waiting() {
			s.first(w, r, next)
			return
		}
		find := s.cfg.Accounts.Find
		if strings.HasPrefix(r.URL.Path, page.LivePath) {
			find = s.cfg.Accounts.Peek
		}
		session, found, err := find(r.Context(), browser(r))
		if err != nil {
			s.kit.Fail(w, r, err)
			return
		}
		if !found {
			s.stranger(w, r, next)
			return
		}
		session.Actor.Address = AddressOf(r)
		r = r.WithContext(account.With(r.Context(), session))
		switch {
		case slices.Contains(proving, r.URL.Path): // another person at the same browser: what he types proves who he is
			next.ServeHTTP(w, r)
		case unsafe(r.Method) && !s.ownForm(r, session):
			s.hold(w, r)
		case session.MustSet && !slices.Contains(beforePassword, r.URL.Path):
			s.lead(w, r, account.PasswordPath, "web.error.password")
		case session.MustCode && !session.MustSet && !slices.Contains(beforeCode, r.URL.Path):
			s.lead(w, r, account.TOTPPath, "web.error.code")
		default:
			next.ServeHTTP(w, r)
		}
	})
	return http.NewCrossOriginProtection().Handler(guarded)
}

// open reports what is nobody's: it is served to all alike, whoever asks.
func open(path string) bool {
	return strings.HasPrefix(path, "/static/") || strings.HasPrefix(path, "/paper/") || path == EncryptionPath || path == certificatePath
}

// beforePassword is all that is open to whoever came by an administrator's link, until he has a password.
var beforePassword = []string{account.PasswordPath, "/sign-out", display}

// beforeCode is the same for an administrator who has to set up the second step.
var beforeCode = []string{account.TOTPPath, "/sign-out", display}

// proving are the pages that somebody opens to prove who he is, whoever is signed in.
var proving = []string{signInPath, codePath, switchPath, enterPath}

// first leads everything to the set-up of an installation that has no account yet.
func (s *Site) first(w http.ResponseWriter, r *http.Request, next http.Handler) {
	if r.URL.Path == setupPath || r.URL.Path == display {
		next.ServeHTTP(w, r)
		return
	}
	s.lead(w, r, setupPath, "web.error.setup")
}

// lead sends a reader on; what was posted is refused with the reason, since a redirect would drop it unsaid.
func (s *Site) lead(w http.ResponseWriter, r *http.Request, to, why string) {
	switch {
	case unsafe(r.Method):
		s.kit.Fail(w, r, errs.E(errs.Forbidden, why))
	case r.Header.Get("HX-Request") != "":
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusNoContent)
	default:
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
}

// stranger serves somebody without a session: the sign-in pages, else the way to them.
func (s *Site) stranger(w http.ResponseWriter, r *http.Request, next http.Handler) {
	switch {
	case slices.Contains(proving, r.URL.Path), r.URL.Path == display, strings.HasPrefix(r.URL.Path, enterPath):
		next.ServeHTTP(w, r)
	case unsafe(r.Method):
		s.hold(w, r)
	case r.Header.Get("HX-Request") != "" && r.Header.Get("HX-Boosted") == "", strings.HasPrefix(r.URL.Path, page.LivePath):
		s.kit.Fail(w, r, errs.E(errs.Forbidden, "web.error.ended")) // a part of a page: what was typed on it stays
	default:
		s.lead(w, r, signInPath+"?"+backParam+"="+url.QueryEscape(r.URL.RequestURI()), "web.error.session")
	}
}

func unsafe(method string) bool {
	return method != http.MethodGet && method != http.MethodHead
}

// cookieName has the __Host- prefix where the connection is encrypted; plain http on a LAN is usual (ui.md §2).
func cookieName(r *http.Request) string {
	if r.TLS != nil {
		return hostPrefix + "hudang"
	}
	return "hudang"
}

// hostPrefix makes browsers hold a cookie to this server and to encrypted connections.
const hostPrefix = "__Host-"

func cookieOf(r *http.Request) string {
	if c, err := r.Cookie(cookieName(r)); err == nil {
		return c.Value
	}
	return ""
}

// Enter gives the browser the cookie of a new session; that of a registered computer lives a year from the last sign-in.
func (s *Site) Enter(w http.ResponseWriter, r *http.Request, cookie string) {
	setCookie(w, cookieName(r), cookie, 0)
	if secret := pcOf(r); secret != "" {
		s.Mark(w, r, secret)
	}
}

// setCookie keeps what says who somebody is to encrypted connections, where its name says so. Language and letter size
// go with both kinds: a browser does not let plain http replace a secure cookie of the same name.
func setCookie(w http.ResponseWriter, name, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: strings.HasPrefix(name, hostPrefix),
		SameSite: http.SameSiteLaxMode})
}

// AddressOf is the network address a request comes from.
func AddressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
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
