package web

import (
	"context"
	"strconv"

	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/paper"
)

// stepsDoc is 《第一天 8 步》, the handbook's first page, for the wall.
func stepsDoc(_ context.Context, printed paper.Printed) paper.Doc {
	table := paper.Table{Register: true, RowHeight: 16, Columns: []paper.Column{{Title: "步", Width: 10, Align: paper.AlignCenter}, {Title: "做什么", Weight: 1}, {Title: "怎么做", Weight: 3.2},
		{Title: "做完", Width: 16, Align: paper.AlignCenter}}}
	for i, step := range [][2]string{
		{"加人", "设置 → 人员 → 新增。每人一张登录条或一个 16 位代码，本人设密码；岗位可以合并，页面上看得见。"},
		{"登记电脑", "在前台电脑上：人员 → 登记的电脑 → 登记本机。此后按 F9，扫工作卡、输 6 位 PIN 换人。"},
		{"看项目", "页面顶上切换项目；楼栋和房号由花名册建立。"},
		{"导入花名册", "业户 → 导入记录 → 上传花名册，原样拖进去，不用先改表。"},
		{"看问题", "看不准的逐条回答；不回答的成为遗留问题，有人、有日期，在户档页上处理。"},
		{"试算后导入", "先看新增、变化、业主不同各多少，再写入；写错整批撤销。"},
		{"第一份材料", "打开一户 → 档案清单，柜里已有的打勾，扫描件拖到那一行。"},
		{"备份和钥匙", "恢复信封封好入保险柜；备份照运行手册做一次，在另一台电脑上打开看过。"},
	} {
		table.Rows = append(table.Rows, paper.Row{Cells: []paper.Cell{{Text: strconv.Itoa(i + 1)}, {Text: step[0], Bold: true}, {Text: step[1]}, paper.Tick(false)}})
	}
	return paper.Doc{Form: "第一天 8 步", Paper: paper.A4Portrait(), Printed: printed, Body: []paper.Block{table}}
}

// keysDoc is a sheet of the keys and of the modules that the person's own posts open, for beside the screen.
func keysDoc(ctx context.Context, modules []page.NavEntry, printed paper.Printed) paper.Doc {
	keys := paper.Table{RowHeight: 9, Columns: []paper.Column{{Title: "按", Width: 40}, {Title: "做什么", Weight: 1}}}
	for _, k := range [][2]string{{"F2 或 /", "page.key.find"}, {"Ctrl+K", "page.key.palette"}, {"F9", "web.first_day.key.switch"}, {"Alt+N", "page.key.new"}, {"F8", "page.key.print"},
		{"Ctrl+S", "page.key.save"}, {"Ctrl+Enter", "page.key.savenext"}, {"Enter", "page.key.enter"}, {"↑ ↓", "page.key.rows"}, {"空格", "page.key.tick"}, {"Alt+→", "page.key.preview"},
		{"Esc", "page.key.back"}, {"?", "page.keys"}} {
		keys.Rows = append(keys.Rows, paper.Cells(k[0], i18n.T(ctx, k[1])))
	}
	places := paper.Table{RowHeight: 9, Columns: []paper.Column{{Title: "按", Width: 40}, {Title: "去哪里", Weight: 1}}}
	for i, m := range modules {
		if i < 9 {
			places.Rows = append(places.Rows, paper.Cells("Alt+"+strconv.Itoa(i+1), m.Label))
		}
	}
	return paper.Doc{Form: "快捷键", Paper: paper.A4Portrait(), Printed: printed, Body: []paper.Block{keys, paper.Gap{MM: 6}, places}}
}

// envelopeDoc is what lies in the safe: without the key store no backup can be opened.
func envelopeDoc(key string, printed paper.Printed) paper.Doc {
	printed.Key = key
	table := paper.Table{Register: true, RowHeight: 14, Columns: []paper.Column{{Title: "序号", Width: 14, Align: paper.AlignCenter}, {Title: "放入信封", Weight: 1.4}, {Title: "为什么", Weight: 2}, {Title: "已放入", Width: 18, Align: paper.AlignCenter}}}
	for i, row := range [][2]string{
		{"U 盘：数据文件夹里的 keys.db 和 master.key", "扫描件、电话、证件号都用它加密；丢了它，备份也打不开。它从不在备份里，要单独放。"},
		{"U 盘：identity.txt", "记录的公钥。查验备份时凭它认出是不是本公司的记录。"},
		{"本页", "写明何时封、谁封、放在哪里。钥匙更换后重新封一份，旧的当面剪碎。"},
	} {
		table.Rows = append(table.Rows, paper.Row{Cells: []paper.Cell{{Text: strconv.Itoa(i + 1)}, {Text: row[0]}, {Text: row[1]}, paper.Tick(false)}})
	}
	return paper.Doc{Form: "恢复信封", Paper: paper.A4Portrait(), Printed: printed, Body: []paper.Block{
		table, paper.Gap{MM: 4},
		paper.Fields{Columns: 1, Items: []paper.Field{{Label: "记录公钥的指纹", Value: key, Bold: true}, {Label: "U 盘编号", Lines: 1}, {Label: "存放处（保险柜）", Lines: 1}, {Label: "服务器电脑及数据文件夹", Lines: 1}}},
		paper.Text{Paragraphs: []string{"怎样恢复：换一台电脑，把最近的备份和信封里的两个文件放进同一个文件夹，先运行 hudang verify --data 该文件夹，末行的公钥指纹应与本页相同，无误后再运行 hudang serve --data 该文件夹。", "开封必须登记：日期、原因、两人签名；用后重新封存。"}, Indent: true},
		paper.Signatures{Items: []paper.Signature{{Role: "封存人"}, {Role: "见证人"}}},
	}}
}
