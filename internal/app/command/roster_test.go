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
	wants(0, "试算，没有写入", append([]string{"import", file, "--create", "--dry-run"}, into("澜庭花园")...)...)
	wants(0, "新增：房屋 2，业户 3", append([]string{"import", file}, into("澜庭花园")...)...)
	wants(0, "相同：房屋 2，业户 3", append([]string{"import", file}, into("澜庭花园")...)...)

	masked, clear := filepath.Join(t.TempDir(), "a.xlsx"), filepath.Join(t.TempDir(), "b.xlsx")
	wants(0, "部分隐去", append([]string{"export", masked}, into("澜庭花园")...)...)
	wants(2, "why", append([]string{"export", clear, "--clear"}, into("澜庭花园")...)...)
	wants(0, "未隐去", append([]string{"export", clear, "--clear", "--why", "迁移核对"}, into("澜庭花园")...)...)
	wants(2, "exists", append([]string{"export", clear, "--clear", "--why", "迁移核对"}, into("澜庭花园")...)...)
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
		{2, "nobody", []string{"import", file, "--data", dir, "--estate", "东区", "--as", "nobody"}},
		{2, "no such file", []string{"import", filepath.Join(dir, "没有.csv"), "--data", dir, "--estate", "东区"}},
		{2, "--estate", []string{"import", file, "--data", dir}},
	} {
		if code, out, errOut := run(t, c.args...); code != c.code || !strings.Contains(out+errOut, c.says) {
			t.Errorf("%v: %d, want %d with %q\n%s%s", c.args, code, c.code, c.says, out, errOut)
		}
	}
	a, err := app.Open(t.Context(), app.Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close(t.Context())
	if code, _, errOut := run(t, "import", file, "--data", dir, "--estate", "东区"); code != 2 || !strings.Contains(errOut, "stop the program") {
		t.Errorf("beside a running program: %d %s", code, errOut)
	}
}
