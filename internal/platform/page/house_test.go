package page_test

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/a-h/templ"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// house is a small app around the kit: a shell, the gallery, a form, and a handler that fails as asked.
type house struct {
	kit *page.Kit
	mux *http.ServeMux
	log *strings.Builder
}

var extra = fstest.MapFS{
	"locales/zh.json": {Data: []byte(`{"t.rule":"此类档案只可阅览，不外借","t.phone":"手机号应为 11 位，现为 {0} 位","t.changed":"李敏 14:03 改过此户。对照后再保存"}`)},
	"locales/en.json": {Data: []byte(`{"t.rule":"Read on site only, not lent","t.phone":"Mobile number must have 11 digits; this has {0}","t.changed":"李敏 changed this at 14:03. Compare, then save"}`)},
}

func newHouse(t testing.TB) *house {
	t.Helper()
	bundle, err := i18n.New(page.Locales, cn.Locales, errs.Locales, extra)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{mux: http.NewServeMux(), log: &strings.Builder{}}
	n := 0
	h.kit = page.New(page.Config{
		Bundle: bundle,
		Lang: func(r *http.Request) i18n.Lang {
			if r.URL.Query().Get("lang") == "en" {
				return i18n.English
			}
			return i18n.Chinese
		},
		Shell:     shellOf,
		Log:       slog.New(slog.NewJSONHandler(h.log, nil)),
		Reference: func() string { return "7F3A" },
		Token:     func() string { n++; return fmt.Sprintf("token-%d", n) },
		Today:     func() string { return "2026-11-23" },
		Session:   func(*http.Request) string { return "session-1" },
		Clause:    func(_ context.Context, c string) (href, title string) { return "/rules/" + c, "rule " + c },
	})
	h.kit.Handle(h.mux, "GET /_gallery", h.kit.Gallery())
	h.kit.Handle(h.mux, "GET /_gallery/list", h.kit.GalleryList)
	h.kit.Handle(h.mux, "/fail/{kind}", h.fail)
	h.kit.Handle(h.mux, "/form", h.form)
	h.kit.Handle(h.mux, "/realform", h.form)
	h.kit.Handle(h.mux, "GET /record", h.record)
	h.kit.Handle(h.mux, "/{$}", func(w http.ResponseWriter, r *http.Request) error {
		http.Redirect(w, r, "/_gallery?"+r.URL.RawQuery, http.StatusSeeOther)
		return nil
	})
	h.kit.Handle(h.mux, "/", h.kit.NotFound)
	h.mux.Handle("GET /static/", h.kit.Static())
	return h
}

func shellOf(r *http.Request) page.Shell {
	q := r.URL.Query()
	zh, icons := strings.Fields("今日 前台 业户 收费 办理 档案 库房 内务 制度 设置"), strings.Fields("today desk house cash flow arch store office rules set")
	if q.Get("lang") == "en" {
		zh = strings.Fields("Today Desk Households Cash Procedures Archive Custody Office Rules Settings")
	}
	counts := []int{19, 3, 0, 2, 7, 26, 4, 1, 0, 0}
	s := page.Shell{
		Home: "/", Search: "/search", SearchHint: "房号、姓名、拼音、手机末四位、车牌、收据号", Bell: "/bell", Counts: map[string]int{page.CountDue: 3}, Display: "/display", EstateHref: "/estate", Big: q.Get("big") == "1",
		Estates: []page.Estate{{ID: "1", Name: "澜庭花园", Current: true}, {ID: "2", Name: "望江府"}},
		User:    page.User{Name: "周倩", Post: "客服助理", Items: []page.Action{{Label: "交接班", Icon: "swap", Href: "/shift"}, {Label: "退出", Icon: "out", Href: "/out", Post: true}}},
		New:     []page.Action{{Label: "事项", Icon: "plus", Href: "/case"}},
	}
	for i, label := range zh {
		s.Nav = append(s.Nav, page.NavEntry{Key: icons[i], Label: label, Icon: icons[i], Href: "/" + icons[i], Current: i == 2})
		s.Counts[icons[i]] = counts[i]
	}
	phone := [][3]string{{"今日", "today", "/"}, {"找户", "find", "/find"}, {"扫码", "scan", "/scan"}, {"收件", "up", "/in"}}
	for i, p := range phone {
		s.Phone = append(s.Phone, page.NavEntry{Label: p[0], Icon: p[1], Href: p[2], Current: i == 1})
	}
	if q.Get("banner") == "1" {
		s.Merged = "三个管理角色由同一人担任"
		s.Banners = []page.Banner{{Text: "还没有备份", Label: "去备份", Href: "/backup"}}
	}
	return s
}

func (h *house) fail(_ http.ResponseWriter, r *http.Request) error {
	switch r.PathValue("kind") {
	case "invalid":
		var f errs.Fields
		f.Add("phones.0.number", "t.phone", 10)
		return f.Err()
	case "rule":
		return errs.Rule("E7", "t.rule")
	case "conflict":
		return errs.E(errs.Conflict, "t.changed")
	case "forbidden":
		return errs.E(errs.Forbidden, "")
	case "secret":
		return errs.E(errs.NotFound, "t.rule", "房号")
	case "busy":
		return errs.E(errs.Unavailable, "error.unavailable")
	case "panic":
		panic("张伟 13800138000")
	}
	return fmt.Errorf("disk: %s", "broken")
}

type address struct {
	Street string `form:"street"`
}

type phone struct {
	Number string `form:"number"`
	Kind   string `form:"kind"`
}

