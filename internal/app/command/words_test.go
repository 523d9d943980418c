package command_test

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Whatever a command says when it cannot go on is in the language asked for, names the argument that mends it, and has no word of
// the other language in it.
func TestCommands_RefuseInThePersonsLanguage(t *testing.T) {
	data, _ := installation(t)
	nowhere, there := filepath.Join(t.TempDir(), "nowhere"), filepath.Join(t.TempDir(), "there.xlsx")
	if err := os.WriteFile(there, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		args   []string
		zh, en string
	}{
		{[]string{"nothing"}, "没有命令 nothing", "no command nothing"},
		{[]string{"doctor"}, "--data", "--data"},
		{[]string{"verify"}, "--data", "--data"},
		{[]string{"serve"}, "--data", "--data"},
		{[]string{"copy"}, "目标文件夹", "DEST"},
		{[]string{"copy", "a", "b", "--data", data}, "不知道是什么", "left over"},
		{[]string{"user"}, "hudang user add", "hudang user add"},
		{[]string{"user", "add", "--data", data}, "--login", "--login"},
		{[]string{"user", "add", "--data", data, "--login", "limin"}, "--name：不能空着", "--name: "},
		{[]string{"user", "add", "--data", data, "--login", "limin", "--name", "李敏", "--post", "boss"}, "--post：", "--post: "},
		{[]string{"user", "reset", "--data", nowhere, "--login", "limin"}, "没有户档的数据", "no data of Hudang"},
		{[]string{"import", "--data", data}, "--estate", "--estate"},
		{[]string{"import", nowhere, "--data", data, "--estate", "东区"}, "找不到 " + nowhere, nowhere + " is not there"},
		{[]string{"import", there, "--data", data, "--estate", "东区", "--mapping", nowhere}, "找不到 " + nowhere, nowhere + " is not there"},
		{[]string{"export", there, "--data", data, "--estate", "澜庭花园"}, "没有覆盖", "was not written over"},
		{[]string{"verify", "--data", nowhere}, "找不到", "is not there"},
		{[]string{"doctor", "--data", nowhere}, "找不到", "is not there"},
		{[]string{"verify", "--data", data, "--vkey", "x"}, "--vkey", "--vkey"},
		{[]string{"serve", "--data", data, "--addr", taken.Addr().String()}, "换一个 --addr", "another --addr"},
		{[]string{"demo", "--data", nowhere, "--addr", taken.Addr().String()}, "换一个 --addr", "another --addr"},
		{[]string{"doctor", "--data"}, "--data 后面要写内容", "--data needs something"},
		{[]string{"doctor", "--date", data}, "没有参数 --date", "no argument --date"},
		{[]string{"doctor", "--json=x", "--data", data}, "--json 写的不对", "after --json is not possible"},
		{[]string{"doctor", data}, "不知道是什么", "left over"},
	} {
		for lang, says := range map[string]string{"zh": c.zh, "en": c.en} {
			args := append([]string{c.args[0]}, append(c.args[1:len(c.args):len(c.args)], "--lang="+lang)...)
			if c.args[len(c.args)-1] == "--data" { // the flag that lacks its value stays the last
				args = []string{c.args[0], "--lang=" + lang, "--data"}
			}
			code, out, errOut := run(t, args...)
			if code == 0 || !strings.Contains(errOut, says) {
				t.Errorf("%v: %d, want %q\n%s%s", args, code, says, out, errOut)
			}
			stray(t, lang, errOut, args)
		}
	}
}

// Help is in the language asked for too, of everything and of each command.
func TestCommands_HelpInThePersonsLanguage(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		for _, args := range [][]string{{"help"}, {"import", "-h"}, {"export", "-h"}, {"serve", "-h"}, {"verify", "-h"}, {"copy", "-h"}, {"doctor", "-h"}, {"user", "add", "-h"}, {"user", "-h"}, {"demo", "-h"}} {
			code, out, errOut := run(t, append(args, "--lang", lang)...)
			if code != 0 || len(out+errOut) < 80 || strings.Contains(out+errOut, "[cli.") {
				t.Errorf("%v: %d %s%s", args, code, out, errOut)
			}
			if args[0] != "help" { // which says in each language how to get the other
				stray(t, lang, errOut, args)
			}
		}
	}
	if code, _, errOut := run(t, "doctor", "--data", "x", "--lang", "fr"); code != 2 || !strings.Contains(errOut, "zh") || !strings.Contains(errOut, "en") {
		t.Errorf("a language there is not: %d %s", code, errOut)
	}
}

var (
	chinese = regexp.MustCompile(`\p{Han}`)
	english = regexp.MustCompile(`\b(needs|must|cannot|flag|data folder|without|provided|defined|usage|Usage|such|file)\b`)
)

// stray finds words of the other language; what the machine said about an address, names and paths stay as they are.
func stray(t *testing.T, lang, text string, args []string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "{") || strings.Contains(line, "hudang help --lang") || strings.Contains(line, "address already in use") { // the running log; the machine's own words
			continue
		}
		for _, a := range args {
			line = strings.ReplaceAll(line, a, "")
		}
		if lang == "en" && chinese.MatchString(strings.ReplaceAll(line, "户档", "")) || lang == "zh" && english.MatchString(line) {
			t.Errorf("%v in %s says %s", args, lang, line)
		}
	}
}
