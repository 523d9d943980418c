package sheet

import (
	"slices"
	"testing"
)

func wantPrinted(t *testing.T, s *Sheet, want ...string) {
	t.Helper()
	if got, err := s.Printed(); err != nil || !slices.Equal(got, want) {
		t.Errorf("printed %q, %v, want %q", got, err, want)
	}
}

// What stands above and below the printed pages is told, without page numbers and fonts.
func TestPrinted(t *testing.T) {
	t.Parallel()
	data := xlsxFile(`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><headerFooter differentFirst="1"><oddHeader>&amp;L&amp;"宋体,常规"&amp;12二期业户名册&amp;R未核对 &amp;D</oddHeader>` +
		`<oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter><firstFooter>&amp;K01+000张&amp;&amp;李制表&amp;G</firstFooter></headerFooter></worksheet>`)
	wantPrinted(t, open(t, data, "a.xlsx").Sheets()[0], "二期业户名册", "未核对", "张&李制表")

	xml := `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
		`<Worksheet ss:Name="一"><Table><Row><Cell><Data ss:Type="String">房号</Data></Cell></Row></Table><x:WorksheetOptions><x:PageSetup><x:Header x:Margin="0.3" x:Data="&amp;C二期业户名册"/><x:Footer x:Data="&amp;P"/></x:PageSetup></x:WorksheetOptions></Worksheet></Workbook>`
	wantPrinted(t, open(t, []byte(xml), "a.xls").Sheets()[0], "二期业户名册")

	biff8 := buildBIFF8(nil, xlsTab{name: "一", recs: bytesOf(rec(recHeader, text16("&C二期业户名册")), rec(recFooter), rec(recLabel, 0, 0, 0, text16("房号")))})
	wantPrinted(t, open(t, biff8, "a.xls").Sheets()[0], "二期业户名册")
	biff5 := buildBIFF5(936, "a", bytesOf(rec(recFooter, byte(8), "\xb6\xfe\xc6\xda\xc3\xfb\xb2\xe1"), rec(recHeader, byte(200), "short")))
	wantPrinted(t, open(t, biff5, "a.xls").Sheets()[0], "二期名册")
}

// What somebody wrote about a picture or a shape is a note on its cell; a program's own name for a picture is not.
func TestNotes_OnPictures(t *testing.T) {
	t.Parallel()
	at := func(row, props string) string {
		return `<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>` + row + `</xdr:row></xdr:from><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="图片 1" ` + props + `/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></xdr:twoCellAnchor>`
	}
	data := xlsxFile(`<worksheet><sheetData><row r="2"><c r="A2"><v>1</v></c></row></sheetData><drawing r:id="rId1"/></worksheet>`,
		"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>`,
		"xl/drawings/_rels/drawing1.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/image" Target="../media/image1.png"/></Relationships>`, "xl/media/image1.png", "one",
		"xl/drawings/drawing1.xml", `<xdr:wsDr>`+at("1", `descr="反面未拍" title="身份证"`)+at("2", `descr="IMG_20260102.jpg"`)+at("3", `descr="微信图片_20260102"`)+
			`<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>4</xdr:row></xdr:from><xdr:sp><xdr:cNvPr id="9" name="x" descr="此户已法拍"/></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>`)
	wantHangs(t, open(t, data, "a.xlsx").Sheets()[0], "B2 picture image1.png one", "B2 note 身份证\n反面未拍", "B3 picture image1.png one", "B4 picture image1.png one", "A5 note 此户已法拍")
}
