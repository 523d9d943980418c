package accountweb_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
)

var (
	keyShown      = regexp.MustCompile(`<code class="key">([A-Z2-7]{32})</code>`)
	recoveryShown = regexp.MustCompile(`<li><code>([A-Z2-7]{5}-[A-Z2-7]{5})</code>`)
)

// phone makes the code that somebody's telephone shows for a key.
func phone(t *testing.T, key string, at time.Time) string {
	t.Helper()
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(key)
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(at.Unix()/30)))
	sum := mac.Sum(nil)
	from := sum[19] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[from:from+4])%(1<<31)%1e6)
}

// set sets up the second step and gives the key and the recovery codes.
func set(t *testing.T, c *apptest.Company, b *apptest.Client) (key string, recovery []string) {
	t.Helper()
	form := b.Form("/account/two-step", "/account/two-step")
	p := b.Send(form, "/account/two-step", url.Values{"password": {password}, "code": {"000000"}})
	if found := keyShown.FindStringSubmatch(p.Body); p.Status == http.StatusUnprocessableEntity && found != nil {
		key = found[1]
	}
	p = b.Send(form, "/account/two-step", url.Values{"password": {password}, "code": {phone(t, key, c.Clock.Now())}})
	for _, m := range recoveryShown.FindAllStringSubmatch(p.Body, -1) {
		recovery = append(recovery, m[1])
	}
	if p.Status != http.StatusOK || len(recovery) != 10 {
		t.Fatalf("setting up: %d, %d recovery codes", p.Status, len(recovery))
	}
	return key, recovery
}

func TestTwoStep_SetUpThenAskedForAfterThePassword(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		admin := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		_, enter := add(t, admin, url.Values{"name": {"钱进"}, "login": {"qianjin"}, "company": {"auditor"}})
		auditor := settle(t, c, enter)
		key, recovery := set(t, c, auditor)
		pagetest.In(t, auditor.Get("/account").Body, ".facts", "两步登录", "已设置")
		b := c.Stranger(t)
		signIn := func() apptest.Page {
			return b.Submit("/sign-in?back=/log", "/sign-in", url.Values{"login": {"qianjin"}, "password": {password}})
		}
		p := signIn()
		if p.Status != http.StatusOK || !strings.Contains(p.Body, "验证码") || b.Get("/").Path != "/sign-in" {
			t.Fatalf("the password alone: %d at %s", p.Status, p.Path)
		}
		c.Clock.Move(31 * time.Second)
		fields := apptest.Fields(p.Body, "/sign-in/code")
		if p = b.Send(fields, "/sign-in/code", url.Values{"code": {"000000"}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("a wrong code: %d", p.Status)
		}
		fields = apptest.Fields(p.Body, "/sign-in/code")
		if p = b.Send(fields, "/sign-in/code", url.Values{"code": {phone(t, key, c.Clock.Now())}}); p.Path != "/log" {
			t.Errorf("with the code: %d at %s", p.Status, p.Path)
		}
		b = c.Stranger(t)
		fields = apptest.Fields(signIn().Body, "/sign-in/code")
		if p = b.Send(fields, "/sign-in/code", url.Values{"code": {strings.ToLower(recovery[0])}}); p.Path != "/log" {
			t.Errorf("with a recovery code: %d at %s", p.Status, p.Path)
		}
		if p = b.Send(fields, "/sign-in/code", url.Values{"ticket": {"x"}}); p.Status != http.StatusForbidden || !strings.Contains(p.Body, "重新输密码") {
			t.Errorf("without the password: %d", p.Status)
		}
	})
}

func TestTwoStep_RequiredLeadsAdministratorsToIt(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		manager := c.SignIn(t, "limin", access.Company, access.Manager)
		if p := manager.Get("/account/two-step"); p.Status != http.StatusForbidden {
			t.Errorf("a manager sets it up: %d", p.Status)
		}
		mode := func(value string) {
			manager.Submit("/settings/account.totp", "/settings/account.totp", url.Values{"value": {value}, "why": {"试行"}})
		}
		c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		mode("2")
		id, err := c.App.Accounts.ByLogin(t.Context(), "zhengjie")
		if err != nil {
			t.Fatal(err)
		}
		secret, err := c.App.Accounts.NewLink(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		admin := c.Stranger(t)
		if p := admin.Post("/enter/"+secret, nil); p.Path != "/account/two-step" {
			t.Errorf("signing in leads to %s", p.Path)
		}
		for _, path := range []string{"/", "/accounts", "/account"} {
			if p := admin.Get(path); p.Path != "/account/two-step" {
				t.Errorf("%s is open: %s", path, p.Path)
			}
		}
		if p := c.SignIn(t, "zhouqian", c.Garden, access.Assistant).Get("/units"); p.Path != "/units" {
			t.Errorf("a clerk is led to %s", p.Path)
		}
		mode("0")
		if p := c.SignIn(t, "qianjin", access.Company, access.Auditor).Get("/account/two-step"); p.Status != http.StatusNotFound {
			t.Errorf("switched off: %d", p.Status)
		}
	})
}
