package sheet

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

const imageRels = `<Relationships><Relationship Id="rId1" Type="x/image" Target="media/image1.png"/><Relationship Id="rId2" Type="x/image" Target="media/gone.png"/></Relationships>`

// hangs says what hangs on the cells of a sheet: B2 picture image1.png.
func hangs(t *testing.T, s *Sheet) []string {
	t.Helper()
	var out []string
	for _, row := range mustAll(t, s) {
		for i, c := range row.Cells {
			if c.Also == nil {
				continue
			}
			for _, p := range c.Also.Pictures {
				line := cellName(i+1, row.Number) + " picture " + p.Name
				if p.Absent {
					line += " absent"
				} else if in, err := p.Open(); err != nil {
					t.Error(err)
				} else {
					data, err := io.ReadAll(in)
					if err != nil || int64(len(data)) != p.Size {
						t.Errorf("%s: %d bytes, %v", p.Name, len(data), err)
					}
					line += " " + string(data)
				}
				out = append(out, line)
			}
			if c.Also.Note != "" {
				out = append(out, cellName(i+1, row.Number)+" note "+c.Also.Note)
			}
			if c.Also.Link != "" {
				out = append(out, cellName(i+1, row.Number)+" link "+c.Also.Link)
			}
			if c.Also.Struck {
				out = append(out, cellName(i+1, row.Number)+" struck")
			}
		}
	}
	return out
}

func wantHangs(t *testing.T, s *Sheet, want ...string) {
	t.Helper()
	if got := hangs(t, s); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("hangs:\n%q\nwant:\n%q", got, want)
	}
}

func TestPictures_WPS(t *testing.T) {
	t.Parallel()
	image := func(n int, name string) string {
		return fmt.Sprintf(`<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="%d" name="%s"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId%d"/></xdr:blipFill></xdr:pic></etc:cellImage>`, n, name, n)
	}
	cell := func(ref, id string) string {
		return `<c r="` + ref + `" t="str"><f>_xlfn.DISPIMG(&quot;` + id + `&quot;,1)</f><v>=DISPIMG("` + id + `",1)</v></c>`
	}
	data := xlsxFile(sheetData(`<row r="1"><c r="A1" t="str"><v>房号</v></c></row><row r="2">`+cell("B2", "ID_1")+`</row><row r="4">`+cell("B4", "ID_1")+cell("C4", "ID_2")+cell("D4", "ID_3")+`</row>`),
		"xl/cellimages.xml", `<etc:cellImages>`+image(1, "ID_1")+image(2, "ID_2")+`</etc:cellImages>`, "xl/_rels/cellimages.xml.rels", imageRels, "xl/media/image1.png", "one")
	s := open(t, data, "a.xlsx").Sheets()[0]
	wantHangs(t, s, "B2 picture image1.png one", "B4 picture image1.png one", "C4 picture gone.png absent", "D4 picture . absent")
	expect(t, mustAll(t, s), "1|房号", "2||", "4||||") // no text of the formula
}

