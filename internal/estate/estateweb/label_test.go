package estateweb_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
)

// A person gets a code by one press, and it opens his page; his label does not say who he is (ui §6).
func TestLabel_OfAPerson(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		party := regexp.MustCompile(`/parties/[0-9]+`).FindString(clerk.Get(c.Home.Path()).Body)
		at := strings.Replace(party, "/parties/", "/label/party/", 1)
		if p := clerk.Get(party); strings.Contains(p.Body, "标签号码") {
			t.Error("he has a code before anybody wants it")
		}
		pagetest.In(t, clerk.Get(party).Body, `.head a[href="`+at+`"]`, "打印标签")
		p := clerk.Get(at)
		spacedCode := spaced.FindString(p.Body)
		if p.Status != http.StatusOK || spacedCode == "" || strings.Contains(p.Body, "张伟") || !strings.Contains(p.Body, "个人") {
			t.Fatalf("label: %d, code %q", p.Status, spacedCode)
		}
		pagetest.In(t, clerk.Get(party).Body, "dl", spacedCode)
		code := strings.ReplaceAll(spacedCode, " ", "")
		for _, from := range []string{"/c/" + code, "/search?q=" + code} {
			if p := clerk.Get(from); p.Path != party {
				t.Errorf("%s leads to %s (%d)", from, p.Path, p.Status)
			}
		}
		if again := clerk.Get(at); spaced.FindString(again.Body) != spacedCode {
			t.Error("the second label has another code")
		}
		stranger := c.SignIn(t, "hexiaoyan", c.Tower, access.Assistant)
		if here, nobodys := stranger.Get("/c/"+code), stranger.Get("/c/9999999991"); here.Status != http.StatusNotFound || len(here.Body) != len(nobodys.Body) {
			t.Errorf("another estate's person: %d", here.Status)
		}
		if p := stranger.Get(at); p.Status != http.StatusNotFound {
			t.Errorf("another estate's label: %d", p.Status)
		}
	})
}
