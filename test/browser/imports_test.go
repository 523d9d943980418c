package browser

import (
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app"
	"hudang/internal/estate"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	bt "hudang/test/browser/browsertest"
)

const problemRoster = `楼栋,单元,房号,建筑面积,业主姓名,联系电话,性别,交房时间
9,1,101,89.5,罗玉梅,139172044650,女,2019-06-18
9,1,102,89.5,唐秀英,1370092,女,2019-07-02
9,1,103,89.5,许志强,1589123004,男性人,2019-06-30
9,1,未知,89.5,马跃,13800138001,男,2019-08-11
9,1,105,89.5,欧阳春,13800138002,女,2020-01-05
`

// openImport is the address of an import with problems, not written yet.
func openImport(t *testing.T) string {
	t.Helper()
	ctx := access.With(t.Context(), access.Actor{Name: "test", Grants: []access.Grant{{Post: access.Manager}}})
	v, err := estate.Units.View(ctx, served.app.Door.DB.Read(), list.Reader{Actor: access.From(ctx)}, url.Values{})
	if err != nil {
		t.Fatal(err)
	}
	u, err := estate.FindUnit(ctx, served.app.Door.DB.Read(), access.From(ctx).Scope([]access.Post{access.Manager}, access.Company), estate.ParseUnitID(v.Rows[0].ID))
	if err != nil {
		t.Fatal(err)
	}
	id, err := imports.Receive(ctx, served.app.Door, imports.UploadIn{Estate: u.Estate, File: "业户资料总表_2026.csv", Data: []byte(problemRoster)})
	if err != nil {
		t.Fatal(err)
	}
	return id.Path()
}

// writeImport writes what of the roster can be written.
func writeImport(t *testing.T) {
	t.Helper()
	o := app.RosterOptions{Estate: "澜庭花园", As: "chenli"}
	if _, err := served.app.ImportRoster(t.Context(), "业户资料总表_2025.csv", []byte(strings.ReplaceAll(problemRoster, "9,1,1", "9,1,2")), o, i18n.Chinese); err != nil {
		t.Fatal(err)
	}
}

// importPages are the pages of an import that is open, of one that was written, and of what it left over.
func importPages(t *testing.T) map[string]string {
	at := openImport(t)
	writeImport(t)
	return map[string]string{"imports": "/imports", "import-new": "/imports/new", "import-map": at, "import-problems": at + "?step=problems",
		"import-dry": at + "?step=dry", "import-commit": at + "?step=commit", "import-discard": at + "#discard",
		"import-rows": "/import-rows", "import-left": "/import-left", "import-done": first(t, imports.Imports, "done"),
		"import-row": first(t, imports.Lines, "waiting"), "import-left-one": first(t, imports.Lefts, "")}
}

// The grid is walked and filled by keyboard, and what was filled is saved.
func TestImport_GridByKeyboard(t *testing.T) {
	base, link := demo(t, "chenli")
	at := openImport(t)
	b := bt.Open(t, base)
	b.Do(enter(link)...)
	cell := func(row string) string { return "input[name='c.0." + row + ".6']" }
	b.Do(bt.Goto(at+"?step=problems"), bt.Click(cell("2")), bt.Press("ArrowDown"), bt.Wait(cell("3")+":focus", ""),
		bt.Press("Ctrl+d"), bt.Press("ArrowDown"), bt.Press("Ctrl+d"), bt.Press("Ctrl+z"), bt.Press("Ctrl+s"),
		bt.Wait("td.fix "+cell("3"), ""))
	if v := b.Do(bt.Goto(at+"?step=problems"), bt.Axe(), bt.Overflow()).Violations; len(v) > 0 {
		t.Errorf("%+v", v)
	}
}

// What is typed into the grid, and nothing else of it, is kept after a pause, offered when the grid is opened again, and saved from there.
func TestImport_GridKeepsADraft(t *testing.T) {
	const cell, offer = "input[name='c.0.2.6']", ".note.due:has([href*='draft='])"
	within(t, "chenli", 1000, 1000, func(int) []bt.Step {
		at := openImport(t)
		return []bt.Step{
			bt.Goto(at + "?step=problems"), bt.Click(cell), bt.Press("Ctrl+a"), bt.Type(cell, "13800138000"), bt.Press("Enter"),
			bt.Wait("input[name='c.0.3.6']:focus", ""), bt.Wait(".bar [data-kept]", "草稿已存"), bt.Overflow(),
			bt.Goto(at + "?step=problems"), bt.Wait(offer, "没填完"), bt.Click(offer + " a"), bt.Wait("form[data-draft]:not([data-held])", ""), bt.Axe(), bt.Overflow(),
			bt.Wait(cell, "13800138000"), bt.Wait("main:not(:has([name='c.0.3.6']))", ""), bt.Click(cell), bt.Press("Ctrl+s"),
			bt.Wait("p.bar", "已答复 1 处"), bt.Wait("main:not(:has([data-held]))", ""),
		}
	})
}
