package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"testing"
	"time"

	"hudang/internal/platform/errs"
)

// fuzzLimits keep a run short; the limits themselves are part of what is tried.
var fuzzLimits = Limits{Bytes: 1 << 20, Unzipped: 8 << 20, Rows: 5000, Columns: 64, CellChars: 2000}

// readAny opens and reads whatever it is given: an error must be a refusal, and what is read must obey the promises.
func readAny(t *testing.T, data []byte) {
	start := time.Now()
	book, err := Open(bytes.NewReader(data), int64(len(data)), "f", fuzzLimits)
	if err == nil {
		for i, s := range book.Sheets() {
			if i == 20 {
				break
			}
			if err = readSheet(t, s); err != nil {
				break
			}
		}
	}
	if err != nil {
		e, ok := errors.AsType[*errs.Error](err)
		if !ok || e.Kind != errs.Invalid {
			t.Fatalf("not a refusal: %v", err)
		}
		if bytes.Contains([]byte(e.Error()), []byte("panic: ")) {
			t.Fatalf("a panic was caught: %v", err)
		}
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Fatalf("took %v", d)
	}
}

func readSheet(t *testing.T, s *Sheet) error {
	last := 0
	for row, err := range s.Rows() {
		if err != nil {
			return err
		}
		if row.Number <= last || row.Number > fuzzLimits.Rows || len(row.Cells) == 0 || len(row.Cells) > fuzzLimits.Columns {
			t.Fatalf("row %d after %d with %d cells", row.Number, last, len(row.Cells))
		}
		last = row.Number
		for _, c := range row.Cells {
			if c.Text != clean(c.Text) || tooLong(c.Text, fuzzLimits.CellChars) || (c.Kind == Empty) != (c.Text == "" && c.Kind != Uncomputed) {
				t.Fatalf("cell %+v", c)
			}
		}
	}
	return nil
}

func FuzzXLS(f *testing.F) {
	owner := string(gbk("张三"))
	recs := bytesOf(rec(recRow, 0, 0, 5, 255, 0, 0, uint32(0x20)), labelSST(0, 0, 0, 0), labelSST(0, 1, 0, 1), rec(recLabel, 0, 2, 0, text16("就地")),
		number(1, 0, 1, 43634), rec(recMulRK, 1, 1, 0, rkInt(1, true), 1, rkFloat(0.5), 2), rec(recBoolErr, 2, 0, 0, byte(7), byte(1)),
		formula(3, 0, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}), rec(recString, text16("字")), rec(recMergedCells, 1, 0, 3, 0, 3), rec(recColInfo, 1, 2, 0, 0, 1, 0))
	table := bytesOf(rec(recSST, uint32(2), uint32(2), text16("欧阳"), 6, byte(1), wide("断开")[1:]), rec(recContinue, byte(0), "abcd"))
	stream := buildBIFF8(bytesOf(format8(176, "yyyy/m"), xfs(0, 14, 176), rec(recDateMode, 1), table), xlsTab{name: "一", recs: recs}, xlsTab{name: "藏", state: 1})
	f.Add(stream)
	f.Add(xlsFile(stream))
	f.Add(xlsFile(append(stream, make([]byte, 4096)...)))
	f.Add(buildBIFF5(936, "S", bytesOf(rec(recLabel, 0, 0, 0, len(owner), owner), number(0, 1, 0, 1))))
	f.Add(xlsFile(buildBIFF8(rec(recFilePass, 1), xlsTab{name: "一"})))
	f.Fuzz(func(t *testing.T, data []byte) {
		readAny(t, data)
		if !bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) { // and as a stream, past the container
			readAny(t, append([]byte("\x09\x08\x10\x00\x00\x06\x05\x00\xBB\x0D\xCC\x07\x00\x00\x00\x00\x06\x00\x00\x00"), data...))
		}
	})
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\uFEFF房号;业主\r\n\"1;\"\"2\";x", "sep=|\na|b", "\"a\nb\",c\r'=1,=\"01\"", "a\tb\n\n\nc", "\"open", "x\x1A"} {
		f.Add([]byte(s))
	}
	f.Add(gbk("房号,业主\n101,欧阳䶮\n"))
	f.Add(utf16le("房号\t业主\n"))
	f.Add(utf16be("房号,业主\n"))
	f.Fuzz(readAny)
}

