package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hudang/internal/app"
)

const rosterCSV = "楼栋,单元,房号,业主姓名,联系电话,身份证号,租户姓名,租户电话\n3,1,1201,张伟,13800138000,,赵六,13700137000\n3,1,1202,王芳,13600136000,11010519491231002X,,\n"

// hired is a data folder with a manager.
func hired(t *testing.T) (dir, file string) {
	t.Helper()
	dir = t.TempDir()
	if code, _, errOut := run(t, "user", "add", "--data", dir, "--login", "sunli", "--name", "孙丽", "--post", "manager"); code != 0 {
		t.Fatal(code, errOut)
	}
	file = filepath.Join(t.TempDir(), "花名册.csv")
	if err := os.WriteFile(file, []byte(rosterCSV), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, file
}

func TestImport_OutAndBackIsTheSame(t *testing.T) {
	dir, file := hired(t)
	into := func(estate string) []string { return []string{"--data", dir, "--estate", estate} }
	wants := func(code int, says string, args ...string) string {
		t.Helper()
		got, out, errOut := run(t, args...)
		if got != code || !strings.Contains(out+errOut, says) {
			t.Fatalf("%v: %d, want %d with %q\n%s%s", args, got, code, says, out, errOut)
		}
		return out
	}
	wants(2, "没有", append([]string{"import", file}, into("澜庭花园")...)...)
	wants(0, "还没有项目 澜庭花园，写入时新建\n  试算，花名册没有写入", append([]string{"import", file, "--create", "--dry-run"}, into("澜庭花园")...)...)
	wants(2, "没有项目 澜庭花园", append([]string{"import", file, "--dry-run"}, into("澜庭花园")...)...)
	wants(2, "太长", append([]string{"import", file, "--create", "--dry-run"}, into(strings.Repeat("澜", 100))...)...)
	wants(0, "新增：房屋 2，业户 3\n  增加人员 3、电话 3、证件 1、车辆 0、租期 0\n  项目 澜庭花园 已新建", append([]string{"import", file, "--create"}, into("澜庭花园")...)...)
	wants(0, "相同：房屋 2，业户 3", append([]string{"import", file}, into("澜庭花园")...)...)

	masked, clear := filepath.Join(t.TempDir(), "a.xlsx"), filepath.Join(t.TempDir(), "b.xlsx")
	wants(0, "部分隐去", append([]string{"export", masked}, into("澜庭花园")...)...)
	wants(2, "why", append([]string{"export", clear, "--clear"}, into("澜庭花园")...)...)
	wants(0, "号码完整", append([]string{"export", clear, "--clear", "--why", "迁移核对"}, into("澜庭花园")...)...)
	wants(2, "没有覆盖", append([]string{"export", clear, "--clear", "--why", "迁移核对"}, into("澜庭花园")...)...)
	wants(0, "相同：房屋 2，业户 3", append([]string{"import", clear}, into("澜庭花园")...)...)
	out := wants(0, "", append([]string{"import", clear, "--create", "--json"}, into("二期")...)...)
	var reports []app.RosterReport
	if err := json.Unmarshal([]byte(out), &reports); err != nil || len(reports) != 1 {
		t.Fatal(err, out)
	}
	if r := reports[0]; !r.Written || r.Units["new"] != 2 || r.Households["new"] != 3 || r.People != 3 || r.Phones != 3 || r.Identities != 1 || r.Sheets[0].Rows != 4 {
		t.Errorf("%+v", r)
	}
}

func TestImport_SaysWhatItCannotDo(t *testing.T) {
	dir, file := hired(t)
	bad := filepath.Join(t.TempDir(), "坏.xlsx")
	if err := os.WriteFile(bad, []byte("Rar!\x1a\x07\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	odd := filepath.Join(t.TempDir(), "有问题.csv")
	if err := os.WriteFile(odd, []byte(rosterCSV+"3,1,未知,孙八,13500135000,,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{1, "第 4 行未收", []string{"import", odd, "--data", dir, "--estate", "东区", "--create"}},
		{2, "压缩包", []string{"import", bad, "--data", dir, "--estate", "东区"}},
		{2, "压缩包", []string{"import", bad, "--data", dir, "--estate", "西区", "--create"}},
		{2, "没有项目 西区", []string{"import", file, "--data", dir, "--estate", "西区"}},
		{2, "nobody", []string{"import", file, "--data", dir, "--estate", "东区", "--as", "nobody"}},
		{2, "找不到", []string{"import", filepath.Join(dir, "没有.csv"), "--data", dir, "--estate", "东区"}},
		{2, "--estate", []string{"import", file, "--data", dir}},
	} {
		if code, out, errOut := run(t, c.args...); code != c.code || !strings.Contains(out+errOut, c.says) {
			t.Errorf("%v: %d, want %d with %q\n%s%s", c.args, code, c.code, c.says, out, errOut)
		}
	}
	mapped := func(text string) []string {
		at := filepath.Join(t.TempDir(), "m.json")
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return []string{"import", file, "--data", dir, "--estate", "东区", "--dry-run", "--mapping", at}
	}
	for says, text := range map[string]string{"物业号": `[{"headers": ["物业号", "业主"], "fields": {"物业号": "room"}}]`, "不是列的对应文件": `{"headers": `,
		"roomnumber": `[{"headers": ["楼栋","单元","房号","业主姓名","联系电话","身份证号","租户姓名","租户电话"], "fields": {"房号": "roomnumber"}}]`} {
		if code, out, errOut := run(t, mapped(text)...); code != 2 || !strings.Contains(errOut, says) {
			t.Errorf("%s: %d\n%s%s", text, code, out, errOut)
		}
	}
	a, err := app.Open(t.Context(), app.Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close(t.Context())
	if code, _, errOut := run(t, "import", file, "--data", dir, "--estate", "东区"); code != 2 || !strings.Contains(errOut, "先停下它") {
		t.Errorf("beside a running program: %d %s", code, errOut)
	}
}

// Whoever is refused is told what to do next: the command that makes an account, the posts, the estates there are.
func TestImport_ARefusalNamesTheWayOut(t *testing.T) {
	empty := t.TempDir()
	dir, file := hired(t)
	for login, post := range map[string]string{"zhouqian": "custodian", "qianjin": "auditor"} {
		if code, _, errOut := run(t, "user", "add", "--data", dir, "--login", login, "--name", login, "--post", post); code != 0 {
			t.Fatal(code, errOut)
		}
	}
	into := func(data, estate string, more ...string) []string {
		return append([]string{"import", file, "--data", data, "--estate", estate}, more...)
	}
	for _, c := range []struct {
		args []string
		says []string
	}{
		{into(empty, "东区", "--create"), []string{"hudang user add", "--post manager"}},
		{into(empty, "东区", "--create", "--lang", "en"), []string{"hudang user add", "--post manager", "whole company"}},
		{into(dir, "东区"), []string{"--create"}},
		{into(dir, "东区", "--create", "--as", "zhouqian"), []string{"zhouqian", "manager", "--create"}},
		{into(dir, "东区", "--create", "--as", "qianjin"), []string{"qianjin", "manager"}},
		{into(dir, "东区", "--create", "--as", "nobody"), []string{"nobody", "sunli", "hudang user add"}},
	} {
		code, out, errOut := run(t, c.args...)
		for _, says := range c.says {
			if code != 2 || !strings.Contains(errOut, says) {
				t.Errorf("%v: %d, want 2 with %q\n%s%s", c.args, code, says, out, errOut)
			}
		}
	}
	if code, out, errOut := run(t, into(dir, "东区", "--create")...); code != 0 {
		t.Fatal(code, out, errOut)
	}
	if code, out, errOut := run(t, into(dir, "东区", "--dry-run")...); code != 2 || !strings.Contains(errOut, "sunli, zhouqian") {
		t.Errorf("two who may: %d %s%s", code, out, errOut)
	}
	if code, _, errOut := run(t, into(dir, "东区", "--as", "qianjin")...); code != 2 || !strings.Contains(errOut, "assistant, custodian, manager") {
		t.Errorf("an auditor: %d %s", code, errOut)
	}
	if code, out, errOut := run(t, into(dir, "东区", "--as", "zhouqian")...); code != 0 {
		t.Errorf("a custodian: %d %s%s", code, out, errOut)
	}
}

func TestImport_ReportsEveryRowAndWhatIsLeftOver(t *testing.T) {
	dir, file := hired(t)
	if err := os.WriteFile(file, []byte("业户名册,,,\n楼栋,房号,业主姓名,联系电话\n3,1201,张伟,1380013800\n3,1201,张伟,13900139000\n,,,\n3,未知,孙八,13500135000\n合计,2户,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, more := range []string{"--dry-run", "--json"} {
		code, out, errOut := run(t, "import", file, "--data", dir, "--estate", "东区", "--create", "--json", more)
		var reports []app.RosterReport
		if err := json.Unmarshal([]byte(out), &reports); err != nil || code != 1 {
			t.Fatal(code, err, out, errOut)
		}
		r := reports[0]
		var fates []string
		for _, row := range r.Rows {
			fates = append(fates, string(row.Fate))
		}
		if got := strings.Join(fates, " "); got != "aside.title aside.header new joined empty refused aside.total" || r.Rows[3].Joined != "3" || r.Rows[2].Says == "" {
			t.Errorf("%s: %s %+v", more, got, r.Rows)
		}
		if r.Written != (r.Rows[2].Household != 0) {
			t.Errorf("%s: %+v", more, r.Rows[2])
		}
		if len(r.Left) != 2 || r.Left[0].Cell != "D3" || r.Left[0].Value != "******3800" || r.Left[1].Problem != "roster.problem.unknown" {
			t.Errorf("%s: left over %+v", more, r.Left)
		}
	}
}

// The report names what one choice settles, and a mapping that makes it holds for every row of the shape.
func TestImport_OneChoiceForEveryRowOfAShape(t *testing.T) {
	dir, file := hired(t)
	if err := os.WriteFile(file, []byte("房号,业主姓名\n1-1-01,张一\n1-1-02,张二\n2-3-04,张三\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	into := []string{"import", file, "--data", dir, "--estate", "东区", "--create", "--json"}
	report := func(args ...string) (int, app.RosterReport) {
		t.Helper()
		code, out, errOut := run(t, append(into, args...)...)
		var all []app.RosterReport
		if err := json.Unmarshal([]byte(out), &all); err != nil || len(all) != 1 {
			t.Fatal(code, err, out, errOut)
		}
		return code, all[0]
	}
	mapped := func(m any) string {
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		at := filepath.Join(t.TempDir(), "m.json")
		if err := os.WriteFile(at, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		return at
	}
	code, asked := report("--dry-run")
	if choices := asked.Sheets[0].Choices; code != 1 || len(choices) != 1 || len(choices[0].Rows) != 3 || len(choices[0].Ways) != 2 || choices[0].Of != "1-1-01" {
		t.Fatalf("%d %+v", code, choices)
	}
	choice := map[string]any{"options": map[string]any{"choices": map[string]string{"room:0-0-0": "building-room"}}}
	whole := asked.Mapping
	whole[0].Options.Choices = map[string]string{"room:0-0-0": "building-entrance-room"}
	for name, c := range map[string]struct {
		mapping any
		room    string
	}{"the choice alone": {choice, "1-101"}, "as the report gave it": {whole, "1-1-01"}} {
		code, r := report("--dry-run", "--mapping", mapped(c.mapping))
		if code != 0 || r.Units["new"] != 3 || len(r.Sheets[0].Choices) != 0 || r.Mapping[0].Options.Choices["room:0-0-0"] == "" {
			t.Errorf("%s: %d %+v", name, code, r)
		}
	}
	wrong := mapped(map[string]any{"options": map[string]any{"choices": map[string]string{"room:0-0-0": "building"}}})
	if code, out, errOut := run(t, append(into, "--dry-run", "--mapping", wrong)...); code != 2 || !strings.Contains(errOut, "building-entrance-room, building-room") {
		t.Errorf("a way there is not: %d %s%s", code, out, errOut)
	}
	if code, r := report("--mapping", mapped(choice)); code != 0 || !r.Written || r.Rows[1].Room != "1-101" {
		t.Errorf("written: %d %+v", code, r.Rows)
	}
}

// A mapping made for another sheet is refused with the columns of both, and nothing is made for it.
func TestImport_AMappingOfAnotherSheet(t *testing.T) {
	dir, file := hired(t)
	other := filepath.Join(t.TempDir(), "另一张.csv")
	if err := os.WriteFile(other, []byte("铺号,承租方,租期\nA101,拾光书店,2025.1.1-2026.12.31\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	into := []string{"--data", dir, "--estate", "东区", "--create"}
	_, out, _ := run(t, append([]string{"import", other, "--dry-run", "--json"}, into...)...)
	var reports []app.RosterReport
	if err := json.Unmarshal([]byte(out), &reports); err != nil {
		t.Fatal(err, out)
	}
	raw, err := json.Marshal(reports[0].Mapping)
	if err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(t.TempDir(), "m.json")
	if err := os.WriteFile(at, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, more := range []string{"--json", "--dry-run"} {
		code, out, errOut := run(t, append([]string{"import", file, "--mapping", at, more}, into...)...)
		if code != 2 || !strings.Contains(errOut, "承租方") || !strings.Contains(errOut, "业主姓名") {
			t.Errorf("%d %s%s", code, out, errOut)
		}
	}
	if code, _, errOut := run(t, "import", file, "--data", dir, "--estate", "东区"); code != 2 || !strings.Contains(errOut, "没有项目 东区") {
		t.Errorf("an estate was made: %d %s", code, errOut)
	}
	if code, out, errOut := run(t, append([]string{"import", other, "--mapping", at}, into...)...); code != 0 {
		t.Errorf("its own sheet: %d %s%s", code, out, errOut)
	}
}
