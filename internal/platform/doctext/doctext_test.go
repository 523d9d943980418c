package doctext_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hudang/internal/platform/doctext"
	"hudang/internal/platform/filekind"
)

func zipOf(t testing.TB, parts map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
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

func gbk(t testing.TB, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func read(t testing.TB, k filekind.Kind, content string) doctext.Text {
	t.Helper()
	got, err := doctext.Of(k, strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatalf("%s: %v", k, err)
	}
	return got
}

const wordHead = `<?xml version="1.0"?><w:document xmlns:w="x"><w:body>`

func TestOf_Lines(t *testing.T) {
	for _, c := range []struct {
		kind    filekind.Kind
		content string
		want    []string
	}{
		{filekind.Word, zipOf(t, map[string]string{"[Content_Types].xml": "x", "word/document.xml": wordHead +
			`<w:p><w:r><w:t>甲方：</w:t></w:r><w:r><w:tab/><w:t>张三</w:t></w:r><w:del><w:r><w:delText>李四</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>房号</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>`}),
			[]string{"甲方： 张三", "房号"}},
		{filekind.Word, zipOf(t, map[string]string{"word/document.xml": wordHead + `<w:p><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r>`}), []string{"前半"}},
		{filekind.Slides, zipOf(t, map[string]string{"ppt/slides/slide10.xml": `<p:sld xmlns:a="a" xmlns:p="p"><a:p><a:t>末</a:t></a:p></p:sld>`, "ppt/slides/slide2.xml": `<p:sld xmlns:a="a" xmlns:p="p"><a:p><a:t>首</a:t></a:p></p:sld>`}), []string{"首", "", "末"}},
		{"odt", zipOf(t, map[string]string{"content.xml": `<office:document-content xmlns:office="o" xmlns:text="t"><text:p>通知<text:s/>一</text:p></office:document-content>`}), []string{"通知 一"}},
		{filekind.Text, gbk(t, "明天停水\r\n请储水"), []string{"明天停水", "请储水"}},
		{filekind.Text, "\xff\xfe\x2d\x4e\x87\x65", []string{"中文"}},
		{filekind.Text, "a\u202eb\x00c\u200bd", []string{"abcd"}},
		{filekind.RTF, `{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}{\*\generator x;}\f0 ` + hexed(gbk(t, "合同")) + `\par \u30002?\u-30000?ok\par}`, []string{"合同", "甲諐ok"}},
		{filekind.XML, `<?xml version="1.0" encoding="GBK"?><a><b>` + gbk(t, "值") + `</b></a>`, []string{"b  值"}},
	} {
		if got := read(t, c.kind, c.content); !slices.Equal(got.Lines, c.want) {
			t.Errorf("%s: %q, want %q", c.kind, got.Lines, c.want)
		}
	}
}

func hexed(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteString(`\'` + string("0123456789abcdef"[s[i]>>4]) + string("0123456789abcdef"[s[i]&15]))
	}
	return b.String()
}

func TestOf_Mail(t *testing.T) {
	subject := "=?GBK?B?" + base64.StdEncoding.EncodeToString([]byte(gbk(t, "关于装修"))) + "?="
	mail := "From: =?utf-8?B?5byg5LiJ?= <a@example.com>\r\nSubject: " + subject + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(gbk(t, "请看附件"))) + "\r\n" +
		"--b\r\nContent-Type: application/pdf; name=\"=?utf-8?B?5ZCI5ZCMLnBkZg==?=\"\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n"
	got := read(t, filekind.Mail, mail)
	if !slices.Equal(got.Lines, []string{"请看附件"}) || !slices.Equal(got.Files, []string{"合同.pdf"}) || !slices.Contains(got.Facts, doctext.Fact{Name: "subject", Value: "关于装修"}) {
		t.Errorf("%+v", got)
	}
	page := "From: a@b\r\nTo: c@d\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><style>x{}</style><p>第一行</p><script>alert(1)</script><p>第二行 &amp; 完</p>"
	if got := read(t, filekind.Mail, page); !slices.Equal(got.Lines, []string{"第一行", "第二行 & 完"}) {
		t.Errorf("%q", got.Lines)
	}
}

// The facts of an invoice come from OFD.xml, from the tags of its page, and from its data in XML, also where that has the
// empty prefix that strict readers refuse.
func TestOf_OFD(t *testing.T) {
	root := `<ofd:OFD xmlns:ofd="o"><ofd:DocBody><ofd:DocInfo><ofd:CustomDatas><ofd:CustomData Name="发票号码">24312000000012345678</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo></ofd:DocBody></ofd:OFD>`
	page := `<ofd:Page xmlns:ofd="o"><ofd:TextObject ID="65"><ofd:TextCode X="1">某某物业</ofd:TextCode></ofd:TextObject><ofd:TextObject ID="66"><ofd:TextCode>2026-11-30</ofd:TextCode></ofd:TextObject></ofd:Page>`
	tags := `<:eInvoice xmlns:=""><:SellerName><:ObjectRef PageRef="1">65</:ObjectRef></:SellerName><:IssueDate><:ObjectRef PageRef="1">66</:ObjectRef></:IssueDate></:eInvoice>`
	data := `<fp:eInvoice xmlns:fp="f"><fp:TaxInclusiveTotalAmount>325.04</fp:TaxInclusiveTotalAmount></fp:eInvoice>`
	got := read(t, filekind.OFD, zipOf(t, map[string]string{"OFD.xml": root, "Doc_0/Pages/Page_0/Content.xml": page, "Doc_0/Tags/CustomTag.xml": tags, "Doc_0/Attachs/original_invoice.xml": data}))
	for _, want := range []doctext.Fact{{Name: "invoice_no", Value: "24312000000012345678"}, {Name: "seller", Value: "某某物业"}, {Name: "date", Value: "2026-11-30"}, {Name: "total", Value: "325.04"}} {
		if !slices.Contains(got.Facts, want) {
			t.Errorf("%+v is missing in %+v", want, got.Facts)
		}
	}
	if !slices.Equal(got.Lines, []string{"某某物业", "2026-11-30"}) {
		t.Errorf("%q", got.Lines)
	}
}

