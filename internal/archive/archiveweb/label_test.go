package archiveweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
)

var spaced = regexp.MustCompile(`[0-9]{2} [0-9]{7} [0-9]`)

// code is the code of the label that an address prints.
func code(t *testing.T, clerk *apptest.Client, path string) string {
	t.Helper()
	p := clerk.Get(path)
	code := spaced.FindString(p.Body)
	if p.Status != http.StatusOK || code == "" {
		t.Fatalf("%s: %d, code %q", path, p.Status, code)
	}
	return strings.ReplaceAll(code, " ", "")
}

// labelOf is where a thing's page prints its label.
func labelOf(path string) string {
	return strings.NewReplacer("/volumes/", "/label/volume/", "/items/", "/label/item/").Replace(path)
}

// A volume and a paper get a code, which stands where they are named and opens them from anywhere.
func TestLabel_OpensItsVolumeAndItsPaper(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "2026 年往来函件")
		own := spaced.FindString(clerk.Get(v).Body)
		i := item(t, clerk.Upload(v, v+"/items", url.Values{"title": {"停水通知"}}))
		for at, path := range map[string]string{labelOf(v): v, labelOf(i): i} {
			pagetest.In(t, clerk.Get(path).Body, `.head a[href="`+at+`"]`, "打印标签")
			code := code(t, clerk, at)
			for _, from := range []string{"/c/" + code, "/search?q=" + code} {
				if p := clerk.Get(from); p.Path != path {
					t.Errorf("%s leads to %s (%d)", from, p.Path, p.Status)
				}
			}
			if p := clerk.Get(path); !strings.Contains(strings.ReplaceAll(p.Body, " ", ""), code) {
				t.Errorf("%s does not say %s", path, code)
			}
		}
		pagetest.In(t, clerk.Get(v).Body, ".slip small", own)
		pagetest.In(t, clerk.Get("/volumes?sort=code").Body, "tbody", own)
		if p := clerk.Get("/volumes/print"); !strings.Contains(p.Body, own) {
			t.Error("the register of volumes lacks the code")
		}
		pagetest.In(t, clerk.Get("/search?q="+url.QueryEscape("往来函件")).Body, "main", own)
	})
}

// A label comes on each size of paper, as a page and as PDF. It says where the thing belongs, and neither what a confidential
// volume is called nor whose it is (ui §6: digits and room).
func TestLabel_SaysDigitsAndRoom(t *testing.T) {
	c := apptest.Open(t)
	clerk := clerkOf(t, c)
	v := volume(t, c, clerk, "张伟的往来函件")
	i := item(t, clerk.Upload(v, v+"/items", url.Values{"title": {"李娟的身份证"}}))
	for _, at := range []string{labelOf(v), labelOf(i), "/label" + strings.Replace(c.Home.Path(), "households", "household", 1), "/label/unit/" + ref.Text(c.Flats[0])} {
		for _, size := range []string{"", "?size=30x20", "?size=60x40", "?size=9x9"} {
			p := clerk.Get(at + size)
			if p.Status != http.StatusOK || !strings.Contains(p.Body, "澜庭花园") || strings.Contains(p.Body, "张伟") || strings.Contains(p.Body, "李娟") {
				t.Errorf("%s%s: %d", at, size, p.Status)
			}
		}
		if p := clerk.Get(at + "?size=30x20&pdf=1"); !strings.HasPrefix(p.Body, "%PDF") {
			t.Errorf("%s as PDF: %d", at, p.Status)
		}
	}
	pagetest.In(t, clerk.Get(labelOf(v)+"?size=30x20").Body, "a[aria-current]", "30×20 mm")
}

// Another estate's code opens nothing, as one that nobody has; only the service group prints labels (D2).
func TestLabel_OfAnotherEstateIsNotThere(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "装修档案")
		i := item(t, clerk.Upload(v, v+"/items", url.Values{"title": {"装修申请表"}}))
		stranger, finance := c.SignIn(t, "hexiaoyan", c.Tower, access.Assistant), c.SignIn(t, "caiwu", c.Garden, access.Finance)
		nowhere := stranger.Get("/c/9999999991")
		for _, path := range []string{v, i} {
			code := code(t, clerk, labelOf(path))
			for who, client := range map[string]*apptest.Client{"a stranger": stranger, "finance": finance} {
				if p := client.Get("/c/" + code); p.Status != http.StatusNotFound {
					t.Errorf("%s opens %s: %d", who, path, p.Status)
				}
				if p := client.Get("/search?q=" + code); p.Path != "/search" || strings.Contains(p.Body, "装修") {
					t.Errorf("%s finds %s: %s", who, path, p.Path)
				}
			}
			if p := stranger.Get("/c/" + code); len(p.Body) != len(nowhere.Body) {
				t.Errorf("another estate's code looks unlike one that nobody has")
			}
			if p := stranger.Get(labelOf(path)); p.Status != http.StatusNotFound {
				t.Errorf("a stranger prints the label of %s: %d", path, p.Status)
			}
			if p := finance.Get(labelOf(path)); p.Status != http.StatusForbidden {
				t.Errorf("finance prints the label of %s: %d", path, p.Status)
			}
		}
	})
}
