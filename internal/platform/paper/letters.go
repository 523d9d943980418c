package paper

import (
	"fmt"
	"os"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	hanfont "hudang/internal/platform/font"
)

const (
	mmPerPt = 25.4 / 72
	ptPerMM = 72 / 25.4
	geta    = '〓' // stands for a character no font has, as printers have always done
)

// lookalikes replace characters the font lacks by those that mean the same.
var lookalikes = map[rune]rune{
	'\u00a0': ' ', '\t': ' ', '\u2002': ' ', '\u2003': '　', '\u2009': ' ', '\u202f': ' ',
	'¥': '￥', '•': '·', '–': '-', '‑': '-', '‐': '-', '−': '-', '✓': '√', '✔': '√', '□': '☐', '⁄': '/', '‧': '·',
}

// face knows the widths of one font. Widths are in em.
type face struct {
	font *sfnt.Font
	data []byte
	mu   sync.Mutex
	buf  sfnt.Buffer
	seen map[rune]float64 // -1: not in the font
}

func newFace(data []byte) (*face, error) {
	f, err := sfnt.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("paper: font: %w", err)
	}
	return &face{font: f, data: data, seen: map[rune]float64{}}, nil
}

// advance is the width of r in em; ok is false when the font has no glyph for it.
func (f *face) advance(r rune) (em float64, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	em, known := f.seen[r]
	if !known {
		em = -1
		if g, err := f.font.GlyphIndex(&f.buf, r); err == nil && g != 0 {
			if a, err := f.font.GlyphAdvance(&f.buf, g, fixed.I(1000), font.HintingNone); err == nil {
				em = float64(a) / 64000
			}
		}
		f.seen[r] = em
	}
	return em, em >= 0
}

var regular = sync.OnceValue(func() *face {
	f, err := newFace(hanfont.Regular)
	if err != nil {
		panic(err) // the font is part of the program
	}
	return f
})

// fallbackFiles are TrueType fonts of common systems that hold rare characters. Collections (.ttc) and CFF fonts
// are of no use: the PDF writer cannot embed them.
var fallbackFiles = []string{
	`C:\Windows\Fonts\simsunb.ttf`, // SimSun-ExtB: the supplementary planes
	`C:\Windows\Fonts\simfang.ttf`,
	`C:\Windows\Fonts\simkai.ttf`,
	"/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
	"/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
	"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
	"/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf",
}

// fallbacks opens the fonts that exist on this machine, once, when the first rare character is met.
var fallbacks = sync.OnceValue(func() []*face { return openFaces(fallbackFiles) })

func openFaces(files []string) []*face {
	var faces []*face
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil || len(data) < 4 || string(data[:4]) != "\x00\x01\x00\x00" {
			continue
		}
		if f, err := newFace(data); err == nil {
			faces = append(faces, f)
		}
	}
	return faces
}

// letters measures text for one layout and remembers what no font could show.
type letters struct {
	main    *face
	rare    func() []*face
	missing map[rune]bool
	lent    map[rune]bool // shown by a system font
}

func newLetters() *letters {
	return &letters{main: regular(), rare: fallbacks, missing: map[rune]bool{}, lent: map[rune]bool{}}
}

// clean makes text printable: valid UTF-8, no control or invisible characters, lookalikes for what the font lacks.
func (l *letters) clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, string(geta)), "m²", "㎡")
	return strings.Map(func(r rune) rune {
		if l2, ok := lookalikes[r]; ok {
			return l2
		}
		switch {
		case r == '\n':
			return r
		case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xad, r == 0xfeff,
			r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x2069,
			r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef:
			return -1
		}
		return r
	}, s)
}

// source finds the face that shows r: nil for the embedded font, or a system font. ok is false when none has it.
func (l *letters) source(r rune) (f *face, ok bool) {
	if _, ok := l.main.advance(r); ok {
		return nil, true
	}
	for _, f := range l.rare() {
		if _, ok := f.advance(r); ok {
			return f, true
		}
	}
	return nil, false
}

// em is the true width of r in em as the PDF draws it; a missing character is as wide as the sign that stands for it.
func (l *letters) em(r rune) float64 {
	if r == '☑' || r == '☐' || r == '√' {
		return 1
	}
	if w, ok := l.main.advance(r); ok {
		return w
	}
	f, ok := l.source(r)
	if !ok {
		l.missing[r] = true
		return 1
	}
	l.lent[r] = true
	w, _ := f.advance(r)
	return w
}

// room is the width in em that lines are broken by: never less than in 宋体, whose Latin letters are all half an em,
// so that lines broken here fit in the browser's font too.
func (l *letters) room(r rune) float64 {
	w := l.em(r)
	if r < 0x80 {
		return max(w, 0.5)
	}
	return w
}

// width is the true width of s in mm.
func (l *letters) width(s string, pt float64) float64 {
	var em float64
	for _, r := range s {
		em += l.em(r)
	}
	return em * pt * mmPerPt
}

// space is the width of s in mm that layout keeps for it.
func (l *letters) space(s string, pt float64) float64 {
	var em float64
	for _, r := range s {
		em += l.room(r)
	}
	return em * pt * mmPerPt
}
