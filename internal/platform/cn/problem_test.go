package cn

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// declaredProblems reads the codes out of the source, so that a new one without a text fails here.
func declaredProblems(t *testing.T) map[string]bool {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Problem" {
				code, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				if err != nil || found[code] {
					t.Errorf("%s: bad or doubled code %s", e.Name(), code)
				}
				found[code] = true
			}
			return true
		})
	}
	return found
}

func TestLocales(t *testing.T) {
	t.Parallel()
	problems := declaredProblems(t)
	if len(problems) < 40 {
		t.Fatalf("only %d problems found", len(problems))
	}
	never := regexp.MustCompile(`请|抱歉|非法|无效|系统错误|操作失败|[!！]|(?i)please|sorry|invalid|oops`)
	shape := regexp.MustCompile(`^[a-z]+\.[a-z_]+$`)
	for _, lang := range []string{"zh", "en"} {
		raw, err := fs.ReadFile(Locales, "locales/"+lang+".json")
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]string
		if err := json.Unmarshal(raw, &texts); err != nil {
			t.Fatal(err)
		}
		for code := range problems {
			text := texts[Problem(code).Key()]
			if text == "" || !shape.MatchString(code) || never.MatchString(text) || lang == "zh" && utf8.RuneCountInString(text) > 30 {
				t.Errorf("%s %s: %q", lang, code, text)
			}
		}
		for key := range texts {
			if !problems[strings.TrimPrefix(key, "cn.")] {
				t.Errorf("%s: %s belongs to no problem", lang, key)
			}
		}
	}
}

func TestProblem(t *testing.T) {
	t.Parallel()
	if IDBadCheck.Key() != "cn.id.bad_check" || IDBadCheck.Error() != "cn: id.bad_check" || !errors.Is(IDBadCheck, IDBadCheck) {
		t.Error(IDBadCheck)
	}
}
