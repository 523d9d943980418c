package paper

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// rowsOf lists the rows of a table over all pages and checks that none overlaps another or leaves its page.
func rowsOf(t rapid.TB, p Pages, bottom float64) []int {
	t.Helper()
	var rows []int
	last, part := -1, 0
	for _, page := range p.Pages {
		y := 0.0
		for _, r := range page.Rows {
			if r.Y < y-eps {
				t.Fatalf("page %d: row %d overlaps the one before", page.Number, r.Row)
			}
			y = r.Y + r.H
			if y > bottom {
				t.Fatalf("page %d: row %d ends at %.1f mm, below %.1f", page.Number, r.Row, y, bottom)
			}
			if r.Row == last {
				if part++; r.Part != part {
					t.Fatalf("row %d: part %d follows part %d", r.Row, r.Part, part-1)
				}
				continue
			}
			if r.Part != 0 {
				t.Fatalf("row %d begins with part %d", r.Row, r.Part)
			}
			last, part = r.Row, 0
			rows = append(rows, r.Row)
		}
	}
	return rows
}

func TestLayout_RowsOnceAndInOrder(t *testing.T) {
	texts := []string{"", "", "—", "赵启明", "2026-12-31\n643.20", "阿卜杜热合曼·买买提依明（共有人：艾力）", strings.Repeat("很长的备注，", 40), strings.Repeat("X", 90), strings.Repeat("x-1 ", 200)}
	text := rapid.IntRange(0, len(texts)-1)
	papers := []Paper{A4Landscape(), A4Portrait(), A3Landscape(), Form241x140(), Custom(150, 120)}
	rapid.Check(t, func(t *rapid.T) {
		d := plain(0)
		d.Paper = rapid.SampledFrom(papers).Draw(t, "paper")
		n := rapid.IntRange(0, 70).Draw(t, "rows")
		tb := Table{Columns: []Column{{Title: "序号", Width: 16}, {Title: "业主\n证件"}, {Title: "备注", Weight: 2, Wrap: WrapWhole}, {Title: "金额", Sum: SumFen, Align: AlignRight}}}
		tb.PerPage = rapid.SampledFrom([]int{0, 0, 5, 20}).Draw(t, "per page")
		tb.Fill, tb.Fives, tb.Register = rapid.Bool().Draw(t, "fill"), rapid.Bool().Draw(t, "fives"), rapid.Bool().Draw(t, "register")
		tb.Sums = TotalRows{Page: rapid.Bool().Draw(t, "page"), Running: rapid.Bool().Draw(t, "running"), Carry: rapid.Bool().Draw(t, "carry"), Unit: "户"}
		for i := range n {
			if rapid.IntRange(0, 9).Draw(t, "kind") == 0 {
				tb.Rows = append(tb.Rows, Group(fmt.Sprintf("R%04d 组", i)))
				continue
			}
			tb.Rows = append(tb.Rows, Row{Cells: []Cell{{Text: fmt.Sprintf("R%04d", i)}, {Text: texts[text.Draw(t, "a")]}, {Text: texts[text.Draw(t, "b")]}, Yuan(int64(i))}})
		}
		tb.RowHeight = rapid.SampledFrom([]float64{0, 0, 12, 500}).Draw(t, "row height")
		d.Body = []Block{tb}
		if rapid.Bool().Draw(t, "before") {
			d.Body = []Block{Text{Paragraphs: []string{strings.Repeat("说明文字。", 60)}}, tb}
		}
		p, err := Layout(d)
		if err != nil {
			t.Fatal(err)
		}
		m := d.Paper.Margins
		rows := rowsOf(t, p, p.H-m.Bottom)
		if len(rows) != n {
			t.Fatalf("%d rows placed, not %d", len(rows), n)
		}
		var seen []string
		for _, page := range p.Pages {
			for _, r := range page.Runs {
				if len(r.Text) >= 5 && r.Text[0] == 'R' && (len(r.Text) == 5 || r.Text[5] == ' ') {
					seen = append(seen, r.Text[:5])
				}
			}
		}
		for i, s := range seen {
			if s != fmt.Sprintf("R%04d", i) {
				t.Fatalf("row %d shows %s", i, s)
			}
		}
		if len(seen) != n {
			t.Fatalf("%d row numbers drawn, not %d", len(seen), n)
		}
	})
}

