package paper

import (
	"bytes"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
)

func TestPDF_SameBytes(t *testing.T) {
	for name, d := range samples() {
		a, b := pdfBytes(t, lay(t, d)), pdfBytes(t, lay(t, d))
		if !bytes.Equal(a, b) {
			t.Errorf("%s: two prints of one value differ", name)
		}
	}
	d := receipt(4)
	a := pdfBytes(t, lay(t, d))
	d.Number = "0012347"
	if bytes.Equal(a, pdfBytes(t, lay(t, d))) {
		t.Error("another number, the same bytes")
	}
}

func TestPDF_PagesSizeFontsText(t *testing.T) {
	needs(t, "pdfinfo")
	needs(t, "pdffonts")
	needs(t, "pdftotext")
	for name, d := range samples() {
		p := lay(t, d)
		file := pdfFile(t, p)
		info := run(t, "pdfinfo", file)
		m := regexp.MustCompile(`Pages:\s+(\d+)\n[^$]*Page size:\s+([\d.]+) x ([\d.]+)`).FindStringSubmatch(info)
		var pages int
		var w, h float64
		if m == nil {
			t.Fatalf("%s: %s", name, info)
		}
		fmt.Sscan(strings.Join(m[1:], " "), &pages, &w, &h)
		if pages != len(p.Pages) || math.Abs(w-p.W*ptPerMM) > 0.1 || math.Abs(h-p.H*ptPerMM) > 0.1 {
			t.Errorf("%s: %d pages of %.1f × %.1f pt, not %d of %.1f × %.1f", name, pages, w, h, len(p.Pages), p.W*ptPerMM, p.H*ptPerMM)
		}
		fonts := strings.Split(strings.TrimSpace(run(t, "pdffonts", file)), "\n")[2:]
		if len(fonts) == 0 {
			t.Errorf("%s: no fonts", name)
		}
		for _, f := range fonts {
			if !regexp.MustCompile(`Identity-H\s+yes`).MatchString(f) {
				t.Errorf("%s: font not embedded: %s", name, f)
			}
		}
		for i, text := range pageTexts(t, file, pages) {
			for _, want := range []string{d.Form, d.Number, d.Estate, "周倩打印2026-11-2314:05", pageOf(p.Pages[i].Number, p.Pages[i].Of)} {
				if d.Watermark == "" && !strings.Contains(text, solid(want)) { // letters of a watermark come between
					t.Errorf("%s, page %d lacks %q in\n%s", name, i+1, want, text)
				}
			}
		}
	}
}

// letterBag is the characters of a text in order of their codes: what a page holds, whatever the reading order.
func letterBag(s string) string {
	rs := []rune(solid(s))
	sort.Slice(rs, func(i, j int) bool { return rs[i] < rs[j] })
	return string(rs)
}

func TestRenderers_AgreeOnEveryPage(t *testing.T) {
	needs(t, "pdftotext")
	for name, d := range samples() {
		d.Watermark = "" // rotated text is cut into pieces by pdftotext
		p := lay(t, d)
		file := pdfFile(t, p)
		sheets := svgTexts(t, htmlText(t, p))
		if len(sheets) != len(p.Pages) {
			t.Fatalf("%s: %d sheets, %d pages", name, len(sheets), len(p.Pages))
		}
		for i, text := range pageTexts(t, file, len(sheets)) {
			var b strings.Builder
			for _, s := range sheets[i] {
				b.WriteString(s.text)
			}
			if html, pdf := letterBag(b.String()), letterBag(text); html != pdf {
				t.Errorf("%s, page %d: browser and PDF hold different text:\n%s\n%s", name, i+1, html, pdf)
			}
		}
	}
}

func TestRenderers_AgreeOnRows(t *testing.T) {
	needs(t, "pdftotext")
	d := plain(70)
	p := lay(t, d)
	pdf, html := words(t, pdfFile(t, p)), svgTexts(t, htmlText(t, p))
	for i, page := range p.Pages {
		if len(page.Rows) == 0 {
			t.Fatalf("page %d is empty", i+1)
		}
		for _, r := range page.Rows {
			mark := fmt.Sprintf("R%04d", r.Row)
			inPDF, inHTML := false, false
			for _, w := range pdf[i] {
				if w.text == mark {
					inPDF = w.yMin > r.Y-1.5 && w.yMax < r.Y+r.H+1.5 && w.xMin > d.Margins.Left
				}
			}
			for _, s := range html[i] {
				if s.text == mark {
					inHTML = s.y > r.Y && s.y < r.Y+r.H
				}
			}
			if !inPDF || !inHTML {
				t.Errorf("page %d, row %d at %.1f mm: in PDF %t, in HTML %t", i+1, r.Row, r.Y, inPDF, inHTML)
			}
		}
	}
}

