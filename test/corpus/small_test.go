package corpus

import (
	"archive/zip"
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"hudang/internal/platform/render/rendertest"
)

// made is a file and what has to become of it.
type made struct {
	name    string
	content []byte
	want    fate
}

func packed(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func written(t *testing.T, write func(b *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func coded(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(out)
}

const notice = "物业服务中心通知：明天上午停水，请各位业主相互转告。\r\n"

func pictures(t *testing.T) []made {
	gray := rendertest.Picture(120, 90)
	colour := image.NewNRGBA(gray.Rect)
	for i := range colour.Pix {
		colour.Pix[i] = gray.Pix[i/4]
	}
	jpg, pngFile := rendertest.JPEG(t, 300, 200), rendertest.PNG(t, 300, 200)
	all := []made{
		{"good.jpg", jpg, shown}, {"best.JPEG", written(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, colour, &jpeg.Options{Quality: 100}) }), shown}, {"turned.jpg", rendertest.TurnedJPEG(t, 80, 60, 6, "x"), shown},
		{"cut.jpg", jpg[:len(jpg)*3/4], warned}, {"head.jpg", jpg[:100], kept}, {"photo.png", jpg, shown}, {"without", jpg, shown}, {"照片.jpg.jpg", pngFile, shown},
		{"good.png", pngFile, shown}, {"alpha.png", written(t, func(b *bytes.Buffer) error { return png.Encode(b, colour) }), shown}, {"cut.png", pngFile[:len(pngFile)*3/4], warned}, {"flood.png", rendertest.FloodPNG(60_000, 60_000), kept},
		{"good.bmp", written(t, func(b *bytes.Buffer) error { return bmp.Encode(b, colour) }), shown}, {"gray.bmp", written(t, func(b *bytes.Buffer) error { return bmp.Encode(b, gray) }), shown},
		{"good.gif", written(t, func(b *bytes.Buffer) error { return gif.Encode(b, colour, nil) }), shown},
		{"pages.tif", rendertest.TIFF(t, 3), shown}, {"odd.tif", rendertest.TIFFWithOddPage(t, 3, 1), warned}, {"round.tif", rendertest.CircularTIFF(t), shown}, {"head.tif", []byte("II*\x00\xff\xff\xff\x7f"), kept},
	}
	for name, c := range map[string]tiff.CompressionType{"flate.tif": tiff.Deflate, "plain.tif": tiff.Uncompressed} {
		all = append(all, made{name, written(t, func(b *bytes.Buffer) error {
			return tiff.Encode(b, colour, &tiff.Options{Compression: c, Predictor: true})
		}), shown})
	}
	files, err := filepath.Glob("../../internal/platform/render/testdata/*/*.*")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files of the renderer's, %v", len(files), err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, want := filepath.Base(file), shown
		switch {
		case strings.HasPrefix(name, "no-"), name == "cut-strip.tif":
			want = kept
		case strings.HasPrefix(name, "bad-"), strings.HasPrefix(name, "cut-"), name == "two.webp":
			want = warned
		}
		all = append(all, made{name, content, want})
	}
	return all
}

