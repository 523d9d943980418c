package paper

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Sample documents as the rooms will declare them. PAPER_OUT=dir go test -run TestWriteSamples writes them out to look at.

func printed() Printed {
	return Printed{By: "周倩", At: time.Date(2026, 11, 23, 14, 5, 0, 0, time.FixedZone("CST", 8*3600)), Leaf: "4711", Clause: "D7 D9"}
}

func summary(p Paper, rows int) Doc {
	names := []string{"赵启明", "尹涛", "郝静", "方启", "甘露", "欧阳禾", "程立", "倪芳", "鲁一鸣", "谭月", "柯生", "柳青山", "白洁"}
	size, widths := 8.0, []float64{8, 17, 13, 15, 21, 20, 17, 19, 9, 20, 19, 16, 17.5, 18, 17, 0}
	if p.W > 400 {
		size = 10
		for i := range widths {
			widths[i] *= 1.38
		}
	}
	titles := []string{"序号", "楼栋-单元\n房号", "用途\n状态", "建筑面积\n套内 ㎡", "业主\n证件", "电话\n产权份额", "交付日", "租户\n租期止",
		"常住\n人数", "紧急联系人\n电话", "车位\n车牌", "装修状态\n押金余额", "交费至\n欠费", "档号\n柜位", "完整度\n更新日", "备注"}
	t := Table{Size: size, PerPage: 20, Fill: true, Fives: true, Register: true, Sums: TotalRows{Page: true, Running: p.W > 400, Unit: "户"}}
	for i, title := range titles {
		c := Column{Title: title, Width: widths[i]}
		switch i {
		case 0, 8:
			c.Align = AlignCenter
		case 3, 11, 12, 14:
			c.Align, c.Wrap = AlignRight, WrapWhole
		case 1, 5, 6, 13:
			c.Wrap = WrapWhole
		}
		if i == 11 || i == 12 {
			c.Sum = SumFen
		}
		t.Columns = append(t.Columns, c)
	}
	for i := range rows {
		state, deposit, debt, repair := "自住", int64(0), int64(0), "已验收"
		switch i % 6 {
		case 2:
			state, debt = "出租", 128640
		case 5:
			state, deposit, repair = "装修", 200000, "施工中"
		}
		name, tenant, note := names[i%len(names)], "—\n—", ""
		if i == 7 {
			name = "阿卜杜热合曼·买买提依明·吐尔逊江·艾力（共有人见附页）"
		}
		if state == "出租" {
			tenant = "墨见设计\n2026-12-16"
		}
		if i == 17 {
			note = "拟过户"
		}
		r := Cells(fmt.Sprint(i+1), fmt.Sprintf("3-%d\n%02d0%d", i/20+1, i/2%20+1, i%2+1), "住宅\n"+state, "112.06\n90.35",
			name+fmt.Sprintf("\n*%04d", 2618+i*317%7000), fmt.Sprintf("138****%04d\n全部", 8100+i), "2019-06-18", tenant, fmt.Sprint(i%5),
			fmt.Sprintf("倪芳\n159****%04d", 3306+i), fmt.Sprintf("B1-%d\n沪A%dK3W", 148+i, 11+i), "", "",
			fmt.Sprintf("YH-3-%04d\nB-02-%d", 118+i, i/5+1), fmt.Sprintf("%d%%\n2026-10-%02d", 78+i%22, i%30+1), note)
		r.Count = state
		r.Cells[11] = Cell{Text: repair + "\n" + yuan(deposit), Value: deposit}
		r.Cells[12] = Cell{Text: "2026-12-31\n" + yuan(debt), Value: debt}
		t.Rows = append(t.Rows, r)
	}
	return Doc{Form: "业户基本情况汇总表", Code: "KF-03 A/0", Number: "2026 年第 11 号", Company: "和泰物业服务有限公司",
		Estate: "澜庭花园服务中心", Scope: "项目：澜庭花园　范围：3 栋 1 单元　在册 180 户", Period: "截至 2026-11-23　金额单位：元",
		Paper: p, Body: []Block{t}, Foot: []string{Made, Checked, Dated}, Printed: printed()}
}

