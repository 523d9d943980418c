package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/richardlehane/mscfb"

	"hudang/internal/platform/ole"
)

// rosters finds ../shared/rosters beside the repository; the test is skipped without it.
func rosters(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			found := filepath.Join(dir, "..", "shared", "rosters")
			if _, err := os.Stat(found); err != nil {
				t.Skip("no ../shared/rosters")
			}
			return found
		}
	}
	t.Skip("no repository root")
	return ""
}

// rosterFacts were counted outside this package: .xlsx with openpyxl 3.0.9 (and below, from the bare XML), .xls with
// xlrd 1.2.0, whose every cell of both files was compared too; .csv with Python's csv module.
var rosterFacts = []struct {
	file   string
	format Format
	sheets []rosterSheet
}{
	{"condo_contact_ru.xlsx", XLSX, []rosterSheet{{name: "Лист1", rows: 6, cells: 42, kinds: map[Kind]int{Text: 37, Number: 5}}}},
	{"condo_ticket_en.xlsx", XLSX, []rosterSheet{{name: "Лист1", rows: 11, cells: 99, kinds: map[Kind]int{Text: 99}}}},
	{"hc_importFeeDetail.xlsx", XLSX, []rosterSheet{{name: "房屋缴费历史", rows: 10, cells: 55, kinds: map[Kind]int{Text: 37, Number: 9, Date: 9}}}},
	{"hc_importRoom_scrubbed.xlsx", XLSX, []rosterSheet{{name: "资产信息", rows: 19, cells: 68, kinds: map[Kind]int{Text: 55, Number: 13}}}},
	{"hc_meterMachine.xlsx", XLSX, []rosterSheet{{name: "水电表", rows: 11, cells: 34, kinds: map[Kind]int{Text: 28, Number: 6}}}},
	{"made_业户资料总表_按户分组.xlsx", XLSX, []rosterSheet{{name: "业户资料", rows: 92, cells: 621, merges: 1, kinds: map[Kind]int{Text: 552, Number: 59, Date: 10}}}},
	{"office_tower_charge_import_80rows_scrubbed.xlsx", XLSX, []rosterSheet{{name: "Sheet0", rows: 80, cells: 401, kinds: map[Kind]int{Text: 243, Number: 158}}}},
	{"商铺_2014-11_管理费.xls", XLS, []rosterSheet{{name: "Sheet1", rows: 37, cells: 477, kinds: map[Kind]int{Text: 367, Number: 110}}}},
	{"管理费导入表_分区空表.xls", XLS, []rosterSheet{
		{name: "物业费信息", rows: 1, cells: 14}, {name: "A区", rows: 1, cells: 14}, {name: "B区", rows: 1, cells: 14}, {name: "C区", rows: 1, cells: 14},
		{name: "D区", rows: 1, cells: 14}, {name: "E区", rows: 1, cells: 14}, {name: "F区", rows: 1, cells: 14},
		{name: "G区", rows: 420, cells: 852, kinds: map[Kind]int{Text: 433, Number: 419}},
	}},
	{"estate_rooms_3357.csv", CSV, []rosterSheet{{name: "estate_rooms_3357", rows: 3358, cells: 16790, kinds: map[Kind]int{Text: 16790}}}},
	{"rooms_by_range_gbk.csv", CSV, []rosterSheet{{name: "rooms_by_range_gbk", rows: 3, cells: 15, kinds: map[Kind]int{Text: 15}}}},
}

type rosterSheet struct {
	name                string
	rows, cells, merges int
	kinds               map[Kind]int
}

func TestRosters(t *testing.T) {
	t.Parallel()
	dir := rosters(t)
	for _, fact := range rosterFacts {
		t.Run(fact.file, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(filepath.Join(dir, fact.file))
			if err != nil {
				t.Fatal(err)
			}
			book := open(t, data, fact.file)
			if book.Format != fact.format || len(book.Sheets()) != len(fact.sheets) {
				t.Fatalf("format %s, %d sheets", book.Format, len(book.Sheets()))
			}
			for i, want := range fact.sheets {
				checkSheet(t, book.Sheets()[i], want)
			}
			if fact.format == XLSX {
				if raw := valuesInXML(t, data); raw != fact.sheets[0].cells {
					t.Errorf("bare XML has %d values", raw)
				}
			}
		})
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.[xc]*"))
	if err != nil || len(files) != len(rosterFacts) {
		t.Errorf("%d tables in the folder, %d known (%v)", len(files), len(rosterFacts), err)
	}
}

