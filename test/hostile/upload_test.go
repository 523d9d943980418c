package hostile

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/archive"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/night"
	"hudang/internal/platform/render"
	"hudang/internal/platform/render/rendertest"
	"hudang/internal/platform/sheet"
	"hudang/test/round"
)

// TestMain makes this test's own binary the child that looks into scans, as the program is its own.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == render.Subcommand {
		if err := render.Serve(os.Stdin, os.Stdout, render.TestFolder()); err != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// uploads are the files of each kind that are sent; a failing one is found again by its seed.
func uploads(t *testing.T) iter.Seq[int] { return night.Rounds(t, 300, 80, 10_000) }

// mostHeap is what the program itself may hold while it takes hostile files (reliability §8: 512 MB in all).
const mostHeap = 400 << 20

// scans are files of every type the archive takes, and some it does not: our own, and those that lie beside the repository.
func scans(t *testing.T) []sample {
	t.Helper()
	all := []sample{{"a.pdf", rendertest.PDF(3, "x", "")}, {"js.pdf", rendertest.PDF(1, "x", "/OpenAction << /S /JavaScript /JS (x) >>")}, {"a.jpg", rendertest.JPEG(t, 80, 60)},
		{"turned.jpg", rendertest.TurnedJPEG(t, 40, 30, 6, "x")}, {"a.png", rendertest.PNG(t, 30, 30)}, {"flood.png", rendertest.FloodPNG(60000, 60000)},
		{"a.tiff", rendertest.TIFF(t, 2)}, {"round.tif", rendertest.CircularTIFF(t)}, {"film.mp4", append([]byte("\x00\x00\x00\x20ftypisom\x00\x00\x02\x00"), make([]byte, 200)...)},
		{"x.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`)}, {"x.html", []byte(`<script>x()</script>`)}, {"a.zip", zipOf(t, "../../x", 100)}}
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "scans", "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(content) < 2<<20 {
			all = append(all, sample{filepath.Base(file), content})
		}
	}
	return all
}

func zipOf(t *testing.T, name string, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(make([]byte, size))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// S2: whatever is uploaded is taken, kept as broken, or refused with a sentence; what was taken can be looked at, or says that it
// cannot. Never an error of the program.
func TestUploads_OfScans(t *testing.T) {
	c := apptest.Open(t)
	clerk := optest.As(t.Context(), 5, c.Garden, access.Assistant)
	opened, err := op.Run(clerk, c.App.Door, archive.OpenVolume, archive.OpenVolumeIn{Estate: c.Garden, VolumeFacts: archive.VolumeFacts{Title: "x"}})
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	limits := render.Standard
	limits.Time = 20 * time.Second
	store := archive.Scans{Blobs: c.App.Scans.Blobs, Render: render.New(limits, self, render.Subcommand)}
	t.Cleanup(store.Render.Close)
	all, said := scans(t), map[string]int{}
	for n := range uploads(t) {
		seed := uint64(n)
		s := mutate(rand.New(rand.NewPCG(seed, 2)), all)
		if seed < uint64(len(all)) {
			s = all[seed]
		}
		said[receive(t, c, store, opened.Out, seed, s)]++
	}
	t.Logf("%v", said)
	if sent(said) >= 80 && (said["sound"] < 5 || said["broken"] < 5 || said["refused"] < 10) {
		t.Errorf("few kinds of answers: %v: the test shows little", said)
	}
	memory(t)
}

// sent is how many files had an answer.
func sent(said map[string]int) (n int) {
	for _, so := range said {
		n += so
	}
	return n
}

// receive takes one file and looks at its first page, and says what became of it.
func receive(t *testing.T, c *apptest.Company, store archive.Scans, v archive.VolumeID, seed uint64, s sample) string {
	t.Helper()
	u, err := store.Receive(t.Context(), v, s.name, bytes.NewReader(s.content))
	if err != nil {
		if !errs.Is(err, errs.Invalid) {
			t.Errorf("seed %d, %q: %v", seed, s.name, err)
		}
		return "refused"
	}
	if strings.ContainsAny(u.Name, "/\\\x00\n") {
		t.Errorf("seed %d: a name became %q", seed, u.Name)
	}
	if u.State == archive.Broken || u.Pages == 0 {
		return "broken"
	}
	clerk := optest.As(t.Context(), 5, c.Garden, access.Assistant)
	in := archive.AddItemsIn{Volume: v, Items: []archive.NewItem{{ItemFacts: archive.ItemFacts{Title: "x", Original: archive.IsOriginal}, Uploads: []archive.Upload{u}}}}
	if _, err := op.Run(clerk, c.App.Door, archive.AddItems, in); err != nil {
		t.Errorf("seed %d, %q: %v", seed, s.name, err)
		return "refused"
	}
	file, err := store.Blobs.OpenAt(t.Context(), v.Key(), u.Stored)
	if err != nil {
		t.Errorf("seed %d: %v", seed, err)
		return "broken"
	}
	defer file.Close()
	picture, err := store.Render.Page(t.Context(), render.Type(u.Type), file, u.Size, render.Want{Width: 200})
	switch {
	case errs.Is(err, errs.Blocked):
		return "broken later"
	case err != nil:
		t.Errorf("seed %d, %q: looking at it: %v", seed, s.name, err)
	case !bytes.HasPrefix(picture, []byte("\xff\xd8")):
		t.Errorf("seed %d: the picture begins %x", seed, picture[:min(4, len(picture))])
	}
	return "sound"
}

// rosters are spreadsheets of every kind the import takes.
func rosters(t *testing.T) []sample {
	t.Helper()
	rows := [][]any{{"楼栋", "单元", "房号", "业主姓名", "联系电话", "建筑面积"}, {"3", "1", "1201", "张伟、李娟", "13800138000、13900139000", "89.5"}, {"3", "1", "1202", "王芳", "0278888666", "102.30"}, {"合计"}}
	var csv strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			fmt.Fprintf(&csv, "%s%v", strings.Repeat(",", min(i, 1)), cell)
		}
		csv.WriteString("\n")
	}
	var xlsx bytes.Buffer
	w := sheet.NewWriter(&xlsx)
	columns := make([]sheet.Column, 6)
	for i := range columns {
		columns[i].Title = rows[0][i].(string)
	}
	if err := w.Sheet("业主", columns); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:3] {
		if err := w.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	all := []sample{{"a.csv", []byte(csv.String())}, {"a.xlsx", xlsx.Bytes()}, {"bomb.xlsx", zipOf(t, "xl/worksheets/sheet1.xml", 64<<20)}, {"dtd.xlsx", dtd(t, xlsx.Bytes())},
		{"a.png", round.Picture()}, {"a.xls", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 2000)...)}, {"wide.csv", []byte(strings.Repeat("房号,", 40_000) + "\n1")}}
	for _, pattern := range []string{filepath.Join("..", "..", "..", "shared", "rosters", "*.xls*"), filepath.Join("..", "..", "internal", "household", "roster", "testdata", "*.csv")} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if content, err := os.ReadFile(file); err == nil && len(content) < 200<<10 {
				all = append(all, sample{filepath.Base(file), content})
			}
		}
	}
	return all
}

