package roster

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/sheet"
)

var today = cn.Date{Y: 2026, M: 11, D: 23, Precision: cn.DayExact}

// tab is a sheet made by a test: "" is no cell, "n:12" a number, "d:43521" a date by its serial.
type tab struct {
	name   string
	rows   [][]string
	merges []string
	hidden []int
}

// madeXLSX writes what the writer of the house cannot: merged blocks, hidden rows, bare numbers.
func madeXLSX(t testing.TB, tabs ...tab) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	part := func(name, text string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(xml.Header + text)); err != nil {
			t.Fatal(err)
		}
	}
	var sheets, rels, types strings.Builder
	for i, s := range tabs {
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, s.name, i+1, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), s.xml())
	}
	part("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`+types.String()+`</Types>`)
	part("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	part("xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`+sheets.String()+`</sheets></workbook>`)
	part("xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+rels.String()+`<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`)
	part("xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (s tab) xml() string {
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	for i, row := range s.rows {
		hidden := ""
		if slices.Contains(s.hidden, i+1) {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&b, `<row r="%d"%s>`, i+1, hidden)
		for c, text := range row {
			at := Cell{Row: i + 1, Column: c + 1}.Name()
			switch kind, number, _ := strings.Cut(text, ":"); {
			case text == "":
			case kind == "n":
				fmt.Fprintf(&b, `<c r="%s"><v>%s</v></c>`, at, number)
			case kind == "d":
				fmt.Fprintf(&b, `<c r="%s" s="1"><v>%s</v></c>`, at, number)
			default:
				fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">`, at)
				if err := xml.EscapeText(&b, []byte(text)); err != nil {
					panic(err)
				}
				b.WriteString(`</t></is></c>`)
			}
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData>`)
	if len(s.merges) > 0 {
		b.WriteString(`<mergeCells>`)
		for _, m := range s.merges {
			fmt.Fprintf(&b, `<mergeCell ref="%s"/>`, m)
		}
		b.WriteString(`</mergeCells>`)
	}
	b.WriteString(`</worksheet>`)
	return b.String()
}

func openBook(t testing.TB, data []byte, name string) *sheet.Book {
	t.Helper()
	book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), name, sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func readBook(t testing.TB, data []byte, in Input) *Plan {
	t.Helper()
	in.Today = today
	plan, err := Read(openBook(t, data, "名册.csv"), in)
	if err != nil {
		t.Fatal(err)
	}
	if c := plan.Counts; c.Parts != c.Understood+c.SetAside+c.Refused || c.SetAside != len(plan.SetAside) {
		t.Errorf("parts do not add up: %+v, %d set aside", c, len(plan.SetAside))
	}
	return plan
}

// readRows reads one sheet.
func readRows(t testing.TB, in Input, rows ...[]string) *Plan {
	t.Helper()
	return readBook(t, madeXLSX(t, tab{name: "名册", rows: rows}), in)
}

func row(cells ...string) []string { return cells }

// lines writes a household as a person would say it: code side people+phones/family | plates.
func lines(p *Plan) []string {
	var out []string
	for _, h := range p.Households {
		var units, people []string
		for _, u := range h.Units {
			unit := p.Units[u]
			units = append(units, unit.Zone+unit.House.Code())
		}
		for _, q := range h.People {
			people = append(people, q.line())
		}
		line := strings.Join(units, "+") + " " + string(h.Side) + " " + strings.Join(people, " ")
		for _, f := range h.Phones {
			line += " ?" + f.Digits
		}
		for _, v := range h.Vehicles {
			line += " [" + v.Number + "]"
		}
		if h.Held {
			line += " held"
		}
		out = append(out, line)
	}
	return out
}

func (p Person) line() string {
	s := p.Name.Name
	switch {
	case p.Emergency:
		s = "!" + s
	case !p.Main:
		s = "(" + s + ":" + p.Relation + ")"
	}
	for _, f := range p.Phones {
		s += "," + f.Digits
		if f.Note != "" {
			s += "~" + f.Note
		}
	}
	for _, id := range p.IDs {
		s += "#" + id.Number
	}
	return s
}

// said lists problems as severity kind cell.
func said(p *Plan) []string {
	var out []string
	for _, q := range p.Problems {
		out = append(out, string(q.Severity)+" "+strings.TrimPrefix(q.Kind, "roster.problem.")+" "+q.At.Name())
	}
	return out
}

// asides counts the rows set aside by kind.
func asides(p *Plan) map[AsideKind]int {
	out := map[AsideKind]int{}
	for _, a := range p.SetAside {
		out[a.Kind]++
	}
	return out
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}