func checkSheet(t *testing.T, s *Sheet, want rosterSheet) {
	t.Helper()
	rows, cells, kinds := 0, 0, map[Kind]int{}
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows++
		for _, c := range row.Cells {
			if c.Kind != Empty {
				cells++
				kinds[c.Kind]++
			}
		}
	}
	merges, err := s.Merges()
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != want.name || s.Hidden || rows != want.rows || cells != want.cells || len(merges) != want.merges {
		t.Errorf("%s: %d rows, %d cells, %d merges; want %+v", s.Name, rows, cells, len(merges), want)
	}
	for kind, n := range want.kinds {
		if kinds[kind] != n {
			t.Errorf("%s: %d cells of kind %v, want %d", s.Name, kinds[kind], kind, n)
		}
	}
}

// valuesInXML counts the cells with a value in the first sheet by encoding/xml: no code shared with the reader.
func valuesInXML(t *testing.T, data []byte) int {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var sheet struct {
		Rows []struct {
			Cells []struct {
				T string `xml:"t,attr"`
				V string `xml:"v"`
				I string `xml:"is>t"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	in, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := xml.NewDecoder(in).Decode(&sheet); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range sheet.Rows {
		for _, c := range r.Cells {
			if strings.TrimSpace(c.V) != "" || c.I != "" {
				n++
			}
		}
	}
	return n
}

// Facts a person sees in the rosters, beyond counting.
func TestRosters_Values(t *testing.T) {
	t.Parallel()
	dir := rosters(t)
	read := func(file string, sheet int) []Row {
		data, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		return mustAll(t, open(t, data, file).Sheets()[sheet])
	}
	line := func(rows []Row, i int) string { return show(rows)[i] }
	shops := read("商铺_2014-11_管理费.xls", 0)
	if got := line(shops, 1); got != "2|1|商铺|A01|48.8379|管理费|195.4|4|2014-11-01|2014-11-30|562312|01070133_01|01070133|2014年11月" {
		t.Errorf("shop %s", got)
	}
	if got := line(shops, 36); got != "37|合计:|||2701.4424||10806.1|140|||19687070||||0|0" {
		t.Errorf("total %s", got)
	}
	if got := line(read("管理费导入表_分区空表.xls", 7), 419); got != "420|419|A6-2501" {
		t.Errorf("last unit %s", got)
	}
	if got := line(read("hc_importFeeDetail.xlsx", 0), 1); !strings.HasPrefix(got, "2|1-1-1001|和HC费用项费用名称一致|12|2016-01-01|2017-01-01|2017-01-01|1000|1000|") {
		t.Errorf("fee %s", got)
	}
	if got := line(read("rooms_by_range_gbk.csv", 0), 1); got != "2|3/三期|1|1/A单元|1-5;7-10|4" {
		t.Errorf("range %s", got)
	}
	title := read("made_业户资料总表_按户分组.xlsx", 0)[0].Cells
	if len(title) != 12 || title[0].Merged || !title[11].Merged {
		t.Errorf("merged title %+v", title)
	}
}

// The container reader against mscfb.
func TestOLE_AgainstMSCFB(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(rosters(t), "*.xls"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		ours, err := ole.Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := mscfb.New(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		streams := 0
		for _, f := range theirs.File {
			if f.Size == 0 || len(f.Path) > 0 || f.FileInfo().IsDir() {
				continue
			}
			want, err := io.ReadAll(f)
			if err != nil {
				t.Fatal(err)
			}
			name := f.Name
			if f.Initial < ' ' {
				name = string(rune(f.Initial)) + name
			}
			got, err := ours.Stream(name, len(want))
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s %q: %d bytes, want %d (%v)", filepath.Base(file), name, len(got), len(want), err)
			}
			streams++
		}
		if streams == 0 {
			t.Errorf("%s: no stream compared", file)
		}
	}
}
