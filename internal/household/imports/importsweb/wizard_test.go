package importsweb_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/sheet"
)

const roster = `楼栋,单元,房号,建筑面积,业主姓名,联系电话,身份证号,性别,租户姓名,租户电话,车牌号
3,1,1201,89.5,张伟、李娟,13800138000、13900139000,,,,,京A12345
3,1,1202,102.30,王芳,13600136000,11010519491231002X,男性人,赵六,13700137000,
3,2,301,76,钱七,010-88881234,,男性人,,,
3,2,未知,76,孙八,13500135000,,女,,,
合计,,,,,,,,,,
`

// upload sends files to the upload page.
func upload(t *testing.T, c *apptest.Client, fields url.Values, files ...apptest.File) apptest.Page {
	t.Helper()
	return c.Upload("/imports/new", "/imports/new", fields, files...)
}

func file(name string, content []byte) apptest.File {
	return apptest.File{Name: name, Content: content}
}

// jobIn is the job whose page an answer is.
func jobIn(t *testing.T, p apptest.Page) job.ID {
	t.Helper()
	id := ref.ParseID[job.ID](strings.TrimPrefix(p.Path, "/jobs/"))
	if id == 0 {
		t.Fatalf("no job: %d at %s\n%s", p.Status, p.Path, p.Body)
	}
	return id
}

func wants(t *testing.T, p apptest.Page, status int, texts ...string) {
	t.Helper()
	if p.Status != status {
		t.Errorf("%s: %d, want %d", p.Path, p.Status, status)
	}
	for _, text := range texts {
		if !strings.Contains(p.Body, text) {
			t.Errorf("%s does not say %q", p.Path, text)
		}
	}
	if strings.Contains(p.Body, "[import.") || strings.Contains(p.Body, "[roster.") || strings.Contains(p.Body, "[sheet.") {
		t.Errorf("%s: words are missing: %s", p.Path, regexp.MustCompile(`\[(import|roster|sheet)[^\]]*\]`).FindString(p.Body))
	}
}

func households(t *testing.T, c *apptest.Company, e access.EstateID) int {
	t.Helper()
	n, err := c.App.Door.DB.Read().Select((*household.Household)(nil)).Where("estate = ?", e).Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}

// The whole way of a file through the pages.
func TestWizard_FromTheFileToItsUndo(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		li := c.SignIn(t, "limin", c.Garden, access.Custodian)
		before := households(t, c, c.Garden)
		p := upload(t, li, nil, file("花名册.csv", []byte(roster)))
		at := p.Path
		wants(t, p, http.StatusOK, "业主姓名", "张伟", "读作")

		p = li.Submit(at, at+"/map", url.Values{})
		wants(t, p, http.StatusOK, "房号写的是未知", "未认出性别", "孙八")
		p = li.Submit(at+"?step=problems&kind=roster.problem.sex_unread", at+"/answers", url.Values{"c.0.4.8": {"女"}})
		wants(t, p, http.StatusOK, "已答复 1 处")
		p = li.Send(li.Form(at+"?step=problems&kind=roster.problem.sex_unread", at+"/cure"), at+"/cure",
			url.Values{"kind": {"roster.problem.sex_unread"}, "do": {"replace"}, "from": {"男性人"}, "to": {"男"}})
		if strings.Contains(p.Body, "未认出性别") {
			t.Error("the sex is still asked")
		}
		wants(t, li.Get(at+"?step=dry"), http.StatusOK, "这是试算", "张伟", "3-1-1201", "合计行")
		wants(t, li.Get(at+"?step=dry&list=rows"), http.StatusOK, "房号写的是未知")
		p = li.Submit(at+"?step=commit", at+"/commit", url.Values{})
		if run := jobtest.Over(t, c.App.Door, jobIn(t, p)); run.State != job.Done {
			t.Fatalf("the job ended %s %s", run.State, run.ErrorKey)
		}
		if n := households(t, c, c.Garden) - before; n != 4 {
			t.Errorf("%d households, want 4", n)
		}
		wants(t, li.Get(at), http.StatusOK, "已导入", "撤销整批")
		wants(t, li.Get("/imports"), http.StatusOK, "花名册.csv", "limin")

		again := upload(t, li, nil, file("同一份.csv", []byte(roster)))
		wants(t, again, http.StatusOK, "同一份文件", "沿用上次")
		li.Submit(again.Path, again.Path+"/discard", url.Values{})

		p = li.Submit(at, at+"/undo", url.Values{})
		if run := jobtest.Over(t, c.App.Door, jobIn(t, p)); run.State != job.Done {
			t.Fatalf("the undo ended %s %s", run.State, run.ErrorKey)
		}
		if n := households(t, c, c.Garden) - before; n != 0 {
			t.Errorf("%d households are left", n)
		}
		wants(t, li.Submit(at, at+"/discard", url.Values{}), http.StatusOK, "已撤销", "上传的文件已清除")
	})
}