// FuzzXLSX fuzzes the parts, packed afresh each time: the checksums of an archive would stop nearly every change.
// Run it with -fuzzminimizetime 10x: shrinking finds is slow here.
func FuzzXLSX(f *testing.F) {
	sheet := sheetData(`<row r="1" hidden="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="C1"><f>A1</f><v>1.5E3</v></c></row><row><c t="inlineStr"><is><t>a&amp;b</t></is></c></row>`)
	f.Add([]byte(sheet), []byte(`<sst><si><t>房</t></si><si><r><t>a</t></r><rPh><t>x</t></rPh></si></sst>`), []byte(stylesForTest), []byte(bookXML))
	f.Add([]byte(`<x:worksheet><x:cols><x:col min="1" max="2" hidden="1"/></x:cols><x:sheetData/><x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>`), []byte(`<sst/>`), []byte(`<styleSheet/>`), []byte(bookXML))
	f.Add([]byte(`<!DOCTYPE a><worksheet/>`), []byte(`<![CDATA[x]]>`), []byte(`<!-- > --><a b='>'/>`), []byte(bookXML))
	f.Fuzz(func(t *testing.T, sheet, texts, styles, book []byte) {
		readAny(t, storedXLSX(sheet, texts, styles, book))
	})
}

// storedXLSX is a workbook of four given parts, not compressed.
func storedXLSX(sheet, texts, styles, book []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []struct {
		name string
		data []byte
	}{
		{"_rels/.rels", []byte(relsXML)}, {"xl/workbook.xml", book}, {"xl/_rels/workbook.xml.rels", []byte(bookRels)},
		{"xl/worksheets/sheet1.xml", sheet}, {"xl/sharedStrings.xml", texts}, {"xl/styles.xml", styles},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(part.data)
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// FuzzArchive fuzzes the file as it is: the archive's own structures.
func FuzzArchive(f *testing.F) {
	f.Add(xlsxFile(sheetData(`<row><c><v>1</v></c></row>`)))
	f.Add(lying(10))
	f.Fuzz(readAny)
}

func FuzzWeb(f *testing.F) {
	f.Add([]byte(pageIn("utf-8")))
	f.Add(gbk(pageIn("gb2312")))
	f.Add([]byte("<table><tr><td rowspan=0 colspan=70>1<td><table><tr><td>2</table><tr><td>3</table>x<table><caption>c</caption>"))
	f.Add([]byte("<html><div>a<table><col span=9 style=display:none><tr><td><select><option>a<option selected>b</select><td><input value=1>"))
	f.Fuzz(readAny)
}

func FuzzXML2003(f *testing.F) {
	f.Add([]byte(xmlSheets(`<Row ss:Index="2" ss:Span="3"><Cell ss:MergeAcross="2" ss:MergeDown="1" ss:StyleID="d"><Data ss:Type="Number">1.5</Data></Cell></Row>`, ``)))
	f.Add([]byte(xmlSheets(`<Column ss:Index="3" ss:Span="2" ss:StyleID="z"/><Row><Cell ss:Index="3"><ss:Data ss:Type="DateTime">2021-09-03T00:00:00.000</ss:Data><Comment><Data>n</Data></Comment></Cell></Row>`)))
	f.Fuzz(readAny)
}

// FuzzHung fuzzes the parts that hang pictures and notes on cells.
func FuzzHung(f *testing.F) {
	f.Add([]byte(`<wsDr><oneCellAnchor><from><col>1</col><row>2</row></from><blip r:embed="rId1"/></oneCellAnchor></wsDr>`), []byte(`<comments><comment ref="A5"><text><t>x</t></text></comment></comments>`),
		[]byte(`<cellImages><cNvPr name="I"/><blip r:embed="rId1"/></cellImages>`), []byte(`<metadata><metadataType name="XLRICHVALUE"/><futureMetadata name="XLRICHVALUE"><rvb i="0"/></futureMetadata><valueMetadata><rc t="1" v="0"/></valueMetadata></metadata>`))
	f.Fuzz(func(t *testing.T, drawing, notes, images, meta []byte) {
		rels := `<Relationships><Relationship Id="rId1" Type="x/drawing" Target="../d.xml"/><Relationship Id="rId2" Type="x/comments" Target="../c.xml"/></Relationships>`
		readAny(t, xlsxFile(sheetData(`<row><c vm="1" t="e"><v>#VALUE!</v></c><c><f>DISPIMG("I",1)</f></c></row>`), "xl/worksheets/_rels/sheet1.xml.rels", rels, "xl/d.xml", string(drawing),
			"xl/c.xml", string(notes), "xl/cellimages.xml", string(images), "xl/metadata.xml", string(meta), "xl/richData/rdrichvalue.xml", `<rvData><rv s="0"><v>0</v></rv></rvData>`))
	})
}
