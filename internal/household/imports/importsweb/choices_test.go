package importsweb_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
)

// What rooms of one shape mean is said by one press for all of them, and taken back by another.
func TestChoices_OnePressForEveryRowOfAShape(t *testing.T) {
	text := "房号,业主姓名\n"
	for i := range 16 {
		text += fmt.Sprintf("%d-%d-%02d,柳%s\n", 81+i/8, i/4+1, i%4+1, string('一'+rune(i)))
	}
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		li := c.SignIn(t, "limin", c.Garden, access.Custodian)
		at := upload(t, li, nil, file("尾盘.csv", []byte(text))).Path
		asked, cure := at+"?step=problems", at+"/cure"
		p := li.Get(asked)
		wants(t, p, http.StatusOK, "81-1-01：16 处照此", `value="building-entrance-room"`, `value="building-room"`)
		if n := strings.Count(p.Body, `name="key"`); n != 1 {
			t.Errorf("%d questions for one shape", n)
		}
		wants(t, li.Get(at+"?step=dry"), http.StatusOK, "未收")

		for way, unit := range map[string]string{"building-entrance-room": "81-1-01", "building-room": "81-101"} {
			p = li.Send(li.Form(asked, cure), cure, url.Values{"key": {"room:0-0-0"}, "way": {way}})
			wants(t, p, http.StatusOK)
			if strings.Contains(p.Body, "几种读法") {
				t.Errorf("%s: still asked", way)
			}
			wants(t, li.Get(at+"?step=dry&list=units.new"), http.StatusOK, unit)
			p = li.Send(li.Form(asked, cure), cure, url.Values{"do": {"undo"}})
			wants(t, p, http.StatusOK, "几种读法")
		}
		p = li.Send(li.Form(asked, cure), cure, url.Values{"key": {"room:0-0-0"}, "way": {"nonsense"}})
		wants(t, p, http.StatusOK, "几种读法")
	})
}

// A question of a whole sheet is asked once, and says what it is about.
func TestChoices_OfAWholeSheet(t *testing.T) {
	c := apptest.Open(t)
	li := c.SignIn(t, "limin", c.Garden, access.Custodian)
	at := upload(t, li, nil, file("商铺.csv", []byte("铺号,承租方\nQ101,云上小厨餐饮店\nQ102,拾光书店\n"))).Path
	asked, cure := at+"?step=problems", at+"/cure"
	wants(t, li.Get(asked), http.StatusOK, "Q101", "建立 Q 区", `value="building"`, `value="shop"`)
	li.Send(li.Form(asked, cure), cure, url.Values{"key": {"letters"}, "way": {"building"}})
	wants(t, li.Get(at+"?step=dry&list=units.new"), http.StatusOK, "Q-101", "Q-102")
}
