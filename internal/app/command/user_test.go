package command_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hudang/internal/app"
	"hudang/internal/app/command"
)

func TestUser_AddAndReset(t *testing.T) {
	data := t.TempDir()
	var out, complaints bytes.Buffer
	run := func(args ...string) int {
		out.Reset()
		complaints.Reset()
		return command.Run(t.Context(), args, &out, &complaints)
	}
	path := regexp.MustCompile(`^/enter/[0-9A-HJKMNP-TV-Z]{16}\n$`)
	add := []string{"user", "add", "--data", data, "--login", "zhengjie", "--name", "郑洁", "--post", "security_admin"}
	if code := run(add...); code != 0 || !path.MatchString(out.String()) {
		t.Fatalf("add: %d %s%s", code, &out, &complaints)
	}
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{1, "已有人用", add},
		{1, "岗位", []string{"user", "add", "--data", data, "--login", "limin", "--name", "李敏"}},
		{1, "东门", []string{"user", "add", "--data", data, "--login", "limin", "--name", "李敏", "--post", "cashier@东门"}},
		{1, "no other post", []string{"user", "add", "--lang", "en", "--data", data, "--login", "limin", "--name", "李敏", "--post", "auditor", "--post", "manager"}},
		{0, "/enter/", []string{"user", "reset", "--data", data, "--login", "zhengjie"}},
		{1, "nobody", []string{"user", "reset", "--data", data, "--login", "nobody"}},
		{2, "--login", []string{"user", "reset", "--data", data}},
		{2, "hudang user add", []string{"user"}},
	} {
		if code := run(c.args...); code != c.code || !strings.Contains(out.String()+complaints.String(), c.says) {
			t.Errorf("%v: %d, want %d with %q\n%s%s", c.args, code, c.code, c.says, &out, &complaints)
		}
	}
	a, err := app.Open(t.Context(), app.Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close(t.Context())
	if code := run(add...); code != 2 || !strings.Contains(complaints.String(), "正在被另一个户档使用") {
		t.Errorf("beside a running program: %d %s", code, &complaints)
	}
}

// A folder that was mistyped stays as it is; data without its keys, or with those of other data, is not opened.
func TestCommands_OpenOnlyWhatBelongsTogether(t *testing.T) {
	dir, file := hired(t)
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	for _, args := range [][]string{
		{"import", file, "--data", nowhere, "--estate", "东区", "--create"}, {"export", "out.xlsx", "--data", nowhere, "--estate", "东区"}, {"user", "reset", "--data", nowhere, "--login", "sunli"},
	} {
		if code, _, errOut := run(t, args...); code != 2 || !strings.Contains(errOut, "没有户档的数据") || !strings.Contains(errOut, "hudang user add") {
			t.Errorf("%v: %d %s", args, code, errOut)
		}
	}
	if _, err := os.Stat(nowhere); !errors.Is(err, os.ErrNotExist) {
		t.Error("a folder was made")
	}
	add := []string{"user", "add", "--data", dir, "--login", "late", "--name", "late", "--post", "assistant"}
	keys := keyFiles(t, dir)
	for _, gone := range [][]string{{"keys.db", "master.key"}, {"keys.db"}, {"master.key"}, {"keys.db", "master.key", "identity.txt"}} {
		for _, name := range gone {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		if code, _, errOut := run(t, add...); code != 2 || !strings.Contains(errOut, "放回") {
			t.Errorf("without %v: %d %s", gone, code, errOut)
		}
		for _, name := range gone {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				t.Errorf("a new %s was made", name)
			}
		}
		put(t, dir, keys)
	}
	other, _ := hired(t)
	strange := keyFiles(t, other)
	delete(strange, "identity.txt")
	put(t, dir, strange)
	if code, _, errOut := run(t, add...); code != 2 || !strings.Contains(errOut, "另一套数据") {
		t.Errorf("with other keys: %d %s", code, errOut)
	}
	put(t, dir, keys)
	if code, _, errOut := run(t, add...); code != 0 {
		t.Errorf("with its own keys: %d %s", code, errOut)
	}
	if code, _, errOut := run(t, "copy", filepath.Join(dir, "copy"), "--data", dir); code != 2 || !strings.Contains(errOut, "放到别处") {
		t.Errorf("into itself: %d %s", code, errOut)
	}
}

func keyFiles(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	keys := map[string][]byte{}
	for _, name := range []string{"keys.db", "master.key", "identity.txt"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		keys[name] = raw
	}
	return keys
}

func put(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	for name, raw := range files {
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
