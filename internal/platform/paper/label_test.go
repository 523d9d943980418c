package paper

import (
	"math"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"
)

func labelOn(p Paper, words ...string) Doc {
	return Doc{Form: "标签", Estate: "澜庭花园", Paper: p, Head: HeadNone, Printed: printed(),
		Body: []Block{Label{Data: "http://192.168.10.20:8080/c/2600418322", Digits: "26 0041832 2", Place: "澜庭花园", Words: words}}}
}

// On every size the code keeps 12 mm (ui §6) with its border of white, and stands there module by module.
func TestLabel_Code(t *testing.T) {
	for _, p := range []Paper{LabelPaper(30, 20), LabelPaper(40, 30), LabelPaper(60, 40)} {
		pages, err := Layout(labelOn(p, "3-1-1202", "YH 2026"))
		if err != nil || len(pages.Pages) != 1 {
			t.Fatalf("%s: %v, %d pages", p.Name, err, len(pages.Pages))
		}
		fills := pages.Pages[0].Fills
		left, top, right := p.W, p.H, 0.0
		for _, f := range fills {
			left, top, right = min(left, f.X), min(top, f.Y), max(right, f.X+f.W)
		}
		code, err := qr.Encode("http://192.168.10.20:8080/c/2600418322", qr.M, qr.Auto)
		if err != nil {
			t.Fatal(err)
		}
		n := code.Bounds().Dx()
		m := (right - left) / float64(n)
		if right-left < 12 || left < 2*m || top < 2*m {
			t.Errorf("%s: the code is %.1f mm wide, at %.1f, %.1f", p.Name, right-left, left, top)
		}
		dark := map[[2]int]bool{}
		for _, f := range fills {
			for i := range int(math.Round(f.W / m)) {
				dark[[2]int{int(math.Round((f.X-left)/m)) + i, int(math.Round((f.Y - top) / m))}] = true
			}
		}
		for y := range n {
			for x := range n {
				if r, _, _, _ := code.At(x, y).RGBA(); (r == 0) != dark[[2]int{x, y}] {
					t.Fatalf("%s: module %d, %d is wrong", p.Name, x, y)
				}
			}
		}
	}
}

// A label says its digits, place and words, and neither who printed it nor a page number; what finds no room is left out.
func TestLabel_Words(t *testing.T) {
	for _, p := range []Paper{LabelPaper(30, 20), LabelPaper(40, 30), LabelPaper(60, 40)} {
		pages, err := Layout(labelOn(p, "3-1-1202"))
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, run := range pages.Pages[0].Runs {
			said = append(said, run.Text)
		}
		if got := strings.Join(said, "|"); got != "26 0041832 2|澜庭花园|3-1-1202" {
			t.Errorf("%s says %q", p.Name, got)
		}
		if _, err := Layout(labelOn(p, strings.Repeat("3-1-1202 ", 40))); err != nil {
			t.Errorf("%s with forty rooms: %v", p.Name, err)
		}
	}
}