// Parts lie where the document says, in its order; the words of a template stand on the page, and a page that it no longer names is not its own.
func TestOf_OFDWithPartsElsewhere(t *testing.T) {
	text := func(words string) string {
		return `<ofd:Page xmlns:ofd="o"><ofd:TextObject ID="1"><ofd:TextCode>` + words + `</ofd:TextCode></ofd:TextObject></ofd:Page>`
	}
	got := read(t, filekind.OFD, zipOf(t, map[string]string{
		"OFD.xml": `<ofd:OFD xmlns:ofd="o"><ofd:DocBody><ofd:DocRoot>/Body/Main.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
		"Body/Main.xml": `<ofd:Document xmlns:ofd="o"><ofd:CommonData><ofd:TemplatePage ID="2" BaseLoc="Tpls/T.xml"/></ofd:CommonData>
			<ofd:Pages><ofd:Page ID="3" BaseLoc="Sheets/B.xml"/><ofd:Page ID="4" BaseLoc="/Body/Sheets/A.xml"/></ofd:Pages>
			<ofd:Attachments>Extra/List.xml</ofd:Attachments></ofd:Document>`,
		"Body/Tpls/T.xml": text("通知单"), "Body/Sheets/A.xml": text("第二页"), "Body/Sheets/B.xml": text("第一页"), "Doc_0/Pages/Page_0/Content.xml": text("旧稿"),
		"Body/Extra/List.xml":    `<ofd:Attachments xmlns:ofd="o"><ofd:Attachment ID="9"><ofd:FileLoc>invoice.xml</ofd:FileLoc></ofd:Attachment></ofd:Attachments>`,
		"Body/Extra/invoice.xml": `<EInvoice><TotalAmWithoutTax>88.00</TotalAmWithoutTax></EInvoice>`,
	}))
	if want := []string{"通知单", "第一页", "第二页"}; !slices.Equal(got.Lines, want) {
		t.Errorf("%q, want %q", got.Lines, want)
	}
	if want := (doctext.Fact{Name: "net", Value: "88.00"}); !slices.Contains(got.Facts, want) {
		t.Errorf("%+v is missing in %+v", want, got.Facts)
	}
}

func TestOf_Table(t *testing.T) {
	if got := read(t, filekind.CSV, gbk(t, "房号,姓名\r\n101,张三\r\n")); len(got.Table) != 2 || got.Table[1][1] != "张三" {
		t.Errorf("%+v", got)
	}
}

// What is huge once unpacked, nested deep, or no document at all costs little and is an error or cut.
func TestOf_Hostile(t *testing.T) {
	big := read(t, filekind.Word, zipOf(t, map[string]string{"word/document.xml": wordHead + strings.Repeat("<w:p><w:r><w:t>字字字字</w:t></w:r></w:p>", 400_000)}))
	if n := len(strings.Join(big.Lines, "")); !big.Cut || n > 70<<10 {
		t.Errorf("%d bytes of text, cut %v", n, big.Cut)
	}
	deep := zipOf(t, map[string]string{"word/document.xml": strings.Repeat("<a>", 100_000)})
	for name, c := range map[string]string{"deep": deep, "no zip": "PK\x03\x04", "no part": zipOf(t, map[string]string{"x": "y"})} {
		if _, err := doctext.Of(filekind.Word, strings.NewReader(c), int64(len(c))); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	nested := strings.Repeat("Content-Type: message/rfc822\n\n", 100)
	if got := read(t, filekind.Mail, "From: a\n"+nested); !got.Cut {
		t.Error("mails within mails go on for ever")
	}
}

func FuzzOf(f *testing.F) {
	for i, s := range []string{"x", "From: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--", `{\rtf1\u1?\'b0\bin9999 }`, "<a><b>x</b></a>"} {
		f.Add(uint8(i), []byte(s))
	}
	kinds := []filekind.Kind{filekind.Text, filekind.Mail, filekind.RTF, filekind.XML, filekind.Word, filekind.OFD, filekind.CSV}
	f.Fuzz(func(t *testing.T, k uint8, content []byte) {
		_, _ = doctext.Of(kinds[int(k)%len(kinds)], bytes.NewReader(content), int64(len(content)))
	})
}
