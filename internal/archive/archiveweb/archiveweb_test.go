package archiveweb_test

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/render/rendertest"
)

// volume opens a volume by its form and gives its address.
func volume(t *testing.T, c *apptest.Company, clerk *apptest.Client, title string) string {
	t.Helper()
	p := clerk.Submit("/volumes/new", "/volumes/new", url.Values{"estate": {strconv.FormatInt(int64(c.Garden), 10)}, "title": {title}})
	if p.Status != http.StatusOK || !strings.HasPrefix(p.Path, "/volumes/") || !strings.Contains(p.Body, title) {
		t.Fatalf("opening a volume: %d at %s", p.Status, p.Path)
	}
	return p.Path
}

var itemLink = regexp.MustCompile(`href="(/items/[0-9]+)"`)

// item is the address of the only paper on a volume's page.
func item(t *testing.T, p apptest.Page) string {
	t.Helper()
	all := itemLink.FindAllStringSubmatch(p.Body, -1)
	if len(all) == 0 {
		t.Fatalf("%d at %s: no paper", p.Status, p.Path)
	}
	return all[0][1]
}

func clerkOf(t *testing.T, c *apptest.Company) *apptest.Client {
	return c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
}

func TestUpload_ManyFilesAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101 业户档案")
		p := clerk.Upload(v, v+"/items", nil, apptest.File{Name: "购房合同.pdf", Content: rendertest.PDF(3, "x", "")}, apptest.File{Name: "照片.jpg", Content: rendertest.JPEG(t, 80, 60)})
		if p.Status != http.StatusOK || p.Path != v || len(itemLink.FindAllString(p.Body, -1)) != 2 || !strings.Contains(p.Body, "购房合同") {
			t.Fatalf("%d at %s", p.Status, p.Path)
		}
		p = clerk.Upload(v, v+"/items", url.Values{"how": {"one"}, "title": {"房产证"}}, apptest.File{Name: "1.png", Content: rendertest.PNG(t, 20, 20)}, apptest.File{Name: "2.png", Content: rendertest.PNG(t, 24, 20)})
		if len(itemLink.FindAllString(p.Body, -1)) != 3 || !strings.Contains(p.Body, "房产证") {
			t.Errorf("two files of one paper: %d at %s", p.Status, p.Path)
		}
		p = clerk.Upload(v, v+"/items", url.Values{"title": {"钥匙领用表"}, "pages": {"2"}, "place": {"B 柜 2 层"}})
		if p.Path != v || len(itemLink.FindAllString(p.Body, -1)) != 4 || !strings.Contains(p.Body, "只有纸质") {
			t.Errorf("paper only: %d at %s", p.Status, p.Path)
		}
		p = clerk.Upload(v, v+"/items", url.Values{"formed": {"昨天"}})
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "<title>错误：") {
			t.Errorf("neither file nor title: %d", p.Status)
		}
		if p = clerk.Get("/papers"); !strings.Contains(p.Body, "购房合同") || !strings.Contains(p.Body, "共 4 条") {
			t.Errorf("the papers by stage: %d", p.Status)
		}
	})
}

