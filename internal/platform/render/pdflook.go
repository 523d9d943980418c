package render

import (
	"image"
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"golang.org/x/text/encoding/charmap"
)

const (
	maxObjects = 20_000 // of a page that are looked at
	maxDepth   = 8      // of forms within forms
)

// pageObjects walks the objects of a page and of the forms on it, until visit says that it has seen enough.
func (p *pdfReader) pageObjects(at requests.Page, visit func(o references.FPDF_PAGEOBJECT, kind enums.FPDF_PAGEOBJ) (on bool)) {
	left := maxObjects
	var walk func(count int, get func(int) (references.FPDF_PAGEOBJECT, error), depth int) bool
	walk = func(count int, get func(int) (references.FPDF_PAGEOBJECT, error), depth int) bool {
		for i := range count {
			o, err := get(i)
			if left--; err != nil || left < 0 {
				return left >= 0
			}
			kind, err := p.instance.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o})
			if err != nil {
				continue
			}
			if !visit(o, kind.Type) {
				return false
			}
			if kind.Type != enums.FPDF_PAGEOBJ_FORM || depth == maxDepth {
				continue
			}
			inside, err := p.instance.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: o})
			if err != nil {
				continue
			}
			if !walk(inside.Count, func(i int) (references.FPDF_PAGEOBJECT, error) {
				r, err := p.instance.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: o, Index: uint64(i)})
				if err != nil {
					return "", err
				}
				return r.PageObject, nil
			}, depth+1) {
				return false
			}
		}
		return true
	}
	count, err := p.instance.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: at})
	if err != nil {
		return
	}
	walk(count.Count, func(i int) (references.FPDF_PAGEOBJECT, error) {
		r, err := p.instance.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: at, Index: i})
		if err != nil {
			return "", err
		}
		return r.PageObject, nil
	}, 0)
}

// imagePixels is how many pixels the largest picture on a page has: what makes drawing it take long.
func (p *pdfReader) imagePixels(at requests.Page) int {
	most := 0
	p.pageObjects(at, func(o references.FPDF_PAGEOBJECT, kind enums.FPDF_PAGEOBJ) bool {
		if kind == enums.FPDF_PAGEOBJ_IMAGE {
			if size, err := p.instance.FPDFImageObj_GetImagePixelSize(&requests.FPDFImageObj_GetImagePixelSize{ImageObject: o}); err == nil {
				most = max(most, int(size.Width)*int(size.Height))
			}
		}
		return true
	})
	return most
}

// oddities draws a page small and says what the reader of its picture must know; bare is a page with nothing on it.
func (p *pdfReader) oddities(s *server, doc references.FPDF_DOCUMENT, n int) (flags []string, bare bool, err error) {
	blank := false
	err = p.draw(s, doc, Want{Page: n, Width: 300}, func(img *image.RGBA) error {
		blank = blankPicture(img)
		s.thumb(img)
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	at := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: n}}
	if blank {
		promised, objects := p.promisesInk(at)
		if bare = objects == 0; promised {
			flags = append(flags, On(FlagBlank, n))
		}
	}
	if p.lacksGlyphs(at) {
		flags = append(flags, On(FlagGlyphs, n))
	}
	if p.lacksAppearance(at) {
		flags = append(flags, On(FlagStamp, n))
	}
	return flags, bare, nil
}

// undrawn are the kinds of annotations that PDFium draws only as the file says they look; it makes up the look of others.
var undrawn = []enums.FPDF_ANNOTATION_SUBTYPE{enums.FPDF_ANNOT_SUBTYPE_STAMP, enums.FPDF_ANNOT_SUBTYPE_LINE, enums.FPDF_ANNOT_SUBTYPE_POLYGON,
	enums.FPDF_ANNOT_SUBTYPE_POLYLINE, enums.FPDF_ANNOT_SUBTYPE_CARET}

const maxAnnotations = 1000 // of a page that are looked at

// lacksAppearance reports an annotation that is not drawn because the file does not say how it looks.
func (p *pdfReader) lacksAppearance(at requests.Page) bool {
	count, err := p.instance.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: at})
	if err != nil {
		return false
	}
	for i := range min(count.Count, maxAnnotations) {
		a, err := p.instance.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: at, Index: i})
		if err != nil {
			continue
		}
		lacks := p.undrawn(a.Annotation)
		_, _ = p.instance.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: a.Annotation})
		if lacks {
			return true
		}
	}
	return false
}

