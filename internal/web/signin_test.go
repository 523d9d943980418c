package web_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/page/pagetest"
)

const (
	password = "老猫昨夜偷吃了三条小黄鱼"
	wrong    = "my aunt keeps nine goats"
)

// hire adds somebody and sets his password by the one-time link, as a person does.
func hire(t *testing.T, c *apptest.Company, login string, grants ...access.Grant) account.ID {
	t.Helper()
	id, secret := invite(t, c, login, grants...)
	b := c.Stranger(t)
	if p := b.Post("/enter/"+secret, nil); p.Path != "/account/password" {
		t.Fatalf("entering by link: %d at %s", p.Status, p.Path)
	}
	if p := b.Submit("/account/password", "/account/password", url.Values{"new": {password}, "again": {password}}); p.Path != "/" || p.Status != http.StatusOK {
		t.Fatalf("first password: %d at %s", p.Status, p.Path)
	}
	return id
}

// invite adds somebody and gives the secret of his one-time link.
func invite(t *testing.T, c *apptest.Company, login string, grants ...access.Grant) (account.ID, string) {
	t.Helper()
	in := account.AddAccountIn{Login: login, Name: login, Grants: grants}
	secret := in.Invite()
	done, err := op.Run(access.With(t.Context(), access.ProgramActor()), c.App.Door, account.AddAccount, in)
	if err != nil {
		t.Fatal(err)
	}
	return done.Out, secret
}

func signIn(b *apptest.Client, login, typed string) apptest.Page {
	return b.Submit("/sign-in", "/sign-in", url.Values{"login": {login}, "password": {typed}})
}

func disable(t *testing.T, c *apptest.Company, id account.ID) {
	t.Helper()
	admin := optest.As(t.Context(), 1, access.Company, access.SecurityAdmin)
	if _, err := op.Run(admin, c.App.Door, account.DisableAccount, account.AccountIn{Account: id}); err != nil {
		t.Fatal(err)
	}
}

// What comes after a page without navigation is loaded whole: htmx would put the next page's content into this one's frame.
func TestSignIn_LoadsTheNextPageWhole(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		_, secret := invite(t, c, "new", access.Grant{Post: access.Assistant, Estate: c.Garden})
		b := c.Stranger(t)
		bare := func(p apptest.Page) {
			t.Helper()
			if !strings.Contains(p.Body, `<body class="bare">`) || !strings.Contains(p.Body, "<form") || strings.Contains(p.Body, "hx-boost") {
				t.Errorf("%s: a form of a bare page that htmx sends", p.Path)
			}
		}
		for _, path := range []string{"/sign-in", "/enter/", "/enter/" + secret} {
			bare(b.Get(path))
		}
		bare(b.Post("/enter/"+secret, nil)) // the first password
		bare(b.Submit("/account/password", "/account/password", url.Values{"new": {"1"}, "again": {"2"}}))
		if p := c.SignIn(t, "clerk", c.Garden, access.Assistant).Get("/observations/new"); !strings.Contains(p.Body, "hx-boost") {
			t.Error("a form beside the navigation is not sent by htmx")
		}
	})
}

// S5: whoever tries logins learns nothing from the status, the text, or the time.
func TestSignIn_EveryRefusalLooksTheSame(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := access.Grant{Post: access.Assistant, Estate: c.Garden}
		hire(t, c, "zhouqian", clerk)
		gone := hire(t, c, "limin", clerk)
		hire(t, c, "wangfang", clerk)
		disable(t, c, gone)
		never := account.AddAccountIn{Login: "chenli", Name: "陈立", Grants: []access.Grant{clerk}}
		if _, err := op.Run(access.With(t.Context(), access.ProgramActor()), c.App.Door, account.AddAccount, never); err != nil {
			t.Fatal(err)
		}
		lock := func() {
			for range 5 {
				signIn(c.Stranger(t), "wangfang", wrong)
			}
			c.Clock.Move(30 * time.Second) // the address waits as well as the account: both are refusals like any other
		}
		tries := []struct{ name, login, password string }{
			{"wrong password", "zhouqian", wrong}, {"unknown login", "nobody", wrong}, {"disabled, right password", "limin", password},
			{"no password yet", "chenli", wrong}, {"no login", "", ""}, {"locked, right password", "wangfang", password},
		}
		var first apptest.Page
		for _, try := range tries {
			if c.Clock.Move(25 * time.Hour); try.login == "wangfang" {
				lock()
			}
			b := c.Stranger(t)
			form := b.Form("/sign-in", "/sign-in")
			before := account.PasswordsTried()
			p := b.Send(form, "/sign-in", url.Values{"login": {try.login}, "password": {try.password}})
			if n := account.PasswordsTried() - before; n != 1 { // the time of a refusal is the time of this work
				t.Errorf("%s: %d passwords hashed, want 1", try.name, n)
			}
			if p.Body = changing.ReplaceAllString(p.Body, ""); first.Body == "" {
				first = p
			}
			if p.Status != http.StatusUnprocessableEntity || p.Path != "/sign-in" || p.Body != first.Body {
				t.Errorf("%s: %d at %s, another page than for a %s: %v", try.name, p.Status, p.Path, tries[0].name, p.Body != first.Body)
			}
		}
	})
}

