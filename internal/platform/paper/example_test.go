package paper_test

import (
	"fmt"
	"io"
	"time"

	"hudang/internal/platform/paper"
)

func Example() {
	doc := paper.Doc{
		Form: "档案借阅登记表", Code: "KF-08 A/0", Number: "2026-0012", Estate: "澜庭花园",
		Paper: paper.A4Landscape(),
		Body: []paper.Block{paper.Table{
			PerPage: 20, Fill: true, Register: true,
			Columns: []paper.Column{{Title: "序号", Width: 15, Align: paper.AlignCenter}, {Title: "档号\n房号", Width: 30}, {Title: "借阅事由"}, {Title: "归还", Width: 15}},
			Rows:    []paper.Row{{Cells: []paper.Cell{{Text: "1"}, {Text: "YH-3-0118\n3-1-1202"}, {Text: "核对产权份额"}, paper.Tick(true)}}},
		}},
		Foot:    []string{paper.Made, paper.Checked, paper.Dated},
		Printed: paper.Printed{By: "周倩", At: time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC), Clause: "D5"},
	}
	pages, err := paper.Layout(doc)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(pages.Pages), pages.StyleName(), len(pages.Missing))
	if err := paper.PDF(io.Discard, pages); err != nil {
		fmt.Println(err)
	}
	if err := paper.HTML(io.Discard, pages, "/paper/"); err != nil {
		fmt.Println(err)
	}
	// Output: 1 sheet-2970x2100.css 0
}
