package accountweb

import (
	"net/http"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/page"
	"hudang/internal/platform/paper"
)

// Slip is what stands on a sign-in slip, which a new colleague is given.
type Slip struct {
	Name, Login string
	Office      string // address by which the office comes to the program
	Code        string // the one-time code in groups
	Until       string // moment to which it holds
	Alone       bool   // no other computer reaches the address
}

// The slip's wording, and its paper: A6 across.
const (
	slipForm    = "登录条"
	slipCompany = "全公司"
	slipWidth   = 148
	slipHeight  = 105
)

// SlipDoc is the slip as a print.
func SlipDoc(s Slip, printed paper.Printed) paper.Doc {
	where := "1. 在办公室的电脑上打开网址，点“用一次性代码登录”。"
	if s.Alone {
		where = "1. 网址现在只有装着户档的这台电脑打得开，在它上面点“用一次性代码登录”。要用别的电脑，先由系统管理员对办公室网络开放。"
	}
	return paper.Doc{Form: slipForm, Estate: slipCompany, Paper: paper.Custom(slipWidth, slipHeight), Printed: printed, Body: []paper.Block{
		paper.Fields{Columns: 2, Items: []paper.Field{{Label: "姓名", Value: s.Name, Bold: true}, {Label: "登录名", Value: s.Login, Bold: true}, {Label: "网址", Value: s.Office, Span: 2}}},
		paper.Text{Paragraphs: []string{s.Code}, Size: 19, Bold: true, Align: paper.AlignCenter, Leading: 1.7},
		paper.Text{Paragraphs: []string{"有效至 " + s.Until + "，只能用一次"}, Size: 9, Align: paper.AlignCenter, Leading: 1.4},
		paper.Text{Paragraphs: []string{
			where,
			"2. 输入上面 16 位代码，大小写和横线都不要紧。",
			"3. 设一个自己的密码，用完把本条撕掉。过期了找发条的人要新的。",
		}, Size: 9, Leading: 1.4},
	}}
}

// printSlip prints the slip while its code is shown: the page brings the code along, since nothing keeps it.
func (p Pages) printSlip(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	code := account.TypedCode(page.Typed(r).Get("code"))
	whose, until, err := p.Accounts.LinkUntil(r.Context(), code)
	if err != nil {
		return err
	}
	if whose != a.ID {
		return errs.E(errs.Blocked, "account.error.slip")
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	slip := Slip{Name: a.Name, Login: a.Login, Office: scheme + p.Office(r.Host), Alone: p.Alone(p.Office(r.Host)), Code: account.SpokenCode(code), Until: until.In(clock.China).Format("2006-01-02 15:04")}
	pages, err := paper.Layout(SlipDoc(slip, paper.Printed{By: access.From(r.Context()).Name, At: p.Door.Clock.Now().In(clock.China)}))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", "inline")
	w.Header().Set("Cache-Control", "no-store")
	return paper.PDF(w, pages)
}