var changing = regexp.MustCompile(`value="[^"]*"`)

func TestSignIn_NewSessionAndBackOnlyWithinTheSite(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		hire(t, c, "zhouqian", access.Grant{Post: access.Assistant, Estate: c.Garden})
		b := c.Stranger(t)
		if p := b.Get("/units?building=1"); p.Path != "/sign-in" || !strings.Contains(p.Body, `value="/units?building=1"`) {
			t.Errorf("a stranger is at %s", p.Path)
		}
		in := url.Values{"login": {"zhouqian"}, "password": {password}}
		if p := b.Submit("/sign-in?back=/units?building=1", "/sign-in", in); p.Path != "/units" {
			t.Errorf("after signing in: %d at %s", p.Status, p.Path)
		}
		for _, away := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)", "evil"} {
			in["back"] = []string{away}
			if p := c.Stranger(t).Submit("/sign-in", "/sign-in", in); p.Path != "/" || p.Status != http.StatusOK {
				t.Errorf("back to %s: %d at %s", away, p.Status, p.Path)
			}
		}
	})
}

// A cookie planted before signing in opens nothing afterwards, and the cookie of the one who was signed in ends.
func TestSignIn_CookieFromBeforeIsWorthNothing(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		hire(t, c, "zhouqian", access.Grant{Post: access.Assistant, Estate: c.Garden})
		planted := &http.Cookie{Name: "hudang", Value: "cGxhbnRlZA", Path: "/"}
		b := newRaw(t, c.URL, planted)
		if cookie := b.signIn("zhouqian"); cookie == "" || cookie == planted.Value {
			t.Fatalf("the cookie after signing in is %q", cookie)
		}
		if at := newRaw(t, c.URL, planted).at("/units"); at != "/sign-in" {
			t.Errorf("the planted cookie opens %s", at)
		}
		old := b.cookie()
		if fresh := b.signIn("zhouqian"); fresh == old { // again, on top of a session
			t.Error("signing in keeps the session's cookie")
		}
		if at := newRaw(t, c.URL, &http.Cookie{Name: "hudang", Value: old, Path: "/"}).at("/units"); at != "/sign-in" {
			t.Errorf("the cookie from before opens %s", at)
		}
	})
}

// raw is a browser whose cookie the test sees.
type raw struct {
	t    *testing.T
	base *url.URL
	http *http.Client
}

func newRaw(t *testing.T, base string, cookies ...*http.Cookie) *raw {
	at, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	jar, _ := cookiejar.New(nil)
	jar.SetCookies(at, cookies)
	return &raw{t, at, &http.Client{Jar: jar}}
}

func (b *raw) cookie() string {
	for _, c := range b.http.Jar.Cookies(b.base) {
		if c.Name == "hudang" {
			return c.Value
		}
	}
	return ""
}

func (b *raw) signIn(login string) string {
	b.t.Helper()
	res, err := b.http.PostForm(b.base.String()+"/sign-in", url.Values{"login": {login}, "password": {password}})
	if err != nil {
		b.t.Fatal(err)
	}
	res.Body.Close()
	if res.Request.URL.Path != "/" {
		b.t.Errorf("signing in: %d at %s", res.StatusCode, res.Request.URL.Path)
	}
	return b.cookie()
}

