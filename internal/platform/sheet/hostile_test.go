package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hudang/internal/platform/errs"
)

func TestOpen_Refused(t *testing.T) {
	t.Parallel()
	page := `<html><head><meta charset=gbk></head><body><table><tr><td>房号</td></tr></table></body></html>`
	good := xlsxFile(sheetData(`<row><c><v>1</v></c></row>`))
	dtd := `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>`
	xls := buildBIFF8(nil, xlsTab{name: "一", recs: number(0, 0, 0, 1)})
	tests := []struct {
		name string
		data []byte
		key  string
	}{
		{"good", good, ""},
		{"web page", []byte(page), ""},
		{"web page in GBK", gbk("\r\n" + page), ""},
		{"web page without a table", []byte("<html><body><form>登录</form></body></html>"), "sheet.web_no_table"},
		{"web page with empty tables", []byte("<table><tr><td>&nbsp;<td></table>"), "sheet.web_no_table"},
		{"web page of frames", []byte(`<html><frameset><frame src="a.files/sheet001.htm"></frameset></html>`), "sheet.web_frames"},
		{"tables twelve deep", []byte(strings.Repeat("<table><tr><td>", 12) + "1<td>2" + strings.Repeat("</table>", 12)), ""},
		{"tables hundred deep", []byte(strings.Repeat("<table><tr><td>", 100) + "1"), "sheet.web_too_deep"},
		{"too many tables", []byte(strings.Repeat("<table><tr><td>1</table>x", maxTables+1)), "sheet.web_too_deep"},
		{"a column far out", []byte("<table><tr>" + strings.Repeat("<td>", 600) + "x</table>"), "sheet.too_many_columns"},
		{"a long cell", []byte("<table><tr><td>" + strings.Repeat("好", 32_768) + "</table>"), "sheet.cell_too_long"},
		{"a tag without end", []byte("<table><tr><td title='" + strings.Repeat("x", 20<<20)), "sheet.broken"},
		{"MHTML", []byte("MIME-Version: 1.0\r\nContent-Type: multipart/related"), "sheet.mht"},
		{"XML table cut", []byte(xmlBegin), "sheet.broken"},
		{"XML table without a sheet", []byte(xmlBegin + "</Workbook>"), "sheet.broken"},
		{"XML table with a DTD", []byte(`<?xml version="1.0"?><!DOCTYPE Workbook [<!ENTITY a "b">]>` + xmlBegin[21:] + "</Workbook>"), "sheet.unsafe"},
		{"XML table, rows backwards", []byte(xmlSheets(`<Row ss:Index="3"/><Row ss:Index="2"/>`)), "sheet.broken"},
		{"XML table, cells backwards", []byte(xmlSheets(`<Row><Cell ss:Index="3"/><Cell ss:Index="2"/></Row>`)), "sheet.broken"},
		{"XML table, column far out", []byte(xmlSheets(`<Row><Cell ss:Index="600"><Data ss:Type="String">x</Data></Cell></Row>`)), "sheet.too_many_columns"},
		{"XML table, row far out", []byte(xmlSheets(`<Row ss:Index="2000000"><Cell><Data ss:Type="String">x</Data></Cell></Row>`)), "sheet.too_many_rows"},
		{"XML table, long cell", []byte(xmlSheets(`<Row><Cell><Data ss:Type="String">` + strings.Repeat("好", 32_768) + `</Data></Cell></Row>`)), "sheet.cell_too_long"},
		{"XML table, very long cell", []byte(xmlSheets(`<Row><Cell><Data ss:Type="String">` + strings.Repeat("x", 1<<20) + `</Data></Cell></Row>`)), "sheet.cell_too_long"},
		{"other XML", []byte(`<?xml version="1.0"?><svg/>`), "sheet.unknown_format"},
		{"PDF", []byte("%PDF-1.7"), "sheet.unknown_format"},
		{"picture", []byte("\x89PNG\r\n\x1a\n"), "sheet.unknown_format"},
		{"program", []byte("MZ\x90\x00\x03\x00\x00\x00"), "sheet.unknown_format"},
		{"rar", []byte("Rar!\x1a\x07"), "sheet.zip"},
		{"empty zip", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), "sheet.zip"},
		{"zip of a table", zipFile(map[string]string{"名册.xlsx": string(good)}), "sheet.zip"},
		{"letter", zipFile(map[string]string{"_rels/.rels": strings.Replace(relsXML, "xl/workbook.xml", "word/document.xml", 1), "word/document.xml": "<x/>"}), "sheet.unknown_format"},
		{"OpenDocument", zipFile(map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "sheet.unknown_format"},
		{"xlsb", zipFile(map[string]string{"_rels/.rels": strings.Replace(relsXML, "workbook.xml", "workbook.bin", 1), "xl/workbook.bin": "x"}), "sheet.xlsb"},
		{"DTD in the sheet", xlsxFile(dtd + sheetData(`<row><c><v>1</v></c></row>`)), "sheet.unsafe"},
		{"DTD in the texts", xlsxFile(sheetData(``), "xl/sharedStrings.xml", dtd+`<sst><si><t>&b;</t></si></sst>`), "sheet.unsafe"},
		{"DTD in the styles", xlsxFile(sheetData(``), "xl/styles.xml", dtd+`<styleSheet/>`), "sheet.unsafe"},
		{"DTD in the workbook", xlsxFile(sheetData(``), "xl/workbook.xml", dtd+bookXML), "sheet.unsafe"},
		{"unknown entity", xlsxFile(sheetData(`<row><c t="str"><v>&xxe;</v></c></row>`)), "sheet.broken"},
		{"no sheet part", xlsxFile(""), "sheet.broken"},
		{"no relations", xlsxFile(sheetData(``), "xl/_rels/workbook.xml.rels", ""), "sheet.broken"},
		{"cut XML", xlsxFile(sheetData(`<row><c><v>1</v></c></row>`)[:150]), "sheet.broken"},
		{"crossed elements", xlsxFile(sheetData(`<row><c></row></c>`)), "sheet.broken"},
		{"deep", xlsxFile(sheetData(strings.Repeat("<a>", 200))), "sheet.broken"},
		{"deep but whole", xlsxFile(sheetData(strings.Repeat("<a>", 200) + strings.Repeat("</a>", 200))), "sheet.broken"},
		{"long tag", xlsxFile(sheetData(`<row><c r="` + strings.Repeat("A", 1<<20) + `"/></row>`)), "sheet.broken"},
		{"rows backwards", xlsxFile(sheetData(`<row r="2"/><row r="1"/>`)), "sheet.broken"},
		{"text of no number", xlsxFile(sheetData(`<row><c t="s"><v>5</v></c></row>`)), "sheet.broken"},
		{"row beyond Excel", xlsxFile(sheetData(`<row r="1048577"><c><v>1</v></c></row>`)), "sheet.too_many_rows"},
		{"column beyond", xlsxFile(sheetData(`<row><c r="SS1"><v>1</v></c></row>`)), "sheet.too_many_columns"},
		{"empty column beyond", xlsxFile(sheetData(`<row><c r="XFD1" s="1"/></row>`)), ""},
		{"long cell", xlsxFile(sheetData(`<row><c t="inlineStr"><is><t>` + strings.Repeat("好", 32_768) + `</t></is></c></row>`)), "sheet.cell_too_long"},
		{"very long cell", xlsxFile(sheetData(`<row><c t="inlineStr"><is><t>` + strings.Repeat("x", 1<<20) + `</t></is></c></row>`)), "sheet.cell_too_long"},
		{"very long value", xlsxFile(sheetData(`<row><c><v>` + strings.Repeat("1", 1<<20) + `</v></c></row>`)), "sheet.cell_too_long"},
		{"long shared text", xlsxFile(sheetData(`<row><c t="s"><v>0</v></c></row>`), "xl/sharedStrings.xml", "<sst><si><t>"+strings.Repeat("x", 1<<20)+"</t></si></sst>"), "sheet.cell_too_long"},
		{"longest cell", xlsxFile(sheetData(`<row><c t="inlineStr"><is><t>` + strings.Repeat("&#x597D;", 32_767) + `</t></is></c></row>`)), ""},
		{"encrypted xlsx", buildOLE(map[string][]byte{"EncryptionInfo": {1}, "EncryptedPackage": make([]byte, 5000)}, "EncryptionInfo", "EncryptedPackage"), "sheet.encrypted"},
		{"encrypted xls", xlsFile(buildBIFF8(rec(recFilePass, 1, 1, 1, make([]byte, 48)), xlsTab{name: "一"})), "sheet.encrypted"},
		{"old letter", buildOLE(map[string][]byte{"WordDocument": make([]byte, 5000)}, "WordDocument"), "sheet.unknown_format"},
		{"Excel 4", []byte("\x09\x04\x06\x00\x00\x04\x10\x00"), "sheet.old_excel"},
		{"Excel 2", []byte("\x09\x00\x04\x00\x02\x00\x10\x00"), "sheet.old_excel"},
		{"no such version", buildOLE(map[string][]byte{"Workbook": rec(recBOF, 0x0300, 5, 0, 0)}, "Workbook"), "sheet.old_excel"},
		{"record beyond the end", xlsFile(xls)[:0], "sheet.empty"},
		{"cut records", xls[:len(xls)-6], "sheet.broken"},
		{"no sheets", xlsFile(buildBIFF8(nil)), "sheet.broken"},
		{"text index beyond", xlsFile(buildBIFF8(nil, xlsTab{name: "一", recs: labelSST(0, 0, 0, 7)})), "sheet.broken"},
		{"shared texts claimed, not there", xlsFile(buildBIFF8(rec(recSST, uint32(1<<31), uint32(1<<31), 9), xlsTab{name: "一"})), "sheet.broken"},
		{"container of nothing", append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 504)...), "sheet.broken"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if key := keyOf(tt.data, Limits{}); key != tt.key {
				t.Errorf("got %q, want %q", key, tt.key)
			}
		})
	}
}

