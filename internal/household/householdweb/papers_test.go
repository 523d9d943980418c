package householdweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/render/rendertest"
)

var itemLink = regexp.MustCompile(`href="(/items/[0-9]+)"`)

func blobs(t *testing.T, c *apptest.Company) (n int) {
	t.Helper()
	for _, err := range c.App.Scans.Blobs.Names(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// The first files of a household make its volume; the line shows the scan, and the scan opens in the viewer.
func TestPapers_FilesComeUnderTheirLine(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		tab, to := c.Home.Path()+"?tab=directory", c.Home.Path()+"/papers/new"
		if n := strings.Count(clerk.Get(tab).Body, to+"?line="); n != 13 {
			t.Errorf("%d lines take files, want 13", n)
		}
		p := clerk.Upload(to+"?line=title", to, url.Values{"verified": {"1"}, "formed": {"2019-06"}, "place": {"B-02-4"}},
			apptest.File{Name: "产权证.pdf", Content: rendertest.PDF(3, "x", "")}, apptest.File{Name: "契税.jpg", Content: rendertest.JPEG(t, 80, 60)})
		if p.Status != http.StatusOK || p.Path != c.Home.Path() {
			t.Fatalf("%d at %s", p.Status, p.Path)
		}
		pagetest.In(t, p.Body, ".bar", "有 1 · 缺 9")
		pagetest.In(t, p.Body, "tbody", "复印件", "4 页", "2019-06", "B-02-4", "与原件核对一致 2026-11-23")
		item := itemLink.FindStringSubmatch(p.Body)
		if item == nil {
			t.Fatal("no way to the viewer")
		}
		pagetest.In(t, clerk.Get(item[1]).Body, "body", "购房合同或产权证复印件", "共 4 页")
		p = clerk.Upload(to, to, url.Values{"code": {"keys"}, "original": {"original"}, "as": {"each"}},
			apptest.File{Name: "1.png", Content: rendertest.PNG(t, 20, 20)}, apptest.File{Name: "2.png", Content: rendertest.PNG(t, 21, 20)})
		pagetest.In(t, p.Body, ".bar", "有 2 · 缺 8")
		pagetest.In(t, clerk.Get(c.Home.Path()+"?kind=papers").Body, ".time", "收入户档资料", "水电底数 1", "水电底数 2")
		stranger := c.SignIn(t, "hexiaoyan", c.Tower, access.Assistant)
		if p := stranger.Get(to); p.Status != http.StatusNotFound {
			t.Errorf("another estate's: %d", p.Status)
		}
		cashier := c.SignIn(t, "wanghaiyan", c.Garden, access.Cashier)
		if p := cashier.Get(to); p.Status != http.StatusForbidden {
			t.Errorf("a cashier: %d", p.Status)
		}
	})
}

// A paper that was ticked as lying on the shelf gets its scan, and stays one paper.
func TestPapers_TheShelfsPaperIsScanned(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		tab, to := c.Home.Path()+"?tab=directory", c.Home.Path()+"/papers/new"
		clerk.Submit(tab, c.Home.Path()+"/directory", url.Values{"codes": {"notice", "register"}, "do": {"paper"}, "why": {"B-02-4"}})
		pagetest.In(t, clerk.Get(tab).Body, "tbody", "未扫描")
		p := clerk.Upload(to+"?line=notice", to, nil, apptest.File{Name: "通知书.png", Content: rendertest.PNG(t, 20, 20)})
		pagetest.In(t, p.Body, ".bar", "有 2 · 缺 8")
		if n := len(itemLink.FindAllString(p.Body, -1)); n != 3 || !strings.Contains(p.Body, "1 页") { // on paper twice, scanned once
			t.Errorf("%d links, want 3", n)
		}
		p = clerk.Upload(to, to, url.Values{"code": {"title"}, "original": {"copy"}, "as": {"shelf"}}, apptest.File{Name: "1.png", Content: rendertest.PNG(t, 21, 20)})
		pagetest.In(t, p.Body, ".summary", "没有在架待扫描的纸质")
		clerk.Submit(tab, c.Home.Path()+"/directory", url.Values{"codes": {"keys"}, "do": {"paper"}})
		p = clerk.Upload(to+"?line=keys", to, nil, apptest.File{Name: "1.png", Content: rendertest.PNG(t, 22, 20)})
		pagetest.In(t, p.Body, ".summary", "写明这份纸质放在哪里")
		p = clerk.Upload(to+"?line=keys", to, url.Values{"place": {"B-02-5"}}, apptest.File{Name: "1.png", Content: rendertest.PNG(t, 23, 20)})
		pagetest.In(t, p.Body, "tbody", "B-02-5")
		if n := blobs(t, c); n != 4 {
			t.Errorf("%d blobs are kept, want two files and their thumbnails", n)
		}
	})
}