func (p *pdfReader) undrawn(a references.FPDF_ANNOTATION) bool {
	kind, err := p.instance.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a})
	if err != nil || !slices.Contains(undrawn, kind.Subtype) {
		return false
	}
	flags, err := p.instance.FPDFAnnot_GetFlags(&requests.FPDFAnnot_GetFlags{Annotation: a})
	if err != nil || flags.Flags&enums.FPDF_ANNOT_FLAG_HIDDEN != 0 {
		return false
	}
	look, err := p.instance.FPDFAnnot_GetAP(&requests.FPDFAnnot_GetAP{Annotation: a, AppearanceMode: enums.FPDF_ANNOT_APPEARANCEMODE_NORMAL})
	return err != nil || look.Value == ""
}

// promisesInk reports that a page without ink should have some: it has text, drawing, or a picture that does not decode.
// A sheet that was scanned empty has a picture, which does decode, and is white; an empty page of a text file has nothing.
func (p *pdfReader) promisesInk(at requests.Page) (promised bool, objects int) {
	p.pageObjects(at, func(o references.FPDF_PAGEOBJECT, kind enums.FPDF_PAGEOBJ) bool {
		objects++
		switch kind {
		case enums.FPDF_PAGEOBJ_IMAGE:
			promised = !p.decodes(o)
		case enums.FPDF_PAGEOBJ_SHADING:
			promised = true
		}
		return !promised
	})
	return promised || p.hasText(at), objects
}

// decodes reports that the picture on a page has pixels.
func (p *pdfReader) decodes(image references.FPDF_PAGEOBJECT) bool {
	size, err := p.instance.FPDFImageObj_GetImagePixelSize(&requests.FPDFImageObj_GetImagePixelSize{ImageObject: image})
	if err != nil || size.Width == 0 || size.Height == 0 {
		return false
	}
	if int(size.Width)*int(size.Height) > heavyPixels {
		return true // not worth its memory here
	}
	b, err := p.instance.FPDFImageObj_GetBitmap(&requests.FPDFImageObj_GetBitmap{ImageObject: image})
	if err != nil {
		return false
	}
	_, _ = p.instance.FPDFBitmap_Destroy(&requests.FPDFBitmap_Destroy{Bitmap: b.Bitmap})
	return true
}

// text visits the characters of a page.
func (p *pdfReader) text(at requests.Page, visit func(page references.FPDF_TEXTPAGE, i int, r rune) (on bool)) {
	loaded, err := p.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: at})
	if err != nil {
		return
	}
	defer p.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
	count, err := p.instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage})
	if err != nil {
		return
	}
	for i := range min(count.Count, maxObjects) {
		c, err := p.instance.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: loaded.TextPage, Index: i})
		if err != nil || !visit(loaded.TextPage, i, rune(c.Unicode)) {
			return
		}
	}
}

func (p *pdfReader) hasText(at requests.Page) bool {
	found := false
	p.text(at, func(_ references.FPDF_TEXTPAGE, _ int, r rune) bool {
		found = r > ' ' && !unicode.IsSpace(r)
		return !found
	})
	return found
}

// lacksGlyphs reports that a page has a character in a font that is not in the file, which the font here has not got.
func (p *pdfReader) lacksGlyphs(at requests.Page) bool {
	lacks := false
	p.text(at, func(page references.FPDF_TEXTPAGE, i int, r rune) bool {
		if r <= ' ' || r == 0xFFFE || unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf) || drawable(r) {
			return true
		}
		lacks = !p.drawnElsewhere(page, i, r)
		return !lacks
	})
	return lacks
}

// drawnElsewhere reports that a character's font lies in the file, or is one of those that PDFium brings along.
func (p *pdfReader) drawnElsewhere(page references.FPDF_TEXTPAGE, i int, r rune) bool {
	o, err := p.instance.FPDFText_GetTextObject(&requests.FPDFText_GetTextObject{TextPage: page, Index: i})
	if err != nil {
		return true
	}
	font, err := p.instance.FPDFTextObj_GetFont(&requests.FPDFTextObj_GetFont{PageObject: o.TextObject})
	if err != nil {
		return true
	}
	is, err := p.instance.FPDFFont_GetIsEmbedded(&requests.FPDFFont_GetIsEmbedded{Font: font.Font})
	if err != nil || is.IsEmbedded {
		return true
	}
	name, err := p.instance.FPDFFont_GetBaseFontName(&requests.FPDFFont_GetBaseFontName{Font: font.Font})
	return err == nil && standard(name.BaseFontName, r)
}

// standard reports that one of the fourteen fonts every reader of PDF has got draws a character.
func standard(font string, r rune) bool {
	font = strings.ToLower(font)
	if strings.Contains(font, "dingbats") || strings.HasPrefix(font, "symbol") {
		return true
	}
	_, latin := charmap.Windows1252.EncodeRune(r)
	return latin && slices.ContainsFunc([]string{"helvetica", "arial", "times", "courier"}, func(s string) bool { return strings.Contains(font, s) })
}
