package sheet

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

func TestCSV(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("楼栋,房号,业主\r\n", 40_000) // the sample is only the beginning
	tests := []struct {
		name, encoding string
		delimiter      rune
		data           []byte
		want           []string
	}{
		{"utf-8", "utf-8", ',', []byte("房号,业主\n0101,张三\n"), []string{"1|房号|业主", "2|0101|张三"}},
		{"utf-8 with mark", "utf-8", ',', []byte("\uFEFF房号,业主\r\n0101,张三"), []string{"1|房号|业主", "2|0101|张三"}},
		{"gb18030", "gb18030", ',', gbk("房号,业主\n0101,欧阳䶮㛃𠮷\n"), []string{"1|房号|业主", "2|0101|欧阳䶮㛃𠮷"}},
		{"gb18030, a few characters", "gb18030", ',', gbk("phase,room\n3/三期,1/A单元\n"), []string{"1|phase|room", "2|3/三期|1/A单元"}},
		{"utf-16le", "utf-16le", '\t', utf16le("房号\t业主\r\n0101\t张三\r\n"), []string{"1|房号|业主", "2|0101|张三"}},
		{"utf-16be", "utf-16be", ',', utf16be("房号,业主\n0101,张三"), []string{"1|房号|业主", "2|0101|张三"}},
		{"commas around nothing against tabs in a quoted text", "utf-8", ',', []byte(",,\"\n\t\t\"\r\n,,\r\n,,x\r\n"), []string{"1|||\n\t\t", "3|||x"}},
		{"semicolon against comma in text", "utf-8", ';', []byte("a;b;c\n\"1,5\";x;y\n2,5;x;y\n"), []string{"1|a|b|c", "2|1,5|x|y", "3|2,5|x|y"}},
		{"semicolons inside quotes", "utf-8", ',', []byte("\"p;q\",\"x;y;z\"\n\"p;q\",\"x;y;z\"\n"), []string{"1|p;q|x;y;z", "2|p;q|x;y;z"}},
		{"tabs inside quotes", "utf-8", ',', []byte("a,\"b\tc\td\"\r\ne,\"f\tg\th\"\r\n"), []string{"1|a|b\tc\td", "2|e|f\tg\th"}},
		{"bar", "utf-8", '|', []byte("a|b\n1|2\n"), []string{"1|a|b", "2|1|2"}},
		{"sep=", "utf-8", ';', []byte("sep=;\r\na;b\r\n"), []string{"1|a|b"}},
		{"one column", "utf-8", ',', []byte("房号\n101\n\n103\n"), []string{"1|房号", "2|101", "4|103"}},
		{"blank lines count", "utf-8", ',', []byte("标题\n\n,,\na,b\n"), []string{"1|标题", "4|a|b"}},
		{"quotes", "utf-8", ',', []byte("a,\"b \"\"c\"\" d\",e\"f\n\"x\ny\",\"\",z\n1,2,3"), []string{`1|a|b "c" d|e"f`, "2|x\ny||z", "3|1|2|3"}},
		{"old line ends", "utf-8", ',', []byte("a,b\rc,d\r"), []string{"1|a|b", "2|c|d"}},
		{"protected", "utf-8", ',', []byte("a,b\n=\"0012\",'=1+1\n'张,''-5\n"), []string{"1|a|b", "2|0012|=1+1", "3|'张|'-5"}},
		{"cut characters in much good text", "utf-8", ',', []byte(strings.Repeat("好,好\n", 60) + "\xE5\xBC,x\n"), append(numbered("|好|好", 60), "61|\uFFFD\uFFFD|x")},
		{"DOS end of file", "utf-8", ',', []byte("a,b\n\x1A"), []string{"1|a|b"}},
		{"control characters", "utf-8", ',', []byte("a\x01b,c\n"), []string{"1|ab|c"}},
		{"gb18030 far behind the sample", "gb18030", ',', append([]byte(strings.Repeat("a,b,c\n", 20_000)), gbk("房号,业主,x\n")...), append(numbered("|a|b|c", 20_000), "20001|房号|业主|x")},
		{"long", "utf-8", ',', []byte(big), numbered("|楼栋|房号|业主", 40_000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			book := open(t, tt.data, "2026/名册.csv")
			if book.Format != CSV || book.Encoding != tt.encoding || book.Delimiter != tt.delimiter {
				t.Errorf("got %s %s %q, want %s %q", book.Format, book.Encoding, book.Delimiter, tt.encoding, tt.delimiter)
			}
			if name := book.Sheets()[0].Name; name != "名册" {
				t.Errorf("sheet %q", name)
			}
			expect(t, mustAll(t, book.Sheets()[0]), tt.want...)
		})
	}
}

func numbered(line string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = plain(float64(i+1)) + line
	}
	return out
}

func TestCSV_NumbersStayText(t *testing.T) {
	t.Parallel()
	rows := mustAll(t, open(t, []byte("电话,证件\n013800138000,4.40103E+17\n1E2,########\n4e,1.38e10\n"), "a.csv").Sheets()[0])
	for i, want := range [][]bool{{false, false}, {false, true}, {false, true}, {false, false}} {
		for j, c := range rows[i].Cells {
			if c.Kind != Text || c.Ruined != want[j] {
				t.Errorf("%q: kind %v, ruined %v", c.Text, c.Kind, c.Ruined)
			}
		}
	}
}

func TestCSV_Refused(t *testing.T) {
	t.Parallel()
	big5 := []byte("\xBC\xD3\xB4\xC9,\xA9\xD0\xB8\xB9,\xB7~\xA5D\n\xA4@\xB4\xC9,101,\xBC\xDA\xB6\xA7\n\xA4G\xB4\xC9,202,\xB1i\xA4T\n")
	tests := []struct {
		name string
		data string
		lim  Limits
		key  string
	}{
		{"open quote", "a,b\n\"c,d\ne,f\n", Limits{}, "sheet.bad_quotes"},
		{"open quote in a long file", "a,b\n\"c,d\n" + strings.Repeat("e,f\n", 100_000), Limits{}, "sheet.bad_quotes"},
		{"long cell", "a\n" + strings.Repeat("好", 33_000), Limits{}, "sheet.cell_too_long"},
		{"very long cell", "a\n" + strings.Repeat("好", 3_300_000), Limits{}, "sheet.cell_too_long"},
		{"columns", strings.Repeat(",", 512) + "x", Limits{}, "sheet.too_many_columns"},
		{"empty columns don't matter", "a" + strings.Repeat(",", 5000), Limits{}, ""},
		{"rows", "a\nb\nc\n", Limits{Rows: 2}, "sheet.too_many_rows"},
		{"empty rows don't matter", "a\nb\n\n\n\n", Limits{Rows: 2}, ""},
		{"size", "a,b\n", Limits{Bytes: 3}, "sheet.too_large"},
		{"blank", " \r\n\r\n", Limits{}, "sheet.empty"},
		{"only a mark", "\uFEFF", Limits{}, "sheet.empty"},
		{"nothing", "", Limits{}, "sheet.empty"},
		{"big5", string(big5), Limits{}, "sheet.unknown_encoding"},
		{"latin-1", "Stra\xDFe,M\xFCller\n1,caf\xE9,2\n", Limits{}, "sheet.unknown_encoding"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if key := keyOf([]byte(tt.data), tt.lim); key != tt.key {
				t.Errorf("got %q, want %q", key, tt.key)
			}
		})
	}
}
