// Package sheet reads and writes spreadsheets: .xlsx, .xls, .csv and their relatives, as they come from property offices; also
// the web pages and the XML of Excel 2003 that call themselves .xls.
//
// Reading: Open says what a file is by its content, never by its name, and refuses what cannot be read with an
// errs.Invalid whose text (locales/) tells the person what to do. A Book has Sheets, a Sheet streams Rows, a Row has
// Cells. Writing: NewWriter makes an .xlsx, NewCSVWriter a .csv; both take typed columns.
//
// Always true:
//   - a file is hostile until read: size, unpacked size, ratio, rows, columns and cell length have limits, a DTD is
//     refused, no formula is ever evaluated, no allocation follows a number that the file merely claims;
//   - nothing of a file is ever written to disk: rosters are personal data;
//   - Cell.Text is what was meant: numbers whole (no 1.38E+10), dates ISO, and Cell.Raw what the file holds;
//     a number that lost digits is marked Ruined, never mended;
//   - nothing is dropped silently: hidden sheets, rows and columns, merged cells, notes and struck text are reported, and a
//     web page's text outside of tables is a sheet of its own. Rows without anything are not yielded; Row.Number shows the gap;
//   - nothing that a file refers to is fetched, no script is run;
//   - what a Writer wrote reads back the same (property tests): text as text, money to the fen, dates to the day.
//
// Why own readers: excelize streams display strings only (no type, style or merge without loading the whole sheet)
// and unpacks to disk; mscfb keeps a path per nested folder, so that a 5 MiB file can ask for gigabytes. Both serve
// as oracles in the tests. Sources: ECMA-376 part 1 §18 (SpreadsheetML), [MS-XLS], [MS-CFB], RFC 4180.
//
// Formula injection. In .xlsx every text is a string cell in a column formatted as text ("@"): inert when opened
// and still text after F2-Enter in WPS or Excel, so nothing is added to it. In .csv there are no types: a text that
// starts with = + - @ tab or CR gets an apostrophe in front, and one that already has apostrophes there gets one
// more; this package's reader takes exactly one off, so that the round trip is exact. NUL and other control
// characters except tab, LF and CR cannot stand in a spreadsheet and are left out of both.
//
// It may import only errs of the house. Start reading at sheet.go, then open.go; write.go for the way out.
package sheet
