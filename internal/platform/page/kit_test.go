package page_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"hudang/internal/platform/page"
	"hudang/internal/platform/page/pagetest"
)

func TestHeaders(t *testing.T) {
	h := newHouse(t)
	for _, path := range []string{"/_gallery", "/_gallery/list", "/form", "/fail/rule", "/fail/panic", "/nothing"} {
		head := h.get(t, path).Header()
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			"Cache-Control": "no-store", "Vary": "HX-Request", "Content-Type": "text/html; charset=utf-8",
		} {
			if got := head.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		csp := head.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, part) {
				t.Errorf("%s: policy %q lacks %q", path, csp, part)
			}
		}
		if strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy is unsafe: %s", path, csp)
		}
	}
}

func TestFailures(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct {
		kind   string
		status int
		sel    string
		texts  []string
	}{
		{"invalid", 422, ".summary a[href=#f-phones-0-number]", []string{"手机号应为 11 位，现为 10 位"}},
		{"rule", 409, ".panel .clause[href=/rules/E7]", []string{"E7"}},
		{"conflict", 409, ".panel.due", nil},
		{"forbidden", 403, ".panel h1", []string{"没有办理此事的权限"}},
		{"secret", 404, ".panel h1", []string{"没有这一页"}},
		{"busy", 503, ".panel", []string{"7F3A"}},
		{"panic", 500, ".panel h1", []string{"没有保存。原因已记录（编号 7F3A）"}},
		{"other", 500, ".panel h1", []string{"没有保存。原因已记录（编号 7F3A）"}},
	} {
		t.Run(c.kind, func(t *testing.T) {
			whole := h.post(t, "/fail/"+c.kind, "x=1")
			if whole.Code != c.status {
				t.Fatalf("status %d, want %d", whole.Code, c.status)
			}
			body := whole.Body.String()
			pagetest.In(t, body, c.sel, c.texts...)
			pagetest.In(t, body, "nav.nav a[aria-current=page]", "业户")
			if strings.Contains(body, "13800138000") || strings.Contains(body, "broken") {
				t.Error("the cause is shown to the person")
			}

			part := h.post(t, "/fail/"+c.kind, "x=1", "HX-Request", "true", "HX-Boosted", "true")
			if part.Code != c.status || part.Header().Get("HX-Retarget") != "#alerts" || part.Header().Get("HX-Push-Url") != "false" {
				t.Errorf("part: %d %v", part.Code, part.Header())
			}
			pagetest.In(t, part.Body.String(), c.sel, c.texts...)
			pagetest.NotIn(t, part.Body.String(), "nav.nav")
		})
	}
	if log := h.log.String(); !strings.Contains(log, "broken") || !strings.Contains(log, "7F3A") {
		t.Errorf("the log lacks cause or number: %s", log)
	}
}

func TestNotFound_SameBytes(t *testing.T) {
	h := newHouse(t)
	mux := http.NewServeMux()
	h.kit.Handle(mux, "/{$}", h.kit.NotFound)
	absent, secret := h.get(t, "/fail/secret"), httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/fail/secret", nil)
	h.kit.Wrap(h.kit.NotFound).ServeHTTP(secret, r)
	if absent.Code != 404 || absent.Body.String() != secret.Body.String() {
		t.Error("a secret thing and an absent one differ")
	}
}

func TestRender_WholeOrNothing(t *testing.T) {
	h := newHouse(t)
	half := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "half a page")
		return errors.New("cut")
	})
	h.kit.Handle(h.mux, "GET /half", func(w http.ResponseWriter, r *http.Request) error {
		return h.kit.Render(w, r, http.StatusOK, page.Page{Title: "x", Body: half})
	})
	w := h.get(t, "/half")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "half a page") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestNew_RefusesGaps(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("New accepts an empty configuration")
		}
	}()
	page.New(page.Config{})
}

func TestForm_ComesBackFull(t *testing.T) {
	h := newHouse(t)
	w := h.post(t, "/form", "name=%E5%BC%A0%E4%B8%89&phones.0.number=1869007740&password=secret-1&_token=token-x")
	body := w.Body.String()
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", w.Code)
	}
	pagetest.In(t, body, "title", "错误：登记租户")
	pagetest.In(t, body, ".summary[role=alert][tabindex=-1] a[href=#f-phones-0-number]", "手机号应为 11 位，现为 10 位")
	pagetest.In(t, body, "#f-phones-0-number-err", "手机号应为 11 位，现为 10 位")
	fields := pagetest.Fields(t, body, "form[data-entry]")
	if fields["name"][0] != "张三" || fields["phones.0.number"][0] != "1869007740" || fields["_token"][0] != "token-x" || fields["_session"][0] != "session-1" {
		t.Errorf("typed values are lost: %v", fields)
	}
	if strings.Contains(body, "secret-1") {
		t.Error("the password comes back")
	}
	if pagetest.Attr(t, body, "#f-phones-0-number", "aria-invalid") != "true" {
		t.Error("the field does not say that it is wrong")
	}
	if ok := h.post(t, "/form", "phones.0.number=13800138000"); ok.Code != http.StatusSeeOther {
		t.Errorf("accepted form: %d", ok.Code)
	}
}

func TestList_RowsOnlyForHTMX(t *testing.T) {
	h := newHouse(t)
	whole := h.get(t, "/_gallery/list").Body.String()
	if n := pagetest.Count(t, whole, "table tbody tr"); n != 50 {
		t.Errorf("%d rows", n)
	}
	pagetest.In(t, whole, "tbody th a", "3-1-1000")
	pagetest.In(t, whole, "thead th[aria-sort=ascending]", "编号")
	pagetest.In(t, whole, ".filters .tag a[aria-label]")
	pagetest.In(t, whole, "form.batch input[name=all]")
	part := h.get(t, "/_gallery/list", "HX-Request", "true", "HX-Target", "gallery-list-rows").Body.String()
	pagetest.In(t, part, "table tbody tr")
	pagetest.In(t, part, "#gallery-list-count[hx-swap-oob=true]", "共 1,204 条")
	pagetest.NotIn(t, part, "form.filters")
	pagetest.NotIn(t, part, "header.top")
	pagetest.In(t, h.get(t, "/_gallery/list?state=first").Body.String(), ".empty h2", "还没有登记")
	pagetest.In(t, h.get(t, "/_gallery/list?state=filtered").Body.String(), ".empty a", "清除筛选")
}

func TestShell(t *testing.T) {
	h := newHouse(t)
	body := h.get(t, "/_gallery?banner=1&big=1").Body.String()
	pagetest.In(t, body, "html.big[lang=zh-CN]")
	pagetest.In(t, body, ".banner", "三个管理角色由同一人担任", "还没有备份")
	pagetest.In(t, body, "button[name=big][value=0][aria-pressed=true]")
	pagetest.In(t, body, "form[action=/estate] button[name=estate][value=2]", "望江府")
	pagetest.In(t, body, "nav.foot a[href=#more]")
	if pagetest.Count(t, body, "form[method=post]") == pagetest.Count(t, body, "form[method=post] input[name=_session]") {
		return
	}
	t.Error("a form posts without the session's token")
}