func TestPDF_WordsInsideTheirColumns(t *testing.T) {
	needs(t, "pdftotext")
	d := summary(A4Landscape(), 20)
	for _, page := range words(t, pdfFile(t, lay(t, d))) {
		for _, w := range page {
			if w.xMin < 19.9 || w.xMax > 287.1 || w.yMin < 8.5 || w.yMax > 203.5 {
				t.Errorf("%q stands at %.1f–%.1f, %.1f–%.1f mm", w.text, w.xMin, w.xMax, w.yMin, w.yMax)
			}
			if strings.HasPrefix(w.text, "YH-3-") && (w.xMax-w.xMin > 18 || w.xMin < 230) {
				t.Errorf("%q leaves its column: %.1f–%.1f mm", w.text, w.xMin, w.xMax)
			}
		}
	}
}

func TestPDF_InkInsideSafeArea(t *testing.T) {
	needs(t, "pdftoppm")
	for name, d := range samples() {
		if d.Watermark != "" {
			d.Watermark = ""
		}
		p := lay(t, d)
		m := d.Margins
		if m == (Margins{}) {
			m = d.Paper.Margins
		}
		dir := t.TempDir()
		run(t, "pdftoppm", "-r", "75", "-gray", "-png", pdfFile(t, p), filepath.Join(dir, "p"))
		files, _ := filepath.Glob(filepath.Join(dir, "*.png"))
		if len(files) != len(p.Pages) {
			t.Fatalf("%s: %d pictures", name, len(files))
		}
		for _, file := range files {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(f)
			f.Close()
			if err != nil {
				t.Fatal(err)
			}
			const px, slack = 75 / 25.4, 0.8 // a pixel is a third of a mm
			ink := 0
			for y := range img.Bounds().Dy() {
				for x := range img.Bounds().Dx() {
					r, _, _, _ := img.At(x, y).RGBA()
					if r > 0xc000 {
						continue
					}
					ink++
					mx, my := float64(x)/px, float64(y)/px
					if mx < m.Left-slack || mx > p.W-m.Right+slack || my < m.Top-slack || my > p.H-m.Bottom+slack {
						t.Fatalf("%s: ink at %.1f, %.1f mm", filepath.Base(file), mx, my)
					}
				}
			}
			if ink < 500 {
				t.Errorf("%s: only %d dark pixels", name, ink)
			}
		}
	}
}

func TestPDF_TicksReadAsSigns(t *testing.T) {
	needs(t, "pdftotext")
	d := plain(0)
	d.Body = []Block{Ticks{Label: "附件", Items: []TickItem{{"租赁合同", true}, {"业主委托书", false}}}}
	text := pageTexts(t, pdfFile(t, lay(t, d)), 1)[0]
	if !strings.Contains(text, "√租赁合同") || !strings.Contains(text, "□业主委托书") {
		t.Error(text)
	}
}

func TestMissing_ReportedAndReplaced(t *testing.T) {
	l := newLetters()
	l.rare = func() []*face { return nil }
	d := plain(1)
	d = table(&d, func(t *Table) { t.Rows[0].Cells[1].Text = "张𰀀각" })
	p, err := layoutWith(d, l)
	if err != nil {
		t.Fatal(err)
	}
	if string(p.Missing) != "각𰀀" {
		t.Errorf("missing %q", string(p.Missing))
	}
	if !strings.Contains(htmlText(t, p), "张𰀀각") {
		t.Error("the browser may have the character: HTML keeps it")
	}
	needs(t, "pdftotext")
	if text := pageTexts(t, pdfFile(t, p), 1)[0]; !strings.Contains(text, "张〓〓") {
		t.Error(text)
	}
}

func TestMissing_LentBySystemFont(t *testing.T) {
	faces := fallbacks()
	if len(faces) == 0 {
		t.Skip("no TrueType font with rare characters on this machine")
	}
	rare := rune(0)
	for r := rune(0x3400); r < 0x4db5 && rare == 0; r++ {
		if _, ok := faces[0].advance(r); ok {
			rare = r
		}
	}
	if rare == 0 {
		t.Skip("the system font has no rare character")
	}
	d := plain(1)
	d = table(&d, func(t *Table) { t.Rows[0].Cells[1].Text = "张" + string(rare) + "华" })
	p := lay(t, d)
	if len(p.Missing) != 0 || string(p.Lent) != string(rare) {
		t.Fatalf("missing %q, lent %q", string(p.Missing), string(p.Lent))
	}
	needs(t, "pdftotext")
	if text := pageTexts(t, pdfFile(t, p), 1)[0]; !strings.Contains(text, "张"+string(rare)+"华") {
		t.Error(text)
	}
}

