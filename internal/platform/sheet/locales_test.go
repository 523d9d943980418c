package sheet

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Every key that the code refuses with has a text in both languages, no text is unused, and the Chinese ones are short.
func TestLocales(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	key := regexp.MustCompile(`"(sheet\.[a-z_]+)"`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllSubmatch(src, -1) {
			used[string(m[1])] = true
		}
	}
	for _, lang := range []string{"zh", "en"} {
		raw, err := Locales.ReadFile("locales/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]string
		if err := json.Unmarshal(raw, &texts); err != nil {
			t.Fatal(err)
		}
		if got, want := slices.Sorted(maps.Keys(texts)), slices.Sorted(maps.Keys(used)); !slices.Equal(got, want) {
			t.Errorf("%s: keys %v\nused %v", lang, got, want)
		}
		for key, text := range texts {
			if lang == "zh" && utf8.RuneCountInString(text) > 30 {
				t.Errorf("%s: %d characters", key, utf8.RuneCountInString(text))
			}
		}
	}
}