func directory() Doc {
	t := Table{FillTo: 18, Fives: true, Columns: []Column{
		{Title: "件号", Width: 11, Align: AlignCenter}, {Title: "在档", Width: 12, Align: AlignCenter},
		{Title: "文件名称", Weight: 3}, {Title: "形式", Width: 49}, {Title: "页数", Width: 12, Align: AlignRight, Sum: SumCount},
		{Title: "归档日期", Width: 23, Align: AlignCenter, Wrap: WrapWhole}, {Title: "备注", Weight: 1.2}},
		Sums: TotalRows{Total: true, Unit: "件"}}
	add := func(group string, items ...string) {
		t.Rows = append(t.Rows, Group(group))
		for i, it := range items {
			held := (i+len(group))%3 != 0
			r := Cells(fmt.Sprintf("%02d", len(t.Rows)), "", it, Choices([]string{"原件", "复印件", "扫描"}, "原件"), "", "2026-03-12", "")
			r.Cells[1] = Tick(held)
			if held {
				r.Cells[4] = Cell{Text: fmt.Sprint(i + 2), Value: int64(i + 2)}
			} else {
				r.Cells[3].Text, r.Cells[5].Text, r.Cells[6].Text = Choices([]string{"原件", "复印件", "扫描"}), "", "缺"
			}
			t.Rows = append(t.Rows, r)
		}
	}
	add("一、权属与身份", "房屋买卖合同", "不动产权证书", "业主身份证明", "共有人身份证明及共有份额约定书（含委托办理公证书）", "联系方式确认表")
	add("二、交付", "房屋交付验收单", "钥匙交接单", "两书交接签收单", "前期物业服务协议", "临时管理规约承诺书", "水电表底数确认")
	add("三、装修", "装修申报表", "装修图纸", "施工单位资质", "装修管理协议", "装修验收单")
	return Doc{Form: "一户一档目录", Code: "KF-05 A/1", Number: "YH-3-0118", Company: "和泰物业服务有限公司", Estate: "澜庭花园",
		Paper: A4Portrait(), Margins: A4Portrait().Margins.BoundLeft(25), Foot: []string{Made, Checked, Dated}, Printed: printed(), Mark: "补打 第2次",
		Watermark: "周倩 2026-11-23 14:05 业主查阅",
		Body: []Block{
			Slip{Title: "3-1-1202　欧阳禾", Lines: []string{"澜庭花园 3 栋 1 单元 12 层　住宅　自住", "档号 YH-3-0118　柜位 B-02-1"}},
			t,
			Fields{Columns: 2, Items: []Field{{Label: "立卷人", Value: "周倩"}, {Label: "立卷日期", Value: "2026-03-12"}, {Label: "备考", Value: "本卷原件两件借出，已登记。", Span: 2, Lines: 2}}},
		}}
}

func receipt(lines int) Doc {
	t := Table{FillTo: 8, RowHeight: 7.4, Columns: []Column{{Title: "行", Width: 10, Align: AlignCenter}, {Title: "费项", Width: 52},
		{Title: "所属期", Width: 62}, {Title: "数量", Width: 24, Align: AlignRight}, {Title: "单价", Width: 24, Align: AlignRight}, {Title: "金额（元）", Align: AlignRight}},
		Tail: []Row{{Cells: []Cell{{Text: "合计（大写）：壹仟陆佰零壹元肆角整", Span: 5, Bold: true}, {Text: "¥1,601.40", Bold: true, Align: AlignRight}}}}}
	for i := range lines {
		t.Rows = append(t.Rows, Cells(fmt.Sprint(i+1), "物业服务费", "2026-07-01 ~ 2026-09-30", "3 月", "214.40", "643.20"))
	}
	pr := printed()
	pr.Note, pr.Clause, pr.Leaf = "本收据由系统编号，涂改无效；可凭号在前台查验。押金另开收据。", "B2", ""
	return Doc{Form: "收款收据", Number: "0012346", Company: "和泰物业服务有限公司", Estate: "澜庭花园服务中心", Period: "2026-11-23 14:06",
		Head: HeadReceipt, Paper: Form241x140(), Copies: []string{"一存根", "二交款人", "三财务"}, Printed: pr,
		Body: []Block{
			Fields{Plain: true, Items: []Field{{Label: "房号", Value: "3-1-1202", Bold: true}, {Label: "交款人", Value: "张伟", Bold: true}, {Label: "方式", Value: "现金"}, {Label: "经办", Value: "王海燕"}}},
			t, Gap{1.5},
			Fields{Plain: true, Items: []Field{{Value: "实收 1,700.00　找零 98.60"}, {Label: "收款人", Value: "王海燕"}, {Label: "交款人签名", Lines: 1}, {Value: "（盖章处）"}}},
		}}
}

