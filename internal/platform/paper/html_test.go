package paper

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestHTML_SafeAndWhole(t *testing.T) {
	evil := `<script>alert(1)</script>"'&` + "\u202e\x00"
	d := plain(1)
	d.Form, d.Number, d.Estate, d.Company, d.Scope, d.Printed.Clause, d.Mark = evil, evil, evil, evil, evil, evil, evil
	d = table(&d, func(t *Table) { t.Rows[0].Cells[1].Text = evil; t.Columns[1].Title = evil })
	d.Copies, d.Apart = []string{evil}, true
	html := htmlText(t, lay(t, d))
	for _, bad := range []string{"<script", "style=", "onerror", "\x00", "\u202e", "javascript:"} {
		if strings.Contains(html, bad) {
			t.Errorf("%q in the page", bad)
		}
	}
	svgTexts(t, html) // well-formed, known elements only
	if !strings.Contains(html, "&lt;script&gt;") {
		t.Error("the text itself must stand there")
	}
	if got := regexp.MustCompile(`(?:href|src|url)\s*[=(]`).FindAllString(html, -1); len(got) != 1 {
		t.Errorf("%d links; the stylesheet alone is wanted", len(got))
	}
}

func TestHTML_SheetSize(t *testing.T) {
	html := htmlText(t, lay(t, summary(A4Landscape(), 60)))
	if n := strings.Count(html, `<section class="sheet" aria-label="第 `); n != 4 {
		t.Errorf("%d sheets", n)
	}
	if !strings.Contains(html, `<svg width="297mm" height="209.5mm" viewBox="0 0 29700 20950">`) {
		t.Error("a sheet is half a millimetre shorter than its paper")
	}
	// Chinese builds of Chromium before 118 raise every font size to 12: none may come near
	for _, m := range regexp.MustCompile(`font-size="(\d+)"`).FindAllStringSubmatch(html, -1) {
		if v, _ := strconv.Atoi(m[1]); v < 100 {
			t.Errorf("font-size %s", m[1])
		}
	}
}

func TestStyle(t *testing.T) {
	for name, want := range map[string]string{
		lay(t, plain(1)).StyleName():       "@page{size:297mm 210mm;margin:0}",
		lay(t, receipt(1)).StyleName():     "@page{size:241mm 140mm;margin:0}",
		"sheet-2410x931.css":               "@page{size:241mm 93.1mm;margin:0}",
		lay(t, registration()).StyleName(): "@page{size:210mm 297mm;margin:0}",
	} {
		css, ok := Style(name)
		if !ok || !strings.Contains(string(css), want) || !strings.Contains(string(css), ".sheet") {
			t.Errorf("%s: %t %s", name, ok, css)
		}
	}
	for _, name := range []string{"", "sheet-.css", "sheet-1x1.css", "sheet-2970x2100", "sheet-99999999x2100.css", "sheet-2970x-100.css", "sheet-2970x21}00.css", "../x"} {
		if _, ok := Style(name); ok {
			t.Errorf("%q has a stylesheet", name)
		}
	}
}

// TestHTML_InBrowser prints the samples with Chromium (PAPER_BROWSER names another one): the same pages of the same
// size with the same text.
func TestHTML_InBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("browser tests are left out of short tests")
	}
	browser := cmp.Or(os.Getenv("PAPER_BROWSER"), "chromium")
	needs(t, "pdftotext")
	needs(t, browser)
	for name, d := range samples() {
		d.Watermark = ""
		p := lay(t, d)
		dir := t.TempDir()
		css, _ := Style(p.StyleName())
		var b strings.Builder
		if err := HTML(&b, p, ""); err != nil {
			t.Fatal(err)
		}
		for file, data := range map[string]string{"p.html": b.String(), p.StyleName(): string(css)} {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		out := filepath.Join(dir, "p.pdf")
		cmd := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--user-data-dir="+filepath.Join(dir, "u"), "--no-pdf-header-footer", "--print-to-pdf="+out, "file://"+filepath.Join(dir, "p.html"))
		if msg, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s", name, err, msg)
		}
		info := run(t, "pdfinfo", out)
		if !regexp.MustCompile(`Pages:\s+` + strconv.Itoa(len(p.Pages)) + `\n`).MatchString(info) {
			t.Errorf("%s: %s", name, info)
		}
		mine := pageTexts(t, pdfFile(t, p), len(p.Pages))
		for i, text := range pageTexts(t, out, len(p.Pages)) {
			drop := strings.NewReplacer("√", "", "□", "") // unseen in the browser
			if a, b := letterBag(drop.Replace(mine[i])), letterBag(drop.Replace(text)); a != b {
				t.Errorf("%s, page %d:\n%s\n%s", name, i+1, a, b)
			}
		}
	}
}
