package householdweb

import (
	"net/http"
	"strconv"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/label/labelweb"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/paper"
)

const directoryForm = "一户一档目录"

// printDirectory prints the directory of a household's file, the tick before the name of each paper (D4).
func (p Pages) printDirectory(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	sheet := r.WithContext(i18n.In(r.Context(), i18n.Chinese)) // what stands around it on the screen is in the reader's language
	v, err := p.view(sheet, h)
	if err != nil {
		return err
	}
	name, err := estate.NameOf(r.Context(), p.Door.DB.Read(), h.Estate)
	if err != nil {
		return err
	}
	done, err := op.Run(r.Context(), p.Door, household.PrintDirectory, h.ID)
	if err != nil {
		return err
	}
	scope := joined("业户："+v.detail.Called(), i18n.T(sheet.Context(), "household.kind."+string(h.Kind)))
	if v.volume != "" {
		scope = joined(scope, i18n.T(sheet.Context(), "directory.volume", label.Spaced(v.volume)))
	}
	return paperweb.Serve(p.Kit, w, r, paper.Doc{
		Form: directoryForm, Estate: name, Number: v.rooms(), Paper: paper.A4Portrait(),
		Scope: scope, Period: "第 " + strconv.FormatInt(v.file.No, 10) + " 版目录",
		Body: []paper.Block{directoryPaper(v.file), paper.Gap{MM: 4}, labelweb.Code(r, done.Out)}, Foot: []string{"建档人", "核对人", "核对日期"},
		Printed: paperweb.Printed(r, p.Door, done.Log, done.Leaf, "D4"),
	})
}

func directoryPaper(f household.File) paper.Table {
	t := paper.Table{RowHeight: 9, Columns: []paper.Column{{Title: "序号", Width: 11, Align: paper.AlignCenter}, {Title: "□", Width: 8, Align: paper.AlignCenter},
		{Title: "资料名称", Weight: 7}, {Title: "份数", Width: 11, Align: paper.AlignCenter}, {Title: "页数", Width: 11, Align: paper.AlignCenter},
		{Title: "形成日期", Width: 21, Align: paper.AlignCenter}, {Title: "状态", Width: 17, Align: paper.AlignCenter}, {Title: "归档日期", Width: 21, Align: paper.AlignCenter}, {Title: "备注", Weight: 2.5}}}
	heading := ""
	for i, l := range f.Lines {
		if l.Section != heading {
			heading = l.Section
			t.Rows = append(t.Rows, paper.Group(heading))
		}
		t.Rows = append(t.Rows, directoryRow(i+1, l))
	}
	return t
}

func directoryRow(no int, l household.LineState) paper.Row {
	var copies, pages int64
	var made, filed, states, notes []string
	for _, f := range l.Papers {
		pages += f.Pages
		if f.Paper {
			copies += max(f.Copies, 1)
		}
		made, filed = added(made, f.Made), added(filed, f.Filed)
		states, notes = added(states, paperState(f)), added(notes, f.Place)
	}
	switch l.Mark.Mark {
	case household.NotApplicable:
		states, notes = added(states, "不适用"), added(notes, l.Mark.Why)
	case household.LostLongAgo:
		states, notes = added(states, "历史缺失"), added(notes, l.Mark.Why)
	}
	name := l.Title
	if l.Need == household.Optional {
		name += "（如有）"
	}
	row := paper.Cells(strconv.Itoa(no), "", name, number(copies), number(pages), strings.Join(made, "\n"), strings.Join(states, "\n"), strings.Join(filed, "\n"), strings.Join(notes, "\n"))
	row.Cells[1] = paper.Tick(l.Held())
	return row
}

func paperState(f household.FiledPaper) string {
	switch {
	case !f.Paper:
		return "扫描"
	case f.Original:
		return "原件"
	}
	return "复印件"
}

// added appends a text that says something new.
func added(all []string, text string) []string {
	if text == "" || len(all) > 0 && all[len(all)-1] == text {
		return all
	}
	return append(all, text)
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