func (b *raw) at(path string) string {
	b.t.Helper()
	res, err := b.http.Get(b.base.String() + path)
	if err != nil {
		b.t.Fatal(err)
	}
	res.Body.Close()
	return res.Request.URL.Path
}

// A session ends when it rests; whoever says that he goes on, or types, is not at rest. The page knows how long that is.
func TestSession_GoesOnForWhoStays(t *testing.T) {
	c := apptest.Open(t)
	for _, keeps := range []string{"/stay", "/drafts"} {
		clerk := c.SignIn(t, "clerk"+keeps[1:], c.Garden, access.Custodian)
		form := clerk.Form("/units/new", "/units/new")
		pagetest.In(t, clerk.Get("/").Body, "#idle[hidden][data-minutes='30']", "约 2 分钟后退出")
		for range 3 {
			c.Clock.Move(20 * time.Minute)
			if p := clerk.Send(form, keeps, url.Values{"_form": {"/units/new"}}); p.Status >= 300 {
				t.Fatalf("%s: %d", keeps, p.Status)
			}
		}
		if p := clerk.Get("/units"); p.Path != "/units" {
			t.Errorf("%s did not keep the session: %s", keeps, p.Path)
		}
		c.Clock.Move(31 * time.Minute)
		if p := clerk.Get("/units?kind=flat"); p.Path != "/sign-in" || !strings.Contains(p.Body, `name="back" value="/units?kind=flat"`) {
			t.Errorf("%s: at rest the session goes on, or the way back is lost: %s", keeps, p.Path)
		}
	}
}

func TestSession_EndsWithSigningOutAndWithDisabling(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		id := hire(t, c, "zhouqian", access.Grant{Post: access.Assistant, Estate: c.Garden})
		b := newRaw(t, c.URL)
		kept := &http.Cookie{Name: "hudang", Value: b.signIn("zhouqian"), Path: "/"}
		out := c.Stranger(t)
		signIn(out, "zhouqian", password)
		if p := out.Submit("/", "/sign-out", nil); p.Path != "/sign-in" {
			t.Errorf("signing out: %d at %s", p.Status, p.Path)
		}
		if p := out.Get("/units"); p.Path != "/sign-in" {
			t.Errorf("after signing out: %s", p.Path)
		}
		if at := newRaw(t, c.URL, kept).at("/units"); at != "/units" {
			t.Fatalf("the other session is at %s", at)
		}
		disable(t, c, id)
		if at := newRaw(t, c.URL, kept).at("/units"); at != "/sign-in" {
			t.Errorf("a disabled account is at %s", at)
		}
	})
}

// Whoever entered by an administrator's link does nothing before he has a password.
func TestEnter_PasswordComesFirst(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		_, secret := invite(t, c, "zhouqian", access.Grant{Post: access.Assistant, Estate: c.Garden})
		b := c.Stranger(t)
		if p := b.Get("/enter/" + secret); p.Path != "/enter/"+secret { // looking at the link does not use it
			t.Errorf("the link's page is %s", p.Path)
		}
		b.Submit("/enter/"+secret, "/enter/"+secret, nil)
		for _, path := range []string{"/", "/units", "/units/new", "/account", "/search?q=1", "/units/xlsx"} {
			if p := b.Get(path); p.Path != "/account/password" {
				t.Errorf("%s is open: %s", path, p.Path)
			}
		}
		form := b.Form("/account/password", "/account/password")
		if p := b.Send(form, "/units/new", url.Values{"building": {"1"}, "room": {"999"}}); p.Status != http.StatusForbidden {
			t.Errorf("posting elsewhere: %d", p.Status)
		}
		for _, bad := range []url.Values{{"new": {"short"}, "again": {"short"}}, {"new": {"澜庭花园澜庭花园2026"}, "again": {"澜庭花园澜庭花园2026"}}, {"new": {password}, "again": {wrong}}} {
			if p := b.Submit("/account/password", "/account/password", bad); p.Status != http.StatusUnprocessableEntity || strings.Contains(p.Body, bad.Get("new")) {
				t.Errorf("%v: %d", bad, p.Status)
			}
		}
		if p := b.Submit("/account/password", "/account/password", url.Values{"new": {password}, "again": {password}}); p.Path != "/" {
			t.Errorf("after the first password: %d at %s", p.Status, p.Path)
		}
		if p := signIn(c.Stranger(t), "zhouqian", password); p.Path != "/" {
			t.Errorf("signing in with it: %d at %s", p.Status, p.Path)
		}
		if p := c.Stranger(t).Post("/enter/"+secret, nil); p.Status != http.StatusForbidden {
			t.Errorf("the link works twice: %d", p.Status)
		}
	})
}