type household struct {
	Name     string   `form:"name"`
	Count    int      `form:"count"`
	Shared   bool     `form:"shared"`
	Kinds    []string `form:"kinds"`
	Address  address  `form:"address"`
	Phones   []phone  `form:"phones"`
	Password string   `form:"password,raw"`
}

func (h *house) form(w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodGet {
		return h.kit.Render(w, r, http.StatusOK, formPage(page.NewForm(cmp.Or(r.URL.Query().Get("to"), "/form"), nil)))
	}
	var in household
	err := page.Decode(r, &in)
	if err == nil && len(in.Phones) > 0 && len(in.Phones[0].Number) != 11 {
		var f errs.Fields
		f.Add("phones.0.number", "t.phone", len(in.Phones[0].Number))
		err = f.Err()
	}
	if errs.Is(err, errs.Invalid) {
		return h.kit.Render(w, r, http.StatusUnprocessableEntity, formPage(page.Refused("/form", page.Typed(r), err)))
	}
	if err != nil {
		return err
	}
	return h.kit.Redirect(w, r, "/form")
}

func formPage(f *page.Form) page.Page {
	return page.Page{Title: "登记租户", Nav: "house", Err: f.Err, Body: templ.Join(
		page.Head(page.HeadView{Title: "登记租户", Crumbs: []page.Link{{Label: "租户登记", Href: "/_gallery/list"}}}),
		fields(f),
	)}
}

func fields(f *page.Form) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		inside := templ.Join(page.ErrorSummary(f.Err), page.EstateField(f), page.Field(f, page.Input{Name: "name", Label: "姓名"}), page.Field(f, page.Input{Kind: page.Phone, Name: "phones.0.number", Label: "手机"}),
			page.Field(f, page.Input{Kind: page.Password, Name: "password", Label: "密码"}),
			page.Button(page.ButtonView{Label: "保存登记", Primary: true, Shortcut: "Ctrl+S"}))
		return page.FormOf(f).Render(templ.WithChildren(ctx, inside), w)
	})
}

func (h *house) get(t testing.TB, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	return h.do(t, httptest.NewRequest(http.MethodGet, path, nil), header...)
}

func (h *house) post(t testing.TB, path, body string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.do(t, r, header...)
}

func (h *house) do(t testing.TB, r *http.Request, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, r)
	return w
}

// record is a page in the shape of a household's: slip, chips, tabs, facts at the left, one timeline.
func (h *house) record(w http.ResponseWriter, r *http.Request) error {
	mask := page.MaskedView{Text: "138****8000", Reveal: "/reveal", Reasons: []page.Option{{Value: "call", Label: "来电核对"}}, Label: "手机"}
	body := templ.Join(
		templ.Raw(`<header class="rec">`), page.TitleSlip("3-1-1202", "26 0041832 2"),
		templ.Raw(`<div class="bar first"><h1>张伟</h1><span class="m">业主</span>`), page.Masked(mask), templ.Raw(`</div><div class="bar do">`),
		page.Button(page.ButtonView{Label: "收款", Primary: true, Href: "/cash", Shortcut: "F4"}), page.Button(page.ButtonView{Label: "新事项", Icon: "plus", Href: "/case"}), page.Button(page.ButtonView{Label: "打印", Icon: "print", Href: "/print", Narrow: "hide-s"}),
		templ.Raw(`</div><div class="bar second">`), page.StateChip(page.Late, "欠费 ¥1,286.40"), page.StateChip(page.Running, "违章 1 件整改中"), page.StateChip(page.Due, "档案 14/18"),
		templ.Raw(`</div></header>`),
		page.Tabs("户档内容", []page.Tab{{Label: "概览", Href: "/record", Current: true}, {Label: "档案清单", Count: "14/18", Href: "/x"}, {Label: "收费押金", Count: "3", Href: "/x"}, {Label: "事项维修", Count: "12", Href: "/x"}, {Label: "来往函件", Count: "5", Href: "/x"}}, false),
		templ.Raw(`<div class="two flip mt1"><div>`),
		page.FactList([]page.FactGroup{
			{Title: "房屋", Edit: page.Action{Label: "更正", Href: "/x"}, Facts: []page.Fact{{Label: "地址", Text: "3栋1单元1202"}, {Label: "面积", Text: "89.42 ㎡（套内 72.10）"}, {Label: "交付"}}},
			{Title: "业主", Note: "核实 2026-04-19", Facts: []page.Fact{{Label: "张伟", Text: "50% · 证件", Masked: page.MaskedView{Text: "****2418"}}, {Label: "紧急联系", Text: "张建国（父）", Masked: mask}}},
		}),
		templ.Raw(`</div><div>`),
		page.Timeline([]page.Event{
			{When: "今天 10:42", Icon: "phone", Title: "来电 · 报修", Text: "厨房吊顶漏水，疑似楼上 1302 · T1123-04", State: page.Running, Chip: "处理中", Who: "周倩"},
			{When: "11-05 14:31", Icon: "coin", Title: "收款 · 停车月卡", Text: "微信 ¥300.00，收据 0012088", Href: "/r", Who: "王海燕"},
			{When: "07-03 16:45", Icon: "lock", Title: "查阅 · 批准", Text: "工程部 马骏 看装修图纸 2 件，李敏陪同", Clause: "D5", Who: "陈国栋"},
		}),
		templ.Raw(`</div></div>`),
	)
	return h.kit.Render(w, r, http.StatusOK, page.Page{Title: "3-1-1202", Body: body})
}
