package householdweb_test

import (
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
)

func TestSummary_StackedOnA4SideBySideOnA3(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		a4, a3 := clerk.Get("/summary/print").Body, clerk.Get("/summary/print?paper=A3").Body
		for _, words := range []string{"业户基本情况汇总表", "紧急联系人", "交付日", "本页小计", "张伟"} {
			if !strings.Contains(a4, words) || !strings.Contains(a3, words) {
				t.Errorf("%s: on A4 %t, on A3 %t", words, strings.Contains(a4, words), strings.Contains(a3, words))
			}
		}
		if strings.Contains(a3, ">—<") || !strings.Contains(a4, ">—<") {
			t.Error("only a half of a stacked cell says that it is empty")
		}
		if !strings.Contains(a4, "297mm") || !strings.Contains(a3, "420mm") {
			t.Error("the papers")
		}
	})
}
