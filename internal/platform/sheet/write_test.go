package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// tricky draws texts that spreadsheets like to spoil.
func tricky() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{"", "0101", "013800138000", "99000119900101002X", "=1+1", "+86 138", "-5", "@x", "\tx", "\rx", "\x00x", "'", "'=x", "''=1",
			`="12"`, `'="12"`, "_x000D_", "_x005F_", "_x0041_x0042_", "_x_x0041_", "a\r\nb", "\n", " 前后 ", "1E2", "\uFFFE", "\xff", "𠮷", "sep=;", "a;b", "TRUE", "#N/A", `"`, `""a`, "a\"b;c", "<&>", "2019-06", "2019-06-18", "\uFEFF", "\u2028", "x|y"}),
		rapid.StringMatching("[=+@'\\-\t\r\n\",;|_x0-9A-F楼]{0,8}"),
	)
}

func columnsOf(rt *rapid.T) []Column {
	kinds := rapid.SliceOfN(rapid.SampledFrom([]ColumnKind{TextColumn, NumberColumn, IntColumn, MoneyColumn, AreaColumn, DateColumn}), 1, 6).Draw(rt, "kinds")
	columns := make([]Column, len(kinds))
	for i, k := range kinds {
		columns[i] = Column{Title: tricky().Draw(rt, "title"), Kind: k}
	}
	return columns
}

func valueFor(rt *rapid.T, kind ColumnKind) any {
	if rapid.IntRange(0, 9).Draw(rt, "nothing") == 0 {
		return nil
	}
	whole := rapid.Int64Range(-maxExact+1, maxExact-1)
	switch kind {
	case NumberColumn:
		if rapid.Bool().Draw(rt, "float") {
			return rapid.Float64Range(-1e200, 1e200).Draw(rt, "f")
		}
		return whole.Draw(rt, "n")
	case IntColumn, MoneyColumn, AreaColumn:
		if rapid.IntRange(0, 5).Draw(rt, "as text") == 0 {
			return tricky().Draw(rt, "s")
		}
		return whole.Draw(rt, "n")
	case DateColumn:
		if rapid.Bool().Draw(rt, "date") {
			return serialText(float64(rapid.IntRange(61, maxSerial-1).Draw(rt, "serial")), fullDate, false)
		}
	}
	return tricky().Draw(rt, "s")
}

// wanted is the cell that a value must read back as; typed for .xlsx, all texts for .csv.
func wanted(kind ColumnKind, v any, typed bool) (want Cell) {
	switch v := v.(type) {
	case nil:
		return want
	case string:
		if n, ok := serialOf(v); ok && kind == DateColumn && typed {
			return Cell{Kind: Date, Text: v, Number: n}
		}
		want = Cell{Kind: Text, Text: clean(v)}
	case float64:
		want = Cell{Kind: Number, Text: plain(v), Number: v}
	case int64:
		switch kind {
		case TextColumn:
			want = Cell{Kind: Text, Text: plain(float64(v))}
		case MoneyColumn, AreaColumn:
			want = Cell{Kind: Number, Text: hundredths(v), Number: float64(v) / 100}
		default:
			want = Cell{Kind: Number, Text: plain(float64(v)), Number: float64(v)}
		}
	}
	if want.Text == "" {
		want.Kind = Empty
	}
	if !typed && want.Kind == Number {
		o, _ := Column{Kind: kind}.value(v)
		want = Cell{Kind: Text, Text: o.text}
	}
	return want
}

func writtenRows(rt *rapid.T) ([]Column, [][]any) {
	columns := columnsOf(rt)
	rows := make([][]any, rapid.IntRange(0, 8).Draw(rt, "rows"))
	for i := range rows {
		for range rapid.IntRange(0, len(columns)).Draw(rt, "values") {
			rows[i] = append(rows[i], valueFor(rt, columns[len(rows[i])].Kind))
		}
	}
	return columns, rows
}

func checkBack(rt *rapid.T, data []byte, columns []Column, rows [][]any, typed bool) {
	book, err := Open(bytes.NewReader(data), int64(len(data)), "out", Limits{})
	titles := make([]any, len(columns))
	blank := true
	for i, c := range columns {
		titles[i] = c.Title
		blank = blank && strings.Trim(clean(c.Title), " \t\r\n") == ""
	}
	for _, row := range rows {
		for j, v := range row {
			blank = blank && strings.Trim(wanted(columns[j].Kind, v, typed).Text, " \t\r\n") == ""
		}
	}
	if err != nil {
		if blank && !typed {
			return // nothing but blanks is an empty file
		}
		rt.Fatalf("open: %v\n%q", err, data)
	}
	byNumber := map[int][]Cell{}
	for row, err := range book.Sheets()[0].Rows() {
		if err != nil {
			rt.Fatalf("read: %v", err)
		}
		byNumber[row.Number] = row.Cells
	}
	all := append([][]any{titles}, rows...)
	for i, row := range all {
		for j := range columns {
			var got Cell
			if j < len(byNumber[i+1]) {
				got = byNumber[i+1][j]
			}
			var want Cell
			kind := columns[j].Kind
			if i == 0 {
				kind = TextColumn
			}
			if j < len(row) {
				want = wanted(kind, row[j], typed)
			}
			if got.Kind != want.Kind || got.Text != want.Text || got.Number != want.Number {
				rt.Fatalf("row %d column %d: wrote %#v, read %+v, want %+v", i+1, j+1, row, got, want)
			}
		}
	}
}