func TestPictures_Excel(t *testing.T) {
	t.Parallel()
	data := xlsxFile(sheetData(`<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e" vm="2"><v>#VALUE!</v></c><c r="C2" t="e" vm="1"><v>#VALUE!</v></c></row>`),
		"xl/metadata.xml", `<metadata><metadataTypes count="1"><metadataType name="XLRICHVALUE"/></metadataTypes><futureMetadata name="XLRICHVALUE" count="2">`+
			`<bk><extLst><ext><xlrd:rvb i="0"/></ext></extLst></bk><bk><extLst><ext><xlrd:rvb i="1"/></ext></extLst></bk></futureMetadata>`+
			`<valueMetadata count="2"><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk></valueMetadata></metadata>`,
		"xl/richData/rdrichvalue.xml", `<rvData><rv s="1"><v>x</v></rv><rv s="0"><v>0</v><v>5</v></rv></rvData>`,
		"xl/richData/rdrichvaluestructure.xml", `<rvStructures><s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/><k n="CalcOrigin" t="i"/></s><s t="_entity"><k n="x"/></s></rvStructures>`,
		"xl/richData/richValueRel.xml", `<richValueRels><rel r:id="rId1"/></richValueRels>`,
		"xl/richData/_rels/richValueRel.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/image" Target="../media/image1.png"/></Relationships>`, "xl/media/image1.png", "one")
	s := open(t, data, "a.xlsx").Sheets()[0]
	wantHangs(t, s, "B2 picture image1.png one")
	if c := mustAll(t, s)[0].Cells; c[1].Kind != Empty || c[2].Kind != Error {
		t.Errorf("%+v", c)
	}
}

func TestPictures_Floating(t *testing.T) {
	t.Parallel()
	at := func(kind, from string) string {
		return `<xdr:` + kind + `>` + from + `<xdr:pic><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></xdr:` + kind + `>`
	}
	from := func(col, colOff, row, rowOff int) string {
		return fmt.Sprintf(`<xdr:from><xdr:col>%d</xdr:col><xdr:colOff>%d</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>%d</xdr:rowOff></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:to>`, col, colOff, row, rowOff)
	}
	data := xlsxFile(`<worksheet><cols><col min="2" max="3" width="20"/></cols><sheetData><row r="2" ht="60"><c r="A2"><v>1</v></c></row><row r="5"><c r="A5" s="1"><v>2</v></c></row></sheetData>`+
		`<hyperlinks><hyperlink ref="A5" r:id="rId9"/></hyperlinks><drawing r:id="rId1"/></worksheet>`,
		"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/drawing" Target="../drawings/drawing1.xml"/><Relationship Id="rId2" Type="x/comments" Target="../comments1.xml"/>`+
			`<Relationship Id="rId9" Type="x/hyperlink" Target="mailto:a@b.c" TargetMode="External"/></Relationships>`,
		"xl/drawings/drawing1.xml", `<xdr:wsDr>`+at("twoCellAnchor", from(1, 0, 1, 170000))+at("oneCellAnchor", from(0, 0, 2, 180000))+at("twoCellAnchor", from(1, 1300000, 6, 0))+at("absoluteAnchor", `<xdr:pos x="0" y="0"/>`)+`</xdr:wsDr>`,
		"xl/drawings/_rels/drawing1.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/image" Target="../media/image1.png"/></Relationships>`, "xl/media/image1.png", "one",
		"xl/comments1.xml", `<comments><authors><author>某</author></authors><commentList><comment ref="A5" authorId="0"><text><r><t>某：</t></r><r><t>已搬走</t></r></text></comment><comment ref="C9"><text><t>孤</t></text></comment></commentList></comments>`,
		"xl/styles.xml", `<styleSheet><fonts><font><sz val="11"/></font><font><strike/></font></fonts><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>`)
	s := open(t, data, "a.xlsx").Sheets()[0]
	wantHangs(t, s, "B2 picture image1.png one", "A4 picture image1.png one", "A5 note 某：已搬走", "A5 link a@b.c", "A5 struck", "C7 picture image1.png one", "C9 note 孤")
	if loose, err := s.Loose(); err != nil || len(loose) != 1 {
		t.Errorf("loose %v %v", loose, err)
	}
}

// What somebody wrote into a box that lies over the sheet is a note on the cell under its corner.
func TestNotes_InTextBoxes(t *testing.T) {
	t.Parallel()
	box := func(from, text string) string {
		return `<xdr:twoCellAnchor>` + from + `<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="TextBox 1"/></xdr:nvSpPr><xdr:txBody><a:bodyPr/>` + text + `</xdr:txBody></xdr:sp></xdr:twoCellAnchor>`
	}
	data := xlsxFile(`<worksheet><sheetData><row r="2"><c r="A2"><v>1</v></c></row></sheetData><drawing r:id="rId1"/></worksheet>`,
		"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>`,
		"xl/drawings/drawing1.xml", `<xdr:wsDr>`+box(`<xdr:from><xdr:col>1</xdr:col><xdr:row>1</xdr:row></xdr:from>`, `<a:p><a:r><a:t>欠装修押金</a:t></a:r><a:r><a:t>两千</a:t></a:r></a:p><a:p><a:r><a:t>找李姐</a:t></a:r></a:p>`)+
			box(`<xdr:pos x="0" y="0"/>`, `<a:p><a:r><a:t>二期不交物业费</a:t></a:r></a:p>`)+box(``, `<a:p/>`)+`</xdr:wsDr>`)
	wantHangs(t, open(t, data, "a.xlsx").Sheets()[0], "A1 note 二期不交物业费", "B2 note 欠装修押金两千\n找李姐")
}

// Ten thousand pictures in cells are found without one being read.
func TestPictures_Many(t *testing.T) {
	t.Parallel()
	var rows, images, rels strings.Builder
	parts := map[string]string{"_rels/.rels": relsXML, "xl/workbook.xml": bookXML, "xl/_rels/workbook.xml.rels": bookRels}
	const n = 10_000
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&rows, `<row><c t="str"><f>DISPIMG("ID_%d",1)</f><v>x</v></c></row>`, i)
		fmt.Fprintf(&images, `<cellImage><cNvPr name="ID_%d"/><blip r:embed="rId%d"/></cellImage>`, i, i)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="x/image" Target="media/image%d.png"/>`, i, i)
		parts[fmt.Sprintf("xl/media/image%d.png", i)] = "x"
	}
	parts["xl/worksheets/sheet1.xml"], parts["xl/cellimages.xml"] = sheetData(rows.String()), "<cellImages>"+images.String()+"</cellImages>"
	parts["xl/_rels/cellimages.xml.rels"] = "<Relationships>" + rels.String() + "</Relationships>"
	found := 0
	for _, row := range mustAll(t, open(t, zipFile(parts), "a.xlsx").Sheets()[0]) {
		found += len(row.Cells[0].Also.Pictures)
	}
	if found != n {
		t.Errorf("%d pictures", found)
	}
}
