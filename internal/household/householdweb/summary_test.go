package householdweb_test

import (
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
)

func TestSummary_WhatIsSeenOnA4TheWholeFormOnA3(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		a4, a3 := clerk.Get("/summary/print").Body, clerk.Get("/summary/print?paper=A3").Body
		for _, words := range []string{"业户基本情况汇总表", "本页小计", "合计", "张伟"} {
			if !strings.Contains(a4, words) || !strings.Contains(a3, words) {
				t.Errorf("%s: on A4 %t, on A3 %t", words, strings.Contains(a4, words), strings.Contains(a3, words))
			}
		}
		for _, words := range []string{"紧急联系人", "交付日"} { // not among the columns seen, so not on A4
			if strings.Contains(a4, words) || !strings.Contains(a3, words) {
				t.Errorf("%s: on A4 %t, on A3 %t", words, strings.Contains(a4, words), strings.Contains(a3, words))
			}
		}
		if !strings.Contains(a4, "297mm") || !strings.Contains(a3, "420mm") {
			t.Error("the papers")
		}
	})
}