// A wrong extension changes nothing.
func TestOpen_ByContent(t *testing.T) {
	t.Parallel()
	for want, data := range map[Format][]byte{
		XLSX: xlsxFile(sheetData(`<row><c><v>1</v></c></row>`)), CSV: []byte("a,b\n"), XLS: xlsFile(buildBIFF8(nil, xlsTab{name: "一"})),
	} {
		for _, name := range []string{"a.csv", "a.xls", "a.xlsx", "a.pdf", "a", ""} {
			if book := open(t, data, name); book.Format != want {
				t.Errorf("%s named %q: %s", want, name, book.Format)
			}
		}
	}
}

func TestZipBombs(t *testing.T) {
	t.Parallel()
	blank := sheetData(strings.Repeat(" ", 20<<20))
	many := map[string]string{}
	for i := range 50 {
		many["x/"+plain(float64(i))] = "x"
	}
	tests := []struct {
		name string
		data []byte
		lim  Limits
		key  string
	}{
		{"ratio", xlsxFile(blank), Limits{}, "sheet.too_large_unpacked"},
		{"unpacked size", xlsxFile(blank), Limits{Ratio: 1e6, Unzipped: 10 << 20}, "sheet.too_large_unpacked"},
		{"within both", xlsxFile(blank), Limits{Ratio: 1e6}, ""},
		{"entries", zipFile(many), Limits{Entries: 40}, "sheet.too_large_unpacked"},
		{"a lie about the size", lying(1000), Limits{}, "sheet.broken"},
		{"a lie the other way", lying(1 << 40), Limits{}, "sheet.too_large_unpacked"},
		{"encrypted part", encryptedPart(), Limits{}, "sheet.encrypted"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if key := keyOf(tt.data, tt.lim); key != tt.key {
				t.Errorf("got %q, want %q", key, tt.key)
			}
		})
	}
}

