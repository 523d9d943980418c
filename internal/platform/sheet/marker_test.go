package sheet

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// A workbook of each format with a mark in every place that can hold a text: merged, hidden, far out, struck out, on another
// sheet, in a note. Each mark comes out of the reader, once.
func TestEveryMarkIsRead(t *testing.T) {
	t.Parallel()
	n := 0
	mark := func() string { n++; return fmt.Sprintf("MARK%03d", n) }
	for name, make := range map[string]func(func() string) []byte{"xlsx": markedXLSX, "xls": markedXLS, "csv": markedCSV, "web": markedWeb, "xml2003": markedXML} {
		from := n
		data := make(mark)
		var said strings.Builder
		book := open(t, data, "a")
		if name == "xls" && book.Sheets()[0].Unread() != 1 {
			t.Errorf("%d pictures counted", book.Sheets()[0].Unread())
		}
		for _, s := range book.Sheets() {
			for _, row := range mustAll(t, s) {
				for _, c := range row.Cells {
					said.WriteString(c.Text + " ")
					if c.Also != nil {
						said.WriteString(c.Also.Note + " " + c.Also.Link + " ")
					}
				}
			}
		}
		for i := from + 1; i <= n; i++ {
			if got := strings.Count(said.String(), fmt.Sprintf("MARK%03d", i)); got != 1 {
				t.Errorf("%s: MARK%03d stands there %d times", name, i, got)
			}
		}
	}
}

func markedXLSX(mark func() string) []byte {
	cell := func(ref string) string {
		return `<c r="` + ref + `" t="inlineStr"><is><r><rPr><strike/></rPr><t>` + mark() + `</t></r></is></c>`
	}
	shared := mark()
	note, link := mark(), mark()
	return xlsxFile(`<worksheet><dimension ref="A1:B2"/><cols><col min="3" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>`+cell("B1")+cell("C1")+`</row>`+
		`<row r="2" hidden="1">`+cell("A2")+`</row><row r="900000">`+cell("SR900000")+`</row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`+
		`<hyperlinks><hyperlink ref="F9" r:id="rId2"/></hyperlinks></worksheet>`,
		"xl/sharedStrings.xml", `<sst><si><t>`+shared+`</t></si></sst>`,
		"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/comments" Target="../c.xml"/><Relationship Id="rId2" Type="x/hyperlink" TargetMode="External" Target="tel:`+link+`"/></Relationships>`,
		"xl/c.xml", `<comments><comment ref="E7"><text><t>`+note+`</t></text></comment></comments>`)
}

func markedXLS(mark func() string) []byte {
	label := func(row, col int) []byte { return rec(recLabel, row, col, 0, text16(mark())) }
	note := mark()
	said := append([]byte{0}, note...)
	txo := make([]byte, 18)
	binary.LittleEndian.PutUint16(txo[10:], uint16(len(note)))
	recs := bytesOf(rec(recRow, 1, 0, 5, 255, 0, 0, uint32(0x20)), label(0, 0), label(0, 1), label(1, 0), label(60000, 200), rec(recColInfo, 1, 1, 0, 0, 1, 0), rec(recMergedCells, 1, 0, 1, 0, 1),
		rec(recObj, 0x15, 0x12, 0x19, 7), rec(recTxO, txo), rec(recContinue, said), rec(recNote, 4, 3, 0, 7), rec(recObj, 0x15, 0x12, objectPicture, 8))
	return buildBIFF8(nil, xlsTab{name: "一", recs: recs}, xlsTab{name: "藏", state: 1, recs: label(3, 3)})
}

func markedCSV(mark func() string) []byte {
	return []byte(mark() + "," + mark() + "\n\"" + mark() + "\n" + mark() + "\",,," + mark() + "\n\n\n'=" + mark())
}

func markedWeb(mark func() string) []byte {
	return []byte(mark() + "<h1>" + mark() + "</h1><table><caption>" + mark() + "</caption><tr><td colspan=2>" + mark() + "<td style='display:none'>" + mark() + "<tr style='display:none'><td><s>" + mark() +
		"</s><td><table><tr><td>" + mark() + "</table>" + mark() + "<tr>" + mark() + "<td><a href='tel:" + mark() + "'>" + mark() + "</a><td><input value=" + mark() + "></table><p>" + mark() + "</p><table><tr><td>" + mark() + "</table>")
}

func markedXML(mark func() string) []byte {
	data := func() string { return `<Data ss:Type="String">` + mark() + `</Data>` }
	return []byte(xmlSheets(`<Column ss:Index="2" ss:Hidden="1"/><Row><Cell ss:MergeAcross="1" ss:MergeDown="1">`+data()+`</Cell><Cell>`+data()+`<Comment>`+data()+`</Comment></Cell></Row>`+
		`<Row ss:Hidden="1"><Cell ss:Index="2">`+data()+`</Cell></Row><Row ss:Index="900000"><Cell ss:Index="400" ss:StyleID="dz">`+data()+`</Cell></Row>`, `<Row><Cell ss:HRef="tel:`+mark()+`">`+data()+`</Cell></Row>`))
}
