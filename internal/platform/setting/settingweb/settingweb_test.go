package settingweb_test

import (
	"net/http"
	"net/url"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/setting"
)

// A choice is made among words, and everything that tells of it speaks them.
func TestSettings_AChoiceIsMadeAmongWords(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		head, path := c.SignIn(t, "chenli", access.Company, access.Manager), setting.PathOf(account.TOTP.Name)
		p := head.Get(path)
		pagetest.In(t, p.Body, "fieldset", "不用", "本人自愿设置", "管理员必须设置")
		if got := apptest.Fields(p.Body, path).Get("value"); got != "1" {
			t.Errorf("the form stands on %q", got)
		}
		if p = head.Submit(path, path, url.Values{"value": {"7"}, "why": {"试行"}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("a value that is none: %d", p.Status)
		}
		pagetest.In(t, p.Body, ".summary", "从列出的几项里选一项")
		reach := setting.PathOf("household.papers_days")
		p = head.Submit(reach, reach, url.Values{"value": {" "}, "why": {""}})
		pagetest.In(t, p.Body, ".summary a[href=#f-value]", "不能空着") // empty is no 0, nor a number out of range
		pagetest.In(t, p.Body, ".summary a[href=#f-why]", "原因")
		if p = head.Submit(path, path, url.Values{"value": {"2"}, "why": {"等保检查"}}); p.Path != "/settings" {
			t.Fatalf("choosing: %d at %s", p.Status, p.Path)
		}
		pagetest.In(t, head.Get("/settings").Body, "tbody", "管理员必须设置")
		pagetest.In(t, head.Get(path).Body, "ol.time", "2026-11-23 起：管理员必须设置", "等保检查", "chenli")
		local := c.SignIn(t, "limin", c.Garden, access.Manager)
		if p := local.Get(path); p.Status != http.StatusNotFound {
			t.Errorf("the manager of one estate decides for the company: %d", p.Status)
		}
	})
}