// What cannot be taken does not stop the rest, and each file has its sentence.
func TestUpload_EachFileIsAnswered(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101")
		p := clerk.Upload(v, v+"/items", nil,
			apptest.File{Name: "good.png", Content: rendertest.PNG(t, 20, 20)}, apptest.File{Name: "<b>x.svg", Content: []byte("<svg/>")},
			apptest.File{Name: "setup.jpg", Content: []byte("\x7fELF\x02\x01")}, apptest.File{Name: "leer.png"},
			apptest.File{Name: "js.pdf", Content: rendertest.PDF(1, "x", "/OpenAction << /S /JavaScript /JS (x) >>")},
			apptest.File{Name: "cut.jpg", Content: rendertest.JPEG(t, 200, 200)[:300]})
		for _, want := range []string{"收入 3 个文件，另有 3 个没有收", "good.png：已收，1 页", "&lt;b&gt;x.svg：网页和 SVG 不收", "setup.jpg：程序和脚本不收", "leer.png：空文件", "js.pdf：已收，1 页；含脚本", "cut.jpg：JPEG 图片读不出来"} {
			if !strings.Contains(p.Body, want) {
				t.Errorf("the answer lacks %q", want)
			}
		}
		if n := len(itemLink.FindAllString(clerk.Get(v).Body, -1)); p.Status != http.StatusOK || n != 3 {
			t.Errorf("%d; %d papers, want 3", p.Status, n)
		}
		if p = clerk.Upload(v, v+"/items", nil, apptest.File{Name: "a.exe", Content: []byte("MZ")}); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "a.exe：程序和脚本不收") {
			t.Errorf("nothing taken: %d", p.Status)
		}
		p = clerk.Upload(v, v+"/items", url.Values{"pages": {"x"}, "copies": {"1000"}}, apptest.File{Name: "a.exe", Content: []byte("MZ")})
		for _, field := range []string{"files", "pages", "copies"} {
			if !strings.Contains(p.Body, `href="#f-`+field+`"`) {
				t.Errorf("of three mistakes %s is not told at once", field)
			}
		}
		if strings.Contains(p.Body, `href="#f-title"`) {
			t.Error("the title, which the file gives, is asked for")
		}
	})
}

func TestUpload_SentTwiceCountsOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101")
		form, file := clerk.Form(v, v+"/items"), apptest.File{Name: "a.png", Content: rendertest.PNG(t, 20, 20)}
		for range 2 {
			if p := clerk.SendFiles(form, v+"/items", nil, file); p.Status != http.StatusOK || len(itemLink.FindAllString(p.Body, -1)) != 1 {
				t.Errorf("%d at %s", p.Status, p.Path)
			}
		}
		blobs := 0
		for _, err := range c.App.Scans.Blobs.Names(t.Context(), "") {
			if err != nil {
				t.Fatal(err)
			}
			blobs++
		}
		if blobs != 2 { // the file, and its thumbnail
			t.Errorf("%d blobs are kept", blobs)
		}
	})
}

func TestUpload_NeedsTheFormsSession(t *testing.T) {
	c := apptest.Open(t)
	clerk := clerkOf(t, c)
	v := volume(t, c, clerk, "1-1-101")
	big := apptest.File{Name: "a.pdf", Content: append(rendertest.PDF(1, "x", ""), bytes.Repeat([]byte(" "), 40<<20)...)}
	if p := clerk.SendFiles(url.Values{"_session": {"forged"}}, v+"/items", nil, apptest.File{Name: "a.pdf", Content: rendertest.PDF(1, "x", "")}); p.Status != http.StatusForbidden {
		t.Errorf("a forged session: %d", p.Status)
	}
	if p := clerk.Upload(v, v+"/items", nil, big); p.Path != v || len(itemLink.FindAllString(p.Body, -1)) != 1 {
		t.Errorf("40 MiB, more than any other form may have: %d at %s", p.Status, p.Path)
	}
}

