package paper

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Doc is one print, declared once: what stands on it and on which paper. All lengths are mm, all letter sizes pt.
type Doc struct {
	Form    string // title, e.g. "业户基本情况汇总表"; required
	Code    string // form code and version, e.g. "KF-07 A/0"
	Number  string // running number as printed, e.g. "2026 年第 11 号"
	Company string // letterhead
	Estate  string // the estate the print belongs to; required
	Scope   string // left above the body, e.g. "范围：3 栋 1 单元"
	Period  string // right above the body (receipt: under the number), e.g. "截至 2026-11-23"

	Paper   Paper
	Margins Margins // zero value: the paper's own
	Offset  Point   // shift of everything, for a printer that pulls paper askew
	Head    Head
	Size    float64 // body letters in pt; 0: the paper's own

	Copies []string // names of the copies, e.g. "一存根" "二交款人" "三财务"
	Apart  bool     // true: a run of pages for each copy; false: names listed together (one impact prints all plies)

	Body      []Block
	Foot      []string // signature places at the foot of every page: Made, Checked, Dated
	Printed   Printed
	Watermark string // viewings, copies, exports: tiled at 15°, 12 % black; a plain line at the foot on impact paper
	Mark      string // "补打 第2次", "作废": framed and large in the head of every page
}

// Wording of the foot of every form.
const (
	Made    = "制表"
	Checked = "审核"
	Dated   = "日期"
	Handled = "经办"
	Headed  = "主管"
)

// Printed says who printed, when, and by which rule; it stands on every page.
type Printed struct {
	By     string    // name of the person; required
	At     time.Time // shown in its own location to the minute; required
	Leaf   string    // leaf of the evidence book
	Key    string    // fingerprint of the key that signs the evidence book
	Clause string    // clause ids, e.g. "D7 D9"
	Note   string    // a sentence for the foot, e.g. "涂改无效"
}

// Head is the kind of frame above the body.
type Head uint8

// The heads. Every one of them but the last carries company, estate, title, code and number.
const (
	HeadRegister Head = iota // small line, title, small line
	HeadReceipt              // company left, title with double line, number right
	HeadLetter               // company in large letters over a 文武线, then the title
	HeadRoll                 // one column, centred
	HeadNone                 // neither head nor foot: a label
)

// Point is a place or a shift on paper, in mm from the upper left corner.
type Point struct{ X, Y float64 }

// Margins are the strips kept free of ink, in mm.
type Margins struct{ Top, Right, Bottom, Left float64 }

// BoundLeft widens the left margin to mm for binding.
func (m Margins) BoundLeft(mm float64) Margins {
	m.Left = max(m.Left, mm)
	return m
}

// BoundTop widens the top margin to mm for binding.
func (m Margins) BoundTop(mm float64) Margins {
	m.Top = max(m.Top, mm)
	return m
}

// Paper is a sheet: its size in mm and the margins and letter size that suit it.
type Paper struct {
	Name    string
	W, H    float64 // mm; H of a roll is the longest piece, the real height is computed
	Roll    bool
	Impact  bool // dot matrix through plies: black only, lines ≥ 0.35 mm, letters ≥ 10.5 pt
	Margins Margins
	Size    float64 // pt, letters of the body
}

// A4Portrait is for cases, notices and catalogues, 210 × 297 mm.
func A4Portrait() Paper {
	return Paper{Name: "A4", W: 210, H: 297, Margins: Margins{15, 18, 12, 20}, Size: 10.5}
}

// A4Landscape is for registers, 297 × 210 mm, bound at the left.
func A4Landscape() Paper {
	return Paper{Name: "A4", W: 297, H: 210, Margins: Margins{10, 10, 8, 20}, Size: 9}
}

// A3Landscape is for wide registers, 420 × 297 mm, bound at the left.
func A3Landscape() Paper {
	return Paper{Name: "A3", W: 420, H: 297, Margins: Margins{12, 12, 10, 25}, Size: 10.5}
}

// Form241x140 is half of continuous three-ply paper. The side margins keep 210 mm between the holes.
func Form241x140() Paper {
	return Paper{Name: "241×140", W: 241, H: 140, Impact: true, Margins: Margins{8, 15.5, 8, 15.5}, Size: 10.5}
}

// Form241x93 is a third of continuous three-ply paper, 241 × 93.1 mm.
func Form241x93() Paper {
	p := Form241x140()
	p.Name, p.H = "241×93", 93.1
	return p
}

// Roll80 is the 80 mm roll of a slip printer, 72 mm of image; its height is computed.
func Roll80() Paper {
	return Paper{Name: "80", W: 80, H: 2000, Roll: true, Margins: Margins{3, 4, 6, 4}, Size: 9}
}

// LabelPaper is a label of a roll for a printer of 203 dpi, w × h mm.
func LabelPaper(w, h float64) Paper {
	const edge = 0.75 // no more: on the smallest the code must keep 12 mm
	return Paper{Name: fmt.Sprintf("%gx%g", w, h), W: w, H: h, Margins: Margins{edge, edge, edge, edge}, Size: min(6.5+(h-20)/7, 9)}
}

// Custom is any other sheet, in mm, with 10 mm margins (less on small sheets).
func Custom(w, h float64) Paper {
	m := min(10, w/12, h/12)
	return Paper{Name: "custom", W: w, H: h, Margins: Margins{m, m, m, m}, Size: 10.5}
}

// Align says where text stands in its box.
type Align uint8

// The alignments. AlignAuto is the column's in a cell, and left elsewhere.
const (
	AlignAuto Align = iota
	AlignLeft
	AlignCenter
	AlignRight
)

// Box characters: wherever they stand in any text they are drawn as a ticked and an open box.
const (
	Held = "☑"
	Open = "☐"
)

// Choices writes options as boxes on one line, ticking those chosen: "☑出租　☐商住".
func Choices(options []string, chosen ...string) string {
	var b strings.Builder
	for i, o := range options {
		if i > 0 {
			b.WriteString("　")
		}
		box := Open
		for _, c := range chosen {
			if c == o {
				box = Held
			}
		}
		b.WriteString(box + o)
	}
	return b.String()
}

// yuan writes fen as "1,286.40".
func yuan(fen int64) string {
	sign, u := "", uint64(fen)
	if fen < 0 {
		sign, u = "-", -uint64(fen)
	}
	return sign + group(strconv.FormatUint(u/100, 10)) + "." + strconv.FormatUint(u%100/10, 10) + strconv.FormatUint(u%10, 10)
}

// group puts commas between thousands.
func group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
