package holidayweb_test

import (
	"net/http"
	"net/url"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/holiday"
	"hudang/internal/platform/page/pagetest"
)

// A notice is shown as it was read before it is recorded; sent again, it says that it changed nothing.
func TestHolidays_ReadThenRecorded(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		head := c.SignIn(t, "chenli", access.Company, access.Manager)
		pagetest.In(t, head.Get(holiday.Path).Body, "main", "2027 年", "2027-02-05 至 2027-02-13", "随程序附带")
		pagetest.In(t, head.Submit(holiday.Path, holiday.Path, url.Values{"text": {" "}}).Body, ".summary", "不能空着")
		text := "2029年放假安排\n一、元旦：1月1日（周一）放假，共1天。"
		p := head.Submit(holiday.Path, holiday.Path, url.Values{"text": {text}})
		pagetest.In(t, p.Body, "form table", "2029-01-01", "放假", "元旦")
		if p = head.Submit(holiday.Path, holiday.Path, url.Values{"text": {text + "\n二、春节：2月30日放假。"}}); p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("a day that does not exist: %d", p.Status)
		}
		pagetest.In(t, p.Body, ".summary", "2月30日")
		pagetest.In(t, p.Body, "textarea", "2029年放假安排")
		for _, want := range []string{"2029 年放假安排已登记", "2029 年的安排与现有的相同"} {
			p = head.Submit(holiday.Path, holiday.Path, url.Values{"text": {text}, "confirmed": {"1"}})
			pagetest.In(t, p.Body, ".note", want)
		}
		pagetest.In(t, p.Body, "main", "2029-01-01", "已登记")
	})
}