// dtd is a workbook whose sheet declares entities that grow.
func dtd(t *testing.T, book []byte) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range from.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var part bytes.Buffer
		if _, err := part.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		text := part.String()
		if strings.HasSuffix(f.Name, ".xml") {
			text = strings.Replace(text, "?>", `?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>`, 1)
			text = strings.Replace(text, "</t>", "&b;&c;</t>", 1)
		}
		w, err := z.Create(f.Name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Rosters likewise: refused with what to do about it, or read to the end of the dry run.
func TestUploads_OfRosters(t *testing.T) {
	c := apptest.Open(t)
	clerk := optest.As(t.Context(), 5, c.Garden, access.Assistant)
	all, said := rosters(t), map[string]int{}
	for n := range uploads(t) {
		seed := uint64(n)
		s := mutate(rand.New(rand.NewPCG(seed, 3)), all)
		if seed < uint64(len(all)) {
			s = all[seed]
		}
		said[read(t, clerk, c, seed, s)]++
	}
	t.Logf("%v", said)
	if sent(said) >= 80 && (said["read"] < 10 || said["refused"] < 10) {
		t.Errorf("few kinds of answers: %v: the test shows little", said)
	}
	memory(t)
}

func read(t *testing.T, clerk context.Context, c *apptest.Company, seed uint64, s sample) (became string) {
	t.Helper()
	defer func() {
		if v := recover(); v != nil {
			t.Errorf("seed %d, %q: panic %v\n%s", seed, s.name, v, debug.Stack())
		}
	}()
	id, err := imports.Receive(clerk, c.App.Door, imports.UploadIn{Estate: c.Garden, File: s.name, Data: s.content})
	if err == nil {
		var f *imports.File
		if f, err = imports.Load(clerk, c.App.Door, id); err == nil {
			_, err = imports.DryRun(clerk, c.App.Door, f)
		}
		if err != nil {
			t.Errorf("seed %d, %q was taken, and then: %v", seed, s.name, err)
		}
		_, err = op.Run(clerk, c.App.Door, imports.Discard, id)
		if err != nil {
			t.Errorf("seed %d, %q: %v", seed, s.name, err)
		}
		return "read"
	}
	if !errs.Is(err, errs.Invalid) {
		t.Errorf("seed %d, %q: %v", seed, s.name, err)
	}
	return "refused"
}

// memory is what is held after all of it, and was taken from the machine meanwhile.
func memory(t *testing.T) {
	t.Helper()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapInuse > mostHeap || m.HeapSys > 2*mostHeap {
		t.Errorf("%d MiB are in use, %d MiB were taken", m.HeapInuse>>20, m.HeapSys>>20)
	}
	t.Logf("%d MiB in use, %d MiB taken", m.HeapInuse>>20, m.HeapSys>>20)
}
