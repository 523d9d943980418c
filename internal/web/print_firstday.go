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
		{"加人", "设置 → 人员 → 新增账号。每人一张登录条或一个 16 位代码，本人设密码；岗位可以合并，页面上看得见。"},
		{"登记电脑", "在前台电脑上：人员 → 登记的电脑 → 登记本机。此后按 F9，扫工作卡、输 6 位 PIN 换人。"},
		{"看项目", "页面顶上切换项目；楼栋和房号由花名册建立。"},
		{"导入花名册", "业户 → 导入记录 → 上传花名册，原样拖进去，不用先改表。"},
		{"看问题", "看不准的逐条回答；不回答的成为遗留问题，有人、有日期，在户档页上处理。"},
		{"试算后导入", "先看新增、变化、业主不同各多少，再写入；写错整批撤销。"},
		{"第一份材料", "打开一户 → 档案清单，柜里已有的打勾，扫描件拖到那一行。"},
		{"备份和钥匙", "照恢复信封上的命令备份一次：备份和钥匙各一个 U 盘，在另一台电脑上打开看过；钥匙封进信封入保险柜。"},
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

// exchanges are the lines for taking a newer copy of the keys into the envelope: as many as fit on the page.
const exchanges = 8

// envelopeDoc is what lies in the safe: without the key store no backup can be opened. Each person recorded gets a key of his own,
// so a copy of the keys opens only what was there when it was made, and is exchanged with every backup.
func envelopeDoc(key string, printed paper.Printed) paper.Doc {
	printed.Key = key
	table := paper.Table{Register: true, RowHeight: 14, Columns: []paper.Column{{Title: "序号", Width: 14, Align: paper.AlignCenter}, {Title: "放入信封", Weight: 1.4}, {Title: "为什么", Weight: 2}, {Title: "已放入", Width: 18, Align: paper.AlignCenter}}}
	for i, row := range [][2]string{
		{"钥匙 U 盘：备份时用 --keys 写出的文件夹（keys.db、master.key）", "扫描件、电话、证件号都用它们加密；没有它们，备份也打不开。不与备份放在一处：谁两样都有，谁就能读全部内容。"},
		{"本页", "写明何时封、谁封、放在哪里。公钥的指纹用来认出备份是不是本公司的。"},
	} {
		table.Rows = append(table.Rows, paper.Row{Cells: []paper.Cell{{Text: strconv.Itoa(i + 1)}, {Text: row[0]}, {Text: row[1]}, paper.Tick(false)}})
	}
	exchange := paper.Table{Register: true, RowHeight: 9, Columns: []paper.Column{{Title: "换入日期", Weight: 1}, {Title: "钥匙 U 盘编号", Weight: 1}, {Title: "封存人", Weight: 1}, {Title: "见证人", Weight: 1}, {Title: "开封的原因（不是换入时写）", Weight: 2}}}
	for range exchanges {
		exchange.Rows = append(exchange.Rows, paper.Cells("", "", "", "", ""))
	}
	return paper.Doc{Form: "恢复信封", Paper: paper.A4Portrait(), Printed: printed, Body: []paper.Block{
		table, paper.Gap{MM: 4},
		paper.Fields{Columns: 1, Items: []paper.Field{{Label: "公钥的指纹", Value: key, Bold: true}, {Label: "存放处（保险柜）", Lines: 1}, {Label: "服务器电脑及数据文件夹", Lines: 1}}},
		paper.Text{Paragraphs: []string{
			"怎样做：hudang copy 备份U盘/新文件夹 --data 数据文件夹 --keys 钥匙U盘/新文件夹。程序不用停。",
			"何时换：每登记一个人就多一把钥匙，旧的一份打不开后来的人。每次备份都另写一份钥匙，换下信封里的，在下表登记；换下的当面删除。",
			"怎样恢复：换一台电脑，把最近的备份和同一次的钥匙放进同一个文件夹，先运行 hudang verify --data 该文件夹，末行的公钥指纹应与本页相同，无误后再运行 hudang serve --data 该文件夹。"}, Indent: true},
		paper.Gap{MM: 2}, exchange, paper.Gap{MM: 4},
		paper.Signatures{Items: []paper.Signature{{Role: "首次封存人"}, {Role: "见证人"}}},
	}}
}
