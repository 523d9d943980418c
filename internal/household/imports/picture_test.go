package imports_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"hudang/internal/archive"
	"hudang/internal/archive/archivetest"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/household/imports"
	"hudang/internal/household/imports/beside"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/label"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
)

var paperWorld = moduletest.World(module.Module{Files: setting.Files, Tables: setting.Tables}, module.Module{Files: account.Files, Tables: account.Tables, Ops: account.Ops}, series.Module, label.Module, estate.Module, archive.Module, household.Module, imports.Module,
	module.Module{Files: job.Files, Tables: job.Tables, Ops: job.Ops})

// dot is a small picture of one colour.
func dot(shade uint8) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 8, 8))
	for i := range 64 {
		img.Set(i%8, i/8, color.RGBA{shade, 80, 90, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// printed is what the made workbooks print above and below their pages.
const printed = `<headerFooter><oddHeader>&amp;C标页眉</oddHeader><oddFooter>&amp;P / &amp;N</oddFooter></headerFooter>`

// pictured is a workbook as WPS saves it: text cells, "#n" for the n-th picture in the cell; notes by cell.
func pictured(rows [][]string, pictures [][]byte, notes map[string]string) []byte {
	var cells, images, rels, comments strings.Builder
	for r, row := range rows {
		fmt.Fprintf(&cells, `<row r="%d">`, r+1)
		for c, text := range row {
			ref := roster.Cell{Row: r + 1, Column: c + 1}.Name()
			switch n, isPicture := strings.CutPrefix(text, "#"); {
			case isPicture:
				fmt.Fprintf(&cells, `<c r="%s" t="str"><f>_xlfn.DISPIMG("ID_%s",1)</f><v>=DISPIMG("ID_%s",1)</v></c>`, ref, n, n)
			case text != "":
				fmt.Fprintf(&cells, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref, text)
			}
		}
		cells.WriteString("</row>")
	}
	files := map[string]string{
		"_rels/.rels":                         `<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":                     `<workbook xmlns:r="x"><sheets><sheet name="业户" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels":          `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/cellImage" Target="cellimages.xml"/></Relationships>`,
		"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/comments" Target="../comments1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":            `<worksheet><sheetData>` + cells.String() + `</sheetData>` + printed + `</worksheet>`,
	}
	for i, p := range pictures {
		fmt.Fprintf(&images, `<etc:cellImage><xdr:cNvPr name="ID_%d"/><a:blip r:embed="rId%d"/></etc:cellImage>`, i+1, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="x/image" Target="media/image%d.png"/>`, i+1, i+1)
		files[fmt.Sprintf("xl/media/image%d.png", i+1)] = string(p)
	}
	for ref, text := range notes {
		fmt.Fprintf(&comments, `<comment ref="%s"><text><t>%s</t></text></comment>`, ref, text)
	}
	files["xl/cellimages.xml"] = `<etc:cellImages>` + images.String() + `</etc:cellImages>`
	files["xl/_rels/cellimages.xml.rels"] = `<Relationships>` + rels.String() + `</Relationships>`
	files["xl/comments1.xml"] = `<comments><commentList>` + comments.String() + `</commentList></comments>`
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Each picture is a paper on its household's line; the same file twice files none twice; undoing takes them back.
func TestImport_PicturesBecomePapers(t *testing.T) {
	optest.Each(t, paperWorld, func(t *testing.T, d *op.Door) {
		scans, _ := archivetest.Scans(t, d)
		garden := estatetest.Estate(t, d, "澜庭花园")
		ctx := estatetest.Manager(t)
		finish := func(id job.ID) {
			t.Helper()
			grants := []access.Grant{{Post: access.Manager, Estate: access.Company}}
			if run := jobtest.Finish(t, d, id, grants, imports.WriteWith(scans), imports.TakeBack); run.State != job.Done {
				t.Fatalf("the job ended %s: %s %s", run.State, run.ErrorKey, run.ErrorArgs)
			}
		}
		file := pictured([][]string{{"房号", "业主姓名", "联系电话", "身份证照片", "房产证", "合影"},
			{"1-1-101", "盛夏", "13900040001", "#1", "#2", "#3"}, {"1-1-102", "安然", "13900040002", "#1", "", ""},
			{"", "申屠静", "", "", "", ""}, {"不详", "无名", "13900040004", "#2", "", ""}, {"1-1-103", "司空见", "13900040005", "#9", "#4", ""}},
			[][]byte{dot(1), dot(2), dot(3), []byte("not a picture at all")}, map[string]string{"B2": "常年在外", "A1": "表头批注"})
		bring := func() (*imports.File, imports.ID) {
			t.Helper()
			id, err := imports.Receive(ctx, d, imports.UploadIn{Estate: garden, File: "照片.xlsx", Data: file})
			if err != nil {
				t.Fatal(err)
			}
			f, err := imports.Load(t.Context(), d, id)
			if err != nil {
				t.Fatal(err)
			}
			res, err := op.Run(ctx, d, imports.Commit, id)
			if err != nil {
				t.Fatal(err)
			}
			finish(res.Out)
			return f, id
		}
		f, _ := bring()
		var told []string
		for _, b := range f.Beside {
			told = append(told, fmt.Sprintf("%s %s %s %d", b.Kind, b.Head, b.Paper, b.Count))
		}
		want := "printed   1; notes_loose   1; notes   1; pictures 身份证照片 identity 2; pictures 房产证 title 2; pictures 合影  1; waiting   1; absent   1"
		if strings.Join(told, "; ") != want {
			t.Errorf("beside:\n%s\nwant:\n%s", strings.Join(told, "; "), want)
		}
		papers := func(room string) string {
			t.Helper()
			ids := householdtest.InUnit(t, d, mustUnit(t, d, garden, room))
			scope := access.From(ctx).Scope([]access.Post{access.Manager}, garden)
			h, err := household.Find(t.Context(), d.DB.Read(), scope, ids[0])
			if err != nil {
				t.Fatal(err)
			}
			files, err := household.Files(t.Context(), d.DB.Read(), "2026-12-01", h)
			if err != nil {
				t.Fatal(err)
			}
			items, err := archive.ItemsIn(t.Context(), d.DB.Read(), scope, files[h.ID].Volume)
			if err != nil {
				t.Fatal(err)
			}
			out := ""
			for _, i := range items {
				out += fmt.Sprintf("%s/%s/%d ", i.Title, i.Paper, i.Pages)
			}
			return strings.TrimSpace(out)
		}
		check := func() {
			t.Helper()
			for room, want := range map[string]string{"1-1-101": "身份证照片/identity/1 房产证/title/1 合影//1", "1-1-102": "身份证照片/identity/1", "1-1-103": "房产证/title/1"} {
				if got := papers(room); got != want {
					t.Errorf("%s: %s, want %s", room, got, want)
				}
			}
		}
		check()
		_, second := bring()
		check()
		for _, id := range []imports.ID{second, f.Import.ID} {
			undo, err := op.Run(ctx, d, imports.Undo, id)
			if err != nil {
				t.Fatal(err)
			}
			finish(undo.Out)
		}
		var left []archive.Item
		if err := d.DB.Read().Select(&left).Scan(t.Context()); err != nil || len(left) != 0 {
			t.Errorf("papers are left: %d, %v", len(left), err)
		}
	})
}

// The picture of a row that was refused waits as work with the picture, survives the clearing away of the file, and is filed by
// saying whose it is; what a second import of the file left over alike stays.
func TestImport_APictureOfARefusedRowIsFiledByNamingTheHousehold(t *testing.T) {
	optest.Each(t, paperWorld, func(t *testing.T, d *op.Door) {
		scans, _ := archivetest.Scans(t, d)
		garden, ctx := estatetest.Estate(t, d, "澜庭花园"), estatetest.Manager(t)
		file := pictured([][]string{{"房号", "业主姓名", "联系电话", "身份证照片"}, {"1-1-101", "盛夏", "13900040001", ""},
			{"不详", "安然", "13900040002", "#1"}, {"未知", "申屠静", "", "#1"}, {"合计", "", "", "#2"}}, [][]byte{dot(1), dot(2)}, nil)
		id, err := imports.Receive(ctx, d, imports.UploadIn{Estate: garden, File: "照片.xlsx", Data: file})
		if err != nil {
			t.Fatal(err)
		}
		res, err := op.Run(ctx, d, imports.Commit, id)
		if err != nil {
			t.Fatal(err)
		}
		grants := []access.Grant{{Post: access.Manager, Estate: access.Company}}
		if run := jobtest.Finish(t, d, res.Out, grants, imports.WriteWith(scans)); run.State != job.Done {
			t.Fatalf("the job ended %s: %s %s", run.State, run.ErrorKey, run.ErrorArgs)
		}
		if _, err := op.Run(ctx, d, imports.Discard, id); err != nil {
			t.Fatal(err)
		}
		pictures := func() (all []imports.LeftRow) {
			_, left, err := imports.LinesAndLeft(t.Context(), d.DB.Read(), ofEstate(garden), id)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range left {
				if l.Picture != "" && l.State == imports.LeftOpen {
					all = append(all, l)
				}
			}
			return all
		}
		waiting := pictures()
		var at []string
		for _, l := range waiting {
			data, err := imports.PictureOf(t.Context(), d, &l.Left)
			at = append(at, fmt.Sprintf("%s %s %d %v", l.Cell, l.Value.Mask, len(data), err))
		}
		n := len(dot(1))
		equal(t, "waiting", at, []string{fmt.Sprintf("D3 身份证照片 %d <nil>", n), fmt.Sprintf("D4 身份证照片 %d <nil>", n), fmt.Sprintf("D5 身份证照片 %d <nil>", n)})
		homes, err := imports.HomesIn(t.Context(), d, garden, "1-1-101")
		if err != nil || len(homes) != 1 {
			t.Fatal(homes, err)
		}
		if err := imports.FileWaiting(ctx, d, scans, &waiting[0].Left, &homes[0]); err != nil {
			t.Fatal(err)
		}
		if err := imports.FileWaiting(ctx, d, scans, &waiting[0].Left, &homes[0]); !errs.Is(err, errs.Blocked) {
			t.Errorf("filed twice: %v", err)
		}
		if left := pictures(); len(left) != 2 {
			t.Errorf("%d pictures wait", len(left))
		}
		files, err := household.Files(t.Context(), d.DB.Read(), "2026-12-01", &homes[0])
		if err != nil {
			t.Fatal(err)
		}
		items, err := archive.ItemsIn(t.Context(), d.DB.Read(), ofEstate(garden), files[homes[0].ID].Volume)
		if err != nil || len(items) != 1 || items[0].Paper != "identity" || items[0].Title != "身份证照片" {
			t.Errorf("filed %+v, %v", items, err)
		}
	})
}

// A roster of nothing but pictures says so and breaks nothing.
func TestImport_OnlyPictures(t *testing.T) {
	optest.Each(t, paperWorld, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		data := pictured([][]string{{"#1", "#2"}, {"#1", ""}}, [][]byte{dot(1), dot(2)}, nil)
		id, err := imports.Receive(estatetest.Manager(t), d, imports.UploadIn{Estate: garden, File: "照片.xlsx", Data: data})
		if err != nil {
			t.Fatal(err)
		}
		f, err := imports.Load(t.Context(), d, id)
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Pictures) != 0 || len(f.Beside) != 2 || f.Beside[1].Kind != beside.Waiting || f.Beside[1].Count != 3 {
			t.Errorf("%+v", f.Beside)
		}
	})
}