func TestItem_ViewedAndWorkedOn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "limin", c.Garden, access.Custodian)
		v := volume(t, c, clerk, "1-1-101")
		i := item(t, clerk.Upload(v, v+"/items", url.Values{"original": {"copy"}}, apptest.File{Name: "身份证.pdf", Content: rendertest.PDF(3, "x", "")}))
		before := optest.Leaves(t, c.App.Door, c.Garden)
		p := clerk.Get(i + "?p=2")
		if p.Status != http.StatusOK || !strings.Contains(p.Body, "第 2 页，共 3 页") || p.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("page 2: %d %v", p.Status, p.Header)
		}
		picture := clerk.Get(i + "/pages/2.jpg?w=200")
		if picture.Status != http.StatusOK || !strings.HasPrefix(picture.Body, "\xff\xd8") || picture.Header.Get("Content-Type") != "image/jpeg" || picture.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("picture: %d %v", picture.Status, picture.Header)
		}
		if n := optest.Leaves(t, c.App.Door, c.Garden) - before; n != 1 {
			t.Errorf("opening a document left %d leaves, want 1", n)
		}
		for _, wrong := range []string{"/pages/4.jpg", "/pages/0.jpg", "/pages/2", "/pages/x.jpg", "/files/1"} {
			if p := clerk.Get(i + wrong); p.Status != http.StatusNotFound {
				t.Errorf("%s: %d", wrong, p.Status)
			}
		}
		for _, step := range []struct{ act, want string }{
			{"/verify", "与原件核对一致 limin"}, {"/move/sort", "整理"}, {"/pages/1/turn/90", "第 1 页"}, {"/mark/original", "改为复印件"},
		} {
			if p := clerk.Submit(i, i+step.act, nil); p.Status != http.StatusOK || p.Path != i || !strings.Contains(p.Body, step.want) {
				t.Errorf("%s: %d at %s, want %q", step.act, p.Status, p.Path, step.want)
			}
		}
		p = clerk.Submit(i+"/correct", i+"/correct", url.Values{"title": {"身份证（正反面）"}, "formed": {"2019-10"}, "note": {"已过期"}, "reason": {"看清了"}})
		if p.Path != i || !strings.Contains(p.Body, "身份证（正反面）") || !strings.Contains(p.Body, "已过期") || !strings.Contains(p.Body, "看清了") {
			t.Errorf("correcting: %d at %s", p.Status, p.Path)
		}
		p = clerk.Submit(i+"?p=2", i+"/pages/2/split", nil)
		second := p.Path
		if second == i || !strings.Contains(p.Body, "第 1 页，共 2 页") {
			t.Errorf("splitting: %d at %s", p.Status, p.Path)
		}
		if p = clerk.Submit(second, second+"/merge", url.Values{"into": {strings.TrimPrefix(i, "/items/")}}); p.Path != i || !strings.Contains(p.Body, "共 3 页") {
			t.Errorf("merging: %d at %s", p.Status, p.Path)
		}
		if p = clerk.Submit(i, i+"/void", url.Values{"why": {""}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("voiding without a reason: %d", p.Status)
		}
		if p = clerk.Submit(i, i+"/void", url.Values{"why": {"收错了"}}); p.Path != i || !strings.Contains(p.Body, "收错了") {
			t.Errorf("voiding: %d", p.Status)
		}
		if p = clerk.Submit(i, i+"/restore", nil); p.Path != i || !strings.Contains(p.Body, i+"/void") {
			t.Errorf("restoring: %d", p.Status)
		}
		if p = clerk.Upload(i, i+"/pages", nil, apptest.File{Name: "film.mp4", Content: []byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2")}); !strings.Contains(p.Body, "film.mp4：MP4 视频") || !strings.Contains(clerk.Get(i).Body, "共 4 页") {
			t.Errorf("adding a film: %d at %s", p.Status, p.Path)
		}
		if p = clerk.Get(i + "?p=4"); !strings.Contains(p.Body, "MP4 视频，原样保存；不能显示，可下载") {
			t.Errorf("a film has no picture: %d", p.Status)
		}
	})
}

var fileLink = regexp.MustCompile(`href="(/items/[0-9]+/files/[0-9]+)"`)

func TestItem_OriginalIsAnAttachmentInASandbox(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101")
		content := rendertest.PDF(1, "x", "/OpenAction << /S /JavaScript /JS (x) >>")
		clerk.Upload(v, v+"/items", nil, apptest.File{Name: "合同 “1”.pdf", Content: content})
		p := clerk.Get(item(t, clerk.Get(v)))
		link := fileLink.FindStringSubmatch(p.Body)
		if link == nil || !strings.Contains(p.Body, "只显示图像") {
			t.Fatal("no file to download, or no warning")
		}
		p = clerk.Get(link[1])
		if p.Body != string(content) || p.Header.Get("Content-Security-Policy") != "sandbox" || p.Header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.HasPrefix(p.Header.Get("Content-Disposition"), "attachment;") || p.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%d %v", p.Status, p.Header)
		}
	})
}

