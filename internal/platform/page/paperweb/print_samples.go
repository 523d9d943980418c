package paperweb

import (
	"time"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/paper"
)

const (
	sampleCompany = "和泰物业服务有限公司"
	sampleEstate  = "澜庭花园"
	sampleNumber  = "0012346"
)

func samplePrinted(clause string) paper.Printed {
	return paper.Printed{By: "王海燕", At: time.Date(2026, 11, 23, 14, 6, 0, 0, clock.China), Clause: clause}
}

// receiptSample is a receipt on continuous paper, three plies at one impact.
func receiptSample() paper.Doc {
	lines := paper.Table{FillTo: 4, RowHeight: 7.4, Columns: []paper.Column{{Title: "行", Width: 10, Align: paper.AlignCenter}, {Title: "费项", Width: 52},
		{Title: "所属期", Width: 62}, {Title: "数量", Width: 24, Align: paper.AlignRight}, {Title: "单价", Width: 24, Align: paper.AlignRight}, {Title: "金额（元）", Align: paper.AlignRight}},
		Rows: []paper.Row{paper.Cells("1", "物业服务费", "2026-07-01 ~ 2026-09-30", "3 月", "214.40", "643.20"), paper.Cells("2", "停车月卡", "2026-11-01 ~ 2026-11-30", "1 月", "300.00", "300.00")},
		Tail: []paper.Row{{Cells: []paper.Cell{{Text: "合计（大写）：玖佰肆拾叁元贰角整", Span: 5, Bold: true}, {Text: "¥943.20", Bold: true, Align: paper.AlignRight}}}}}
	return paper.Doc{Form: "收款收据", Number: sampleNumber, Company: sampleCompany, Estate: sampleEstate, Period: "2026-11-23 14:06",
		Head: paper.HeadReceipt, Paper: paper.Form241x140(), Copies: []string{"一存根", "二交款人", "三财务"}, Printed: samplePrinted("B2"),
		Body: []paper.Block{
			paper.Fields{Plain: true, Items: []paper.Field{{Label: "房号", Value: "3-1-1202", Bold: true}, {Label: "交款人", Value: "张伟", Bold: true}, {Label: "方式", Value: "现金"}, {Label: "经办", Value: "王海燕"}}},
			lines, paper.Gap{MM: 1.5},
			paper.Fields{Plain: true, Items: []paper.Field{{Value: "实收 1,000.00　找零 56.80"}, {Label: "收款人", Value: "王海燕"}, {Label: "交款人签名", Lines: 1}}},
		}}
}

// slipSample is the same on the roll of a slip printer.
func slipSample() paper.Doc {
	return paper.Doc{Form: "收款凭条", Number: sampleNumber, Company: sampleCompany, Estate: sampleEstate, Paper: paper.Roll80(), Printed: samplePrinted("B2"),
		Body: []paper.Block{
			paper.Fields{Columns: 1, Plain: true, Items: []paper.Field{{Label: "房号", Value: "3-1-1202", Bold: true}, {Label: "交款人", Value: "张伟"}}},
			paper.Table{Columns: []paper.Column{{Title: "费项", Weight: 2}, {Title: "金额", Align: paper.AlignRight, Sum: paper.SumFen}}, Sums: paper.TotalRows{Total: true},
				Rows: []paper.Row{{Cells: []paper.Cell{{Text: "物业服务费 2026-07 至 2026-09"}, paper.Yuan(64320)}}, {Cells: []paper.Cell{{Text: "停车月卡"}, paper.Yuan(30000)}}}},
			paper.Text{Paragraphs: []string{"¥943.20"}, Size: 14, Bold: true, Align: paper.AlignRight},
			paper.Code{Data: "http://hudang/c/2600418322", Text: "26 0041832 2"},
		}}
}

// sheetSample is a sheet with boxes, a table and signatures.
func sheetSample() paper.Doc {
	return paper.Doc{Form: "房屋交接单", Code: "KF-02 A/0", Number: "JJ-2026-0031", Company: sampleCompany, Estate: sampleEstate, Paper: paper.A4Portrait(),
		Margins: paper.A4Portrait().Margins.BoundLeft(25), Foot: []string{paper.Handled, paper.Checked, paper.Dated}, Printed: samplePrinted("B8 C6"),
		Body: []paper.Block{
			paper.Fields{Columns: 2, Items: []paper.Field{{Label: "房号", Value: "3-1-1202", Bold: true}, {Label: "业主", Value: "张伟"}, {Label: "交接日期", Value: "2026-11-23"}, {Label: "电话", Value: "138****8000"}}},
			paper.Table{FillTo: 6, Columns: []paper.Column{{Title: "序号", Width: 14, Align: paper.AlignCenter}, {Title: "项目", Weight: 3}, {Title: "数量", Width: 20, Align: paper.AlignRight}, {Title: "收讫", Width: 18, Align: paper.AlignCenter}},
				Rows: []paper.Row{{Cells: []paper.Cell{{Text: "1"}, {Text: "入户门钥匙"}, {Text: "3"}, paper.Tick(true)}}, {Cells: []paper.Cell{{Text: "2"}, {Text: "住宅使用说明书、质量保证书"}, {Text: "2"}, paper.Tick(true)}}, {Cells: []paper.Cell{{Text: "3"}, {Text: "门禁卡"}, {Text: "2"}, paper.Tick(false)}}}},
			paper.Signatures{Items: []paper.Signature{{Role: "业主", Words: "以上物品已当面点清。"}, {Role: "经办人", Name: "周倩"}}},
		}}
}

// labelSample is a label of a box of files.
func labelSample() paper.Doc {
	return paper.Doc{Form: "标签", Number: "26 0041832 2", Estate: sampleEstate, Paper: paper.LabelPaper(40, 30), Head: paper.HeadNone, Printed: samplePrinted(""),
		Body: []paper.Block{paper.Label{Data: "http://hudang/c/2600418322", Digits: "26 0041832 2", Place: sampleEstate, Words: []string{"3-1-1202"}}}}
}
