package web_test

import (
	"net/url"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/web"
)

func TestSettings_DayAsPeopleTypeIt(t *testing.T) {
	c := apptest.Open(t)
	manager := c.SignIn(t, "chenli", access.Company, access.Manager)
	path := "/settings/" + web.LookAhead.Name
	for typed, want := range map[string]string{"soon": "生效日期：未认出日期", "2026-02-30": "生效日期：没有这一天", "-1": "2026-11-23"} {
		p := manager.Submit(path, path, url.Values{"value": {"5"}, "from": {typed}, "why": {"试行"}})
		pagetest.In(t, p.Body, ".summary a[href=#f-from]", want)
		if got := pagetest.Attr(t, p.Body, "#f-from", "value"); got != typed {
			t.Errorf("%q came back as %q", typed, got)
		}
	}
	if p := manager.Submit(path, path, url.Values{"value": {"5"}, "from": {"+7"}, "why": {"试行"}}); p.Path != "/settings" {
		t.Fatalf("+7: %d at %s", p.Status, p.Path)
	}
	for day, want := range map[string]int64{"2026-11-29": web.LookAhead.Default, "2026-11-30": 5} {
		if got, err := web.LookAhead.At(t.Context(), c.App.Door.DB.Read(), access.Company, day); err != nil || got != want {
			t.Errorf("on %s: %d, %v; want %d", day, got, err, want)
		}
	}
}
