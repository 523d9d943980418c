package sheet

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/traditionalchinese"
)

const webPageForTest = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=%s">
<title>登记</title><style>td{mso-number-format:"\@"}</style><script>document.write("<table><tr><td>x")</script></head><body><!-- <table> -->
<table border=1><tr><th colspan=3>业户资料</th></tr>
<TR><TH>房号<TH>业主 <TH> 电话
<tr><td rowspan=2>3-2-101</td><td>于&nbsp;归<br>（业主）</td><td>13900090001</td></tr>
<tr><td>华  年&#160;</td><td><a href="tel:13900090002">致电</a></td></tr>
<tr style="display: none"><td>3-2-102</td><td><s>旧人</s>新人 &lt;女&gt;</td><td x:num="13900090003">1.39001E+10</td></tr>
</table></body></html>`

func pageIn(charset string) string { return strings.Replace(webPageForTest, "%s", charset, 1) }

// A page reads the same in every encoding, whatever it declares.
func TestWeb_Encodings(t *testing.T) {
	t.Parallel()
	big5, err := traditionalchinese.Big5.NewEncoder().String("<meta charset=big5><table><tr><td>房號<td>業主<tr><td>中區<td>張三</table>")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"1|业户资料|^|^", "2|房号|业主|电话", "3|3-2-101|于 归\n（业主）|13900090001", "4|^|华 年|致电", "5!|3-2-102|旧人新人 <女>|13900090003"}
	for name, data := range map[string][]byte{
		"utf-8": []byte(pageIn("utf-8")), "with mark": []byte("\uFEFF" + pageIn("gb2312")), "utf-8 that says gb2312": []byte(pageIn("gb2312")),
		"gbk": gbk(pageIn("gb2312")), "gbk that says utf-8": gbk(pageIn("utf-8")), "gbk that says nothing": gbk(pageIn("")),
		"utf-16": utf16le(pageIn("unicode")), "utf-16be": utf16be(pageIn("")), "utf-16 without mark": utf16le(pageIn(""))[2:], "utf-16be without mark": utf16be(pageIn(""))[2:],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			book := open(t, data, "登记.xls")
			if len(book.Sheets()) != 1 || book.Format != HTML || book.Sheets()[0].Name != "登记" {
				t.Fatalf("%s %+v", book.Format, book.Sheets())
			}
			expect(t, mustAll(t, book.Sheets()[0]), want...)
		})
	}
	expect(t, mustAll(t, open(t, []byte(big5), "a.xls").Sheets()[0]), "1|房號|業主", "2|中區|張三")
}

// What hangs on a cell, and the number behind one that is shown without its digits.
func TestWeb_Beside(t *testing.T) {
	t.Parallel()
	rows := mustAll(t, open(t, []byte(pageIn("utf-8")), "a.xls").Sheets()[0])
	if c := rows[3].Cells[2]; c.Also == nil || c.Also.Link != "13900090002" {
		t.Errorf("link %+v", c)
	}
	if c := rows[4].Cells[1]; c.Also == nil || !c.Also.Struck {
		t.Errorf("struck %+v", c)
	}
	if c := rows[4].Cells[2]; c.Kind != Number || c.Ruined {
		t.Errorf("number %+v", c)
	}
	if c := rows[2].Cells[1]; c.Also != nil {
		t.Errorf("nothing hangs on %+v", c)
	}
}

func TestWeb_Tables(t *testing.T) {
	t.Parallel()
	list := "<table><tr><th>房号<th>业主<tr><td>1-101<td>甲<tr><td>1-102<td>乙</table>"
	tests := []struct{ name, page, want string }{
		{"laid out by tables", "<table><tr><td>菜单<td>退出<tr><td>左<td>" + list + "</table>", "a: 1|菜单|退出 2|左; a 2: 1|房号|业主 2|1-101|甲 3|1-102|乙"},
		{"a table as a cell's text", "<table><tr><td>1-101<td>甲<tr><td>1-102<td><table><tr><td>138<td>家<tr><td>139</table>后</table>", "a: 1|1-101|甲 2|1-102|138 家\n139\n后"},
		{"the head in a table of its own", "<div><table><tr><th>房号<th>业主</table></div><div><table><tr><td>1<td>2</table></div>", "a: 1|房号|业主 2|1|2"},
		{"headings", "<h3>1栋</h3>" + list + "<h3>2 栋</h3>" + list, "1栋: 1|房号|业主 2|1-101|甲 3|1-102|乙; 2 栋: 1|房号|业主 2|1-101|甲 3|1-102|乙; a ¶: 1|1栋 2|2 栋"},
		{"caption", "<table><caption>业主 名册</caption><tr><td>1<td>2</table>", "业主 名册: 1|业主 名册 2|1|2"},
		{"text outside", "前言<b>粗</b><p>又一段</p>" + list + "落款", "a: 1|房号|业主 2|1-101|甲 3|1-102|乙; a ¶: 1|前言粗 2|又一段 3|落款"},
		{"text in no cell", "<table>散<tr>落<td>1<td>2</table>", "a: 1|散 2|落|1|2"},
		{"other widths", "<table><tr><td>1<td>2</table><table><tr><td>1<td>2<td>3</table>", "a: 1|1|2; a 2: 1|1|2|3"},
		{"fields", "<table><tr><td><input value='张三'><td><select><option>甲<option selected>乙</select><td><input type=hidden value=x><td><textarea>多\n行</textarea></table>", "a: 1|张三|乙||多 行"},
		{"spans", "<table><tr><td rowspan=0>a<td colspan=2>b<tr><td>c<td rowspan=9>d<tr><td>e</table>", "a: 1|a|b|^ 2|^|c|d 3|^|e|^"},
		{"a span of zero columns, of many", "<table><tr><td colspan=0>a<td colspan=99999>b<tr><td rowspan=-1>c<td>d</table>", ""},
		{"no end tags", "<table><tbody><tr><td>a<td>b<tr><td>c", "a: 1|a|b 2|c"},
		{"deep", strings.Repeat("<table><tr><td>", 12) + "房号<td>业主<tr><td>1<td>2" + strings.Repeat("</table>", 12), "a: 1|房号|业主 2|1|2"},
		{"marks inside", "<table><tr><td><script>x</script><style>y</style>张<!-- n --><![if !x]>三<![endif]><td>a</table>", "a: 1|张三|a"},
	}
	for _, tt := range tests {
		var got []string
		for _, s := range open(t, []byte("<html>"+tt.page), "a.xls").Sheets() {
			got = append(got, s.Name+": "+strings.Join(show(mustAll(t, s)), " "))
		}
		if tt.want != "" && strings.Join(got, "; ") != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, strings.Join(got, "; "), tt.want)
		}
	}
}

// A column that Office hid in the page.
func TestWeb_HiddenColumns(t *testing.T) {
	t.Parallel()
	s := open(t, []byte("<table><col><col width=0 span=2 style='display:none;mso-width-source:userset'><col><tr><td>1<td>2</table>"), "a.xls").Sheets()[0]
	hidden, err := s.HiddenColumns()
	if err != nil || len(hidden) != 1 || hidden[0] != (Span{2, 3}) {
		t.Errorf("%v %v", hidden, err)
	}
}

// 40 MB of rows are read a row at a time.
func TestWeb_Memory(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	var page bytes.Buffer
	page.WriteString("<html><table>")
	for page.Len() < 40<<20 {
		page.WriteString("<tr><td>1-1-101</td><td>张三</td><td>13900090001</td><td>备注备注备注</td></tr>\r\n")
	}
	page.WriteString("</table>")
	data := page.Bytes()
	rows := 0
	peak, took := watched(func() {
		for _, err := range open(t, data, "a.xls").Sheets()[0].Rows() {
			if err != nil {
				t.Error(err)
				return
			}
			rows++
		}
	})
	if rows < 300_000 {
		t.Errorf("%d rows", rows)
	}
	report(t, "read a page of 40 MiB", peak, took)
	if key := keyOf(make([]byte, 80<<20), Limits{}); key != "sheet.too_large" {
		t.Errorf("80 MB: %q", key)
	}
}

// A picture that stands in the page is read; one that is only named is said to be missing, and not fetched.
func TestWeb_Pictures(t *testing.T) {
	t.Parallel()
	page := `<table><tr><td>1-101<td><img src="data:image/PNG;base64,b25l"><td><img src="https://example.com/a/b.jpg"></table>`
	wantHangs(t, open(t, []byte(page), "a.xls").Sheets()[0], "B1 picture picture.png one", "C1 picture b.jpg absent")
}
