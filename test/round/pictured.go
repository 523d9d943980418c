package round

import (
	"archive/zip"
	"bytes"
	"strings"
)

// pictured is a workbook of one flat whose row has a picture in a cell, as WPS keeps it.
func (r *Round) pictured() []byte {
	cell := func(text string) string { return `<c t="inlineStr"><is><t>` + text + `</t></is></c>` }
	head := cell("房号") + cell("业主姓名") + cell("联系电话") + cell("身份证照片")
	row := cell("8-1-809") + cell("褚十") + cell("13500135009") + `<c t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>`
	refused := cell("不详") + cell("卫十一") + cell("13500135010") + `<c t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>`
	rel := func(id, kind, target string) string {
		return `<Relationships><Relationship Id="` + id + `" Type="x/` + kind + `" Target="` + target + `"/></Relationships>`
	}
	parts := map[string]string{
		"_rels/.rels":                  rel("rId1", "officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml":              `<workbook xmlns:r="x"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels":   rel("rId1", "worksheet", "worksheets/sheet1.xml"),
		"xl/worksheets/sheet1.xml":     `<worksheet><sheetData><row>` + head + `</row><row>` + row + `</row><row>` + refused + `</row><row>` + refused + `</row></sheetData></worksheet>`,
		"xl/cellimages.xml":            `<cellImages><cellImage><cNvPr name="ID_1"/><blip r:embed="rId1"/></cellImage></cellImages>`,
		"xl/_rels/cellimages.xml.rels": rel("rId1", "image", "media/image1.txt"),
		"xl/media/image1.txt":          strings.Repeat("photo ", 20),
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		r.must(err)
		_, err = w.Write([]byte(text))
		r.must(err)
	}
	r.must(z.Close())
	return b.Bytes()
}