func papers(t *testing.T) []made {
	pdf := rendertest.PDF(2, "Contract", "")
	return []made{
		{"good.pdf", pdf, shown}, {"long.pdf", rendertest.PDF(60, "Contract", ""), shown}, {"before.pdf", append([]byte("HTTP/1.1 200 OK\r\n\r\n"), pdf...), shown}, {"behind.pdf", append(bytes.Clone(pdf), make([]byte, 3000)...), shown},
		{"nostartxref.pdf", pdf[:bytes.LastIndex(pdf, []byte("startxref"))], shown}, {"noxref.pdf", pdf[:bytes.LastIndex(pdf, []byte("xref\n0"))], kept}, {"half.pdf", pdf[:len(pdf)/2], kept}, {"pdf.dat", pdf, shown}, {"invisible.pdf", rendertest.PDFWithLostPage(1, 0), warned},
		{"script.pdf", rendertest.PDF(1, "x", "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), shown}, {"garbage.pdf", []byte("%PDF-1.4 nothing"), kept}, {"stamp.pdf", rendertest.OnePage("/Annots [<< /Type /Annot /Subtype /Stamp /F 4 /Rect [20 20 80 80] /AP << /N 4 0 R >> >>]", "", rendertest.Stream("/Type /XObject /Subtype /Form /BBox [0 0 60 60]", "1 0 0 rg 0 0 60 60 re f")), shown},
		{"letter.docx", packed(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>停水</w:t></w:r></w:p></w:body></w:document>`), kept}, {"torn.docx", packed(t, "[Content_Types].xml", "<Types/>", "word/x.xml", "<"), kept},
		{"slides.pptx", packed(t, "[Content_Types].xml", "<Types/>", "ppt/slides/slide1.xml", `<p:sld xmlns:a="a"><a:p><a:r><a:t>停水</a:t></a:r></a:p></p:sld>`), kept}, {"letter.odt", packed(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<x xmlns:text="t"><text:p>停水</text:p></x>`), kept},
		{"letter.fodt", []byte(`<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:script="s"><office:body><p>停水</p></office:body></office:document>`), kept},
		{"invoice.ofd", packed(t, "OFD.xml", "<OFD/>", "Doc_0/Document.xml", "<Document/>"), kept}, {"files.zip", packed(t, "a.txt", "x"), kept}, {"empty.zip", packed(t), kept}, {"torn.zip", []byte("PK\x03\x04 torn"), kept}, {"a.rar", []byte("Rar!\x1a\x07\x01\x00torn"), kept}, {"a.7z", []byte("7z\xbc\xaf\x27\x1c\x00torn"), kept},
		{"mail.eml", []byte("From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\n\r\nhello\r\n"), kept}, {"page.mht", []byte("From: x\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--x--\r\n"), kept}, {"old.msg", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1torn"), kept}, {"letter.rtf", []byte(`{\rtf1\ansi hello}`), kept},
		{"utf8.txt", []byte(notice), kept}, {"gbk.txt", coded(t, simplifiedchinese.GBK, notice), kept}, {"big5.txt", coded(t, traditionalchinese.Big5, "管理處通知：明天停水。\r\n"), kept}, {"utf16.txt", coded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), notice), kept}, {"list.csv", coded(t, simplifiedchinese.GB18030, "房号,姓名\r\n101,张三\r\n"), kept}, {"data.json", []byte(`{"a": 1}`), kept}, {"invoice.xml", []byte("<?xml version='1.0'?><invoice/>"), kept},
		{"film.mp4", []byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isom"), kept}, {"voice.m4a", []byte("\x00\x00\x00\x18ftypM4A \x00\x00"), kept}, {"voice.amr", []byte("#!AMR\n\x3c\x91"), kept}, {"noise.dat", []byte{1, 2, 3, 0, 200, 7}, kept}, {"noise", []byte{0}, kept}, {".pdf", pdf, shown},
		{"setup.exe", []byte("MZ\x90\x00\x03\x00\x00\x00\x04"), refused}, {"holiday.jpg", []byte("\x7fELF\x02\x01"), refused}, {"run.bat", []byte("del *\r\n"), refused}, {"notes.txt", []byte("#!/bin/sh\n"), refused}, {"page.html", []byte("<html></html>"), refused}, {"plan.svg", []byte("<svg/>"), refused}, {"plan.png", []byte("<svg onload=x>"), refused}, {"link.url", []byte("[InternetShortcut]\nURL=x"), refused}, {"empty.pdf", nil, refused},
	}
}

// A hundred files of every kind through the page: what can be shown is, what cannot is kept and said, programs are refused.
func TestSmall(t *testing.T) {
	d := newDesk(t)
	all := append(pictures(t), papers(t)...)
	var outcomes []outcome
	for _, m := range all {
		o := d.send(m.name, m.content)
		if o.fate != m.want {
			t.Errorf("%s: %s (%s), want %s", m.name, o.fate, o.why, m.want)
		}
		outcomes = append(outcomes, o)
	}
	if len(all) < 100 {
		t.Errorf("%d files only", len(all))
	}
	if fell := table(t, outcomes); fell > 0 {
		t.Errorf("%d fell short", fell)
	}
}
