package archtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// tree parses made-up files; a line "package x" is put before each that has none.
func tree(t *testing.T, files map[string]string) *Tree {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		if strings.HasSuffix(name, ".go") && !strings.Contains(text, "package ") {
			text = "package x\n" + text
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	parsed, err := Load(fsys, "hudang")
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// wants compares what a rule found with parts of the expected messages, in any order.
func wants(t *testing.T, found []Wrong, want ...string) {
	t.Helper()
	left := slices.Clone(found)
	for _, part := range want {
		i := slices.IndexFunc(left, func(w Wrong) bool { return strings.Contains(fmt.Sprintf("[%s] %s", w.Rule, w), part) })
		if i < 0 {
			t.Errorf("nothing found with %q", part)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	for _, w := range left {
		t.Errorf("found besides: [%s] %s", w.Rule, w)
	}
}

func imports(paths ...string) string {
	var b strings.Builder
	for _, p := range paths {
		fmt.Fprintf(&b, "import _ %q\n", "hudang/"+p)
	}
	return b.String()
}

func TestLayering(t *testing.T) {
	cash := Edge{"cash", "household", "a receipt names a household"}
	for _, test := range []struct {
		name  string
		files map[string]string
		edges []Edge
		want  []string
	}{
		{name: "downward", files: map[string]string{
			"cmd/hudang/main.go":            imports("internal/app"),
			"internal/app/app.go":           imports("internal/web", "internal/cash/cashweb", "internal/cash", "internal/platform/op"),
			"internal/cash/cashweb/fee.go":  imports("internal/cash", "internal/office", "internal/platform/page"),
			"internal/cash/ledger/line.go":  imports("internal/cash/money"),
			"internal/cash/fee.go":          imports("internal/platform/op"),
			"internal/cash/fee_test.go":     imports("internal/household", "internal/household/householdtest"),
			"build/tool/main.go":            imports("internal/platform/db/dbtest"),
			"test/browser/browsertest/b.go": imports("internal/app"),
		}},
		{name: "upward", files: map[string]string{
			"internal/platform/op/op.go": imports("internal/cash"),
			"internal/cash/fee.go":       imports("internal/cash/cashweb"),
			"internal/web/home.go":       imports("internal/app"),
			"internal/platform/db/db.go": imports("internal/web"),
		}, want: []string{"imports internal/cash: imports go downward", "imports internal/cash/cashweb: imports go downward",
			"imports internal/app: imports go downward", "imports internal/web: imports go downward"}},
		{name: "a ground page's test in the whole house", files: map[string]string{"internal/platform/list/listweb/list_test.go": imports("internal/app/apptest")}},
		{name: "a page's test in the whole house", files: map[string]string{"internal/cash/cashweb/fee_test.go": imports("internal/app/apptest")}},
		{name: "a room's test in the whole house", files: map[string]string{"internal/cash/fee_test.go": imports("internal/app/apptest")},
			want: []string{"imports go downward"}},
		{name: "upward in a test", files: map[string]string{"internal/cash/fee_test.go": imports("internal/office")},
			want: []string{"a lower room never asks a higher one"}},
		{name: "room to room, unlisted", files: map[string]string{"internal/cash/fee.go": imports("internal/household")},
			want: []string{"\t{\"cash\", \"household\", \"why it must know it\"},\n\tchain: internal/cash → internal/household"}},
		{name: "room to room, listed", files: map[string]string{"internal/cash/fee.go": imports("internal/household")}, edges: []Edge{cash}},
		{name: "lower room to higher one, though listed", files: map[string]string{"internal/household/h.go": imports("internal/cash")},
			edges: []Edge{{"household", "cash", "wish"}}, want: []string{"a lower room never asks", "no import uses the edge"}},
		{name: "edge no longer used", edges: []Edge{cash}, want: []string{`no import uses the edge {"cash", "household"}`}},
		{name: "edge without reason", files: map[string]string{"internal/cash/fee.go": imports("internal/household")},
			edges: []Edge{{"cash", "household", whyHere}}, want: []string{"gives no reason"}},
		{name: "another room's pages", files: map[string]string{"internal/cash/cashweb/fee.go": imports("internal/desk/deskweb")},
			want: []string{"pages never import another room's pages"}},
		{name: "shell knows pages", files: map[string]string{"internal/web/home.go": imports("internal/desk/deskweb")},
			want: []string{"only app knows a room's pages"}},
		{name: "rulebook knows a room", files: map[string]string{"internal/rulebook/r.go": imports("internal/cash")},
			edges: []Edge{{"rulebook", "cash", "wish"}}, want: []string{"the rulebook imports no room", "no import uses the edge"}},
		{name: "cmd past app", files: map[string]string{"cmd/hudang/main.go": imports("internal/cash")},
			want: []string{"nobody listed that edge"}},
		{name: "ground, order", files: map[string]string{"internal/platform/db/db.go": imports("internal/platform/op")},
			want: []string{"it stands higher in Grounds"}},
		{name: "ground, unlisted", files: map[string]string{"internal/platform/op/op.go": imports("internal/platform/db")},
			want: []string{`{"platform/op", "platform/db", "why it must know it"}`}},
		{name: "fixture in the program", files: map[string]string{"internal/cash/fee.go": imports("internal/cash/cashtest")},
			want: []string{"fixtures are for tests"}},
		{name: "tool in the program", files: map[string]string{"internal/cash/fee_test.go": imports("internal/archtest")},
			want: []string{"tools are not part of the program"}},
		{name: "unknown part", files: map[string]string{"internal/things/t.go": "", "internal/platform/stuff/s.go": ""},
			want: []string{"internal/things: no known part", "internal/platform/stuff: no known part"}},
		{name: "chain from the command", files: map[string]string{
			"cmd/hudang/main.go": imports("internal/app"), "internal/app/app.go": imports("internal/desk/deskweb"),
			"internal/desk/deskweb/d.go": imports("internal/desk"), "internal/desk/d.go": imports("internal/archive"),
			"internal/archive/a.go": "",
		}, want: []string{"chain: cmd/hudang → internal/app → internal/desk/deskweb → internal/desk → internal/archive"}},
	} {
		t.Run(test.name, func(t *testing.T) { wants(t, Layering(tree(t, test.files), test.edges), test.want...) })
	}
}

func TestBans(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		want             []string
	}{
		{"clock", "internal/cash/a.go", "import \"time\"\nvar a = time.Now\nvar b = time.Since(c)\nvar d = time.After(e)\nvar ok = time.Second", []string{"time.Now", "time.Since", "time.After"}},
		{"clock under another name", "internal/cash/a.go", "import clk \"time\"\nvar a = clk.Now()", []string{"[clock]"}},
		{"clock in a test", "internal/cash/a_test.go", "import \"time\"\nvar a = time.Now()", nil},
		{"clock in a fixture", "internal/cash/cashtest/a.go", "import \"time\"\nvar a = time.Now()", nil},
		{"clock in a tool", "build/x/a.go", "import \"time\"\nvar a = time.Now()", nil},
		{"another Now", "internal/cash/a.go", "func f(time T) { time.Now() }", nil},
		{"rand", "internal/cash/a.go", "import (\n\"math/rand/v2\"\n\"crypto/rand\"\n)", []string{"math/rand/v2 is guessable", "[secret]"}},
		{"bun writes", "internal/cash/store_a.go", "func f() { q.NewInsert().Exec(ctx); q.NewSelect().DB().NewRaw(s) }", []string{".NewInsert()", ".DB()", ".NewRaw()"}},
		{"DB with an argument", "internal/cash/a.go", "func f() { q.DB(1) }", nil},
		{"sql", "internal/cash/a.go", "var a = \"SELECT id FROM cash_till\"\nvar b = `\n insert into x values`\nvar c = \"UPDATE \" + t", []string{"SELECT id", "insert into", "UPDATE "}},
		{"sql in a store", "internal/cash/store_till.go", "var a = \"SELECT id FROM cash_till\"", nil},
		{"no sql", "internal/cash/a.go", "var a = \"select a household\"\nvar b = \"DELETE\"\nvar c = \"DELETE /cash/{id}\"\nvar d = \"update the list\"", nil},
		{"http in a room", "internal/cash/a.go", "import \"net/http\"", []string{"[http]"}},
		{"http in the ground", "internal/platform/op/a.go", "import \"net/http/httptest\"", []string{"[http]"}},
		{"http in pages and shells", "internal/cash/cashweb/a.go", "import \"net/http\"", nil},
		{"init", "internal/cash/a.go", "func init() {}\nfunc (x) init() {}", []string{"[init]"}},
		{"exit", "internal/app/a.go", "import (\n\"os\"\n\"log\"\n)\nfunc f() { os.Exit(1); log.Fatal(2) }", []string{"os.Exit", "log.Fatal"}},
		{"exit in cmd", "cmd/hudang/main.go", "import \"os\"\nfunc f() { os.Exit(1) }", nil},
		{"open", "internal/cash/a.go", "import \"hudang/internal/platform/db\"\nfunc f() { db.Open(1) }", []string{"only app opens"}},
		{"open by hand", "internal/web/a.go", "import \"database/sql\"\nfunc f() { sql.Open(1) }", []string{"only app opens"}},
		{"open in app", "internal/app/a.go", "import \"hudang/internal/platform/db\"\nfunc f() { db.Open(1) }", nil},
		{"han", "internal/cash/a.go", "// 收据\nvar a = \"收据\"\nvar b = '收'\nvar c = \"receipt\"", []string{"[han]", "[han]"}},
		{"the product's name", "internal/app/a.go", "var a = \"Hudang 户档\"", nil},
		{"han in a template's code", "internal/cash/cashweb/a_templ.go", "// Code generated by templ - DO NOT EDIT.\n\npackage x\nvar a = \"<p>收据</p>\"", []string{"[han]"}},
		{"han in a print", "internal/cash/cashweb/print_receipt.go", "var a = \"收据\"", nil},
	} {
		t.Run(test.name, func(t *testing.T) { wants(t, Bans(tree(t, map[string]string{test.file: test.text})), test.want...) })
	}
}

func TestSizes(t *testing.T) {
	long := func(n int) string { return strings.Repeat("// x\n", n) }
	body := "func f() {\n" + long(79) + "}\n"
	for _, test := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"file", map[string]string{"internal/cash/a.go": "// Package x.\npackage x\n" + long(599)}, []string{"file has 601 lines"}},
		{"function", map[string]string{"internal/cash/a.go": "// Package x.\npackage x\n" + body}, []string{"func f has 81 lines"}},
		{"function of routes", map[string]string{"internal/cash/routes.go": "// Package x.\npackage x\n" + body}, nil},
		{"test and generated", map[string]string{
			"internal/cash/a_test.go":  "// Package x.\npackage x\n" + long(700),
			"internal/cash/a_templ.go": "// Package x.\n\n// Code generated by x. DO NOT EDIT.\n\npackage x\n" + long(700)}, []string{"[comment]"}},
		{"package", map[string]string{
			"internal/cash/doc.go": "// Package x.\npackage x\n",
			"internal/cash/a.go":   long(590), "internal/cash/b.go": long(590), "internal/cash/c.go": long(590), "internal/cash/d.go": long(590),
			"internal/cash/e.go": long(590), "internal/cash/f.go": long(590), "internal/cash/g.go": long(590), "internal/cash/h.go": long(590), "internal/cash/i.go": long(590),
		}, []string{"package has 5321 lines"}},
		{"no comment", map[string]string{"internal/cash/a.go": ""}, []string{"no package comment"}},
		{"names", map[string]string{"internal/cash/a.go": "// Package cashutil.\npackage cashutil", "internal/helpers/a.go": "// Package h.\npackage h"},
			[]string{"package cashutil", "package h:"}},
	} {
		t.Run(test.name, func(t *testing.T) { wants(t, Sizes(tree(t, test.files)), test.want...) })
	}
}

func TestJudge(t *testing.T) {
	found := []Wrong{
		{Rule: "sql", Dir: "internal/a", File: "internal/a/b.go", Text: "one"},
		{Rule: "func-size", Dir: "internal/a", File: "internal/a/b.go", Name: "Long", Text: "two"},
	}
	wants(t, Judge(found, []Excused{{"sql", "internal/a", "why"}, {"func-size", "internal/a.Long", "why"}}))
	wants(t, Judge(found, []Excused{{"sql", "internal/a/b.go", " "}}), "gives no reason", "two")
	wants(t, Judge(found[:1], []Excused{{"clock", "internal/a", "why"}}), "one", "needed no more")
}

func TestTexts(t *testing.T) {
	const zh, en = "internal/cash/locales/zh.json", "internal/cash/locales/en.json"
	use := `import (
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)
func f(fields *errs.Fields, other url.Values) {
	i18n.T(ctx, "cash.title")
	errs.E(errs.Invalid, "cash.bad")
	errs.Rule("B2", "cash.closed")
	fields.Add("name", "cash.name_missing")
	fields.Check(ok, "name", "cash.name_long")
	other.Add("name", "elsewhere.no_key_at_all")
	_ = errs.Field{Key: "cash.field"}
	_ = column{TitleKey: "cash.column"}
	i18n.T(ctx, name)
}`
	keys := []string{"cash.title", "cash.bad", "cash.closed", "cash.name_missing", "cash.name_long", "cash.field", "cash.column"}
	catalogue := func(keys ...string) string { return `{"` + strings.Join(keys, `": "x", "`) + `": "x"}` }
	var missing []string
	for _, k := range keys {
		missing = append(missing, fmt.Sprintf("the key %q is in no locales", k))
	}
	for _, test := range []struct {
		name    string
		files   map[string]string
		dynamic []Dynamic
		want    []string
	}{
		{name: "all there", files: map[string]string{"internal/cash/a.go": use, zh: catalogue(keys...), en: catalogue(keys...)}},
		{name: "none there", files: map[string]string{"internal/cash/a.go": use}, want: missing},
		{name: "from a template", files: map[string]string{"internal/cash/cashweb/a_templ.go": "// Code generated by templ - DO NOT EDIT.\n\npackage x\nimport \"hudang/internal/platform/i18n\"\nvar a = i18n.T(ctx, \"cash.gone\")"},
			want: []string{`"cash.gone" is in no`}},
		{name: "looks like a key", files: map[string]string{
			"internal/cash/a.go": `var a = refuse("cash.bda")
var b = op.Define("cash.pay", spec)
var c = list.Def{Name: "cash.tills", Title: "cash.titel", File: "cash.json", Other: "else.where"}
var d = op.Define("cash.refund", spec)
var e = "cash.bad"
`, zh: catalogue("cash.bad", "op.cash.pay"), en: catalogue("cash.bad", "op.cash.pay")},
			dynamic: []Dynamic{{"op.", "x"}}, want: []string{`"cash.bda" looks like a key`, `"cash.titel" looks`, `"cash.refund" looks`, "delete it from Dynamics"}},
		{name: "unused", files: map[string]string{zh: catalogue("cash.old"), en: catalogue("cash.old")}, want: []string{`"cash.old" is used nowhere`}},
		{name: "used in a table", files: map[string]string{"internal/cash/a.go": `var t = []string{"cash.old"}`, zh: catalogue("cash.old"), en: catalogue("cash.old")}},
		{name: "used in a test only", files: map[string]string{"internal/cash/a_test.go": `var t = []string{"cash.old"}`, zh: catalogue("cash.old"), en: catalogue("cash.old")},
			want: []string{`"cash.old" is used nowhere`}},
		{name: "put together, listed", files: map[string]string{"internal/cash/a.go": "import \"hudang/internal/platform/i18n\"\nvar a = i18n.T(ctx, \"op.\"+name+\".title\")", zh: catalogue("op.pay.title"), en: catalogue("op.pay.title")},
			dynamic: []Dynamic{{"op.", "operations name themselves"}}},
		{name: "put together, unlisted", files: map[string]string{"internal/cash/a.go": "import \"hudang/internal/platform/i18n\"\nvar a = i18n.T(ctx, \"op.\"+name)"},
			want: []string{"{\"op.\", \"what follows"}},
		{name: "listed beginning gone", dynamic: []Dynamic{{"op.", "why"}}, want: []string{"delete it from Dynamics"}},
		{name: "languages differ", files: map[string]string{
			"internal/cash/a.go": `var t = []string{"a.b", "a.c", "a.d", "a.e"}`,
			zh:                   `{"a.b": "{0}张", "a.c": "只有", "a.e": " "}`,
			en:                   `{"a.b": "{1} sheets", "a.d": "only", "a.e": "空 x"}`,
		}, want: []string{`"a.b" has placeholders [{0}] here and [{1}] in English`, `"a.c" is missing in the other`, `"a.d" is missing in the other`, `"a.d" looks like a key`, `"a.e" is empty`, "[han-in-en]"}},
		{name: "twice", files: map[string]string{"internal/cash/a.go": `var t = "a.b"`, zh: catalogue("a.b"), en: catalogue("a.b"),
			"internal/desk/locales/zh.json": catalogue("a.b"), "internal/desk/locales/en.json": catalogue("a.b")}, want: []string{`"a.b" is defined in internal/cash/locales/zh.json too`}},
		{name: "shape", files: map[string]string{"internal/cash/a.go": `var t = "Title"`, zh: catalogue("Title"), en: catalogue("Title")},
			want: []string{`zh.json: "Title" is no key`, `en.json: "Title" is no key`}},
	} {
		t.Run(test.name, func(t *testing.T) { wants(t, TextsOf(tree(t, test.files), test.dynamic), test.want...) })
	}
}

func TestUnlisted(t *testing.T) {
	const room = "var Module = module.Module{}"
	wants(t, Unlisted(tree(t, map[string]string{
		roomsFile:                 "import \"hudang/internal/cash\"\nvar rooms = []any{cash.Module}",
		"internal/cash/module.go": room, "internal/desk/module.go": "package desk\n" + room, "internal/letters/letter.go": "package letters\nvar Module = Letters.Into(module.Module{})",
	})), "internal/letters/letter.go:2: the program does not list this room: add letters.Module", "internal/desk/module.go:2: the program does not list this room: add desk.Module to rooms in internal/app/rooms.go")
}

func TestMigrations(t *testing.T) {
	const dir = "internal/cash/migrations/"
	files := func(names ...string) fstest.MapFS {
		fsys := fstest.MapFS{landedFile: {Data: []byte(dir + "20260101000000_a.sql e3b0c44298fc\n" + dir + "20260201000000_b.sql e3b0c44298fc\n")}}
		for _, n := range names {
			fsys[dir+n] = &fstest.MapFile{}
		}
		return fsys
	}
	for _, test := range []struct {
		name  string
		files fstest.MapFS
		want  []string
	}{
		{"as landed", files("20260101000000_a.sql", "20260201000000_b.sql"), nil},
		{"new, above", files("20260101000000_a.sql", "20260201000000_b.sql", "20260301000000_c.sql"), []string{"append this line to internal/archtest/migrations.txt:\n" + dir + "20260301000000_c.sql e3b0c44298fc"}},
		{"new, between", files("20260101000000_a.sql", "20260201000000_b.sql", "20260115000000_c.sql"), []string{"20260115000000_c.sql: databases have run 20260201000000 already"}},
		{"gone", files("20260101000000_a.sql"), []string{"20260201000000_b.sql: this migration has landed: databases have run it; put it back"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, err := Migrations(test.files)
			if err != nil {
				t.Fatal(err)
			}
			wants(t, found, test.want...)
		})
	}
	changed := files("20260101000000_a.sql", "20260201000000_b.sql")
	changed[dir+"20260201000000_b.sql"].Data = []byte("DROP TABLE cash_fee")
	found, err := Migrations(changed)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, found, "this migration has landed and was changed")
}

func TestRetiredNames(t *testing.T) {
	wants(t, RetiredNames(tree(t, map[string]string{"internal/cash/a.go": "package cash\ntype Saying struct{}\nfunc Kept() {}"})),
		"Saying is a retired name; use Payload")
}