// lying is a workbook whose sheet claims another size than it has.
func lying(claim uint64) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{"_rels/.rels": relsXML, "xl/workbook.xml": bookXML, "xl/_rels/workbook.xml.rels": bookRels} {
		w, err := z.Create(name)
		if err != nil {
			panic(err)
		}
		_, _ = w.Write([]byte(text))
	}
	body := []byte(sheetData(strings.Repeat(`<row><c><v>1</v></c></row>`, 5000)))
	w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Store, CRC32: crc32.ChecksumIEEE(body),
		CompressedSize64: uint64(len(body)), UncompressedSize64: claim})
	if err != nil {
		panic(err)
	}
	_, _ = w.Write(body)
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func encryptedPart() []byte {
	data := xlsxFile(sheetData(""))
	at := bytes.Index(data, []byte("PK\x01\x02"))
	data[at+8] |= 1
	return data
}

// Files that gave mscfb trouble or would: chains in circles, folders in circles, deep folders, claims of great size.
func TestOLE_Hostile(t *testing.T) {
	t.Parallel()
	good := xlsFile(append(buildBIFF8(nil, xlsTab{name: "一", recs: number(0, 0, 0, 1)}), make([]byte, 6000)...))
	patch := func(at int, v uint32) []byte {
		data := bytes.Clone(good)
		binary.LittleEndian.PutUint32(data[at:], v)
		return data
	}
	dir := 512 * (1 + int(binary.LittleEndian.Uint32(good[48:])))
	fat := 512 * (1 + int(binary.LittleEndian.Uint32(good[76:])))
	for name, data := range map[string][]byte{
		"directory in a circle": patch(fat+4*int(binary.LittleEndian.Uint32(good[48:])), binary.LittleEndian.Uint32(good[48:])),
		"stream in a circle":    patch(fat, 0),
		"stream of 4 GB":        patch(dir+128+120, 0xFFFFFFF0),
		"stream starts nowhere": patch(dir+128+116, 0x00FFFFFF),
		"small stream of 4 GB":  bytes.Replace(patch(dir+128+120, 0xFFFFFFF0), bytesOf(uint32(4096)), bytesOf(uint32(0xFFFFFFFF)), 1),
		"table list in circle":  patch(68, 0),
		"table nowhere":         patch(76, 0x00FFFFFF),
		"sibling is itself":     patch(dir+128+72, 1),
		"no root":               patch(dir+64, 0),
	} {
		if key := keyOf(data, Limits{}); !strings.HasPrefix(key, "sheet.") && key != "" {
			t.Errorf("%s: %q", name, key)
		}
	}
	if key := keyOf(good, Limits{}); key != "" {
		t.Errorf("good: %q", key)
	}
}

