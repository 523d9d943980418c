package paper

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// needs skips a test when a program of poppler-utils is missing, and fails it where everything must be there.
func needs(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing: bash build/deps.sh", program)
		}
		t.Skipf("%s is missing: bash build/deps.sh", program)
	}
}

func pdfBytes(t testing.TB, p Pages) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := PDF(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func htmlText(t rapid.TB, p Pages) string {
	t.Helper()
	var b strings.Builder
	if err := HTML(&b, p, "/paper/"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func pdfFile(t *testing.T, p Pages) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "print.pdf")
	if err := os.WriteFile(name, pdfBytes(t, p), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", program, err, out)
	}
	return string(out)
}

// pageTexts is the text of each page of a PDF, without spaces.
func pageTexts(t *testing.T, file string, pages int) []string {
	t.Helper()
	out := make([]string, pages)
	for i := range out {
		n := strconv.Itoa(i + 1)
		out[i] = solid(run(t, "pdftotext", "-f", n, "-l", n, "-layout", file, "-"))
	}
	return out
}

func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \n\r\t\f　", r) {
			return -1
		}
		return r
	}, s)
}

// word is a word of a page as pdftotext -bbox sees it, in mm.
type word struct {
	text                   string
	xMin, yMin, xMax, yMax float64
}

func words(t *testing.T, file string) [][]word {
	t.Helper()
	out := run(t, "pdftotext", "-bbox", file, "-")
	var pages [][]word
	re := regexp.MustCompile(`<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>`)
	for line := range strings.Lines(out) {
		if strings.Contains(line, "<page ") {
			pages = append(pages, nil)
		}
		if m := re.FindStringSubmatch(line); m != nil {
			var v [4]float64
			for i := range v {
				v[i], _ = strconv.ParseFloat(m[i+1], 64)
				v[i] *= mmPerPt
			}
			k := len(pages) - 1
			pages[k] = append(pages[k], word{m[5], v[0], v[1], v[2], v[3]})
		}
	}
	return pages
}

// svgText is one text element of a page, its place in mm.
type svgText struct {
	x, y float64
	text string
}

// svgTexts reads the HTML back: the texts of each sheet. It fails on anything the policy forbids.
func svgTexts(t *testing.T, html string) [][]svgText {
	t.Helper()
	var pages [][]svgText
	for i, part := range strings.Split(html, "<section ")[1:] {
		svg := part[strings.Index(part, "<svg"):strings.Index(part, "</section>")]
		dec := xml.NewDecoder(strings.NewReader(svg))
		pages = append(pages, nil)
		var now *svgText
		for {
			tok, err := dec.Token()
			if err != nil {
				if err.Error() == "EOF" {
					break
				}
				t.Fatalf("page %d: %v", i+1, err)
			}
			switch tok := tok.(type) {
			case xml.StartElement:
				if !strings.Contains(" svg g path text ", " "+tok.Name.Local+" ") {
					t.Fatalf("page %d: element %s", i+1, tok.Name.Local)
				}
				now = nil
				if tok.Name.Local == "text" {
					pages[i] = append(pages[i], svgText{})
					now = &pages[i][len(pages[i])-1]
				}
				for _, a := range tok.Attr {
					if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
						t.Fatalf("page %d: attribute %s", i+1, a.Name.Local)
					}
					if v, err := strconv.ParseFloat(a.Value, 64); now != nil && err == nil {
						switch a.Name.Local {
						case "x":
							now.x = v / 100
						case "y":
							now.y = v / 100
						}
					}
				}
			case xml.EndElement:
				now = nil
			case xml.CharData:
				if now != nil {
					now.text += string(tok)
				}
			}
		}
	}
	return pages
}

// plain is a small register of n rows, each holding its number.
func plain(n int) Doc {
	t := Table{Columns: []Column{{Title: "序号", Width: 15}, {Title: "业主"}, {Title: "金额", Width: 30, Align: AlignRight, Sum: SumFen}}}
	for i := range n {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: fmt.Sprintf("R%04d", i)}, {Text: "赵启明"}, Yuan(int64(i+1) * 100)}})
	}
	return Doc{Form: "登记表", Code: "KF-01 A/0", Number: "0007", Estate: "澜庭花园", Paper: A4Landscape(), Body: []Block{t}, Foot: []string{Made, Checked, Dated}, Printed: printed()}
}

func table(d *Doc, change func(*Table)) Doc {
	t := d.Body[0].(Table)
	change(&t)
	d.Body = append([]Block{t}, d.Body[1:]...)
	return *d
}
