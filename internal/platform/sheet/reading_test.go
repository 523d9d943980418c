package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"hudang/internal/platform/errs"
)

func open(t testing.TB, data []byte, name string) *Book {
	t.Helper()
	book, err := Open(bytes.NewReader(data), int64(len(data)), name, Limits{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return book
}

// all reads a sheet whole.
func all(s *Sheet) ([]Row, error) {
	var rows []Row
	for row, err := range s.Rows() {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func mustAll(t testing.TB, s *Sheet) []Row {
	t.Helper()
	rows, err := all(s)
	if err != nil {
		t.Fatalf("rows of %q: %v", s.Name, err)
	}
	return rows
}

// show writes rows as "2|a|b"; covered cells as ^, hidden rows with !.
func show(rows []Row) []string {
	var out []string
	for _, r := range rows {
		line := fmt.Sprint(r.Number)
		if r.Hidden {
			line += "!"
		}
		for _, c := range r.Cells {
			line += "|"
			if c.Merged {
				line += "^"
			}
			line += c.Text
		}
		out = append(out, line)
	}
	return out
}

func expect(t *testing.T, rows []Row, want ...string) {
	t.Helper()
	got := show(rows)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("rows:\n%q\nwant:\n%q", got, want)
	}
}

// keyOf is the refusal's key, reading the whole book if it opens; "" when nothing is refused.
func keyOf(data []byte, lim Limits) string {
	book, err := Open(bytes.NewReader(data), int64(len(data)), "file.xlsx", lim)
	if err == nil {
		for _, s := range book.Sheets() {
			if _, err = all(s); err != nil {
				break
			}
		}
	}
	if err == nil {
		return ""
	}
	e, ok := errors.AsType[*errs.Error](err)
	if !ok || e.Kind != errs.Invalid {
		return "not a refusal: " + err.Error()
	}
	return e.Key
}

func gbk(s string) []byte {
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

func utf16le(s string) []byte {
	b, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

func utf16be(s string) []byte {
	b, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

// Parts of a small .xlsx for tests.
const (
	relsXML = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
		`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookXML = `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/>` +
		`<sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRels = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="x/styles" Target="styles.xml"/><Relationship Id="rId3" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`
)

// xlsxFile is a workbook with one sheet; more replaces or adds parts, an empty one removes it.
func xlsxFile(sheetXML string, more ...string) []byte {
	parts := map[string]string{
		"_rels/.rels": relsXML, "xl/workbook.xml": bookXML, "xl/_rels/workbook.xml.rels": bookRels,
		"xl/worksheets/sheet1.xml": sheetXML,
	}
	for i := 0; i+1 < len(more); i += 2 {
		parts[more[i]] = more[i+1]
	}
	return zipFile(parts)
}

func zipFile(parts map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range sortedKeys(parts) {
		if parts[name] == "" {
			continue
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
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

// sheetData wraps rows into a worksheet part.
func sheetData(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
		rows + `</sheetData></worksheet>`
}