// Cut anywhere, a file is refused or, for a CSV, shorter; never a panic, and a workbook never pretends to be whole.
func TestTruncated(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{
		"made.xlsx": writtenXLSX(t, [][]string{{"a", "b", "c", "d", "e", "f"}, {"1", "张三", "3", "4", "5", "2026-11-23"}}),
		"made.xls":  xlsFile(append(buildBIFF8(sst("一", "二"), xlsTab{name: "一", recs: bytesOf(labelSST(0, 0, 0, 0), number(1, 0, 0, 5))}), make([]byte, 6000)...)),
		"made.csv":  csvOf([][]string{{"a", "b"}, {"张三", "1\n2"}, {"x", "y"}}, ","),
	}
	if dir, err := filepath.Glob(filepath.Join(rostersOrNot(), "*.[xc]*")); err == nil {
		for _, file := range dir {
			if data, err := os.ReadFile(file); err == nil {
				files[filepath.Base(file)] = data
			}
		}
	}
	for name, data := range files {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i := range 50 {
				cut := data[:len(data)*i/50]
				key := keyOf(cut, Limits{})
				if strings.HasPrefix(key, "not a refusal") {
					t.Errorf("cut at %d/50: %s", i, key)
				}
				if strings.HasSuffix(name, ".xlsx") && key == "" {
					t.Errorf("cut at %d/50: taken for whole", i)
				}
			}
		})
	}
}

