package imports_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"hudang/internal/estate/estatetest"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/db/dbtest"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/sheet"
)

// bigRoster is an xlsx of n flats with owner, phone and identity number, one in five let.
func bigRoster(b *testing.B, n int) []byte {
	b.Helper()
	var out bytes.Buffer
	w := sheet.NewWriter(&out)
	var columns []sheet.Column
	for _, title := range []string{"楼栋", "单元", "房号", "建筑面积", "业主姓名", "业主电话", "业主身份证号", "租户姓名", "租户电话"} {
		columns = append(columns, sheet.Column{Title: title})
	}
	if err := w.Sheet("业主", columns); err != nil {
		b.Fatal(err)
	}
	for i := range n {
		tenant, phone := "", ""
		if i%5 == 0 {
			tenant, phone = "钱"+string('一'+rune(i/7%5000)), fmt.Sprintf("139%08d", i)
		}
		err := w.Row(fmt.Sprint(i/200+1), fmt.Sprint(i/100%2+1), fmt.Sprintf("%d%02d", i%100/4+1, i%4+1), "89.50",
			"赵"+string('一'+rune(i/3%5000)), fmt.Sprintf("138%08d", i), residentNo(i), tenant, phone)
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkImport tells where the time of an import goes, on either engine: go test -bench Import/sqlite -benchtime 1x
func BenchmarkImport(b *testing.B) {
	engines := []struct {
		name string
		at   func(b *testing.B) db.Config
	}{
		{"sqlite", func(b *testing.B) db.Config { return db.Config{File: filepath.Join(b.TempDir(), "hudang.db")} }},
		{"postgres", func(b *testing.B) db.Config { return db.Config{URL: dbtest.Postgres(b)} }},
	}
	for _, engine := range engines {
		for _, n := range []int{10_000, 100_000} {
			b.Run(fmt.Sprint(engine.name, "/", n), func(b *testing.B) {
				data := bigRoster(b, n)
				b.ResetTimer()
				for range b.N {
					benchOnce(b, optest.Open(b, world, engine.at(b)), data)
				}
			})
		}
	}
}

func benchOnce(b *testing.B, d *op.Door, data []byte) {
	garden := estatetest.Estate(b, d, "澜庭花园")
	peak, stop := uint64(0), make(chan struct{})
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
		}
	}()
	step := func(name string, work func()) {
		began := time.Now()
		work()
		b.ReportMetric(time.Since(began).Seconds(), name+"-s")
	}
	step("bare", func() {
		book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), "x.xlsx", sheet.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range book.Sheets()[0].Rows() {
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	var id imports.ID
	step("upload", func() {
		var err error
		if id, err = imports.Receive(estatetest.Manager(b), d, imports.UploadIn{Estate: garden, File: "x.xlsx", Data: data}); err != nil {
			b.Fatal(err)
		}
	})
	var f *imports.File
	step("understand", func() {
		var err error
		if f, err = imports.Load(b.Context(), d, id); err != nil {
			b.Fatal(err)
		}
	})
	step("dry", func() {
		if _, err := imports.DryRun(b.Context(), d, f); err != nil {
			b.Fatal(err)
		}
	})
	step("commit", func() {
		res, err := op.Run(estatetest.Manager(b), d, imports.Commit, id)
		if err != nil {
			b.Fatal(err)
		}
		r, err := job.NewRunner(d, imports.Module.Jobs, jobtest.Holding([]access.Grant{{Post: access.Manager, Estate: access.Company}}), slog.New(slog.DiscardHandler))
		if err != nil {
			b.Fatal(err)
		}
		if err := r.Start(b.Context()); err != nil {
			b.Fatal(err)
		}
		defer r.Stop(context.Background())
		for open := true; open; time.Sleep(20 * time.Millisecond) {
			run, err := job.Find(b.Context(), d.DB.Read(), access.From(estatetest.Manager(b)), res.Out)
			if err != nil || run.State == job.Failed {
				b.Fatal(run, err)
			}
			open = run.Open()
		}
	})
	step("dry-again", func() {
		if _, err := imports.DryRun(b.Context(), d, f); err != nil {
			b.Fatal(err)
		}
	})
	close(stop)
	b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
}