// Another estate's papers look like none at all; those outside the service group are refused (D5).
func TestAccess_NobodyElseSeesAnything(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101 业户档案")
		i := item(t, clerk.Upload(v, v+"/items", nil, apptest.File{Name: "房产证甲.png", Content: rendertest.PNG(t, 20, 20)}))
		file := fileLink.FindStringSubmatch(clerk.Get(i).Body)[1]
		stranger := c.SignIn(t, "hexiaoyan", c.Tower, access.Assistant)
		for _, path := range []string{v, i, i + "/pages/1.jpg", i + "/correct", file} {
			if p := stranger.Get(path); p.Status != http.StatusNotFound || strings.Contains(p.Body, "房产证甲") {
				t.Errorf("a stranger at %s: %d", path, p.Status)
			}
		}
		own := volume(t, c, c.SignIn(t, "manager", access.Company, access.Manager), "别的")
		form := clerk.Form(own, own+"/items")
		strangers := stranger.Form("/volumes/new", "/volumes/new")
		form.Set("_session", strangers.Get("_session"))
		if p := stranger.SendFiles(form, v+"/items", nil, apptest.File{Name: "a.png", Content: rendertest.PNG(t, 20, 20)}); p.Status != http.StatusNotFound {
			t.Errorf("a stranger uploads: %d", p.Status)
		}
		for login, post := range map[string]access.Post{"guard": access.OtherDept, "fin": access.Finance, "admin": access.SystemAdmin, "aud": access.Auditor} {
			at := c.Garden
			if post == access.SystemAdmin || post == access.Auditor {
				at = access.Company
			}
			other := c.SignIn(t, login, at, post)
			for _, path := range []string{"/papers", "/volumes", v, i, i + "/pages/1.jpg", file} {
				if p := other.Get(path); p.Status != http.StatusForbidden || strings.Contains(p.Body, "房产证甲") {
					t.Errorf("%s at %s: %d", post, path, p.Status)
				}
			}
		}
	})
}

// The folder of scans is away: the papers' facts are still there.
func TestItem_WithoutTheFolderOfScans(t *testing.T) {
	c := apptest.Open(t)
	clerk := clerkOf(t, c)
	v := volume(t, c, clerk, "1-1-101")
	i := item(t, clerk.Upload(v, v+"/items", nil, apptest.File{Name: "a.png", Content: rendertest.PNG(t, 20, 20)}))
	blobs := filepath.Join(c.Data, "blobs")
	if err := os.Rename(blobs, blobs+"-away"); err != nil {
		t.Fatal(err)
	}
	if p := clerk.Get(i); p.Status != http.StatusOK {
		t.Errorf("the paper's page: %d", p.Status)
	}
	if p := clerk.Get(i + "/pages/1.jpg"); p.Status != http.StatusServiceUnavailable {
		t.Errorf("its picture: %d", p.Status)
	}
	if p := clerk.Upload(v, v+"/items", nil, apptest.File{Name: "b.png", Content: rendertest.PNG(t, 20, 20)}); p.Status != http.StatusServiceUnavailable {
		t.Errorf("uploading: %d", p.Status)
	}
}

// What has no picture says what it is, shows its words where it has any, and downloads byte for byte under a name that fits.
func TestItem_DocumentsShowTheirWords(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101")
		note := []byte("\xc3\xf7\xcc\xec\xcd\xa3\xcb\xae <b>\r\n") // GBK: 明天停水
		p := clerk.Upload(v, v+"/items", nil, apptest.File{Name: "通知.jpg", Content: note})
		if !strings.Contains(p.Body, "通知.jpg：文本文件，已收；这里显示其中的文字，原样可下载；名为 .jpg，实为 文本文件") {
			t.Errorf("the answer: %d %s", p.Status, p.Path)
		}
		p = clerk.Get(item(t, clerk.Get(v)))
		if !strings.Contains(p.Body, "明天停水 &lt;b&gt;") || !strings.Contains(p.Body, "名为 .jpg") {
			t.Errorf("the paper's page shows no words: %d", p.Status)
		}
		p = clerk.Get(fileLink.FindStringSubmatch(p.Body)[1])
		if p.Body != string(note) || !strings.Contains(p.Header.Get("Content-Disposition"), "%E9%80%9A%E7%9F%A5.txt") || p.Header.Get("Content-Security-Policy") != "sandbox" || p.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("the download: %v", p.Header)
		}
	})
}
