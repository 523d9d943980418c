package command_test

import (
	"bytes"
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
		{2, "add or reset", []string{"user"}},
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
	if code := run(add...); code != 2 || !strings.Contains(complaints.String(), "in use") {
		t.Errorf("beside a running program: %d %s", code, &complaints)
	}
}