func registration() Doc {
	kin := Table{Side: "同住人", FillTo: 4, Columns: []Column{{Title: "姓名", Weight: 2}, {Title: "性别", Width: 12, Align: AlignCenter}, {Title: "与承租人\n关系", Width: 20, Align: AlignCenter},
		{Title: "证件号", Weight: 3, Wrap: WrapWhole}, {Title: "电话", Weight: 2, Wrap: WrapWhole}, {Title: "入住日", Weight: 2, Wrap: WrapWhole}},
		Rows: []Row{Cells("林广", "男", "夫妻", "310***********2618", "138****8100", "2026-12-01"), Cells("阿卜杜热合曼·买买提依明·吐尔逊江", "女", "父女", "310***********0021", "—", "2026-12-01")}}
	return Doc{Form: "租户／商住情况登记表", Code: "KF-09 A/0", Number: "ZH-2026-0087", Company: "和泰物业服务有限公司", Estate: "澜庭花园服务中心",
		Scope: "房号：3-1-0401　类别：" + Choices([]string{"出租", "商住", "转租"}, "出租"), Period: "登记日 2026-11-23",
		Paper: A4Portrait(), Foot: []string{Handled, Headed, Dated}, Printed: printed(), Mark: "作废",
		Body: []Block{
			Fields{Columns: 2, Side: "业主", Items: []Field{{Label: "姓名", Value: "郝静"}, {Label: "证件", Value: "310***********3252"}, {Label: "电话", Value: "138****8446"}, {Label: "通讯地址", Value: "上海市浦东新区世纪大道 100 号环球金融中心 88 层 8801 室（收件人：郝静）"}}},
			Fields{Columns: 2, Side: "租户", Items: []Field{{Label: "姓名/单位", Value: "墨见（上海）建筑设计咨询有限责任公司浦东新区第一分公司筹备组"}, {Label: "性别", Value: "—"}, {Label: "证件类型"}, {Label: "证件号", Value: "91310115MA1K3W2618"}, {Label: "户籍/注册地", Span: 2, Value: "上海市"}, {Label: "紧急联系人", Value: "倪芳"}, {Label: "电话", Value: "159****3306"}}},
			Fields{Columns: 3, Side: "租约", Items: []Field{{Label: "起", Value: "2026-12-01"}, {Label: "止", Value: "2027-11-30"}, {Label: "面积 ㎡", Value: "112.06", Align: AlignRight}, {Label: "用途", Value: Choices([]string{"居住", "办公", "经营", "仓储"}, "办公"), Span: 2}, {Label: "居住人数", Value: "3", Align: AlignRight}}},
			kin,
			Ticks{Label: "附件", Columns: 3, Items: []TickItem{{"租赁合同", true}, {"双方证件", true}, {"业主委托书", false}, {"治安责任书", true}, {"消防责任书", false}}},
			Signatures{Items: []Signature{{Role: "业主", Words: "以上情况属实。"}, {Role: "租户", Words: "已阅读并遵守管理规约。"}, {Role: "客服助理", Name: "周倩"}, {Role: "主管"}, {Role: "经理", NoDate: true}, {Role: "退租经办"}}},
		}}
}