func rostersOrNot() string {
	dir, err := filepath.Abs("../../../../shared/rosters")
	if err != nil {
		return ""
	}
	return dir
}

// Merged blocks as a hostile file may claim them cost no more than columns times rows.
func TestMerges_Hostile(t *testing.T) {
	t.Parallel()
	blocks := strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 100_000)
	data := xlsxFile(`<worksheet><sheetData>` + strings.Repeat(`<row><c><v>1</v></c></row>`, 1000) + `</sheetData><mergeCells>` + blocks + `</mergeCells></worksheet>`)
	rows := mustAll(t, open(t, data, "a.xlsx").Sheets()[0])
	if len(rows) != 1000 || len(rows[999].Cells) != DefaultLimits.Columns || !rows[999].Cells[511].Merged {
		t.Errorf("%d rows", len(rows))
	}
	too := strings.Repeat(`<mergeCell ref="A1:B2"/>`, maxMerges+1)
	if key := keyOf(xlsxFile(`<worksheet><sheetData/><mergeCells>`+too+`</mergeCells></worksheet>`), Limits{}); key != "sheet.broken" {
		t.Errorf("got %q", key)
	}
}

// Of blocks that overlap, which the format forbids, the upper counts.
func TestCover_Overlap(t *testing.T) {
	t.Parallel()
	c := newCover([]Range{{2, 2, 4, 3}, {3, 1, 5, 2}, {5, 2, 5, 9}, {6, 1, 6, 1}}, 4)
	var got []string
	for n := 1; n <= 6; n++ {
		row := Row{Number: n, Cells: []Cell{{Text: "a"}, {Text: "b"}}}
		c.mark(&row)
		got = append(got, show([]Row{row})...)
	}
	if want := "1|a|b 2|a|b|^ 3|a|^b|^ 4|a|^b|^ 5|a|b|^|^ 6|a|b"; strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

// Should a reader panic after all, the person gets a refusal and the log the cause.
func TestRows_PanicOfAReader(t *testing.T) {
	t.Parallel()
	s := &Sheet{src: panicking{}, lim: DefaultLimits}
	_, err := all(s)
	if e := errs.As(err); e == nil || e.Key != "sheet.broken" || !strings.Contains(e.Error(), "out of step") {
		t.Errorf("got %v", err)
	}
}

type panicking struct{}

func (panicking) layout() (*layout, error) { return &layout{}, nil }
func (p panicking) open() (cursor, error)  { return p, nil }
func (panicking) next() (Row, error)       { panic("out of step") }
func (panicking) close()                   {}

// A workbook that another program really encrypted.
func TestOpen_EncryptedByExcelize(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	defer f.Close()
	var b bytes.Buffer
	if err := f.Write(&b, excelize.Options{Password: "x"}); err != nil {
		t.Fatal(err)
	}
	if key := keyOf(b.Bytes(), Limits{}); key != "sheet.encrypted" {
		t.Errorf("got %q", key)
	}
}

// An error of the reader underneath is a refusal, too, and keeps its cause.
func TestOpen_ReaderFails(t *testing.T) {
	t.Parallel()
	_, err := Open(failingReader{}, 100, "a.csv", Limits{})
	if !errs.Is(err, errs.Invalid) || !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

type failingReader struct{}

func (failingReader) ReadAt([]byte, int64) (int, error) { return 0, errFull }
