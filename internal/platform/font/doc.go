// Package font is the one typeface of the product: for prints, for stored PDFs, and for pages of papers whose own fonts are
// not in the file.
//
// It holds every Han character of Noto Sans CJK SC, among them the 8,105 of 通用规范汉字表, from which names are made; README.md
// says how it was made. It imports nothing. Always true: the licence goes wherever the font goes.
package font

import _ "embed" // the font

// Regular is the font file: TrueType outlines.
//
//go:embed NotoSansCJKsc-Regular-Names.ttf
var Regular []byte

// Licence is the font's licence (SIL OFL 1.1), which must be shown wherever the program goes.
//
//go:embed OFL.txt
var Licence string
