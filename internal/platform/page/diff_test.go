package page_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/pagetest"
)

func stale() error {
	e := errs.E(errs.Conflict, "t.changed")
	e.Detail = page.DiffView{Title: "李敏 14:03 改过此户", Theirs: "李敏 14:03", Mine: "我填的", Rows: []page.DiffRow{
		{Name: "phone", Label: "手机", Was: "138****8000", Theirs: "138****8011", Mine: "138****8018", Now: []string{"13800138011"}, Typed: []string{"13800138018"}},
		{Name: "kinds", Label: "类别", Was: "甲", Theirs: "甲、乙", Mine: "甲", Now: []string{"a", "b"}, Typed: []string{"a"}},
	}}
	return e
}

func TestConflict_OffersEachFieldWithinItsForm(t *testing.T) {
	f := page.Refused("/x", page.Values{}, stale())
	body := shown(t, within(page.FormOf(f), page.ErrorSummary(f.Err)))
	pagetest.In(t, body, "form .summary h2", "李敏 14:03 改过此户")
	for _, want := range []string{ // the one who changed nothing is offered the other's change
		"form input[name=_take.phone][value=mine][checked]", "form input[name=_take.kinds][value=theirs][checked]",
		"form input[name=_theirs.kinds][value=b]", "form input[name=_mine.phone][value='13800138018']",
		"form input[aria-label='手机：李敏 14:03，138****8011']",
	} {
		if pagetest.Count(t, body, want) != 1 {
			t.Errorf("no %s", want)
		}
	}
	if n := pagetest.Count(t, body, "[checked]"); n != 2 {
		t.Errorf("%d choices are made beforehand, want one for each field", n)
	}
}

func TestConflict_ChoicesStandInTheFieldsBeforeTheyAreRead(t *testing.T) {
	for name, c := range map[string]struct {
		take string
		sent []string
		want []string
	}{
		"theirs":                  {"theirs", []string{"mine"}, []string{"now", "too"}},
		"mine":                    {"mine", []string{"mine"}, []string{"mine"}},
		"typed anew after choice": {"theirs", []string{"a third"}, []string{"a third"}},
		"nothing chosen":          {"", []string{"mine"}, []string{"mine"}},
	} {
		t.Run(name, func(t *testing.T) {
			sent := url.Values{"_diff": {"kinds"}, "_take.kinds": {c.take}, "_theirs.kinds": {"now", "too"}, "_mine.kinds": {"mine"}, "kinds": c.sent, "name": {"张伟"}}
			r := httptest.NewRequest("POST", "/x", strings.NewReader(sent.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			var in household
			if err := page.Decode(r, &in); err != nil {
				t.Fatal(err)
			}
			if strings.Join(in.Kinds, " ") != strings.Join(c.want, " ") || in.Name != "张伟" {
				t.Errorf("read %v", in.Kinds)
			}
			if typed := page.Typed(r); len(typed) != 2 {
				t.Errorf("the choice is still there: %v", typed)
			}
		})
	}
}
