package round

import (
	"fmt"
	"net/http"
	"net/url"

	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/approval"
	"hudang/internal/platform/control"
	"hudang/internal/platform/evidence/logweb"
	"hudang/internal/platform/holiday"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/setting"
	"hudang/internal/platform/viewlog"
)

func approvalSteps() []Step {
	propose := func(keep func(r *Round, id approval.ID)) Step {
		return named("approval.propose", keeper, func(r *Round) any {
			in, err := imports.ClearApproval.Proposal(imports.ExportIn{Estate: r.Estate, Why: r.Say("approval.why", "审计要看")}, r.Say("approval.why", "审计要看"))
			r.must(err)
			return in
		}, func(r *Round, out any) { keep(r, out.(approval.ID)) })
	}
	waits := func(r *Round, id approval.ID) { r.Waiting = id }
	decide := func(name string) Step {
		return named(name, head, func(r *Round) any {
			return approval.DecideIn{ID: r.Waiting, Why: r.Say("approval.refused", "没有依据")}
		}, nil)
	}
	return []Step{
		propose(waits), decide("approval.refuse"),
		propose(waits), named("approval.withdraw", keeper, func(r *Round) any { return approval.WithdrawIn{ID: r.Waiting} }, nil),
		propose(waits), decide("approval.approve"),
		{Name: "approval.settle", Also: []string{imports.ExportClear.Name()}, Do: func(r *Round) error {
			r.Request = r.Waiting
			return r.posts(r.keeper, r.Request.Path(), r.Request.Path()+"/carry", nil)
		}},
		looks(imports.FetchClear.Name(), func(r *Round) string { return imports.ClearPath + "/" + ref.Text(r.Request) }),
		propose(waits),
	}
}

// posts is a step by sending a page's form.
func (r *Round) posts(by *person, page, action string, values url.Values) error {
	if p := by.client.Submit(page, action, values); p.Status != http.StatusOK {
		return fmt.Errorf("%s: %d", action, p.Status)
	}
	return nil
}

const password = "梧桐树下埋着第三把旧钥匙"

func groundSteps() []Step {
	of := func(r *Round) account.AccountIn { return account.AccountIn{Account: r.Account} }
	return []Step{
		named("setting.change", head, func(r *Round) any {
			return setting.ChangeIn{Name: imports.ClearRows.Name, Value: 40, Why: r.Say("setting.why", "试行")}
		}, nil),
		does(holiday.RecordNotice, head, func(r *Round) holiday.NoticeIn {
			return holiday.NoticeIn{Text: "2031年\n一、元旦：1月1日放假，共1天。\n" + r.Say("holiday.notice", "值班照常")}
		}, nil),
		does(logweb.AcceptMark, head, func(r *Round) logweb.AcceptMarkIn {
			return logweb.AcceptMarkIn{Log: r.Estate, Size: 1, Why: r.Say("log.why", "换电脑时漏拷")}
		}, nil),
		does(control.Print, head, func(r *Round) control.PrintInput { return control.PrintInput{Estate: r.Estate, Rows: 1} }, nil),
		does(control.Export, head, func(r *Round) control.PrintInput {
			return control.PrintInput{Estate: r.Estate, State: control.Due, Rows: 1}
		}, nil),
		does(control.KeepMonth, program, func(r *Round) control.KeepIn {
			return control.KeepIn{Estate: r.Estate, Month: "2026-10", Found: []control.Found{{Name: "household.refreshed", Clause: "D8", State: control.Met, Figure: 1, Target: 1}}}
		}, nil),
		does(viewlog.Seal, program, func(r *Round) access.EstateID { return r.Estate }, nil),
		does(account.AddAccount, security, func(r *Round) account.AddAccountIn {
			return account.AddAccountIn{Login: "new" + r.tag, Name: r.Say("account.name", "孙九"), Grants: Other(access.Assistant, r.Estate)}
		}, func(r *Round, id account.ID) { r.Account = id }),
		does(account.ChangeGrants, security, func(r *Round) account.ChangeGrantsIn {
			return account.ChangeGrantsIn{Account: r.Account, Grants: Other(access.Cashier, r.Estate)}
		}, nil),
		does(account.DisableAccount, security, of, nil),
		does(account.EnableAccount, security, of, nil),
		does(account.ResetAccount, security, func(r *Round) account.ResetAccountIn {
			in := account.ResetAccountIn{Account: r.Account}
			in.Invite()
			return in
		}, nil),
		does(account.EndSessions, security, func(r *Round) account.EndSessionsIn { return account.EndSessionsIn{Account: r.Account} }, nil),
		does(account.EndOwnSessions, security, func(r *Round) account.EndSessionsIn {
			return account.EndSessionsIn{Account: r.security.id, Ref: "none"}
		}, nil),
		does(account.IssueCard, security, of, nil),
		does(account.VoidCard, security, of, nil),
		{Name: account.RegisterPC.Name(), Do: func(r *Round) error {
			in := account.RegisterPCIn{Name: r.Say("pc.name", "前台"+r.tag)}
			in.Mark(account.Session{})
			out, err := account.RegisterPC.RunAny(security(r), r.C.App.Door, in)
			if err == nil {
				r.PC = out.(account.PCID)
			}
			return err
		}},
		does(account.EndPC, security, func(r *Round) account.PCIn { return account.PCIn{PC: r.PC} }, nil),
		{Name: account.SetPassword.Name(), Do: func(r *Round) error {
			return r.posts(r.keeper, account.PasswordPath, account.PasswordPath, url.Values{"new": {password}, "again": {password}})
		}},
	}
}
