package render_test

import (
	"fmt"
	"image"
	"slices"
	"testing"

	"hudang/internal/platform/render"
	"hudang/internal/platform/render/rendertest"
)

// Most forms printed by Chinese offices before 2010 name their fonts without carrying them.
func TestWorker_DrawsFontsThatAreNotInTheFile(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	for name, c := range map[string]struct{ font, encoding, order, text string }{
		"song":           {"STSong-Light", "UniGB-UCS2-H", "GB1", "<88C54FEE62BC91D1>"},
		"song by GBK":    {"STSong-Light", "GBK-EUC-H", "GB1", "<D7B0D0DED1BABDF0>"},
		"sun":            {"SimSun", "GBK-EUC-H", "GB1", "<D7B0D0DED1BABDF0>"},
		"sun by GB":      {"SimSun", "GB-EUC-H", "GB1", "<D7B0D0DED1BABDF0>"},
		"kai":            {"KaiTi_GB2312", "GBKp-EUC-H", "GB1", "<D7B0D0DED1BABDF0>"},
		"fang":           {"FangSong_GB2312", "GBK2K-H", "GB1", "<D7B0D0DED1BABDF0>"},
		"hei":            {"SimHei,Bold", "GBK-EUC-H", "GB1", "<D7B0D0DED1BABDF0>"},
		"upright":        {"SimSun", "GBK-EUC-V", "GB1", "<D7B0D0DED1BABDF0>"},
		"by numbers":     {"SimSun", "Identity-H", "GB1", "<0FE80FE90FEA0FEB>"},
		"Taiwan":         {"MHei-Medium", "UniCNS-UCS2-H", "CNS1", "<88DD4FEE62BC91D1>"},
		"Taiwan by Big5": {"MSung-Light", "ETen-B5-H", "CNS1", "<A4A4A4E5A4A4A4E5>"},
		"Korea":          {"HYSMyeongJo-Medium", "UniKS-UCS2-H", "Korea1", "<4E2D65875B578A9E>"},
		"Japan":          {"HeiseiMin-W3", "UniJIS-UCS2-H", "Japan1", "<4E2D65875B578A9E>"},
		"Japan by RKSJ":  {"HeiseiKakuGo-W5", "90ms-RKSJ-H", "Japan1", "<928695B692869 5B6>"},
	} {
		font := fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /%s /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (%s) /Supplement 2 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /%s /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>] >>",
			c.font, c.encoding, c.font, c.order, c.font)
		file := rendertest.OnePage("/Contents 5 0 R /Resources << /Font << /F 4 0 R >> >>", "", font,
			rendertest.Stream("", "BT /F 30 Tf 40 150 Td "+c.text+" Tj ET"))
		f := inspect(t, w, render.PDF, file)
		if f.Broken {
			t.Errorf("%s: %+v", name, f)
			continue
		}
		img := page(t, w, render.PDF, file, render.Want{Width: 400})
		if n := inked(img, image.Rect(0, 0, 400, 400), darkInk); n < 600 {
			t.Errorf("%s: %d pixels of ink, flags %v", name, n, f.Flags)
		}
	}
}

// What no font has is told, not passed over.
func TestWorker_TellsOfMissingGlyphs(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	file := func(text string) []byte {
		font := "<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium /Encoding /UniKS-UCS2-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYSMyeongJo-Medium /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /HYSMyeongJo-Medium /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>] >>"
		return rendertest.OnePage("/Contents 5 0 R /Resources << /Font << /F 4 0 R >> >>", "", font, rendertest.Stream("", "BT /F 30 Tf 40 150 Td "+text+" Tj ET"))
	}
	if f := inspect(t, w, render.PDF, file("<D55CAE00>")); f.Broken || !slices.Contains(f.Flags, render.On(render.FlagGlyphs, 0)) {
		t.Errorf("Hangul: %+v", f)
	}
	if f := inspect(t, w, render.PDF, file("<4E2D6587>")); f.Broken || len(f.Flags) > 0 {
		t.Errorf("Han: %+v", f)
	}
	if f := inspect(t, w, render.PDF, rendertest.PDF(2, "plain Latin", "")); f.Broken || len(f.Flags) > 0 {
		t.Errorf("Latin: %+v", f)
	}
}

// A page without ink from a file with content is told; an empty sheet is not.
func TestWorker_TellsOfPagesThatOnlyLookBlank(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	picture := func(dict, body string) []byte {
		return rendertest.OnePage("/Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>", "", rendertest.Stream("", "200 0 0 200 0 0 cm /I Do"),
			rendertest.Stream("/Type /XObject /Subtype /Image /Width 20 /Height 20 /BitsPerComponent 8 /ColorSpace /DeviceGray "+dict, body))
	}
	paper := make([]byte, 400)
	for i := range paper {
		paper[i] = byte(248 + i*7%8) // the noise of paper
	}
	clean := make([]byte, 400)
	for i := range clean {
		clean[i] = 255
	}
	helvetica := "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
	for name, c := range map[string]struct {
		file  []byte
		blank bool
	}{
		"white on white":     {rendertest.OnePage("/Contents 4 0 R "+helvetica, "", rendertest.Stream("", "1 g BT /F 30 Tf 20 100 Td (contract) Tj ET")), true},
		"a picture is lost":  {picture("/Filter /DCTDecode", "not a picture at all"), true},
		"an empty sheet":     {picture("", string(paper)), false},
		"a clean sheet":      {picture("", string(clean)), false},
		"nothing on it":      {rendertest.OnePage("", ""), false},
		"a blank":            {rendertest.OnePage("/Contents 4 0 R "+helvetica, "", rendertest.Stream("", "BT /F 12 Tf 20 100 Td ( ) Tj ET")), false},
		"its content broken": {rendertest.OnePage("/Contents 4 0 R "+helvetica, "", rendertest.Stream("/Filter /FlateDecode", "these bytes were deflated once, until a disk lost them")), true},
	} {
		f := inspect(t, w, render.PDF, c.file)
		if is := slices.Contains(f.Flags, render.On(render.FlagBlank, 0)); f.Broken || is != c.blank {
			t.Errorf("%s: %+v, want blank %v", name, f, c.blank)
		}
	}
}

// What the fonts that every reader of PDF has got draw is not called missing, and thin ink is not called blank.
func TestWorker_WarnsOfNothingThatIsThere(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	for name, content := range map[string]string{
		"a bullet":   "BT /F 24 Tf 20 100 Td (\\225 pay) Tj ET",
		"scissors":   "BT /D 24 Tf 20 100 Td (\\042) Tj ET",
		"one word":   "BT /F 4 Tf 20 100 Td (paid) Tj ET",
		"light grey": "0.9 g 20 20 100 100 re f",
		"a hairline": "0.7 G 0 w 20 20 m 180 20 l S",
	} {
		file := rendertest.OnePage("/Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> /D << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >> >> >>", "", rendertest.Stream("", content))
		if f := inspect(t, w, render.PDF, file); f.Broken || len(f.Flags) > 0 {
			t.Errorf("%s: %+v", name, f)
		}
	}
}
