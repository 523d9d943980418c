package archtest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Words that no message has (ui.md §5): they blame, beg or shout, and say nothing.
var shunned = map[string]*regexp.Regexp{
	"zh": regexp.MustCompile(`请|抱歉|非法|无效|系统错误|操作失败|！`),
	"en": regexp.MustCompile(`(?i)\bplease\b|\bsorry\b|\binvalid\b|\boops\b|!`),
}

// excused are words that have one of the shunned characters within: 申请 to apply; 请勿收款 is a warning, not a plea.
var excused = strings.NewReplacer("申请", "", "请勿收款", "")

func TestTone(t *testing.T) {
	for lang, words := range shunned {
		files, err := filepath.Glob("../../internal/*/locales/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		for _, depth := range []string{"../../internal/*/*/locales/", "../../internal/*/*/*/locales/"} {
			more, err := filepath.Glob(depth + lang + ".json")
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, more...)
		}
		if len(files) < 5 {
			t.Fatalf("only %d catalogues in %s", len(files), lang)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var texts map[string]string
			if err := json.Unmarshal(raw, &texts); err != nil {
				t.Fatal(err)
			}
			for key, text := range texts {
				if found := words.FindString(excused.Replace(text)); found != "" {
					t.Errorf("%s: %q says %q: %s", file, key, found, text)
				}
			}
		}
	}
}
