package paper

import (
	_ "embed" // the stylesheet
	"fmt"
	"html"
	"io"
	"math"
	"sort"
	"strconv"
	"strings"
)

//go:embed paper.css
var styles string

// StyleName is the name of the stylesheet that fits these pages, e.g. "sheet-2970x2100.css" (tenths of a mm):
// a browser learns the size of the paper from its stylesheet alone. See Style.
func (p Pages) StyleName() string {
	return fmt.Sprintf("sheet-%dx%d.css", int(math.Round(p.W*10)), int(math.Ceil(p.H*10-eps)))
}

// Style is the stylesheet of a name made by StyleName; ok is false for any other name. It holds no secrets and
// never changes for a name within one version of the program, so it may be cached.
func Style(name string) (css []byte, ok bool) {
	size, cut := strings.CutPrefix(name, "sheet-")
	size, end := strings.CutSuffix(size, ".css")
	ws, hs, sep := strings.Cut(size, "x")
	if !cut || !end || !sep {
		return nil, false
	}
	w, errW := strconv.ParseUint(ws, 10, 16)
	h, errH := strconv.ParseUint(hs, 10, 16)
	if errW != nil || errH != nil || w < 100 || h < 100 || w > 12000 || h > 30000 {
		return nil, false
	}
	return fmt.Appendf(nil, "%s@page{size:%smm %smm;margin:0}\n", styles, tenth(w), tenth(h)), true
}

func tenth(n uint64) string { return strconv.FormatFloat(float64(n)/10, 'f', -1, 64) }

// HTML writes a whole document: the pages and a link to their stylesheet, which the server offers under base
// (e.g. "/paper/"). It holds no script and no inline style.
func HTML(w io.Writer, p Pages, base string) error {
	b := &strings.Builder{}
	b.WriteString("<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>")
	b.WriteString(html.EscapeString(p.Title))
	b.WriteString("</title><link rel=\"stylesheet\" href=\"")
	b.WriteString(html.EscapeString(base + p.StyleName()))
	b.WriteString("\"></head>\n<body class=\"paper\">\n")
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	if err := Sheets(w, p); err != nil {
		return err
	}
	_, err := io.WriteString(w, "</body></html>\n")
	return err
}

// Sheets writes the pages alone, one section each, to stand in a page with other things on it.
func Sheets(w io.Writer, p Pages) error {
	for _, page := range p.Pages {
		b := &strings.Builder{}
		// half a millimetre short: a block as high as the page gives an empty page on Chromium 109
		h := p.H - 0.5
		label := pageOf(page.Number, page.Of)
		if page.Copy != "" {
			label += " " + page.Copy
		}
		fmt.Fprintf(b, "<section class=\"sheet\" aria-label=\"%s\"><svg width=\"%smm\" height=\"%smm\" viewBox=\"0 0 %s %s\">",
			html.EscapeString(label), mm(p.W), mm(h), unit(p.W), unit(h))
		page.write(b)
		b.WriteString("</svg></section>\n")
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// mm writes a length with two decimals at most.
func mm(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }

// unit writes a length in hundredths of a mm, the unit of the drawing.
func unit(v float64) string { return strconv.Itoa(int(math.Round(v * 100))) }

// write draws a page: watermark, lines, blocks, text.
func (p Page) write(b *strings.Builder) {
	texts(b, p.Under)
	type pen struct {
		weight float64
		dash   bool
	}
	paths := map[pen]*strings.Builder{}
	var pens []pen
	for _, r := range p.Rules {
		k := pen{r.Weight, r.Dash}
		if paths[k] == nil {
			paths[k] = &strings.Builder{}
			pens = append(pens, k)
		}
		d := paths[k]
		switch {
		case r.Y1 == r.Y2:
			fmt.Fprintf(d, "M%s %sH%s", unit(r.X1), unit(r.Y1), unit(r.X2))
		case r.X1 == r.X2:
			fmt.Fprintf(d, "M%s %sV%s", unit(r.X1), unit(r.Y1), unit(r.Y2))
		default:
			fmt.Fprintf(d, "M%s %sL%s %s", unit(r.X1), unit(r.Y1), unit(r.X2), unit(r.Y2))
		}
	}
	sort.SliceStable(pens, func(i, j int) bool { return pens[i].weight < pens[j].weight })
	for _, k := range pens {
		extra := " stroke-linecap=\"square\""
		if k.dash {
			extra = " stroke-dasharray=\"200 150\""
		}
		fmt.Fprintf(b, "<path fill=\"none\" stroke=\"#000\" stroke-width=\"%s\"%s d=\"%s\"/>", unit(k.weight), extra, paths[k])
	}
	if len(p.Fills) > 0 {
		b.WriteString("<path d=\"")
		for _, f := range p.Fills {
			x1, y1, x2, y2 := unit(f.X), unit(f.Y), unit(f.X+f.W), unit(f.Y+f.H)
			fmt.Fprintf(b, "M%s %sH%sV%sH%sz", x1, y1, x2, y2, x1)
		}
		b.WriteString("\"/>")
	}
	texts(b, p.Runs)
}

// texts writes lines of text, those of one size and weight in a group.
func texts(b *strings.Builder, runs []Run) {
	for i := 0; i < len(runs); {
		r := runs[i]
		fmt.Fprintf(b, "<g font-size=\"%s\"", unit(r.Size*mmPerPt))
		if r.Bold {
			b.WriteString(" font-weight=\"700\"")
		}
		if r.Grey {
			b.WriteString(" fill=\"#e0e0e0\"")
		}
		b.WriteByte('>')
		for ; i < len(runs) && runs[i].Size == r.Size && runs[i].Bold == r.Bold && runs[i].Grey == r.Grey; i++ {
			text(b, runs[i])
		}
		b.WriteString("</g>")
	}
}

func text(b *strings.Builder, r Run) {
	if r.Sign {
		sign(b, r)
		return
	}
	x := r.X
	fmt.Fprint(b, "<text")
	switch r.Anchor {
	case AlignCenter:
		b.WriteString(" text-anchor=\"middle\"")
		x += r.Spacing / 2 // browsers count the space after the last letter
	case AlignRight:
		b.WriteString(" text-anchor=\"end\"")
		x += r.Spacing
	}
	fmt.Fprintf(b, " x=\"%s\" y=\"%s\"", unit(x), unit(r.Y))
	if r.Spacing != 0 {
		fmt.Fprintf(b, " letter-spacing=\"%s\"", unit(r.Spacing))
	}
	if r.Turn != 0 {
		fmt.Fprintf(b, " transform=\"rotate(%s %s %s)\"", mm(-r.Turn), unit(r.X), unit(r.Y))
	}
	b.WriteByte('>')
	b.WriteString(html.EscapeString(r.Text))
	b.WriteString("</text>")
}

// sign draws a box or a tick, with the character over it unseen, so that it can be copied and found.
func sign(b *strings.Builder, r Run) {
	em := r.Size * mmPerPt
	b.WriteString("<path d=\"")
	for _, c := range signOutlines([]rune(r.Text)[0]) {
		for i, p := range c {
			cmd := "L"
			if i == 0 {
				cmd = "M"
			}
			b.WriteString(cmd + unit(r.X+p.X*em) + " " + unit(r.Y-p.Y*em))
		}
		b.WriteByte('z')
	}
	fmt.Fprintf(b, "\"/><text x=\"%s\" y=\"%s\" fill-opacity=\"0\">%s</text>", unit(r.X), unit(r.Y), html.EscapeString(r.Text))
}