func TestSetup_OnceWithItsCode(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		if p := c.Stranger(t).Get("/setup"); p.Path != "/sign-in" {
			t.Errorf("without a set-up: %s", p.Path)
		}
		code, err := c.App.BeginSetup(t.Context())
		if err != nil || code == "" {
			t.Fatal(code, err)
		}
		b := c.Stranger(t)
		for _, path := range []string{"/", "/units", "/sign-in", "/enter/abc", "/account"} {
			if p := b.Get(path); p.Path != "/setup" {
				t.Errorf("%s leads to %s", path, p.Path)
			}
		}
		if p := b.Post("/sign-in", url.Values{"login": {"a"}, "password": {"b"}}); p.Status != http.StatusForbidden {
			t.Errorf("posting elsewhere: %d", p.Status)
		}
		in := url.Values{"code": {"AAAA-BBBB-CCCC-DDDD"}, "estate.name": {"江湾一号"}, "name": {"李敏"}, "login": {"limin"}, "password": {password}, "again": {password}, "merged": {"1"}}
		if p := b.Submit("/setup", "/setup", in); p.Status != http.StatusUnprocessableEntity || strings.Contains(p.Body, password) || !strings.Contains(p.Body, "江湾一号") {
			t.Errorf("a wrong code: %d", p.Status)
		}
		in["code"] = []string{code}
		empty := url.Values{"code": {code}, "estate.name": {""}, "name": {""}, "login": {"?"}, "password": {"短"}, "again": {"x"}}
		if p := b.Submit("/setup", "/setup", empty); strings.Count(p.Body, `class="err"`) != 5 {
			t.Errorf("five mistakes: %d, %d shown", p.Status, strings.Count(p.Body, `class="err"`))
		}
		in["code"] = []string{strings.ToLower(strings.ReplaceAll(code, "-", " "))} // as somebody reads it out
		if p := b.Submit("/setup", "/setup", in); p.Path != "/first-day" || !strings.Contains(p.Body, "恢复信封") || !strings.Contains(p.Body, "江湾一号") || !strings.Contains(p.Body, "一人兼任") {
			t.Fatalf("set up: %d at %s", p.Status, p.Path)
		}
		if p := b.Get("/accounts"); p.Status != http.StatusOK || !strings.Contains(p.Body, "李敏") {
			t.Errorf("the first account's register: %d", p.Status)
		}
		if p := c.Stranger(t).Post("/setup", in); p.Status == http.StatusOK && p.Path == "/" {
			t.Error("set up twice")
		}
		if again, err := c.App.BeginSetup(t.Context()); err != nil || again != "" {
			t.Errorf("another code: %q, %v", again, err)
		}
	})
}

// Header check and CSRF of the pages that are open to strangers.
func TestSignIn_HeadersAndOtherSites(t *testing.T) {
	c := apptest.Open(t)
	hire(t, c, "zhouqian", access.Grant{Post: access.Assistant, Estate: c.Garden})
	p := c.Stranger(t).Get("/sign-in")
	for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"} {
		if got := p.Header.Get(name); !strings.Contains(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	body := url.Values{"login": {"zhouqian"}, "password": {password}}.Encode()
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, c.URL+"/sign-in", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "https://evil.example")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusForbidden || len(res.Cookies()) > 0 {
		t.Errorf("signed in from another site: %d", res.StatusCode)
	}
	good := newRaw(t, c.URL)
	res, err = good.http.PostForm(c.URL+"/sign-in", url.Values{"login": {"zhouqian"}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	first := res.Request.Response // the redirect that set the cookie
	if len(first.Cookies()) != 1 || !first.Cookies()[0].HttpOnly || first.Cookies()[0].SameSite != http.SameSiteLaxMode {
		t.Errorf("cookies: %v", first.Cookies())
	}
}
