package archiveweb_test

import (
	"net/http"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/archive"
	"hudang/internal/archive/archivetest"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/render"
	"hudang/internal/platform/render/rendertest"
)

// A paper that nobody came to the end of looking at says so, and is looked at again by one press.
func TestItem_LooksAgain(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101")
		scans := c.App.Scans
		scans.Render = render.None()
		id := ref.ParseID[archive.VolumeID](strings.TrimPrefix(v, "/volumes/"))
		u := archivetest.Upload(t, scans, id, "合同.pdf", rendertest.PDF(3, "x", ""))
		archivetest.Item(t, c.App.Door, c.Garden, id, "合同", u)
		if p := clerk.Get(v); !strings.Contains(p.Body, "待再看") {
			t.Error("the volume says nothing of it")
		}
		i := item(t, clerk.Get(v))
		p := clerk.Get(i)
		if !strings.Contains(p.Body, "没来得及看完，稍后再看") || strings.Contains(p.Body, "损坏") || !strings.Contains(p.Body, "再看一次") {
			t.Fatalf("%d at %s says nothing of it", p.Status, p.Path)
		}
		to := fileLink.FindStringSubmatch(p.Body)[1] + "/look"
		if p = clerk.Submit(i, to, nil); p.Status != http.StatusOK || !strings.Contains(p.Body, "第 1 页，共 3 页") || strings.Contains(p.Body, "再看一次") {
			t.Errorf("looked at again: %d at %s", p.Status, p.Path)
		}
	})
}
