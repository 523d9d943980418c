package importsweb_test

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/job/jobtest"
)

// refusedWithPicture is a workbook of one good row and one whose room nobody knows, with a picture in it.
func refusedWithPicture(t *testing.T) []byte {
	t.Helper()
	row := func(cells ...string) string {
		return `<row><c t="inlineStr"><is><t>` + strings.Join(cells, `</t></is></c><c t="inlineStr"><is><t>`) + `</t></is></c></row>`
	}
	shown := strings.TrimSuffix(row("不详", "安然"), "</row>") + `<c t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c></row>`
	rel := func(kind, target string) string {
		return `<Relationships><Relationship Id="rId1" Type="x/` + kind + `" Target="` + target + `"/></Relationships>`
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"_rels/.rels": rel("officeDocument", "xl/workbook.xml"), "xl/_rels/workbook.xml.rels": rel("worksheet", "worksheets/sheet1.xml"),
		"xl/workbook.xml":          `<workbook xmlns:r="x"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + row("房号", "业主姓名", "身份证照片") + row("8-1-801", "郑五") + shown + `</sheetData></worksheet>`,
		"xl/cellimages.xml":        `<cellImages><cellImage><cNvPr name="ID_1"/><blip r:embed="rId1"/></cellImage></cellImages>`, "xl/_rels/cellimages.xml.rels": rel("image", "media/image1.png"),
		"xl/media/image1.png": "\x89PNG\r\n\x1a\n" + strings.Repeat("pixels ", 20),
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A picture of a refused row is shown where it is left over, and goes to the file of whoever is named.
func TestLeft_APictureIsShownAndFiled(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		li := c.SignIn(t, "limin", c.Garden, access.Custodian)
		at := upload(t, li, nil, file("照片.xlsx", refusedWithPicture(t))).Path
		jobtest.Over(t, c.App.Door, jobIn(t, li.Submit(at+"?step=commit", at+"/commit", url.Values{})))
		list := li.Get("/import-left?import=" + strings.TrimPrefix(at, "/imports/"))
		wants(t, list, http.StatusOK, "图片还没有归入户档")
		one := ""
		for _, m := range leftAt.FindAllStringSubmatch(list.Body, -1) {
			if p := li.Get("/import-left/" + m[1]); strings.Contains(p.Body, m[1]+"/picture") {
				one = "/import-left/" + m[1]
			}
		}
		if p := li.Get(one + "/picture"); p.Status != http.StatusOK || !strings.HasPrefix(p.Body, "\x89PNG") {
			t.Errorf("the picture is %d", p.Status)
		}
		wants(t, li.Submit(one, one+"/file", url.Values{"room": {"8-1-999"}}), http.StatusUnprocessableEntity, "没有找到这一户", "8-1-999")
		wants(t, li.Submit(one, one+"/file", url.Values{"room": {"8-1-801"}}), http.StatusOK, "已补正", "郑五")
		wants(t, li.Get(one+"/picture"), http.StatusOK)
	})
}
