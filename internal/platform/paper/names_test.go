package paper

import (
	_ "embed"
	"strings"
	"testing"
	"unicode/utf8"
)

// standardHan are the 8,105 characters of 通用规范汉字表, of which names are made.
//
//go:embed testdata/standard-han.txt
var standardHan string

func TestFont_HasEveryCharacterOfTheStandardTable(t *testing.T) {
	all := strings.TrimSpace(standardHan)
	if n := utf8.RuneCountInString(all); n != 8105 {
		t.Fatalf("the list has %d characters", n)
	}
	var lacks []rune
	for _, r := range all {
		if _, ok := regular().advance(r); !ok {
			lacks = append(lacks, r)
		}
	}
	if len(lacks) > 0 {
		t.Errorf("no glyph for %d: %q", len(lacks), string(lacks))
	}
}

// Names with rare characters come out of a stored PDF as they went in: searched, copied, read by other programs.
func TestPDF_RareNamesAreReadAsWritten(t *testing.T) {
	needs(t, "pdftotext")
	for _, name := range []string{"䶮㛃", "𬯎𬍛𬬮", "张𠮷吉", "王𫖯䲟", "𬱖𬳽", "普通的名字"} {
		d := plain(1)
		d = table(&d, func(t *Table) { t.Rows[0].Cells[1].Text, t.Rows[0].Cells[2].Text = name, "十二" })
		d.Body = append(d.Body, Text{Paragraphs: []string{name}})
		p := lay(t, d)
		p.Title = "登记表 " + name
		if info := run(t, "pdfinfo", pdfFile(t, p)); !strings.Contains(info, name) {
			t.Errorf("%s: %s", name, info)
		}
		if len(p.Missing) > 0 {
			t.Errorf("%s: missing %q", name, string(p.Missing))
		}
		if text := pageTexts(t, pdfFile(t, p), 1)[0]; strings.Count(text, name) < 1 || strings.ContainsRune(text, utf8.RuneError) {
			t.Errorf("%s: %s", name, text)
		}
	}
}
