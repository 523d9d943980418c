package sheet

import (
	"strings"
	"testing"
)

const xmlBegin = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" ` +
	`xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">` +
	`<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="z"><NumberFormat ss:Format="000000"/></Style>` +
	`<Style ss:ID="dz" ss:Parent="d"><Font ss:StrikeThrough="1"/></Style></Styles>`

// xmlSheets is a workbook of sheets with these rows.
func xmlSheets(rows ...string) string {
	out := xmlBegin
	for i, r := range rows {
		out += `<Worksheet ss:Name="表` + plain(float64(i+1)) + `"><Table>` + r + `</Table></Worksheet>`
	}
	return out + `</Workbook>`
}

func TestXML2003(t *testing.T) {
	t.Parallel()
	data := `<Column ss:Index="2" ss:Hidden="1" ss:Span="1"/><Column ss:StyleID="z"/>` +
		`<Row ss:Index="2"><Cell ss:MergeAcross="2"><Data ss:Type="String">业户 &amp; 资料</Data></Cell><Cell><Data ss:Type="Number">123</Data></Cell></Row>` +
		`<Row><Cell ss:MergeDown="1"><Data ss:Type="String">1-101</Data></Cell><Cell ss:Index="3" ss:StyleID="d"><Data ss:Type="Number">43634</Data></Cell>` +
		`<Cell ss:StyleID="d"><Data ss:Type="DateTime">2021-09-03T00:00:00.000</Data></Cell></Row>` +
		`<Row ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="DateTime">1899-12-31T08:30:00.000</Data></Cell><Cell><Data ss:Type="DateTime">2021-09-03T18:05:00.000</Data></Cell></Row>` +
		`<Row ss:Span="2"/>` +
		`<Row><Cell ss:StyleID="dz"><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>张</B>三&#10;<Font>李</Font><![CDATA[<四>]]></ss:Data></Cell>` +
		`<Cell ss:HRef="mailto:a@b.c"><Data ss:Type="String">写信</Data><Comment ss:Author="某"><ss:Data><B>某：</B>已搬走</ss:Data></Comment></Cell>` +
		`<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=1"/></Row>` +
		`<Row ss:Index="20"><Cell ss:Index="3"><Comment><Data>只有批注</Data></Comment></Cell></Row>`
	whole := strings.Replace(xmlSheets(data, `<Row><Cell><Data ss:Type="String">二</Data></Cell></Row>`), `</Table></Worksheet></Workbook>`,
		`</Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>`, 1)
	declared := func(charset string) string {
		return strings.Replace(whole, `<?xml version="1.0"?>`, `<?xml version="1.0" encoding="`+charset+`"?>`, 1)
	}
	for name, data := range map[string][]byte{
		"utf-8": []byte(whole), "with mark": []byte("\uFEFF" + whole), "gb2312": gbk(declared("gb2312")), "utf-16": utf16le(declared("utf-16")),
		"without declaration": []byte(strings.TrimPrefix(whole, `<?xml version="1.0"?>`)), "other prefix": []byte(strings.ReplaceAll(whole, "ss:", "s2:")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			book := open(t, data, "a.xls")
			if len(book.Sheets()) != 2 || book.Format != XML2003 || book.Sheets()[0].Name != "表1" || book.Sheets()[0].Hidden || !book.Sheets()[1].Hidden {
				t.Fatalf("%+v", book.Sheets())
			}
			rows := mustAll(t, book.Sheets()[0])
			expect(t, rows, "2|业户 & 资料|^|^|000123", "3|1-101||2019-06-18|2021-09-03", "4!|^|08:30:00|2021-09-03 18:05:00",
				"8|张三\n李<四>|写信|TRUE|#N/A|", "20|||")
			expect(t, mustAll(t, book.Sheets()[1]), "1|二")
			if c := rows[1].Cells[3]; c.Kind != Date || !c.Serial || c.Number != 44442 {
				t.Errorf("date %+v", c)
			}
			if c := rows[3].Cells; !c[0].Also.Struck || c[1].Also.Link != "a@b.c" || c[1].Also.Note != "某：已搬走" || c[4].Kind != Uncomputed {
				t.Errorf("%+v", c)
			}
			if c := rows[4].Cells[2]; c.Kind != Empty || c.Also.Note != "只有批注" {
				t.Errorf("note alone %+v", c)
			}
			hidden, err := book.Sheets()[0].HiddenColumns()
			if err != nil || len(hidden) != 1 || hidden[0] != (Span{2, 3}) {
				t.Errorf("hidden %v %v", hidden, err)
			}
		})
	}
}