// Every character of the embedded font must survive the making of the bold one.
func TestEmbolden_EveryGlyph(t *testing.T) {
	var all []rune
	for r := rune(' '); r < 0xffff; r++ {
		if _, ok := regular().advance(r); ok {
			all = append(all, r)
		}
	}
	if len(all) < 21000 {
		t.Fatalf("the font has %d characters", len(all))
	}
	if testing.Short() {
		all = all[:2000]
	}
	data, err := embolden(regular(), all)
	if err != nil {
		t.Fatal(err)
	}
	bold, err := newFace(data)
	if err != nil {
		t.Fatal(err)
	}
	thicker := 0
	for _, r := range all {
		g, _ := bold.font.GlyphIndex(&bold.buf, r)
		b, _, err := bold.font.GlyphBounds(&bold.buf, g, 1000<<6, 0)
		if err != nil {
			t.Fatalf("%q: %v", r, err)
		}
		a, _, _ := regular().font.GlyphBounds(&regular().buf, g, 1000<<6, 0)
		if w, v := b.Max.X-b.Min.X, a.Max.X-a.Min.X; w > v && w < v+100<<6 {
			thicker++
		}
	}
	if thicker < len(all)*98/100 {
		t.Errorf("%d of %d glyphs became wider", thicker, len(all))
	}
	one, _ := bold.advance('中')
	if reg, _ := regular().advance('中'); one != reg {
		t.Error("the width changed")
	}
}

func TestEmbolden_EitherDirection(t *testing.T) {
	square := [][]outlinePoint{{{100, 100, true}, {100, 500, true}, {500, 500, true}, {500, 100, true}}}
	back := [][]outlinePoint{{square[0][3], square[0][2], square[0][1], square[0][0]}}
	for _, c := range [][][]outlinePoint{square, back} {
		data, err := thicken(encode(c))
		if err != nil {
			t.Fatal(err)
		}
		got, err := outline(data)
		if err != nil || len(got) != 1 || len(got[0]) != 4 {
			t.Fatal(got, err)
		}
		for _, p := range got[0] {
			if (p.x != 100-boldBy/2 && p.x != 500+boldBy/2) || (p.y != 100-boldBy/2 && p.y != 500+boldBy/2) {
				t.Errorf("corner at %g, %g", p.x, p.y)
			}
		}
	}
}

// Both renderers draw the tick of sign.go, not the fonts' root sign.
func TestSigns_OwnOutlines(t *testing.T) {
	data, err := embolden(regular(), []rune("√□"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := newFace(data)
	if err != nil {
		t.Fatal(err)
	}
	for r, want := range map[rune][2]int{'√': {170, 940}, '□': {130, 870}} {
		g, _ := f.font.GlyphIndex(&f.buf, r)
		b, _, err := f.font.GlyphBounds(&f.buf, g, 1000<<6, 0)
		if err != nil || b.Min.X.Round() != want[0] || b.Max.X.Round() != want[1] {
			t.Errorf("%q: %v %v", r, b, err)
		}
	}
	d := plain(0)
	d.Body = []Block{Text{Paragraphs: []string{Held + "甲 " + Open + "乙"}}}
	html := htmlText(t, lay(t, d))
	if n := strings.Count(html, `fill-opacity="0"`); n != 2 || strings.Contains(html, `<path d=""`) {
		t.Errorf("%d signs in %s", n, html)
	}
}

func BenchmarkSummary60(b *testing.B) {
	d := summary(A4Landscape(), 60)
	for b.Loop() {
		p, err := Layout(d)
		if err != nil {
			b.Fatal(err)
		}
		pdfBytes(b, p)
	}
}

func TestPDF_Concurrently(t *testing.T) {
	p := lay(t, receipt(3))
	want := pdfBytes(t, p)
	done := make(chan []byte)
	for range 4 {
		go func() {
			var b bytes.Buffer
			if err := PDF(&b, p); err != nil {
				b.Reset()
			}
			done <- b.Bytes()
		}()
	}
	for range 4 {
		if !bytes.Equal(<-done, want) {
			t.Error("prints made at the same time differ")
		}
	}
}
