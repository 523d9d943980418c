package page_test

import (
	"strconv"
	"strings"
	"testing"

	"hudang/internal/platform/page"
	"hudang/internal/platform/page/pagetest"
)

func options(labels ...string) []page.Option {
	var all []page.Option
	for i, l := range labels {
		all = append(all, page.Option{Value: strconv.Itoa(i), Label: l})
	}
	return all
}

var many = options("住宅", "单元", "3栋", "Garage", "入住通知书", "长租", "其他", "无")

// A select of more than seven options carries how each is typed, one of seven does not; both are plain selects until a script runs.
func TestSelect_OfManyIsSpelled(t *testing.T) {
	f := page.NewForm("/x", page.Values{"kind": {"4"}})
	in := page.Input{Kind: page.Select, Name: "kind", Label: "用途", Hint: "按图纸", Options: many, Blank: "选择"}
	body := shown(t, within(page.FormOf(f), page.Field(f, in)))
	pagetest.In(t, body, "select#f-kind[name=kind][data-ahead=没有这一项][aria-describedby=f-kind-hint] option[value='4'][selected]", "入住通知书")
	for label, py := range map[string]string{"住宅": "zhu zhai,che,du", "3栋": "3 dong", "入住通知书": "ru zhu tong zhi shu"} {
		pagetest.In(t, body, `option[data-py="`+py+`"]`, label)
	}
	pagetest.In(t, body, `option[data-py="shan,dan,chan yuan"]`, "单元")
	if n := pagetest.Count(t, body, "option[data-py]"); n != len(many)-1 {
		t.Errorf("%d options are spelled", n)
	}
	in.Options = many[:7]
	if few := shown(t, within(page.FormOf(f), page.Field(f, in))); strings.Contains(few, "data-ahead") || strings.Contains(few, "data-py") {
		t.Error("seven options are taken in at a glance")
	}
}

func TestSelect_ThatCameBackSaysWhy(t *testing.T) {
	f := page.Refused("/x", page.Values{}, wrong("kind"))
	body := shown(t, within(page.FormOf(f), page.Field(f, page.Input{Kind: page.Select, Name: "kind", Label: "用途", Options: many})))
	pagetest.In(t, body, "select.bad[aria-invalid=true][aria-describedby=f-kind-err]", "")
}
