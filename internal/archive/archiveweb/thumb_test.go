package archiveweb_test

import (
	"bytes"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/render/rendertest"
	"hudang/internal/platform/viewlog"
)

// A volume shows its papers small, to whoever may see their pages and to nobody else; it is a look into the volume and none into the paper.
func TestThumb_InTheVolumesList(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101 业户档案")
		p := clerk.Upload(v, v+"/items", nil, apptest.File{Name: "照片.jpg", Content: rendertest.JPEG(t, 400, 100)})
		at := item(t, p)
		small := pagetest.Attr(t, p.Body, ".thumb", "src")
		before := optest.Leaves(t, c.App.Door, c.Garden)
		got := clerk.Get(small)
		if got.Status != http.StatusOK || got.Header.Get("Content-Type") != "image/jpeg" || got.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %v", got.Status, got.Header)
		}
		clerk.Get(small)
		if n := optest.Leaves(t, c.App.Door, c.Garden) - before; n != 0 {
			t.Errorf("%d leaves", n)
		}
		if err := c.App.StoreLooks(t.Context()); err != nil {
			t.Fatal(err)
		}
		var looks []viewlog.View
		if err := c.App.Door.DB.Read().Select(&looks).Where("kind = 'volume'").Scan(t.Context()); err != nil || len(looks) != 1 {
			t.Errorf("looks %+v, %v", looks, err)
		}
		clerk.Submit(at, at+"/pages/1/turn/90", nil)
		if img, err := jpeg.DecodeConfig(bytes.NewReader([]byte(clerk.Get(small).Body))); err != nil || img.Width != 18 || img.Height != 72 {
			t.Errorf("turned: %+v, %v", img, err)
		}
		if other := c.SignIn(t, "hexiaoyan", c.Tower, access.Assistant); other.Get(small).Status != http.StatusNotFound {
			t.Error("another estate's clerk sees it")
		}
		clerk.Upload(v, v+"/items", nil, apptest.File{Name: "漏水.mp4", Content: []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00film")})
		all := pagetest.All(t, clerk.Get(v).Body, ".thumb")
		for _, a := range all[len(all)-1].Attr {
			if a.Key == "src" {
				if film := clerk.Get(a.Val); film.Header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(film.Body, ">MP4<") {
					t.Errorf("a film: %v %.300s", film.Header, film.Body)
				}
			}
		}
	})
}
