package sheet

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The same small register in every format reads the same: texts cell by cell, whatever the kinds.
func TestConformance(t *testing.T) {
	t.Parallel()
	table := [][]string{
		{"房号", "业主", "电话", "证件", "面积", "交付日", "备注"},
		{"0101", "张三", "13800138000", "990001199001010013", "98.65", "2019-06-18", "钥匙 2 把"},
		{"1-1-1002", "欧阳䶮", "02087654321", "99000119900101002X", "120", "", "a,b;c\"d"},
		{"", "", "", "", "", "", ""},
		{"C1首层114铺", "𠮷野家", "", "", "0.5", "2020-02-29", "两行\n备注"},
	}
	var want []string
	for i, row := range table {
		n := len(row)
		for n > 0 && row[n-1] == "" {
			n--
		}
		if n > 0 {
			want = append(want, plain(float64(i+1))+"|"+strings.Join(row[:n], "|"))
		}
	}
	files := map[string][]byte{
		"csv-utf8": csvOf(table, ","), "csv-gbk": gbk(string(csvOf(table, ",")[3:])), "tsv-utf16": utf16le(string(csvOf(table, "\t")[3:])),
		"xlsx": writtenXLSX(t, table), "xlsx by excelize": excelizeXLSX(t, table), "xls": xlsFile(xlsOf(table)), "xls 97 without container": xlsOf(table),
	}
	for name, data := range files {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expect(t, mustAll(t, open(t, data, "任何.名字").Sheets()[0]), want...)
		})
	}
}

func csvOf(table [][]string, comma string) []byte {
	out := "\uFEFF"
	for _, row := range table {
		for i, v := range row {
			if i > 0 {
				out += comma
			}
			out += `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
		}
		out += "\r\n"
	}
	return []byte(out)
}

// numeric says which columns of the conformance table are numbers and dates in the typed formats.
var numeric = map[int]string{2: "phone", 4: "area", 5: "date"}

func typed(col int, v string) (n float64, number bool) {
	switch numeric[col] {
	case "phone", "area":
		if strings.HasPrefix(v, "0") && v != "0.5" {
			return 0, false
		}
		return parseNumber(v)
	case "date":
		return serialOf(v)
	}
	return 0, false
}

func xlsOf(table [][]string) []byte {
	var recs []byte
	var texts []string
	for r, row := range table {
		for c, v := range row {
			if n, ok := typed(c, v); ok && r > 0 {
				style := 0
				if numeric[c] == "date" {
					style = 1
				}
				recs = append(recs, number(r, c, style, n)...)
			} else if v != "" {
				recs = append(recs, labelSST(r, c, 0, len(texts))...)
				texts = append(texts, v)
			}
		}
	}
	return buildBIFF8(bytesOf(xfs(0, 14), sst(texts...)), xlsTab{name: "一", recs: recs})
}

func writtenXLSX(t *testing.T, table [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	columns := make([]Column, len(table[0]))
	for i, title := range table[0] {
		columns[i].Title = title
		switch numeric[i] {
		case "phone", "area":
			columns[i].Kind = NumberColumn
		case "date":
			columns[i].Kind = DateColumn
		}
	}
	if err := w.Sheet("一", columns); err != nil {
		t.Fatal(err)
	}
	for _, row := range table[1:] {
		values := make([]any, len(row))
		for i, v := range row {
			values[i] = v
			if n, ok := typed(i, v); ok && numeric[i] != "date" {
				values[i] = n
			}
		}
		if err := w.Row(values...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// excelizeXLSX is the table by another program's hand: shared texts, its own styles.
func excelizeXLSX(t *testing.T, table [][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range table {
		for c, v := range row {
			name := cellName(c+1, r+1)
			var value any = v
			if n, ok := typed(c, v); ok && r > 0 {
				value = n
			}
			if v == "" {
				continue
			}
			if err := f.SetCellValue("Sheet1", name, value); err != nil {
				t.Fatal(err)
			}
			if numeric[c] == "date" && r > 0 {
				if err := f.SetCellStyle("Sheet1", name, name, style); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
