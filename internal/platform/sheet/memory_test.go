package sheet

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"
)

// bulk is a register of n rows and 8 columns as an office keeps it.
var bulkColumns = []Column{{Title: "房号"}, {Title: "业主"}, {Title: "电话"}, {Title: "证件号码", Width: 22}, {Title: "应收", Kind: MoneyColumn},
	{Title: "建筑面积", Kind: AreaColumn}, {Title: "交付日", Kind: DateColumn}, {Title: "备注"}}

func bulkRow(i int) []any {
	return []any{strconv.Itoa(i/100) + "-" + strconv.Itoa(i%100), "业主" + strconv.Itoa(i), strconv.Itoa(13800000000 + i), "99000119900101" + strconv.Itoa(1000+i%9000),
		int64(i * 37), int64(5000 + i%9000), "2019-06-18", "第" + strconv.Itoa(i) + "户的备注"}
}

// watched runs f and gives the highest live heap seen above the one before, sampled every few milliseconds.
func watched(f func()) (peak uint64, took time.Duration) {
	var top atomic.Uint64
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	base := m.HeapAlloc
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			if m.HeapAlloc > top.Load() {
				top.Store(m.HeapAlloc)
			}
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	start := time.Now()
	f()
	took = time.Since(start)
	close(stop)
	<-done
	if top.Load() < base {
		return 0, took
	}
	return top.Load() - base, took
}

// 100,000 rows of 8 cells are written and read within 100 MiB. Times are printed, never judged.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	const n = 100_000
	dir := t.TempDir()
	write := func(name string, begin func(io.Writer) (Table, error)) {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		peak, took := watched(func() {
			w, err := begin(f)
			for i := 0; err == nil && i < n; i++ {
				err = w.Row(bulkRow(i)...)
			}
			if err == nil {
				err = w.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
		report(t, "write "+name, peak, took)
	}
	write("a.xlsx", func(w io.Writer) (Table, error) { x := NewWriter(w); return x, x.Sheet("一", bulkColumns) })
	write("a.csv", func(w io.Writer) (Table, error) { return NewCSVWriter(w, bulkColumns) })
	shared := filepath.Join(dir, "shared.xlsx")
	if err := os.WriteFile(shared, sharedBulk(n), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.xlsx", "a.csv", "shared.xlsx"} {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		rows, cells := 0, 0
		peak, took := watched(func() {
			book, err := Open(f, info.Size(), name, Limits{})
			if err != nil {
				t.Error(err)
				return
			}
			for row, err := range book.Sheets()[0].Rows() {
				if err != nil {
					t.Error(err)
					return
				}
				rows++
				cells += len(row.Cells)
			}
		})
		if rows < n || cells < 8*n {
			t.Errorf("%s: %d rows, %d cells", name, rows, cells)
		}
		report(t, "read "+name+" of "+strconv.FormatInt(info.Size()>>10, 10)+" KiB", peak, took)
	}
}

func report(t *testing.T, what string, peak uint64, took time.Duration) {
	t.Helper()
	t.Logf("%s: peak %.1f MiB, %v", what, float64(peak)/(1<<20), took.Round(time.Millisecond))
	if peak > 100<<20 {
		t.Errorf("%s: %d MiB", what, peak>>20)
	}
}

// sharedBulk is the register as Excel saves it: every text in the shared table, all of them different.
func sharedBulk(n int) []byte {
	var rows, texts bytes.Buffer
	texts.WriteString("<sst>")
	at := 0
	for i := range n {
		rows.WriteString("<row>")
		for _, v := range bulkRow(i) {
			if s, ok := v.(string); ok {
				rows.WriteString(`<c t="s"><v>` + strconv.Itoa(at) + `</v></c>`)
				texts.WriteString("<si><t>" + s + "</t></si>")
				at++
			} else {
				rows.WriteString(`<c><v>` + strconv.FormatInt(v.(int64), 10) + `</v></c>`)
			}
		}
		rows.WriteString("</row>")
	}
	texts.WriteString("</sst>")
	return xlsxFile(sheetData(rows.String()), "xl/sharedStrings.xml", texts.String())
}

func BenchmarkReadXLSX(b *testing.B) {
	data := sharedBulk(10_000)
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range open(b, data, "a.xlsx").Sheets()[0].Rows() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
