package sheet

import (
	"math"
	"strings"
	"testing"
)

const stylesForTest = `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>` +
	`<numFmt numFmtId="177" formatCode="000000"/><numFmt numFmtId="178" formatCode="[Red]#,##0.00&quot;m&quot;"/></numFmts>` +
	`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
	`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="178"/><xf numFmtId="22"/><xf numFmtId="46"/><xf numFmtId="57"/></cellXfs>` +
	`<dxfs><dxf><numFmt numFmtId="14" formatCode="0"/></dxf></dxfs></styleSheet>`

func TestXLSX_Cells(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, xml string
		want      Cell
	}{
		{"whole", `<c><v>101</v></c>`, Cell{Text: "101", Raw: "101", Number: 101, Kind: Number}},
		{"phone as a number", `<c><v>1.3800138E10</v></c>`, Cell{Text: "13800138000", Raw: "1.3800138E10", Number: 13800138000, Kind: Number}},
		{"stored area", `<c><v>98.650000000000006</v></c>`, Cell{Text: "98.65", Raw: "98.650000000000006", Number: 98.65, Kind: Number}},
		{"more than 15 digits by calculation", `<c><v>0.30000000000000004</v></c>`, Cell{Text: "0.3", Raw: "0.30000000000000004", Number: 0.30000000000000004, Kind: Number}},
		{"line ends", "<c t='inlineStr'><is><t>a\r\nb\rc&#13;</t></is></c>", Cell{Text: "a\nb\nc\r", Raw: "a\nb\nc\r", Kind: Text}},
		{"ruined id", `<c><v>4.40103199001011E+17</v></c>`, Cell{Text: "440103199001011000", Raw: "4.40103199001011E+17", Number: 440103199001011000, Kind: Number, Ruined: true}},
		{"16 digits", `<c><v>6222021234567890</v></c>`, Cell{Text: "6222021234567890", Raw: "6222021234567890", Number: 6222021234567890, Kind: Number, Ruined: true}},
		{"15 digits", `<c><v>440103900101123</v></c>`, Cell{Text: "440103900101123", Raw: "440103900101123", Number: 440103900101123, Kind: Number}},
		{"small", `<c><v>1E-7</v></c>`, Cell{Text: "0.0000001", Raw: "1E-7", Number: 1e-7, Kind: Number}},
		{"minus", `<c><v>-0.5</v></c>`, Cell{Text: "-0.5", Raw: "-0.5", Number: -0.5, Kind: Number}},
		{"zero-padded", `<c s="3"><v>123</v></c>`, Cell{Text: "000123", Raw: "123", Number: 123, Kind: Number, Format: "000000"}},
		{"not a date in red metres", `<c s="4"><v>43634</v></c>`, Cell{Text: "43634", Raw: "43634", Number: 43634, Kind: Number, Format: `[Red]#,##0.00"m"`}},
		{"date", `<c s="1"><v>43634</v></c>`, Cell{Text: "2019-06-18", Raw: "43634", Number: 43634, Kind: Date, Serial: true, Format: "yyyy/m/d"}},
		{"Chinese date", `<c s="2"><v>61</v></c>`, Cell{Text: "1900-03-01", Raw: "61", Number: 61, Kind: Date, Serial: true, Format: `yyyy"年"m"月"d"日";@`}},
		{"East Asian built-in date", `<c s="7"><v>43634</v></c>`, Cell{Text: "2019-06-18", Raw: "43634", Number: 43634, Kind: Date, Serial: true, Format: "yyyy/m"}},
		{"date and time", `<c s="5"><v>43634.354166666664</v></c>`, Cell{Text: "2019-06-18 08:30:00", Raw: "43634.354166666664", Number: 43634.354166666664, Kind: Date, Serial: true, Format: "yyyy/m/d h:mm"}},
		{"elapsed", `<c s="6"><v>1.5</v></c>`, Cell{Text: "36:00:00", Raw: "1.5", Number: 1.5, Kind: Date, Serial: true, Format: "[h]:mm:ss"}},
		{"negative date", `<c s="1"><v>-5</v></c>`, Cell{Text: "-5", Raw: "-5", Number: -5, Kind: Number, Format: "yyyy/m/d"}},
		{"no such day", `<c s="1"><v>60</v></c>`, Cell{Text: "1900-02-29", Raw: "60", Number: 60, Kind: Date, Serial: true, Format: "yyyy/m/d"}},
		{"shared", `<c t="s"><v>1</v></c>`, Cell{Text: "欧阳 先生", Raw: "欧阳 先生", Kind: Text}},
		{"shared with guide", `<c t="s"><v>2</v></c>`, Cell{Text: "房_x\r", Raw: "房_x\r", Kind: Text}},
		{"inline", `<c t="inlineStr"><is><t> a&lt;b&#x4E2D;&#25991;</t></is></c>`, Cell{Text: " a<b中文", Raw: " a<b中文", Kind: Text}},
		{"inline runs", `<c t="inlineStr"><is><r><rPr><b/></rPr><t>粗</t></r><r><t>细<![CDATA[&]]></t></r></is></c>`, Cell{Text: "粗细&", Raw: "粗细&", Kind: Text}},
		{"bool", `<c t="b"><v>1</v></c>`, Cell{Text: "TRUE", Raw: "1", Kind: Bool}},
		{"error", `<c t="e"><f>1/0</f><v>#DIV/0!</v></c>`, Cell{Text: "#DIV/0!", Raw: "#DIV/0!", Kind: Error, Formula: true}},
		{"iso date", `<c t="d"><v>2019-06-18</v></c>`, Cell{Text: "2019-06-18", Raw: "2019-06-18", Number: 43634, Kind: Date, Serial: true}},
		{"formula's number", `<c><f>A1*2</f><v>3</v></c>`, Cell{Text: "3", Raw: "3", Number: 3, Kind: Number, Formula: true}},
		{"formula's text", `<c t="str"><f>A1</f><v>张三_x0020_</v></c>`, Cell{Text: "张三 ", Raw: "张三 ", Kind: Text, Formula: true}},
		{"formula without result", `<c><f>SUM(A:A)</f></c>`, Cell{Kind: Uncomputed, Formula: true}},
		{"no number", `<c><v>0x10</v></c>`, Cell{Text: "0x10", Raw: "0x10", Kind: Text}},
		{"not finite", `<c><v>1E999</v></c>`, Cell{Text: "1E999", Raw: "1E999", Kind: Text}},
		{"prefixed names", `<x:c xmlns:x="y" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>`, Cell{Text: "a", Raw: "a", Kind: Text}},
		{"comment and entity", `<c t='inlineStr'><is><t>a<!-- x > y -->&amp;</t></is></c>`, Cell{Text: "a&", Raw: "a&", Kind: Text}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rows := mustAll(t, open(t, xlsxFile(sheetData(`<row>`+tt.xml+`</row>`), "xl/styles.xml", stylesForTest,
				"xl/sharedStrings.xml", `<sst><si><t>x</t></si><si><r><t xml:space="preserve">欧阳 </t></r><r><t>先生</t></r></si>`+
					`<si><t>房_x005F_x_x000D_</t><rPh sb="0" eb="1"><t>fang</t></rPh></si></sst>`), "a.xlsx").Sheets()[0])
			if len(rows) != 1 || len(rows[0].Cells) != 1 {
				t.Fatalf("rows %v", rows)
			}
			got := rows[0].Cells[0]
			if math.Abs(got.Number-tt.want.Number) > 1e-9 {
				t.Errorf("number %v, want %v", got.Number, tt.want.Number)
			}
			got.Number = tt.want.Number
			if got != tt.want {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

func TestXLSX_Date1904(t *testing.T) {
	t.Parallel()
	book := open(t, xlsxFile(sheetData(`<row><c s="1"><v>42172</v></c></row>`), "xl/styles.xml", stylesForTest,
		"xl/workbook.xml", strings.Replace(bookXML, "<workbookPr/>", `<workbookPr date1904="1"/>`, 1)), "a.xlsx")
	c := mustAll(t, book.Sheets()[0])[0].Cells[0]
	if !book.Date1904 || !c.Date1904 || c.Text != "2019-06-18" || c.Number != 42172 {
		t.Errorf("%+v", c)
	}
}

func TestXLSX_Structure(t *testing.T) {
	t.Parallel()
	data := xlsxFile(`<worksheet><cols><col min="2" max="3" hidden="1" width="8"/><col min="5" max="5" width="0"/></cols><sheetData>`+
		`<row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c></row>`+
		`<row r="3" hidden="1"><c r="B3"><v>1</v></c><c r="A3"><v>2</v></c></row>`+
		`<row r="5"><c r="A5" s="1"/><c r="C5"/></row>`+
		`<row r="6"><c><v>1</v></c><c r="C6"><v>3</v></c><c><v>4</v></c></row><row><c><v>7</v></c></row>`+
		`</sheetData><mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B6:B8"/><mergeCell ref="C6:C6"/></mergeCells></worksheet>`,
		"xl/workbook.xml", strings.Replace(bookXML, `</sheets>`, `<sheet name="藏&amp;" sheetId="2" state="veryHidden" r:id="rId1"/><sheet name="图" r:id="rId9"/></sheets>`, 1))
	book := open(t, data, "a.xlsx")
	if len(book.Sheets()) != 2 || book.Sheets()[0].Hidden || !book.Sheets()[1].Hidden || book.Sheets()[1].Name != "藏&" {
		t.Fatalf("sheets %+v", book.Sheets())
	}
	s := book.Sheets()[0]
	expect(t, mustAll(t, s), "1|标题|^|^", "3!|2|1", "6|1||3|4", "7|7|^")
	merges, err := s.Merges()
	if err != nil || len(merges) != 3 || merges[0] != (Range{1, 1, 1, 3}) {
		t.Errorf("merges %v %v", merges, err)
	}
	hidden, err := s.HiddenColumns()
	if err != nil || len(hidden) != 2 || hidden[0] != (Span{2, 3}) || hidden[1] != (Span{5, 5}) {
		t.Errorf("hidden columns %v %v", hidden, err)
	}
	expect(t, mustAll(t, s), "1|标题|^|^", "3!|2|1", "6|1||3|4", "7|7|^") // a second time
	for row, err := range s.Rows() {                                    // and broken off
		if err != nil || row.Number != 1 {
			t.Errorf("first row %v %v", row, err)
		}
		break
	}
}

// A consumer's own panic is not taken for a damaged file.
func TestRows_PanicOfTheConsumer(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("the consumer's panic was swallowed")
		}
	}()
	for range open(t, []byte("a,b\n"), "a.csv").Sheets()[0].Rows() {
		panic("mine")
	}
}