// A paper filed at the wrong line is put at the right one by the line's title, and its page and history say so.
func TestPapers_MovedToAnotherLine(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		tab := c.Home.Path() + "?tab=directory"
		p := clerk.Submit(tab, c.Home.Path()+"/directory", url.Values{"codes": {"notice"}, "do": {"paper"}, "why": {"B-02-4"}})
		item := itemLink.FindStringSubmatch(p.Body)[1]
		pagetest.In(t, clerk.Get(item).Body, "main .facts", "目录行", "1 入住（收铺）通知书")
		p = clerk.Get(item + "/correct")
		pagetest.In(t, p.Body, "select[name=paper]", "1 入住（收铺）通知书", "4 购房合同", "不在目录内")
		p = clerk.Submit(item+"/correct", item+"/correct", url.Values{"paper": {"title"}})
		pagetest.In(t, p.Body, "main", "目录行：1 入住（收铺）通知书 → 4 购房合同")
		pagetest.In(t, clerk.Get(tab).Body, ".bar", "有 1 · 缺 9")
	})
}

// Each file is answered; what no operation took, or took before, is not kept.
func TestPapers_RefusedAndSentTwice(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		to := c.Home.Path() + "/papers/new"
		good := apptest.File{Name: "a.png", Content: rendertest.PNG(t, 20, 20)}
		p := clerk.Upload(to, to, nil, good)
		if p.Status != http.StatusUnprocessableEntity || blobs(t, c) != 0 {
			t.Errorf("no line: %d, %d blobs", p.Status, blobs(t, c))
		}
		pagetest.In(t, p.Body, ".summary", "选择归入哪一项", "扫描自")
		pagetest.In(t, clerk.Upload(to+"?line=notice", to, url.Values{"verified": {"1"}}, good).Body, ".summary", "原件不需要核对")
		pagetest.In(t, clerk.Upload(to+"?line=notice", to, nil).Body, ".summary", "文件")
		bad := apptest.File{Name: "y.svg", Content: []byte("<svg/>")}
		for said, p := range map[string]apptest.Page{"不能空着": clerk.Upload(to, to, nil), "网页和 SVG 不收": clerk.Upload(to, to, nil, bad)} { // all at once
			pagetest.In(t, p.Body, ".summary", "选择归入哪一项")
			pagetest.In(t, p.Body, ".summary a[href=#f-files]", said)
		}
		p = clerk.Upload(to+"?line=notice", to, nil, good, apptest.File{Name: "x.svg", Content: []byte("<svg/>")})
		if !strings.Contains(p.Body, "x.svg：网页和 SVG 不收") || !strings.Contains(p.Body, "a.png：已收") || blobs(t, c) != 2 {
			t.Errorf("%d; %d blobs", p.Status, blobs(t, c))
		}
		form := clerk.Form(to+"?line=fire", to)
		other := apptest.File{Name: "b.png", Content: rendertest.PNG(t, 21, 20)}
		for range 2 {
			pagetest.In(t, clerk.SendFiles(form, to, nil, other).Body, ".bar", "有 2 · 缺 8")
		}
		if n := blobs(t, c); n != 4 {
			t.Errorf("%d blobs are kept, want two files and their thumbnails", n)
		}
	})
}

