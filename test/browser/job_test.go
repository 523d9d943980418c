package browser

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	bt "hudang/test/browser/browsertest"
)

// The whole of issue 3 in one sitting: a roster is imported as it is, a household is found by what a caller says, a scan
// lands on a line of its file, and the summary sheet is printed.
func TestJob_FromARosterToAFileFoundFilledAndPrinted(t *testing.T) {
	dir := t.TempDir()
	both(t, "chenli", func(n int) []bt.Step {
		scan := filepath.Join(dir, fmt.Sprintf("产权证%d.png", n)) // the same scan a second time would be told
		picture(t, scan, n)
		building := 80 + n
		roster := filepath.Join(dir, fmt.Sprintf("花名册%d.csv", n))
		text := fmt.Sprintf("楼栋,单元,房号,建筑面积,业主姓名,联系电话,使用状态\n%d,1,101,89.5,裴行%d,1391%04d001,自住\n%d,1,102,89.5,宇文%d,1391%04d002,空置\n", building, n, 7000+n, building, n, 7000+n)
		if err := os.WriteFile(roster, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		room := fmt.Sprintf("%d-1-101", building)
		return []bt.Step{
			bt.Click(".top details summary"), bt.Click("button[name=estate]:last-of-type"), bt.Wait(".top summary", "澜庭花园"),
			// import
			bt.Goto("/imports/new"), bt.Choose("input[name=files]", roster), bt.Press("Ctrl+s"),
			bt.Wait("h1", "花名册"), bt.Axe(), bt.Overflow(), bt.Press("Ctrl+s"), // the columns as guessed
			bt.Wait("a[href$='step=dry'].btn.pri, a[href$='step=commit'].btn.pri", ""), bt.Click("a[href$='step=dry'].btn.pri, a[href$='step=commit'].btn.pri"),
			bt.Wait("a[href$='step=commit'].btn.pri", ""), bt.Axe(), bt.Overflow(), bt.Click("a[href$='step=commit'].btn.pri"),
			bt.Wait("form .btn.pri", "导入"), bt.Click("form .btn.pri"),
			bt.Wait("h1", "导入花名册"), bt.Wait("main", "完成"),
			// find, by the last digits of a telephone
			bt.Press("F2"), bt.Type("#q", fmt.Sprintf("1391%04d001", 7000+n)), bt.Press("Enter"), bt.Wait("h1", fmt.Sprintf("裴行%d", n)),
			// scan onto a line of its file
			bt.Click("a[href$='tab=directory']"), bt.Wait("main", "档案"), bt.Axe(), bt.Overflow(),
			bt.Click("a[href*='/papers/new?line=']"), bt.Choose("input[name=files]", scan), bt.Press("Ctrl+s"),
			bt.Wait("main", "1/10"), bt.Wait("a[href^='/items/']", ""),
			// print
			bt.Goto("/summary?q=" + room), bt.Wait("tbody th", room), bt.Press("F8"), bt.Wait("main", "业户基本情况汇总表"), bt.Wait("main", fmt.Sprintf("裴行%d", n)),
			// and found again by its room, in two keys
			bt.Goto("/"), bt.Count(), bt.Press("F2"), bt.Type("#q", room), bt.Press("Enter"), bt.Wait("h1", fmt.Sprintf("裴行%d", n)),
		}
	})
}

// picture is a scan as a flat-bed makes one: paper with a few dark lines, other ones for each n.
func picture(t *testing.T, file string, n int) {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 420, 594))
	for i := range img.Pix {
		img.Pix[i] = 250
	}
	for y := 60; y < 560; y += 24 {
		for x := 50 + n; x < 370; x++ {
			img.SetGray(x, y, color.Gray{40})
		}
	}
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}
