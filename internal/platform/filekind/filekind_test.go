package filekind_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hudang/internal/platform/filekind"
)

func zipOf(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		name, content, _ := strings.Cut(name, "=")
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// oleOf is a container of old Office whose directory has these names.
func oleOf(names ...string) string {
	b := make([]byte, 512*3)
	copy(b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	binary.LittleEndian.PutUint16(b[30:], 9)
	binary.LittleEndian.PutUint32(b[48:], 1) // the directory; sector 0 is the table
	for i := 76; i < 512; i += 4 {
		binary.LittleEndian.PutUint32(b[i:], 0xffffffff)
	}
	binary.LittleEndian.PutUint32(b[76:], 0)
	binary.LittleEndian.PutUint32(b[512+4:], 0xfffffffe)
	for i, name := range append([]string{"Root Entry"}, names...) {
		at := 1024 + 128*i
		units := utf16.Encode([]rune(name))
		for j, u := range units {
			binary.LittleEndian.PutUint16(b[at+2*j:], u)
		}
		binary.LittleEndian.PutUint16(b[at+64:], uint16(2*len(units)+2))
	}
	return string(b)
}

func gbk(t *testing.T, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func utf16Of(s string) string {
	b := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func TestOf(t *testing.T) {
	mail := "From: a@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nhello\r\n"
	for _, c := range []struct {
		name, content string
		want          filekind.Kind
	}{
		{"a", "%PDF-1.7\n", filekind.PDF}, {"a", "\xef\xbb\xbf\r\n%PDF-1.4", filekind.PDF}, {"a", mail + "%PDF-1.4", filekind.PDF},
		{"a.pdf", strings.Repeat(" ", 1024) + "%PDF-1.4", filekind.PDF}, {"a.pdf", "<br />\n<b>Warning</b>: x\n%PDF-1.4", filekind.PDF},
		{"a.pdf", "<html><script>x()</script>%PDF-1.4", filekind.WebPage}, {"a.pdf", "#!/bin/sh\n%PDF-1.4", filekind.Script}, {"a.pdf", "MZ\x90\x00\x03\x00\x00\x00%PDF-1.4", filekind.Program},
		{"a.jpg", "\x89PNG\r\n\x1a\n123", filekind.PNG}, {"a.jpg", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", filekind.HEIC}, {"a.jpg", "RIFF\x00\x00\x00\x00WEBPVP8 ", filekind.WebP},
		{"a.jpg", "\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avif", filekind.AVIF}, {"a.png", "GIF89a\x01\x00", filekind.GIF}, {"a", "BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00" + strings.Repeat("\x00", 20), filekind.BMP},
		{"a.txt", "BMW 的车牌是 粤A12345，停在 3 栋楼下\n", filekind.Text}, {"a.tif", "II+\x00\x08\x00", filekind.TIFF},
		{"a.mov", "\x00\x00\x00\x14ftypqt  \x00\x00", "mov"}, {"a.m4a", "\x00\x00\x00\x20ftypM4A \x00\x00", "m4a"}, {"a.mp4", "\x00\x00\x00\x20ftypisom\x00\x00", filekind.MP4}, {"a.mov", "\x00\x00\x00\x08wide\x00\x00", "mov"},
		{"a.amr", "#!AMR\n\x3c\x91", "amr"}, {"a.amr", "\x02#!SILK_V3\x00", "silk"}, {"a.mp3", "ID3\x03\x00", "mp3"}, {"a.mp3", "\xff\xfb\x90\x00\x00", "mp3"},
		{"a.rar", "Rar!\x1a\x07\x01\x00", "rar"}, {"a.7z", "7z\xbc\xaf\x27\x1c\x00", "7z"}, {"a.dwg", "AC1027\x00\x00\x00", "dwg"}, {"a.psd", "8BPS\x00\x01", "psd"}, {"a", "{\\rtf1\\ansi}", filekind.RTF},
		{"a.zip", zipOf(t, "a.txt=x"), filekind.Zip}, {"a.zip", "PK\x05\x06" + strings.Repeat("\x00", 18), filekind.Zip}, {"a.zip", "PK\x03\x04 cut", filekind.Zip},
		{"a", zipOf(t, "[Content_Types].xml=x", "word/document.xml=x"), filekind.Word}, {"a.zip", zipOf(t, "xl/workbook.xml=x", "[Content_Types].xml=x"), filekind.Excel}, {"a", zipOf(t, "[Content_Types].xml", "ppt/p.xml"), filekind.Slides},
		{"a.ofd", zipOf(t, "OFD.xml=x", "Doc_0/Document.xml=x"), filekind.OFD}, {"a.odt", zipOf(t, "mimetype=application/vnd.oasis.opendocument.text"), "odt"}, {"a.epub", zipOf(t, "mimetype=application/epub+zip"), "epub"},
		{"a.zip", zipOf(t, "META-INF/MANIFEST.MF=x", "A.class=x"), filekind.Program}, {"x.zip", zipOf(t, "AndroidManifest.xml=x"), filekind.Program}, {"x.jar", zipOf(t, "a.txt=x"), filekind.Zip},
		{"a", oleOf("WordDocument", "1Table"), filekind.OldWord}, {"a.wps", oleOf("WordDocument"), filekind.OldWord}, {"a.et", oleOf("Workbook"), filekind.OldXLS}, {"a.dps", oleOf("PowerPoint Document"), filekind.OldPPT},
		{"a.msg", oleOf("__properties_version1.0"), filekind.Outlook}, {"a.xlsx", oleOf("EncryptedPackage", "EncryptionInfo"), filekind.Excel}, {"a.doc", oleOf("Contents"), filekind.OLE},
		{"a.eml", mail, filekind.Mail}, {"a", mail, filekind.Mail}, {"a.mht", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", filekind.MHT},
		{"a.txt", "你好，世界\n", filekind.Text}, {"a.txt", gbk(t, "物业服务中心：明天停水，请相互转告。\r\n"), filekind.Text}, {"a.txt", utf16Of("明天停水"), filekind.Text}, {"a.csv", gbk(t, "房号,姓名\r\n101,张三\r\n"), filekind.CSV}, {"a", "{\"a\": 1}", filekind.Text},
		{"a.xml", "<?xml version=\"1.0\"?><eInvoice/>", filekind.XML}, {"a.fodt", `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:script="x"><office:scripts/>`, filekind.XML}, {"paint.msp", "LinS\x00\x01\x02\x00", "msp"}, {"a.xml", "<?xml version='1.0'?><!-- x --><svg xmlns='http://www.w3.org/2000/svg'/>", filekind.SVG}, {"a.xml", "<?xml version='1.0'?><a><script>x</script></a>", filekind.WebPage},
		{"a.xls", "<html><table><tr><td>1</td></tr></table></html>", filekind.WebPage}, {"a.xls", "<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", filekind.Table03},
		{"a.txt", "<!DOCTYPE html><p>x", filekind.WebPage}, {"a.txt", "  <!-- x -->\n<ScRiPt>x", filekind.WebPage}, {"a.jpg", "<svg onload=x>", filekind.SVG}, {"a.txt", utf16Of("<html>"), filekind.WebPage},
		{"a.txt", "#!/usr/bin/python\n", filekind.Script}, {"a.txt", "@echo off\r\ndel x", filekind.Script}, {"a.js", "alert(1)", filekind.Script}, {"a.ps1", "Get-Item x", filekind.Script}, {"a.url", "[InternetShortcut]\nURL=http://x", filekind.Shortcut}, {"a.txt", "[InternetShortcut]\r\nURL=x", filekind.Shortcut},
		{"a.jpg", "MZ\x90\x00\x03\x00\x00\x00\x04", filekind.Program}, {"a", "\x7fELF\x02\x01", filekind.Program}, {"a.doc", "L\x00\x00\x00\x01\x14\x02\x00\x00", filekind.Shortcut}, {"MZ.txt", "MZ-2023 号合同，甲方：某某物业服务有限公司，乙方：张三，租期一年，自二〇二三年一月一日起。", filekind.Text},
		{"a.exe", "\x00\x01\x02", filekind.Program}, {"a.xyz", "\x00\x01\x02\x03", filekind.Unknown}, {"a", "\x00", filekind.Unknown}, {"a.bin", "\x80\x81\x00", filekind.Unknown},
	} {
		got, err := filekind.Of(c.name, strings.NewReader(c.content), int64(len(c.content)))
		if err != nil || got.Kind != c.want {
			t.Errorf("%q named %s is %s, %v; want %s", c.content[:min(30, len(c.content))], c.name, got.Kind, err, c.want)
		}
	}
}

func TestOf_LockedAndMacros(t *testing.T) {
	for content, want := range map[string]filekind.Found{
		oleOf("EncryptedPackage"):       {Kind: filekind.Word, Locked: true},
		oleOf("WordDocument", "Macros"): {Kind: filekind.OldWord, Macros: true},
		zipOf(t, "[Content_Types].xml", "word/d.xml", "word/vbaProject.bin=x"): {Kind: filekind.Word, Macros: true},
	} {
		if got, err := filekind.Of("a", strings.NewReader(content), int64(len(content))); err != nil || got != want {
			t.Errorf("%+v, %v; want %+v", got, err, want)
		}
	}
}

func TestStem(t *testing.T) {
	for name, want := range map[string]string{
		"合同.pdf": "合同", "照片.jpg.jpg": "照片", "3.12 合同": "3.12 合同", ".pdf": "", "名单.XLSX": "名单", "a.tar.gz": "a.tar", "x.unknownkind": "x.unknownkind", "合同.pdf.": "合同", "": "",
	} {
		if got := filekind.Stem(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// No prefix of anything makes it fail.
func FuzzOf(f *testing.F) {
	for _, s := range []string{"PK\x03\x04", "PK\x05\x06", oleOf("WordDocument"), "%PDF-", "\xff\xfe<\x00h\x00", "From: x\nTo: y\n\n"} {
		f.Add("a.xls", []byte(s))
	}
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		if got, err := filekind.Of(name, bytes.NewReader(content), int64(len(content))); err != nil || !got.Kind.Known() {
			t.Errorf("%+v, %v", got, err)
		}
	})
}
