package roster

import "testing"

func leases(p *Plan) []string {
	var out []string
	for _, h := range p.Households {
		line := string(h.Side) + " " + h.People[0].Name.Name
		if h.Lease != nil {
			line += " " + h.Lease.From.String() + "~" + h.Lease.To.String()
		}
		if !h.MoveIn.IsZero() {
			line += " since " + h.MoveIn.String()
		}
		if h.Remark != "" {
			line += " | " + h.Remark
		}
		out = append(out, line)
	}
	return out
}

func TestLease_EndsWithAMonth(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "租户", "租期起", "租期止"), row("1-101", "甲一", "2023年3月1日", "2024年2月底"), row("1-102", "乙二", "2025年3月1日", "2026年2月末"))
	same(t, "leases", leases(p), []string{"tenant 甲一 2023-03-01~2024-02-29", "tenant 乙二 2025-03-01~2026-02-28"})
	same(t, "nothing is asked", said(p), nil)
}

func TestLease_TermInOneCell(t *testing.T) {
	p := readRows(t, Input{},
		row("房号", "租户", "租期"),
		row("1-101", "甲一", "2025-03-01至2026-02-28"),
		row("1-102", "乙二", "25年3月1日~26年2月底"),
		row("1-103", "丙三", "2025.3.1起三年"),
		row("1-104", "丁四", "三年"),
		row("1-105", "戊五", "面议"))
	same(t, "leases", leases(p), []string{"tenant 甲一 2025-03-01~2026-02-28", "tenant 乙二 2025-03-01~2026-02-28", "tenant 丙三 2025-03-01~2028-02-29",
		"tenant 丁四 | 租期：三年", "tenant 戊五 | 租期：面议"})
	same(t, "problems", said(p), []string{"warning lease_ends 4", "ask lease_unread C6"})
}

func TestLease_InSeveralColumns(t *testing.T) {
	p := readRows(t, Input{},
		row("房号", "租户", "租期起", "租期止"),
		row("1-101", "甲一", "d:45717", "2026-02-28"),
		row("1-102", "乙二", "2025.3.1", ""))
	same(t, "from and to", leases(p), []string{"tenant 甲一 2025-03-01~2026-02-28", "tenant 乙二 2025-03-01~"})
	p = readRows(t, Input{}, row("房号", "租户", "起租日期", "租赁期限"), row("1-101", "甲一", "2025-03-01", "3年"))
	same(t, "from and length", leases(p), []string{"tenant 甲一 2025-03-01~2028-02-29"})
}

func TestLease_OfWhoOwnsIsARemark(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "使用情况", "租期"), row("1-101", "甲一", "出租", "2025.3.1-2026.2.28"))
	same(t, "leases", leases(p), []string{"owner 甲一 | 租期：2025.3.1-2026.2.28"})
}

func TestLease_LetUnitsFactsGoToTheOwner(t *testing.T) {
	p := readRows(t, Input{},
		row("房号", "业主", "租户", "入住日期", "备注"),
		row("1-101", "甲一", "乙二", "2021-06-01", "每月5号来交费"),
		row("1-102", "丙三", "", "2021-07-01", "耳背"),
		row("1-103", "丁四", "戊五", "2021-08-01", ""))
	same(t, "households", leases(p), []string{"owner 甲一 since 2021-06-01 | 每月5号来交费", "tenant 乙二", "owner 丙三 since 2021-07-01 | 耳背",
		"owner 丁四 since 2021-08-01", "tenant 戊五"})
	same(t, "asked once", said(p), []string{"warning let_facts D1", "warning let_facts E1"})
	p = readRows(t, Input{},
		row("房号", "业主", "租户", "租户入住日期", "租户备注", "业主备注"),
		row("1-101", "甲一", "乙二", "2021-06-01", "有狗", "常年在外"))
	same(t, "the column says so", leases(p), []string{"owner 甲一 | 常年在外", "tenant 乙二 since 2021-06-01 | 有狗"})
	same(t, "nothing to ask", said(p), nil)
}