// Who built on an import is told on what, by name; the rest stays to be counted.
func TestWizard_AnUndoThatIsRefusedNamesWhatWasChanged(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		li := c.SignIn(t, "limin", c.Garden, access.Custodian)
		at := upload(t, li, nil, file("花名册.csv", []byte("楼栋,房号,业主姓名,联系电话\n77,1201,张伟,13800138000\n77,1202,王芳,13600136000\n"))).Path
		p := li.Submit(at+"?step=commit", at+"/commit", url.Values{})
		if run := jobtest.Over(t, c.App.Door, jobIn(t, p)); run.State != job.Done {
			t.Fatalf("the job ended %s %s", run.State, run.ErrorKey)
		}
		ctx := access.With(t.Context(), access.Actor{Account: 1, Name: "limin", Grants: []access.Grant{{Post: access.Manager, Estate: access.Company}}})
		var unit estate.Unit
		if err := c.App.Door.DB.Read().Select(&unit).Where("estate = ? AND code = ?", c.Garden, "77-1201").Scan(ctx); err != nil {
			t.Fatal(err)
		}
		facts := estate.UnitFacts{Building: unit.Building, Entrance: unit.Entrance, Room: unit.Room, Floor: unit.Floor, Kind: unit.Kind, Note: "两梯四户"}
		if _, err := op.Run(ctx, c.App.Door, estate.ChangeUnit, estate.ChangeUnitIn{ID: unit.ID, UnitFacts: facts}, op.Seen(unit.Version)); err != nil {
			t.Fatal(err)
		}
		p = li.Submit(at, at+"/undo", url.Values{})
		wants(t, p, http.StatusConflict, "有 1 处已改动", "导入后改动过的", unit.Path(), "77-1201", "撤销整批")
		if strings.Contains(p.Body, "77-1202") {
			t.Error("names what nobody changed")
		}
	})
}

