package archiveweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/render/rendertest"
)

// What two correct at once is decided field by field; the note, which lies sealed, among the others.
func TestItem_EachFieldOfAConflictIsDecidedByItself(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		first, second := c.SignIn(t, "limin", c.Garden, access.Custodian), c.SignIn(t, "chenli", c.Garden, access.Custodian)
		v := volume(t, c, first, "1-1-101")
		i := item(t, first.Upload(v, v+"/items", url.Values{}, apptest.File{Name: "身份证.pdf", Content: rendertest.PDF(1, "x", "")}))
		at := i + "/correct"
		first.Submit(at, at, url.Values{"note": {"原来的"}})
		form := first.Form(at, at)
		second.Submit(at, at, url.Values{"title": {"产权证"}, "note": {"他的"}})
		p := first.Send(form, at, url.Values{"note": {"我的"}, "author": {"房产局"}})
		if p.Status != http.StatusConflict {
			t.Fatalf("%d", p.Status)
		}
		pagetest.In(t, p.Body, ".summary", "chenli", "产权证", "他的", "我的", "已加密")
		again := apptest.Fields(p.Body, at)
		if again.Get("_take.title") != "theirs" || again.Get("_take.note") != "mine" || again.Get("_take.author") != "mine" {
			t.Errorf("proposed is %v", again)
		}
		p = first.Send(again, at, url.Values{"_take.note": {"theirs"}})
		for _, want := range []string{"产权证", "他的", "房产局"} {
			if p.Path != i || !strings.Contains(p.Body, want) {
				t.Errorf("%s is not there (%d)", want, p.Status)
			}
		}
	})
}
