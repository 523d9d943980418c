package sheet

// Styles of cells: their places in cellXfs below.
const (
	styleHeader = 1
	styleText   = 2
)

// style is the place of a column's format in cellXfs.
func (c Column) style() int {
	return [...]int{TextColumn: styleText, NumberColumn: 3, IntColumn: 4, MoneyColumn: 5, AreaColumn: 6, DateColumn: 7}[c.Kind]
}

// width is a column's width in characters, chosen by title and kind when not given.
func (c Column) width() float64 {
	if c.Width > 0 {
		return min(c.Width, 255)
	}
	w := 3.0 // room for the filter's button
	for _, r := range c.Title {
		if w++; r >= 0x2E80 { // a Chinese character is as wide as two digits
			w++
		}
	}
	least := [...]float64{TextColumn: 12, NumberColumn: 10, IntColumn: 8, MoneyColumn: 14, AreaColumn: 10, DateColumn: 12}[c.Kind]
	return min(max(w, least), 60)
}

const (
	xmlHead     = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsMain      = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	relOffice   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	relPackage  = `http://schemas.openxmlformats.org/package/2006/relationships`
	typeSheetML = `application/vnd.openxmlformats-officedocument.spreadsheetml.`

	sheetHead = xmlHead + `<worksheet xmlns="` + nsMain + `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView`
	sheetView = ` workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
		`<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>` +
		`<sheetFormatPr defaultRowHeight="15"/><cols>`
	// paperSize 9 is A4; as wide as the page, as long as it takes; page number of pages below.
	sheetFoot = `<printOptions horizontalCentered="1"/>` +
		`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>` +
		`<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`

	workbookHead = xmlHead + `<workbook xmlns="` + nsMain + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<workbookPr/><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="12540"/></bookViews><sheets>`

	contentTypesHead = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + typeSheetML + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + typeSheetML + `styles+xml"/>`

	font = `<sz val="11"/><name val="SimSun"/><charset val="134"/></font>`
	line = ` style="thin"><color rgb="FFBFBFBF"/></`
	xf   = ` fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"`

	// The order of cellXfs is that of style(): plain, header, text, number, whole number, money, area, date.
	stylesXML = xmlHead + `<styleSheet xmlns="` + nsMain + `">` +
		`<numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy\-mm\-dd"/></numFmts>` +
		`<fonts count="2"><font>` + font + `<font><b/>` + font + `</fonts>` +
		`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
		`<fill><patternFill patternType="solid"><fgColor rgb="FFE7EDF3"/><bgColor indexed="64"/></patternFill></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>` +
		`<border><left` + line + `left><right` + line + `right><top` + line + `top><bottom` + line + `bottom><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">` +
		`<alignment horizontal="center" vertical="center" wrapText="1"/></xf>` +
		`<xf numFmtId="49"` + xf + ` applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="0"` + xf + `/><xf numFmtId="1"` + xf + `/>` +
		`<xf numFmtId="4"` + xf + `/><xf numFmtId="2"` + xf + `/><xf numFmtId="176"` + xf + `/></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
)