func slip() Doc {
	return Doc{Form: "收款凭条", Number: "0012346", Company: "和泰物业服务有限公司", Estate: "澜庭花园", Paper: Roll80(), Printed: printed(),
		Body: []Block{
			Fields{Columns: 1, Plain: true, Items: []Field{{Label: "房号", Value: "3-1-1202", Bold: true}, {Label: "交款人", Value: "张伟"}}},
			Table{Columns: []Column{{Title: "费项", Weight: 2}, {Title: "金额", Align: AlignRight, Sum: SumFen}}, Sums: TotalRows{Total: true},
				Rows: []Row{{Cells: []Cell{{Text: "物业服务费 2026-07 至 2026-09"}, Yuan(64320)}}, {Cells: []Cell{{Text: "门禁卡工本费"}, Yuan(1500)}}}},
			Text{Paragraphs: []string{"¥658.20"}, Size: 14, Bold: true, Align: AlignRight},
			Code{Data: "https://192.168.1.10/r/0012346?k=Zt5p", Text: "扫码查验本凭条"},
		}}
}

func notice() Doc {
	p := "您户在本服务中心办理装修申请，经查尚缺消防责任书一份。请于 2026 年 12 月 5 日前携带业主身份证明至服务中心补齐；逾期未补的，装修许可暂缓发放（《装饰装修管理协议》第 6 条）。如有疑问，请致电 021-5555 0101，我们将在一个工作日内答复。"
	return Doc{Form: "补件通知书", Code: "KF-12 A/0", Number: "TZ-2026-0031", Company: "和泰物业服务有限公司澜庭花园服务中心", Estate: "澜庭花园", Head: HeadLetter,
		Paper: A4Portrait(), Margins: Margins{25, 26, 20, 28}, Size: 12, Printed: printed(), Body: []Block{
			Text{Paragraphs: []string{"3-1-1202　欧阳禾 先生/女士："}},
			Text{Paragraphs: []string{p, p}, Indent: true},
			Text{Paragraphs: []string{"和泰物业服务有限公司澜庭花园服务中心", "2026 年 11 月 23 日"}, Align: AlignRight},
			Cut{"存　根"},
			Fields{Columns: 2, Items: []Field{{Label: "编号", Value: "TZ-2026-0031"}, {Label: "送达日期"}, {Label: "送达方式", Value: Choices([]string{"当面", "张贴", "邮寄"}), Span: 2}}},
			Signatures{Items: []Signature{{Role: "签收人"}, {Role: "经办人", Name: "周倩"}}},
		}}
}

func samples() map[string]Doc {
	a := receipt(8)
	a.Mark = "补打 第2次"
	return map[string]Doc{"summary-a4": summary(A4Landscape(), 60), "summary-a3": summary(A3Landscape(), 60), "directory": directory(),
		"receipt": receipt(4), "receipt-full": a, "registration": registration(), "slip": slip(), "notice": notice()}
}

func TestWriteSamples(t *testing.T) {
	dir := os.Getenv("PAPER_OUT")
	if dir == "" {
		t.Skip("set PAPER_OUT to a directory to write the samples out")
	}
	for name, doc := range samples() {
		p := lay(t, doc)
		write := func(file string, f func(*os.File) error) {
			out, err := os.Create(filepath.Join(dir, file))
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			if err := f(out); err != nil {
				t.Fatal(name, err)
			}
		}
		write(name+".pdf", func(f *os.File) error { return PDF(f, p) })
		write(name+".html", func(f *os.File) error { return HTML(f, p, "") })
		css, _ := Style(p.StyleName())
		write(p.StyleName(), func(f *os.File) error { _, err := f.Write(css); return err })
		t.Logf("%s: %d pages, missing %q, lent %q", name, len(p.Pages), string(p.Missing), string(p.Lent))
	}
}

func lay(t testing.TB, d Doc) Pages {
	t.Helper()
	p, err := Layout(d)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