func TestLooks_WhoOpenedTheHousehold(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		if p := clerk.Get(c.Home.Path()); strings.Contains(p.Body, "浏览记录") {
			t.Error("an assistant sees who opened it")
		}
		if err := c.App.StoreLooks(t.Context()); err != nil {
			t.Fatal(err)
		}
		custodian := c.SignIn(t, "limin", c.Garden, access.Custodian)
		pagetest.In(t, custodian.Get(c.Home.Path()+"?tab=looks").Body, "main", "浏览记录", "zhouqian")
	})
}

// A paper that was voided is still told of: both moments in the timeline, the line says so and leads to it.
func TestPapers_AVoidedOneIsToldOf(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		keeper := c.SignIn(t, "limin", c.Garden, access.Custodian)
		home := c.Home.Path()
		to := home + "/papers/new"
		p := keeper.Upload(to+"?line=keys", to, nil, apptest.File{Name: "1.png", Content: rendertest.PNG(t, 20, 20)})
		item := itemLink.FindStringSubmatch(p.Body)
		if item == nil {
			t.Fatal("no way to the paper")
		}
		if p := keeper.Submit(item[1], item[1]+"/void", url.Values{"why": {"重复上传"}}); p.Status != http.StatusOK {
			t.Fatalf("voiding: %d at %s", p.Status, p.Path)
		}
		p = keeper.Get(home + "?tab=directory")
		pagetest.In(t, p.Body, ".bar", "有 0 · 缺 10")
		pagetest.In(t, p.Body, "tbody", "2026-11-23 作废")
		if !strings.Contains(p.Body, item[1]) {
			t.Error("the line does not lead to it")
		}
		for _, at := range []string{home, home + "?kind=papers"} {
			pagetest.In(t, keeper.Get(at).Body, ".time", "收入户档资料", "作废资料", "重复上传")
		}
		keeper.Submit(item[1], item[1]+"/restore", nil)
		if p := keeper.Get(home + "?tab=directory"); strings.Contains(p.Body, "2026-11-23 作废") {
			t.Error("restored, and still void")
		}
	})
}

// Several papers of a line are counted; a scan whose paper went back is no paper on the shelf, whatever it was scanned from.
func TestPapers_SeveralOnALine(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		home := c.Home.Path()
		to := home + "/papers/new"
		var files []apptest.File
		for i := range 6 {
			files = append(files, apptest.File{Name: strconv.Itoa(i) + ".png", Content: rendertest.PNG(t, 20+i, 20)})
		}
		p := clerk.Upload(to+"?line=keys", to, url.Values{"as": {"each"}, "kept": {"1"}}, files...)
		pagetest.In(t, p.Body, ".summary", "写明这份纸质放在哪里")
		clerk.Upload(to+"?line=keys", to, url.Values{"as": {"each"}, "kept": {"1"}, "place": {"B-02-4"}}, files...)
		p = clerk.Get(home + "?tab=directory")
		pagetest.In(t, p.Body, "details.papers summary", "原件 ×6")
		pagetest.In(t, p.Body, "tbody", "6 页", "B-02-4")
		if n := pagetest.Count(t, p.Body, "details.papers li"); n != 6 {
			t.Errorf("%d papers in the list, want 6", n)
		}
		if strings.Contains(p.Body, "原件原件") {
			t.Error("they run together")
		}
		pagetest.In(t, clerk.Get(home+"?tab=directory&lang=en").Body, "details.papers summary", "×6")
		clerk.Upload(to+"?line=notice", to, url.Values{"original": {"original"}}, apptest.File{Name: "9.png", Content: rendertest.PNG(t, 40, 20)})
		p = clerk.Get(home + "?tab=directory")
		pagetest.In(t, p.Body, "tbody", "只有扫描")
		keeper := c.SignIn(t, "limin", c.Garden, access.Custodian)
		pagetest.In(t, keeper.Get(home+"/check").Body, "main", "B-02-4")
		if p := keeper.Get(home + "/check"); strings.Count(p.Body, "入住（收铺）通知书") > 0 {
			t.Error("the shelf is searched for a paper that went back")
		}
		print := clerk.Get(home + "/directory/print").Body
		if strings.Count(print, "扫描") == 0 || strings.Count(print, "原件") == 0 {
			t.Error("the print tells the scan and the originals otherwise")
		}
	})
}
