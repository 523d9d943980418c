package paper

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Any mixture of blocks is laid out whole: every value stands on the pages, and Layout's own checks pass.
func TestLayout_AnyBlocks(t *testing.T) {
	long := strings.Repeat("上海市浦东新区世纪大道，", 30)
	text := func(t *rapid.T, mark string) string {
		return mark + rapid.SampledFrom([]string{"", "赵启明", "阿卜杜热合曼·买买提依明·吐尔逊江", "91310115MA1K3W2618", long, strings.Repeat("长", 2500)}).Draw(t, "text")
	}
	rapid.Check(t, func(t *rapid.T) {
		d := plain(0)
		d.Paper = rapid.SampledFrom([]Paper{A4Portrait(), A4Landscape(), Roll80(), Custom(140, 120)}).Draw(t, "paper")
		d.Foot = nil
		d.Body = nil
		var marks []string
		next := func(t *rapid.T) string {
			marks = append(marks, fmt.Sprintf("#%03d", len(marks)))
			return text(t, marks[len(marks)-1])
		}
		for range rapid.IntRange(0, 7).Draw(t, "blocks") {
			n := rapid.IntRange(0, 9).Draw(t, "items")
			switch rapid.IntRange(0, 8).Draw(t, "kind") {
			case 0, 1:
				f := Fields{Columns: rapid.IntRange(1, 2).Draw(t, "columns"), Side: rapid.SampledFrom([]string{"", "租户", "紧急联系人情况"}).Draw(t, "side")}
				for i := range n {
					f.Items = append(f.Items, Field{Label: "标签\n说明", Value: next(t), Span: i % 3, Lines: i % 4})
				}
				d.Body = append(d.Body, f)
			case 2:
				f := Fields{Plain: true, Columns: rapid.IntRange(0, 1).Draw(t, "columns")}
				for range min(n, 3) {
					marks = append(marks, fmt.Sprintf("#%03d", len(marks)))
					f.Items = append(f.Items, Field{Label: "甲", Value: marks[len(marks)-1], Bold: true})
				}
				d.Body = append(d.Body, f)
			case 3:
				k := Ticks{Label: rapid.SampledFrom([]string{"", "附件"}).Draw(t, "label"), Columns: rapid.IntRange(0, 2).Draw(t, "columns")}
				for i := range n {
					k.Items = append(k.Items, TickItem{next(t), i%2 == 0})
				}
				d.Body = append(d.Body, k)
			case 4:
				s := Signatures{}
				for range min(n, 3) {
					marks = append(marks, fmt.Sprintf("#%03d", len(marks)))
					s.Items = append(s.Items, Signature{Role: marks[len(marks)-1], Words: "以上情况属实，已阅读并遵守管理规约。"})
				}
				d.Body = append(d.Body, s)
			case 5:
				d.Body = append(d.Body, Text{Paragraphs: []string{next(t), next(t)}, Indent: true})
			case 6:
				d.Body = append(d.Body, Slip{Title: "题签", Lines: []string{"一"}}, Cut{"存根"})
			case 7:
				d.Body = append(d.Body, Table{Side: "同住人", Columns: []Column{{Title: "姓名"}, {Title: "备注"}}, Rows: []Row{Cells(next(t), next(t))}})
			case 8:
				d.Body = append(d.Body, Gap{3}, Code{Data: "https://example.cn/1", Text: "扫码"}, Break{})
			}
		}
		p, err := Layout(d)
		if err != nil {
			t.Fatal(err)
		}
		drawn := ""
		for _, page := range p.Pages {
			for _, r := range page.Runs {
				drawn += r.Text + "\n"
			}
		}
		for _, m := range marks {
			if strings.Count(drawn, m) != 1 {
				t.Fatalf("%s stands %d times on the pages", m, strings.Count(drawn, m))
			}
		}
		htmlText(t, p)
	})
}
