package householdweb

import (
	"net/http"
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/paper"
)

const checkForm = "户档账实核对表"

// What the sheet calls the findings and what became of them.
var (
	findingWords = map[household.Finding]string{household.There: "在架", household.Missing: "缺", household.Count: "份数不符", household.Extra: "目录外"}
	settledWords = map[household.Settlement]string{household.Found: "已找到", household.Corrected: "已更正目录", household.Reported: "已报遗失"}
)

// printCheck prints a check of a household's shelf with the lines to sign (D4, E5).
func (p Pages) printCheck(w http.ResponseWriter, r *http.Request) error {
	c, err := p.check(r)
	if err != nil {
		return err
	}
	sheet := r.WithContext(i18n.In(r.Context(), i18n.Chinese)) // what stands around it on the screen is in the reader's language
	v, err := p.checkedView(sheet, c)
	if err != nil {
		return err
	}
	name, err := estate.NameOf(r.Context(), p.Door.DB.Read(), c.Estate)
	if err != nil {
		return err
	}
	done, err := op.Run(r.Context(), p.Door, household.PrintCheck, c.ID)
	if err != nil {
		return err
	}
	return paperweb.Serve(p.Kit, w, r, paper.Doc{
		Form: checkForm, Estate: name, Number: v.rooms(), Paper: paper.A4Portrait(),
		Scope: "业户：" + v.detail.Called(), Period: "核对日期 " + c.On,
		Body:    []paper.Block{checkPaper(v), paper.Gap{MM: 4}, checkWords(v), paper.Gap{MM: 4}, checkSignatures(v)},
		Printed: paperweb.Printed(r, p.Door, done.Log, done.Leaf, "D4", "E5"),
	})
}

func checkPaper(v checkedView) paper.Table {
	t := paper.Table{RowHeight: 9, Columns: []paper.Column{{Title: "序号", Width: 11, Align: paper.AlignCenter}, {Title: "资料名称", Weight: 5},
		{Title: "应有\n份数", Width: 14, Align: paper.AlignCenter}, {Title: "实有\n份数", Width: 14, Align: paper.AlignCenter}, {Title: "核对结果", Width: 19, Align: paper.AlignCenter},
		{Title: "处理", Weight: 3}, {Title: "备注", Weight: 2}}}
	for _, l := range v.lines {
		t.Rows = append(t.Rows, paper.Cells(strconv.FormatInt(l.Seq, 10), l.Title, number(l.Copies), strconv.FormatInt(l.Counted, 10), findingWords[l.Finding],
			joined(settledWords[l.Settled], l.How, l.SettledOn), l.Note))
	}
	return t
}

func checkWords(v checkedView) paper.Text {
	text := "应有 " + strconv.FormatInt(v.Papers, 10) + " 件，差异 " + strconv.FormatInt(v.Wrong, 10) + " 项，待处理 " + strconv.FormatInt(v.Unsettled, 10) + " 项。"
	for _, s := range v.signed {
		text += "核对人 " + v.names[s.Account] + " 已于 " + clock.Moment(s.At) + " 在系统中以密码签名。"
	}
	return paper.Text{Paragraphs: []string{text}}
}

// checkSignatures are the lines to sign on paper.
func checkSignatures(v checkedView) paper.Signatures {
	return paper.Signatures{Items: []paper.Signature{{Role: "核对人", Name: v.names[v.By]}, {Role: "经理"}}}
}