func TestNumberFormats(t *testing.T) {
	t.Parallel()
	tests := map[string]dateKind{
		"General": notDate, "": notDate, "@": notDate, "0.00": notDate, "#,##0;[Red]-#,##0": notDate, "0.00E+00": notDate,
		`0"day"`: notDate, `[$-804]General`: notDate, `#,##0.00\ [$€-407]`: notDate, `_ * #,##0.00_ ;_ * \-#,##0.00_ `: notDate,
		"0%": notDate, "# ?/?": notDate, `G/通用格式`: notDate, `"yyyy"`: notDate, `0_d`: notDate, `[红色]0`: notDate, "000": notDate,
		"yyyy-mm-dd": fullDate, `yyyy\-mm\-dd;@`: fullDate, `yyyy"年"m"月"`: fullDate, "m/d/yy h:mm": fullDate, "mmm": fullDate,
		`[$-804]yyyy"年"m"月"d"日"`: fullDate, "aaaa": fullDate, `[DBNum1][$-804]m"月"d"日"`: fullDate, `e"年"`: fullDate, "YYYY/MM/DD": fullDate,
		"h:mm": timeOnly, "[h]:mm": timeOnly, "mm:ss.0": timeOnly, "h:mm AM/PM": timeOnly, "[mm]:ss": timeOnly, `上午/下午h"时"mm"分"`: timeOnly,
	}
	for code, want := range tests {
		if got := formatOf(code).date; got != want {
			t.Errorf("%q: got %d, want %d", code, got, want)
		}
	}
}

func TestSerials(t *testing.T) {
	t.Parallel()
	for serial, want := range map[float64]string{
		0: "1900-01-00", 1: "1900-01-01", 59: "1900-02-28", 60: "1900-02-29", 61: "1900-03-01", 43634: "2019-06-18",
		45292.999999: "2024-01-02", 2958465: "9999-12-31", 43634.5: "2019-06-18 12:00:00",
	} {
		if got := serialText(serial, fullDate, false); got != want {
			t.Errorf("%v: got %s, want %s", serial, got, want)
		}
	}
	for _, iso := range []string{"1900-03-01", "2000-02-29", "2026-11-23", "9999-12-31"} {
		n, ok := serialOf(iso)
		if !ok || serialText(n, fullDate, false) != iso {
			t.Errorf("%s: %v %v", iso, n, ok)
		}
	}
}
