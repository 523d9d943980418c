package paper

// The box and the tick are the product's own signs: fonts draw □ too thin and √ as a root. Both renderers draw these
// outlines, in em with y upwards from the baseline; the PDF as the glyphs of □ and √ in the thickened font.

// The square, in em: its left edge, its lower and upper edges, and the width of its line.
const (
	boxLeft = 0.13
	boxLow  = 0.01
	boxHigh = 0.75
	boxPen  = 0.055
)

var tickOutline = []Point{{0.17, 0.43}, {0.26, 0.49}, {0.43, 0.25}, {0.86, 0.86}, {0.94, 0.80}, {0.435, 0.05}}

// signOutlines gives the contours of □ or √; nil for any other character.
func signOutlines(r rune) [][]Point {
	switch r {
	case '√':
		return [][]Point{tickOutline}
	case '□':
		const a, b = boxLeft, boxLeft + boxHigh - boxLow
		const c, d = a + boxPen, b - boxPen
		return [][]Point{
			{{a, boxLow}, {a, boxHigh}, {b, boxHigh}, {b, boxLow}},
			{{c, boxLow + boxPen}, {d, boxLow + boxPen}, {d, boxHigh - boxPen}, {c, boxHigh - boxPen}}, // the other way round
		}
	}
	return nil
}