func TestLayout_FullAndOneMore(t *testing.T) {
	full := 0 // as many as one page holds
	for n := 1; ; n++ {
		d := plain(n)
		if len(lay(t, d).Pages) > 1 {
			full = n - 1
			break
		}
	}
	if full < 15 {
		t.Fatalf("a page holds only %d rows", full)
	}
	for _, c := range []struct{ rows, pages int }{{0, 1}, {1, 1}, {full, 1}, {full + 1, 2}, {2 * full, 2}, {2*full + 1, 3}} {
		p := lay(t, plain(c.rows))
		if len(p.Pages) != c.pages {
			t.Errorf("%d rows: %d pages, not %d", c.rows, len(p.Pages), c.pages)
		}
		for _, page := range p.Pages {
			if !strings.Contains(page.Text(), fmt.Sprintf("第 %d 页 共 %d 页", page.Number, c.pages)) {
				t.Errorf("%d rows, page %d: no page number", c.rows, page.Number)
			}
			if !strings.Contains(page.Text(), "序号") {
				t.Errorf("%d rows, page %d: no head", c.rows, page.Number)
			}
		}
	}
	if d := plain(0); !strings.Contains(lay(t, d).Pages[0].Text(), "无记录") {
		t.Error("an empty register does not say so")
	}
}

func TestLayout_ThousandsOfRows(t *testing.T) {
	d := plain(3000)
	d.Paper = Custom(100, 90) // over a hundred pages: wider page numbers at a narrow foot
	p := lay(t, d)
	if len(p.Pages) < 300 || len(rowsOf(t, p, p.H)) != 3000 {
		t.Fatalf("%d pages", len(p.Pages))
	}
	if last := p.Pages[len(p.Pages)-1]; !strings.Contains(last.Text(), pageOf(len(p.Pages), len(p.Pages))) {
		t.Error(last.Text())
	}
}

func TestLayout_PerPage(t *testing.T) {
	for _, c := range []struct{ rows, pages int }{{20, 1}, {21, 2}, {40, 2}, {41, 3}} {
		d := plain(c.rows)
		p := lay(t, table(&d, func(t *Table) { t.PerPage = 20 }))
		if len(p.Pages) != c.pages || len(p.Pages[0].Rows) != 20 {
			t.Errorf("%d rows: %d pages, %d rows on the first", c.rows, len(p.Pages), len(p.Pages[0].Rows))
		}
	}
}

func TestLayout_Totals(t *testing.T) {
	d := plain(45)
	p := lay(t, table(&d, func(t *Table) { t.PerPage, t.Sums = 20, TotalRows{Page: true, Carry: true, Unit: "户"} }))
	want := [][]string{ // 1+…+20 = 210, 21+…+40 = 610, 41+…+45 = 215
		{"本页小计　20 户", "210.00", "过次页　20 户"},
		{"承前页　20 户", "本页小计　20 户", "610.00", "过次页　40 户", "820.00"},
		{"承前页　40 户", "820.00", "本页小计　5 户", "215.00", "合计　45 户", "1,035.00"},
	}
	if len(p.Pages) != 3 {
		t.Fatalf("%d pages", len(p.Pages))
	}
	for i, page := range p.Pages {
		text := page.Text()
		for _, w := range want[i] {
			if !strings.Contains(text, w) {
				t.Errorf("page %d lacks %q:\n%s", i+1, w, text)
			}
		}
	}
	if strings.Contains(p.Pages[0].Text(), "承前页") || strings.Contains(p.Pages[2].Text(), "过次页") {
		t.Error("nothing is carried to the first page or from the last")
	}
}