func TestWriter_ReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		columns, rows := writtenRows(rt)
		var b bytes.Buffer
		w := NewWriter(&b)
		if err := w.Sheet("一", columns); err != nil {
			rt.Fatal(err)
		}
		for _, row := range rows {
			if err := w.Row(row...); err != nil {
				rt.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			rt.Fatal(err)
		}
		checkBack(rt, b.Bytes(), columns, rows, true)
	})
}

func TestCSVWriter_ReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		columns, rows := writtenRows(rt)
		var b bytes.Buffer
		w, err := NewCSVWriter(&b, columns)
		if err != nil {
			rt.Fatal(err)
		}
		for _, row := range rows {
			if err := w.Row(row...); err != nil {
				rt.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			rt.Fatal(err)
		}
		checkBack(rt, b.Bytes(), columns, rows, false)
	})
}

func TestCSVWriter_Neutralised(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w, err := NewCSVWriter(&b, []Column{{Title: "备注"}, {Title: "金额", Kind: MoneyColumn}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x00=1", "张三", "'=1"} {
		if err := w.Row(s, int64(-150)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := "\uFEFF备注,金额\r\n\"'=cmd|' /C calc'!A0\",-1.5\r\n'+1,-1.5\r\n'-1,-1.5\r\n'@SUM(A1),-1.5\r\n\"'\t=1\",-1.5\r\n\"'\r=1\",-1.5\r\n" +
		"'=1,-1.5\r\n张三,-1.5\r\n''=1,-1.5\r\n"
	if b.String() != want {
		t.Errorf("got %q\nwant %q", b.String(), want)
	}
}

// Another program's eyes: excelize sees string cells in text format, frozen titles, filter, page set-up.
func TestWriter_SeenByExcelize(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := NewWriter(&b)
	columns := []Column{{Title: "姓名"}, {Title: "证件", Width: 22}, {Title: "金额", Kind: MoneyColumn}, {Title: "面积", Kind: AreaColumn}, {Title: "日期", Kind: DateColumn}, {Title: "数", Kind: IntColumn}}
	for _, name := range []string{"业主's [表]", "业主's [表]", ""} {
		if err := w.Sheet(name, columns); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if err := w.Row("=HYPERLINK(\"x\")", "990001199001010013", int64(123456), int64(9865), "2026-11-23", 7); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), ","); got != "业主's _表_,业主's _表_(2),Sheet3" {
		t.Errorf("sheets %s", got)
	}
	rows, err := f.GetRows(f.GetSheetList()[1])
	if err != nil || len(rows) != 4 {
		t.Fatalf("%v %v", rows, err)
	}
	if got := strings.Join(rows[3], "|"); got != `=HYPERLINK("x")|990001199001010013|1,234.56|98.65|2026-11-23|7` {
		t.Errorf("row %s", got)
	}
	sheet := f.GetSheetList()[0]
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeInlineString, "C2": excelize.CellTypeUnset} {
		if got, err := f.GetCellType(sheet, cell); err != nil || got != want {
			t.Errorf("%s: type %v %v, want %v", cell, got, err, want)
		}
	}
	if formula, err := f.GetCellFormula(sheet, "A2"); formula != "" || err != nil {
		t.Errorf("formula %q %v", formula, err)
	}
	panes, err := f.GetPanes(sheet)
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v %v", panes, err)
	}
	page, err := f.GetPageLayout(sheet)
	if err != nil || *page.Size != 9 || *page.Orientation != "landscape" || *page.FitToWidth != 1 {
		t.Errorf("page %+v %v", page, err)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name+"@"+n.Scope] = n.RefersTo
	}
	if got := names["_xlnm.Print_Titles@"+sheet]; got != "'业主''s _表_'!$1:$1" {
		t.Errorf("print titles %q of %v", got, names)
	}
}

func TestWriter_Refuses(t *testing.T) {
	t.Parallel()
	w := NewWriter(io.Discard)
	if err := w.Row("x"); err == nil {
		t.Error("a row without a sheet")
	}
	columns := []Column{{Title: "a"}, {Title: "b", Kind: MoneyColumn}, {Title: "c", Kind: DateColumn}, {Title: "d", Kind: IntColumn}}
	if err := w.Sheet("一", columns); err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string][]any{
		"too many values": {"a", 1, "b", 2, "c"}, "a float of fen": {"a", 1.5}, "a number as date": {"a", 1, 2}, "a fraction as whole": {"a", 1, "", 1.5},
		"16 digits": {"a", int64(1e15)}, "long": {strings.Repeat("x", 32_768)}, "a struct": {struct{}{}},
	} {
		if err := w.Row(row...); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if err := w.Row("x"); err == nil {
		t.Error("a row after the end")
	}
	if err := NewWriter(io.Discard).Close(); err == nil {
		t.Error("a file without a sheet")
	}
	full := NewWriter(&failing{left: 3000})
	err := full.Sheet("一", columns)
	for i := 0; err == nil && i < 100_000; i++ {
		err = full.Row("文字", 1, "2026-11-23", i*7919)
	}
	if err == nil {
		err = full.Close()
	}
	if !errors.Is(err, errFull) {
		t.Errorf("a full disk gave %v", err)
	}
}

var errFull = errors.New("full")

type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// The same rows give the same bytes: no clock, no map order.
func TestWriter_SameBytes(t *testing.T) {
	t.Parallel()
	table := [][]string{{"a", "b", "c", "d", "e", "f"}, {"1", "2", "3", "4", "5", "2026-11-23"}}
	if !bytes.Equal(writtenXLSX(t, table), writtenXLSX(t, table)) {
		t.Error("different bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(writtenXLSX(t, table)), int64(len(writtenXLSX(t, table))))
	if err != nil || len(z.File) != 6 {
		t.Errorf("parts %v %v", z, err)
	}
}
