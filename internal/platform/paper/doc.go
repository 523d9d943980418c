// Package paper is print as a value: each form is declared once, as a Doc, in the room that owns it; Layout paginates
// it once, in millimetres, with the widths of the embedded font; HTML draws the pages for preview and the browser's
// print, PDF for what is stored, hashed and sent.
//
// It knows nothing of property management and imports nothing of the house.
//
// Always true:
//   - Both renderers draw the same Pages. They never measure, break or move anything, so page breaks and the place of
//     every row agree on screen, on the clerk's printer and in the archive.
//   - Every page carries estate, form code and number, who printed it and when, the clause, and 第 x 页 共 y 页; a label
//     (HeadNone) has room for none of that.
//   - Every row of a table stands on the pages once and in order. It is parted only when taller than a page.
//   - No ink outside the margins: Layout refuses such a print rather than lose a word.
//   - A character without a glyph is never a silent box: Pages.Missing names it, 〓 stands for it in the PDF.
//   - The same Doc gives the same bytes. There is no clock and no chance in here.
//
// # Why each page is one SVG
//
// The product's content security policy forbids inline style and script, so a place on paper cannot stand in a style
// attribute, and a class for every millimetre would be a stylesheet for every print. The presentation attributes of
// SVG (x, y, font-size, stroke-width) are not style in the policy's sense. A page is therefore one inline SVG of the
// sheet's size in mm: text stays text (selectable, searchable, found by a reader), lines are vectors, and nothing is
// left to the browser's table layout, in which versions differ. The drawing's unit is a hundredth of a millimetre:
// the least letter is then some 200 units, far above the minimum font size of 12 that Chinese builds of Chromium
// before 118 set on every font-size they meet. What remains for CSS is the typeface and the size of the sheet
// (@page), which the server makes from a name: StyleName and Style.
//
// Pages are written half a millimetre short of the sheet, since Chromium 109 follows an exactly page-high block with
// an empty page. Lines are broken by the wider of the embedded font's and 宋体's widths, so they fit in both.
//
// # To add
//
// A kind of block: its type in block.go, its place method beside its kin (grid.go for boxed ones, blocks.go for the
// rest), a sample in samples_test.go; look at the sample with PAPER_OUT=dir go test -run TestWriteSamples.
// Start reading at Layout in flow.go.
package paper