func TestLayout_LongNames(t *testing.T) {
	name := "阿卜杜热合曼·买买提依明·吐尔逊江·艾力·库尔班·阿不都拉江"
	if n := len([]rune(name)); n < 29 {
		t.Fatal(n)
	}
	docs := map[string]Doc{}
	d := summary(A4Landscape(), 3)
	d.Estate = name + "服务中心"
	d.Printed.By = name
	docs["frame"] = d
	for key, doc := range samples() {
		doc.Company, doc.Estate, doc.Scope, doc.Period = name+name, name, name+name, name
		doc.Printed.By, doc.Mark = name, "补打 第12次"
		docs[key] = doc
	}
	d = plain(2)
	docs["cell"] = table(&d, func(t *Table) { t.Columns[1].Width = 14; t.Rows[1].Cells[1].Text = name })
	for key, doc := range docs {
		p, err := Layout(doc)
		if err != nil {
			t.Errorf("%s: %v", key, err)
			continue
		}
		drawn := ""
		for _, r := range p.Pages[0].Runs {
			drawn += r.Text
		}
		if !strings.Contains(drawn, name) {
			t.Errorf("%s: the name is cut", key)
		}
	}
}

func TestLayout_RowTallerThanPage(t *testing.T) {
	d := plain(3)
	long := strings.Repeat("一二三四五六七八九十", 700)
	p := lay(t, table(&d, func(t *Table) { t.Rows[1].Cells[1].Text = long }))
	if len(p.Pages) < 3 {
		t.Fatalf("%d pages", len(p.Pages))
	}
	if rows := rowsOf(t, p, p.H); len(rows) != 3 {
		t.Fatalf("rows %v", rows)
	}
	got := ""
	for _, page := range p.Pages {
		for _, r := range page.Runs {
			if strings.Trim(r.Text, "一二三四五六七八九十") == "" {
				got += r.Text
			}
		}
	}
	if got != long {
		t.Errorf("%d characters of %d came through", len([]rune(got)), len([]rune(long)))
	}
}

func TestLayout_HeadingStaysWithRow(t *testing.T) {
	for n := range 40 {
		d := plain(n)
		d = table(&d, func(t *Table) { t.Rows = append(t.Rows, Group("甲组"), Cells("last")) })
		p := lay(t, d)
		for _, page := range p.Pages {
			if strings.Contains(page.Text(), "甲组") && !strings.Contains(page.Text(), "last") {
				t.Fatalf("%d rows before: the heading is alone at the foot", n)
			}
		}
	}
}

func TestLayout_Frame(t *testing.T) {
	for name, d := range samples() {
		p := lay(t, d)
		for _, page := range p.Pages {
			text := page.Text()
			for _, w := range []string{d.Number, "周倩 打印 2026-11-23 14:05", "依据 " + d.Printed.Clause, pageOf(page.Number, len(p.Pages)), d.Estate} {
				if !strings.Contains(solid(text), solid(w)) {
					t.Errorf("%s, page %d lacks %q", name, page.Number, w)
				}
			}
			if d.Mark != "" && !strings.Contains(text, d.Mark) {
				t.Errorf("%s, page %d lacks the mark", name, page.Number)
			}
			if (d.Watermark != "") != (len(page.Under) > 3) {
				t.Errorf("%s, page %d: %d watermarks", name, page.Number, len(page.Under))
			}
		}
	}
}

func TestLayout_SignatureLines(t *testing.T) {
	for name, d := range map[string]Doc{"registration": registration(), "notice": notice(), "receipt": receipt(2)} {
		long := 0
		for _, r := range lay(t, d).Pages[0].Rules {
			if l := r.X2 - r.X1; l >= 45 && l < 46 && r.Y1 == r.Y2 {
				long++
			}
		}
		want := map[string]int{"registration": 6, "notice": 2, "receipt": 1}[name]
		if long < want {
			t.Errorf("%s: %d lines of 45 mm to sign on, not %d", name, long, want)
		}
	}
	d := registration()
	d.Body = []Block{Signatures{Columns: 5, Items: make([]Signature, 5)}}
	if _, err := Layout(d); err == nil {
		t.Error("five lines of 45 mm fit on no A4")
	}
}

