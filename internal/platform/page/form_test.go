package page_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/list"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/pagetest"
)

// shown is what a component looks like in a page.
func shown(t *testing.T, c templ.Component, ctx ...func(context.Context) context.Context) string {
	t.Helper()
	h := newHouse(t)
	h.kit.For([]access.Post{access.Assistant}, h.mux, "GET /shown", func(w http.ResponseWriter, r *http.Request) error {
		return h.kit.Render(w, r, http.StatusOK, page.Page{Title: "x", Body: c})
	})
	r := httptest.NewRequest(http.MethodGet, "/shown", nil)
	clerk := access.With(r.Context(), access.Actor{Grants: []access.Grant{{Post: access.Assistant}}})
	for _, change := range ctx {
		clerk = change(clerk)
	}
	w := h.do(t, r.WithContext(clerk))
	if w.Code != http.StatusOK {
		t.Fatalf("status %d", w.Code)
	}
	return w.Body.String()
}

func within(outer templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, templ.Join(children...)), w)
	})
}

func wrong(fields ...string) error {
	var f errs.Fields
	for _, name := range fields {
		f.Add(name, "error.required")
	}
	return f.Err()
}

func TestErrorSummary_NamesTheFieldsInTheirOrder(t *testing.T) {
	f := page.Refused("/x", page.Values{}, wrong("custom", "room", "kind"))
	body := shown(t, within(page.FormOf(f), page.ErrorSummary(f.Err),
		page.Field(f, page.Input{Name: "kind", Label: "用途"}), page.Field(f, page.Input{Name: "room", Label: "房号"})))
	var said []string
	for _, n := range pagetest.All(t, body, ".summary li") {
		said = append(said, pagetest.Text(n))
	}
	if want := "用途：不能空着|房号：不能空着|不能空着"; strings.Join(said, "|") != want {
		t.Errorf("the summary says %q, want %q", said, want)
	}
	pagetest.In(t, body, ".summary a[href=#f-room]", "房号：不能空着")
	pagetest.In(t, body, "#f-room-err", "不能空着")
	if n := pagetest.Count(t, body, "#f-room"); n != 1 {
		t.Errorf("the field is there %d times", n)
	}
}

func TestDialog_OpensAgainWhenItsFormWasRefused(t *testing.T) {
	first := page.NewForm("/x", nil)
	body := shown(t, within(page.Dialog("end", "注销？", first), page.FormOf(first)))
	pagetest.NotIn(t, body, "dialog#end[open]")
	pagetest.In(t, body, "dialog#end a.x[href=#]")
	again := page.Refused("/x", page.Values{}, wrong("why"))
	body = shown(t, within(page.Dialog("end", "注销？", again), within(page.FormOf(again), page.ErrorSummary(again.Err))))
	pagetest.In(t, body, "dialog#end[open][data-auto] .summary", "不能空着")
	pagetest.In(t, body, "dialog#end form[method=dialog] button.x") // closes it without script
}

func TestAct_CarriesTheVersionSeen(t *testing.T) {
	body := shown(t, page.Act(page.Action{Label: "恢复", Href: "/units/7/restore", Post: true, Seen: page.SeenParam("unit:7", 3)}, false))
	pagetest.In(t, body, "form[action=/units/7/restore] input[name=_seen][value=unit:7=3]")
	pagetest.NotIn(t, shown(t, page.Act(page.Action{Label: "恢复", Href: "/x", Post: true}, false)), "input[name=_seen]")
}

func TestEstateField_AsksWhileTheHeaderStandsOnAll(t *testing.T) {
	field := within(page.FormOf(page.NewForm("/x", nil)), page.EstateField(page.NewForm("/x", page.Values{"estate": {"2"}})))
	chosen := func(ctx context.Context) context.Context { return access.WithChosen(ctx, 1) }
	only := func(ctx context.Context) context.Context {
		return access.With(ctx, access.Actor{Grants: []access.Grant{{Post: access.Assistant, Estate: 1}, {Post: access.Auditor, Estate: 2}}})
	}
	body := shown(t, field)
	pagetest.In(t, body, "select#f-estate option[value=2][selected]", "望江府")
	if n := pagetest.Count(t, body, "select#f-estate option"); n != 3 {
		t.Errorf("%d options, want two estates and none", n)
	}
	pagetest.NotIn(t, shown(t, field, chosen), "#f-estate")
	if n := pagetest.Count(t, shown(t, field, only), "select#f-estate option"); n != 1 {
		t.Errorf("%d options for a clerk of one estate", n)
	}
}

type dated struct {
	From page.Day   `form:"from"`
	Days []page.Day `form:"days"`
}

func decoded(t *testing.T, typed url.Values) (in dated, err error) {
	t.Helper()
	h := newHouse(t)
	h.kit.Handle(h.mux, "POST /dated", func(_ http.ResponseWriter, r *http.Request) error {
		err = page.Decode(r, &in)
		return nil
	})
	h.post(t, "/dated", typed.Encode())
	return in, err
}

func TestDecode_DayAsPeopleTypeIt(t *testing.T) {
	for typed, want := range map[string]page.Day{
		"": "", "2026-11-23": "2026-11-23", "20261123": "2026-11-23", "11-23": "2026-11-23", "今天": "2026-11-23", "+7": "2026-11-30",
		"2026年12月1日": "2026-12-01", "２０２６１２０１": "2026-12-01",
	} {
		if in, err := decoded(t, url.Values{"from": {typed}, "days": {typed}}); err != nil || in.From != want || (want != "" && in.Days[0] != want) {
			t.Errorf("%q = %+v, %v; want %q", typed, in, err, want)
		}
	}
	for typed, key := range map[string]string{"soon": "cn.date.not_understood", "2026-02-30": "cn.date.impossible", "2026年3月": "cn.date.not_understood"} {
		_, err := decoded(t, url.Values{"from": {typed}})
		if e := errs.As(err); e == nil || len(e.Fields) != 1 || e.Fields[0].Name != "from" || e.Fields[0].Key != key {
			t.Errorf("%q: %v, want %s at the field", typed, err, key)
		}
	}
	if got := page.Fill(dated{From: "2026-11-23"}).Get("from"); got != "2026-11-23" {
		t.Errorf("filled with %q", got)
	}
}

func TestList_OrderOnAPhoneHintAndUnreadFilter(t *testing.T) {
	v := list.View{Name: "a.b", Href: "/a", Total: 1, Sort: "-date", Sorts: []list.Option{{Value: "", Label: "房号 升序"}, {Value: "-date", Label: "日期 降序"}},
		Filters: []list.FilterBox{{Key: "q", Label: "房号", Hint: "如 1202"}, {Key: "on", Label: "登记日", Kind: list.FilterDate, Value: "soon", Wrong: true}}}
	body := shown(t, page.ListPage(v))
	pagetest.In(t, body, "form.filters select.ph[name=sort] option[value=-date][selected]", "日期 降序")
	pagetest.In(t, body, "input[name=q][placeholder=如 1202][aria-label=房号]")
	pagetest.In(t, body, "input.bad[name=on][aria-invalid=true][value=soon]")
}

func TestFailure_InvalidWithoutFieldsSaysItsSentence(t *testing.T) {
	h := newHouse(t)
	h.kit.Handle(h.mux, "GET /choose", func(http.ResponseWriter, *http.Request) error { return errs.E(errs.Invalid, "t.rule") })
	w := h.get(t, "/choose")
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("status %d", w.Code)
	}
	pagetest.In(t, w.Body.String(), ".panel h1", "此类档案只可阅览，不外借")
}
