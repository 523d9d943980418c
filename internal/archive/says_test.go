package archive_test

import (
	"testing"

	"hudang/internal/archive"
	"hudang/internal/platform/filekind"
	"hudang/internal/platform/i18n"
)

// Every kind that is kept has a name in both languages, and every file is saved under a name that fits it.
func TestKinds_EachIsCalledSomething(t *testing.T) {
	texts, err := i18n.New(archive.Module.Files)
	must(t, err)
	for _, k := range filekind.All() {
		if k.Refused() {
			continue
		}
		if !texts.Has("archive.kind." + string(k)) {
			t.Errorf("%s has no name", k)
		}
	}
}

func TestDownloadName(t *testing.T) {
	for _, c := range []struct {
		name string
		kind archive.Type
		want string
	}{
		{"照片.jpg", filekind.PNG, "照片.png"}, {"照片.JPG", filekind.JPEG, "照片.JPG"}, {"扫描", filekind.PDF, "扫描.pdf"}, {"3.12 合同", filekind.PDF, "3.12 合同.pdf"},
		{"x.exe", filekind.PNG, "x.png"}, {"报告.wps", filekind.OldWord, "报告.wps"}, {"a.xls", filekind.Excel, "a.xls"}, {"a.doc", filekind.Excel, "a.xlsx"}, {".pdf", filekind.PDF, ".pdf"}, {"数据", filekind.Unknown, "数据"},
		{"合同\u202egpj.exe", filekind.PDF, "合同gpj.pdf"}, {"a.jpg.jpg", filekind.PNG, "a.png"}, {"", filekind.PNG, ".png"},
	} {
		if got := archive.DownloadName(c.name, c.kind); got != c.want {
			t.Errorf("%q as %s: %q, want %q", c.name, c.kind, got, c.want)
		}
	}
}

func TestTitleOf(t *testing.T) {
	for name, want := range map[string]string{
		"购房合同.pdf": "购房合同", "照片.jpg.jpg": "照片", ".pdf": "", "3.12 合同": "3.12 合同", "a\u202eb\u200b.png": "ab", "\u202e.pdf": "", "  .JPG": "", "合同\n第二页.pdf": "合同 第二页",
	} {
		if got := archive.TitleOf(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