func TestLayout_Impact(t *testing.T) {
	d := receipt(8)
	d.Watermark = "周倩 查阅"
	p := lay(t, d)
	if len(p.Pages) != 1 {
		t.Fatalf("eight lines take %d forms", len(p.Pages))
	}
	for _, r := range p.Pages[0].Rules {
		if r.Weight < 0.35 {
			t.Errorf("a line of %g mm", r.Weight)
		}
		if r.X1 < 15.1 || r.X2 > 241-15.1 {
			t.Errorf("a line reaches the holes: %+v", r)
		}
	}
	for _, r := range p.Pages[0].Runs {
		if r.Size < 10.5 || r.Grey {
			t.Errorf("%q: %g pt, grey %t", r.Text, r.Size, r.Grey)
		}
	}
	if len(p.Pages[0].Under) != 0 || !strings.Contains(p.Pages[0].Text(), "周倩 查阅") {
		t.Error("on impact paper the watermark stands in the foot")
	}
	d.Mark = "补打 第12次"
	if n := len(lay(t, d).Pages); n != 1 {
		t.Errorf("a reprint of eight lines takes %d forms", n)
	}
	if n := len(lay(t, receipt(9)).Pages); n != 2 {
		t.Errorf("nine lines take %d forms", n)
	}
}

func TestLayout_RollHeight(t *testing.T) {
	short, long := lay(t, slip()), slip()
	long.Body = append(long.Body, Text{Paragraphs: []string{strings.Repeat("谢谢惠顾，", 50)}})
	p := lay(t, long)
	if short.H < 60 || short.H > 150 || p.H < short.H+20 || len(p.Pages) != 1 {
		t.Errorf("heights %.1f and %.1f mm", short.H, p.H)
	}
}

func TestLayout_CopiesApart(t *testing.T) {
	d := plain(40)
	d.Copies, d.Apart = []string{"第一联 存根", "第二联 业主"}, true
	p := lay(t, d)
	if len(p.Pages)%2 != 0 || p.Pages[0].Copy != d.Copies[0] {
		t.Fatalf("%d pages", len(p.Pages))
	}
	half := len(p.Pages) / 2
	if second := p.Pages[half]; second.Number != 1 || !strings.Contains(second.Text(), "第二联 业主") || strings.Contains(second.Text(), "第一联") {
		t.Errorf("second copy begins with %s", second.Text())
	}
}

func TestLayout_Refuses(t *testing.T) {
	for name, change := range map[string]func(*Doc){
		"no form":        func(d *Doc) { d.Form = "" },
		"no estate":      func(d *Doc) { d.Estate = "" },
		"no printer":     func(d *Doc) { d.Printed = Printed{} },
		"no paper":       func(d *Doc) { d.Paper = Paper{} },
		"wide margins":   func(d *Doc) { d.Margins = Margins{10, 150, 10, 150} },
		"no columns":     func(d *Doc) { d.Body = []Block{Table{}} },
		"narrow columns": func(d *Doc) { *d = table(d, func(t *Table) { t.Columns[0].Width = 2 }) },
		"too many cells": func(d *Doc) { *d = table(d, func(t *Table) { t.Rows = []Row{Cells("1", "2", "3", "4")} }) },
		"sum in first": func(d *Doc) {
			*d = table(d, func(t *Table) { t.Columns[0].Sum, t.Sums.Page = SumCount, true })
		},
		"nil block":  func(d *Doc) { d.Body = []Block{nil} },
		"tall slip":  func(d *Doc) { d.Body = []Block{Slip{Title: "甲", Lines: make([]string, 90)}} },
		"big letter": func(d *Doc) { d.Body = []Block{Text{Paragraphs: []string{"甲"}, Size: 900}} },
	} {
		d := plain(2)
		change(&d)
		if _, err := Layout(d); err == nil {
			t.Errorf("%s: not refused", name)
		}
	}
}
