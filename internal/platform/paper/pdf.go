package paper

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/signintech/gopdf"
)

// PDF writes the pages as a PDF with its fonts inside. The same Pages give the same bytes: nothing of the hour,
// the machine or chance goes in, except the letters of a system font where Pages.Lent names some.
func PDF(w io.Writer, p Pages) error {
	d := &drawing{l: newLetters()}
	if p.rare != nil {
		d.l.rare = p.rare
	}
	d.pdf.Start(gopdf.Config{Unit: gopdf.UnitPT, PageSize: gopdf.Rect{W: p.W * ptPerMM, H: p.H * ptPerMM}})
	d.pdf.SetInfo(gopdf.PdfInfo{Title: p.Title, Creator: "Hudang", Producer: "Hudang", CreationDate: p.printed.At})
	if err := d.fonts(p); err != nil {
		return err
	}
	for _, page := range p.Pages {
		d.pdf.AddPage()
		if err := d.page(page); err != nil {
			return err
		}
	}
	if len(d.lost) > 0 { // Layout has replaced them all; if not, no paper is better than one with holes
		return fmt.Errorf("paper: no glyph for %q", string(d.lost))
	}
	var raw bytes.Buffer
	if _, err := d.pdf.WriteTo(&raw); err != nil {
		return fmt.Errorf("paper: %w", err)
	}
	pdf, err := mendMaps(raw.Bytes(), p.Title)
	if err != nil {
		return err
	}
	_, err = w.Write(pdf)
	return err
}

// drawing is one PDF being written.
type drawing struct {
	pdf  gopdf.GoPdf
	l    *letters
	lent map[*face]string // families of system fonts
	lost []rune
	now  struct { // what is set in the PDF
		family  string
		pt      float64
		spacing float64
		grey    bool
	}
}

const (
	familyRegular = "NotoSansCJKsc-Names"
	familyBold    = "NotoSansCJKsc-Names-Thickened"
)

// fonts registers the fonts the pages need.
func (d *drawing) fonts(p Pages) error {
	bold := map[rune]bool{}
	d.lent = map[*face]string{}
	for _, page := range p.Pages {
		for _, r := range page.Runs {
			for _, c := range r.Text {
				f, ok := d.l.source(c)
				switch {
				case !ok:
					c, f = geta, nil
				case f != nil && d.lent[f] == "":
					d.lent[f] = "system" + strconv.Itoa(len(d.lent)+1)
				}
				if f == nil && (r.Bold || r.Sign) {
					bold[c] = true
				}
			}
		}
	}
	opt := gopdf.TtfOption{OnGlyphNotFound: func(r rune) { d.lost = append(d.lost, r) }}
	if err := d.pdf.AddTTFFontDataWithOption(familyRegular, d.l.main.data, opt); err != nil {
		return fmt.Errorf("paper: %w", err)
	}
	if len(bold) > 0 {
		data, err := embolden(d.l.main, runesOf(bold))
		if err != nil {
			return err
		}
		if err := d.pdf.AddTTFFontDataWithOption(familyBold, data, opt); err != nil {
			return fmt.Errorf("paper: %w", err)
		}
	}
	for _, f := range d.l.rare() {
		if name := d.lent[f]; name != "" {
			if err := d.pdf.AddTTFFontDataWithOption(name, f.data, opt); err != nil {
				return fmt.Errorf("paper: %w", err)
			}
		}
	}
	return nil
}

// page draws watermark, lines, blocks and text, in the order of the browser's drawing.
func (d *drawing) page(p Page) error {
	d.now.family = "" // a new page knows no font
	d.pdf.SetGrayFill(0)
	for _, r := range p.Under {
		if err := d.run(r); err != nil {
			return err
		}
	}
	d.pdf.SetGrayFill(0)
	for _, r := range p.Rules {
		if r.Dash {
			d.pdf.SetLineWidth(r.Weight * ptPerMM)
			d.pdf.SetCustomLineType([]float64{2 * ptPerMM, 1.5 * ptPerMM}, 0)
			d.pdf.Line(r.X1*ptPerMM, r.Y1*ptPerMM, r.X2*ptPerMM, r.Y2*ptPerMM)
			d.pdf.SetLineType("")
			continue
		}
		h := r.Weight / 2 // as a block, with square ends, so that frames close at their corners
		x1, x2 := math.Min(r.X1, r.X2)-h, math.Max(r.X1, r.X2)+h
		y1, y2 := math.Min(r.Y1, r.Y2)-h, math.Max(r.Y1, r.Y2)+h
		d.block(Fill{x1, y1, x2 - x1, y2 - y1})
	}
	for _, f := range p.Fills {
		d.block(f)
	}
	for _, r := range p.Runs {
		if err := d.run(r); err != nil {
			return err
		}
	}
	return nil
}

func (d *drawing) block(f Fill) {
	d.pdf.RectFromUpperLeftWithStyle(f.X*ptPerMM, f.Y*ptPerMM, f.W*ptPerMM, f.H*ptPerMM, "F")
}

// run draws a line of text, each piece in the font that has its characters.
func (d *drawing) run(r Run) error {
	if r.Turn != 0 {
		d.pdf.Rotate(r.Turn, r.X*ptPerMM, r.Y*ptPerMM)
		defer d.pdf.RotateReset()
	}
	x := r.Left()
	piece, family := "", ""
	flush := func() error {
		if piece == "" {
			return nil
		}
		err := d.piece(x, r, family, piece)
		for _, c := range piece {
			x += d.l.em(c)*r.Size*mmPerPt + r.Spacing
		}
		piece = ""
		return err
	}
	for _, c := range r.Text {
		use := familyRegular
		f, ok := d.l.source(c)
		if f != nil {
			use = d.lent[f]
		} else if r.Bold {
			use = familyBold
		}
		if !ok {
			c = geta
		}
		if use != family {
			if err := flush(); err != nil {
				return err
			}
			family = use
		}
		piece += string(c)
	}
	return flush()
}

func (d *drawing) piece(x float64, r Run, family, text string) error {
	if d.now.family != family || d.now.pt != r.Size {
		if err := d.pdf.SetFont(family, "", r.Size); err != nil {
			return fmt.Errorf("paper: %w", err)
		}
		d.now.family, d.now.pt = family, r.Size
	}
	if d.now.spacing != r.Spacing {
		if err := d.pdf.SetCharSpacing(r.Spacing * ptPerMM); err != nil {
			return fmt.Errorf("paper: %w", err)
		}
		d.now.spacing = r.Spacing
	}
	if d.now.grey != r.Grey {
		tone := uint8(0)
		if r.Grey {
			tone = 0xe0
		}
		d.pdf.SetTextColor(tone, tone, tone)
		d.now.grey = r.Grey
	}
	d.pdf.SetXY(x*ptPerMM, r.Y*ptPerMM)
	if err := d.pdf.Text(text); err != nil {
		return fmt.Errorf("paper: %w", err)
	}
	return nil
}