func TestWizard_MendedInAnotherProgram(t *testing.T) {
	c := apptest.Open(t)
	li := c.SignIn(t, "limin", c.Garden, access.Custodian)
	at := upload(t, li, nil, file("花名册.csv", []byte(roster))).Path
	p := li.Get(at + "?take=problems")
	wants(t, p, http.StatusOK)
	book, err := sheet.Open(strings.NewReader(p.Body), int64(len(p.Body)), "x.xlsx", sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := sheet.NewWriter(&out)
	for row, err := range book.Sheets()[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		var cells []any
		var columns []sheet.Column
		for _, cell := range row.Cells {
			text := strings.ReplaceAll(cell.Text, "男性人", "女")
			if text == "未知" {
				text = "302"
			}
			cells, columns = append(cells, text), append(columns, sheet.Column{Title: cell.Text})
		}
		if row.Number == 1 {
			err = w.Sheet("改好", columns)
		} else {
			err = w.Row(cells...)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	p = li.Upload(at+"?step=problems", at+"/mended", nil, file("改好.xlsx", out.Bytes()))
	wants(t, p, http.StatusOK, "1 处", "张伟 …8000 · 李娟 …9000") // what was proposed, and nothing else
	wants(t, li.Get(at+"?step=dry&list=households.new&page=1"), http.StatusOK, "孙八", "3-2-302")
	p = li.Upload(at+"?step=problems", at+"/mended", nil, file("别的.xlsx", []byte("nothing")))
	wants(t, p, http.StatusUnprocessableEntity, "这不是问题清单")
}

func TestWizard_ANewerRosterWhoMoved(t *testing.T) {
	c := apptest.Open(t)
	li := c.SignIn(t, "limin", c.Garden, access.Manager)
	at := upload(t, li, nil, file("花名册.csv", []byte(roster))).Path
	jobtest.Over(t, c.App.Door, jobIn(t, li.Submit(at+"?step=commit", at+"/commit", url.Values{})))
	newer := strings.NewReplacer("王芳,13600136000,11010519491231002X", "周九,13611136111,", "3,2,301,76", "3,2,301,77.5").Replace(roster)
	at = upload(t, li, nil, file("新.csv", []byte(newer))).Path
	wants(t, li.Get(at+"?step=dry"), http.StatusOK, "业主不同：王芳 → 周九")
	wants(t, li.Get(at+"?step=dry&list=units.changed"), http.StatusOK, "76.00 → 77.50")
	li.Submit(at+"?step=dry", at+"/moves", url.Values{"moves": {"transfer"}})
	wants(t, li.Get(at+"?step=dry"), http.StatusOK)
	wants(t, li.Get(at+"?step=commit"), http.StatusOK, "按过户办")
	jobtest.Over(t, c.App.Door, jobIn(t, li.Submit(at+"?step=commit", at+"/commit", url.Values{})))
	wants(t, li.Get("/households?q=1202"), http.StatusOK, "周九")
	wants(t, li.Get("/households?tab=ended"), http.StatusOK, "王芳")
}

func TestUpload_BadFilesSayWhatToDo(t *testing.T) {
	c := apptest.Open(t)
	li := c.SignIn(t, "limin", c.Garden, access.Assistant)
	for _, bad := range []struct {
		apptest.File
		says string
	}{
		{file("空.xlsx", nil), "这个文件是空的"},
		{file("病毒.xlsx", append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), make([]byte, 500)...)), "不是表格文件"},
		{file("炸弹.xlsx", bomb(t)), "过大"},
		{file("外部.xlsx", withDTD(t)), "不安全"},
		{file("密码.xlsx", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"+strings.Repeat("\x00", 600))), "损坏"},
		{file("压缩.rar", []byte("Rar!\x1a\x07\x00 anything")), "压缩包"},
		{file("登录页.xls", []byte("<html><body><form>登录</form></body></html>")), "网页里没有表格"},
		{file("单文件.mht", []byte("MIME-Version: 1.0\r\nContent-Type: multipart/related")), "单文件网页"},
	} {
		p := upload(t, li, nil, bad.File)
		wants(t, p, http.StatusUnprocessableEntity, bad.says, "上传文件")
	}
	p := upload(t, li, nil, file("好.csv", []byte(roster)), file("坏.zip", []byte("Rar!\x1a\x07\x00")))
	wants(t, p, http.StatusOK, "已收下", "压缩包")
	wants(t, upload(t, li, nil), http.StatusUnprocessableEntity, "选一个文件")
	// A formula is text, and stays so.
	p = upload(t, li, nil, file("公式.csv", []byte("楼栋,单元,房号,业主姓名,联系电话\n3,1,101,=cmd|' /C calc'!A0,13800138000\n3,1,102,\"<script>alert(1)</script>\",13800138001\n")))
	wants(t, p, http.StatusOK, "=cmd|", "&lt;script&gt;")
}

// bomb is an xlsx whose sheet unpacks to far more than it weighs.
func bomb(t *testing.T) []byte {
	return packed(t, func(w io.Writer) {
		zeros := bytes.Repeat([]byte("<row><c><v>0</v></c></row>"), 40_000)
		for range 700 {
			_, _ = w.Write(zeros)
		}
	})
}

func withDTD(t *testing.T) []byte {
	return packed(t, func(w io.Writer) {
		_, _ = io.WriteString(w, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`)
	})
}

// packed is an xlsx whose only sheet is as told.
func packed(t *testing.T, sheet1 func(io.Writer)) []byte {
	t.Helper()
	var good, out bytes.Buffer
	w := sheet.NewWriter(&good)
	if err := w.Sheet("1", []sheet.Column{{Title: "房号"}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(good.Bytes()), int64(good.Len()))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(&out)
	for _, f := range r.File {
		part, err := z.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, "sheet1.xml") {
			sheet1(part)
			continue
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(part, in)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Another estate's import does not exist, whatever is asked of it.
func TestWizard_AnotherEstatesImportIsNotThere(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		li := c.SignIn(t, "limin", c.Garden, access.Custodian)
		at := upload(t, li, nil, file("花名册.csv", []byte(roster))).Path
		other := c.SignIn(t, "other", c.Tower, access.Manager)
		for _, path := range []string{"", "?step=problems", "?step=dry", "?step=commit", "?take=problems", "?take=tally"} {
			if p := other.Get(at + path); p.Status != http.StatusNotFound {
				t.Errorf("GET %s: %d", path, p.Status)
			}
		}
		form := other.Form("/imports/new", "/imports/new")
		for _, act := range []string{"map", "answers", "cure", "moves", "commit", "undo", "discard"} {
			if p := other.Send(form, at+"/"+act, url.Values{}); p.Status != http.StatusNotFound {
				t.Errorf("POST %s: %d", act, p.Status)
			}
		}
		cashier := c.SignIn(t, "cashier", c.Garden, access.Cashier)
		if p := cashier.Get(at); p.Status != http.StatusForbidden {
			t.Errorf("a cashier: %d", p.Status)
		}
		wants(t, li.Get(at), http.StatusOK)
		imp, err := imports.Find(t.Context(), c.App.Door.DB.Read(), access.ProgramActor().Scope([]access.Post{access.Program}, access.Company), ref.ParseID[imports.ID](strings.TrimPrefix(at, "/imports/")))
		if err != nil || imp.State != imports.Open {
			t.Errorf("%+v %v", imp, err)
		}
	})
}

// A cell of two lines is shown and mended as two lines: run together it is another number.
func TestGrid_ACellOfTwoLinesStaysOne(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		li := c.SignIn(t, "limin", c.Garden, access.Custodian)
		at := upload(t, li, nil, file("花名册.csv", []byte("楼栋,房号,业主姓名,联系电话\n9,101,宋远,\"13900070001\n1390007000\"\n"))).Path
		grid := at + "?step=problems&kind=cn.phone.bad_length"
		if p := li.Get(grid); !strings.Contains(p.Body, "13900070001\n1390007000</textarea>") {
			t.Error("the two lines of the cell are not shown")
		}
		p := li.Submit(grid, at+"/answers", url.Values{"c.0.2.4": {"13900070001\r\n13900070002"}})
		wants(t, p, http.StatusOK, "已答复 1 处")
	})
}

// What was typed into the grid lies with the server: it is offered on every page of the grid, shown in its rows, and gone once saved.
func TestGrid_KeepsADraft(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		li := c.SignIn(t, "limin", c.Garden, access.Custodian)
		at := upload(t, li, nil, file("花名册.csv", []byte(roster))).Path
		wants(t, li.Submit(at, at+"/map", url.Values{}), http.StatusOK, "未认出性别")
		grid, other := at+"?step=problems&kind=roster.problem.sex_unread", at+"?step=problems"
		typed := li.Form(grid, at+"/answers")
		typed.Set("_form", at+"/answers")
		wants(t, li.Send(typed, "/drafts", url.Values{"c.0.4.8": {"女"}}), http.StatusOK, "草稿已存")

		p := li.Get(other)
		if pagetest.Attr(t, p.Body, `input[name="c.0.4.8"]`, "value") == "女" {
			t.Error("the draft is filled in unasked")
		}
		goOn := pagetest.Attr(t, p.Body, ".note.due a", "href")
		full := li.Form(goOn, at+"/answers")
		if full.Get("c.0.4.8") != "女" {
			t.Fatalf("the grid holds %v", full)
		}
		for name := range full {
			if strings.HasPrefix(name, "c.") && typed[name] == nil {
				t.Errorf("%s was not typed into", name)
			}
		}
		wants(t, li.Send(full, at+"/answers", nil), http.StatusOK, "已答复 1 处")
		pagetest.NotIn(t, li.Get(other).Body, ".note.due")
	})
}

// A row that was settled meanwhile has left the grid: what was typed there still comes back and is saved.
func TestGrid_DraftOutlivesItsRowsProblem(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		li := c.SignIn(t, "limin", c.Garden, access.Custodian)
		at := upload(t, li, nil, file("花名册.csv", []byte(roster))).Path
		li.Submit(at, at+"/map", url.Values{})
		grid := at + "?step=problems&kind=roster.problem.sex_unread"
		typed := li.Form(grid, at+"/answers")
		typed.Set("_form", at+"/answers")
		wants(t, li.Send(typed, "/drafts", url.Values{"c.0.4.8": {"女"}}), http.StatusOK, "草稿已存")
		zhou := c.SignIn(t, "zhouqian", c.Garden, access.Custodian)
		wants(t, zhou.Submit(grid, at+"/answers", url.Values{"c.0.4.8": {"男"}}), http.StatusOK, "已答复 1 处")
		pagetest.In(t, li.Get(grid).Body, ".note.due")
		full := li.Form(at+"?step=problems&draft="+url.QueryEscape(at+"/answers"), at+"/answers")
		if full.Get("c.0.4.8") != "女" {
			t.Fatalf("the grid holds %v", full)
		}
		wants(t, li.Send(full, at+"/answers", nil), http.StatusOK, "已答复 1 处")
		f, err := imports.Load(t.Context(), c.App.Door, ref.ParseID[imports.ID](strings.TrimPrefix(at, "/imports/")))
		if err != nil {
			t.Fatal(err)
		}
		for cell, a := range f.Answers {
			if cell.Row != 4 || a.Text != "女" {
				t.Errorf("answered %+v %+v", cell, a)
			}
		}
	})
}

// A browser sends what was changed: a row of which only the action was chosen comes back too, and no other.
func TestGrid_DraftOfAnAction(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		li := c.SignIn(t, "limin", c.Garden, access.Custodian)
		at := upload(t, li, nil, file("花名册.csv", []byte(roster))).Path
		li.Submit(at, at+"/map", url.Values{})
		form := li.Form(at+"?step=problems", at+"/answers")
		wants(t, li.Send(url.Values{"_session": form["_session"], "_token": form["_token"], "_page": form["_page"], "_form": {at + "/answers"}}, "/drafts", url.Values{"a.0.4": {"skip"}}), http.StatusOK, "草稿已存")
		full := li.Form(at+"?step=problems&draft="+url.QueryEscape(at+"/answers"), at+"/answers")
		if full.Get("a.0.4") != "skip" {
			t.Fatalf("the grid holds %v", full)
		}
		for name := range full {
			if strings.HasPrefix(name, "a.") && name != "a.0.4" {
				t.Errorf("%s was not chosen", name)
			}
		}
		wants(t, li.Send(full, at+"/answers", nil), http.StatusOK, "已答复 1 处")
	})
}
