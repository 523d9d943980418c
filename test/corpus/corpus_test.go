package corpus

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/archive"
	"hudang/internal/platform/access"
	"hudang/internal/platform/filekind"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/render"
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

// fate is what became of a file.
type fate string

const (
	shown   fate = "shown right"
	warned  fate = "shown, with a warning"
	kept    fate = "kept, with a sentence"
	refused fate = "refused"
	short   fate = "FELL SHORT"
)

// outcome is a line of the table.
type outcome struct {
	name string
	kind archive.Type
	fate fate
	why  string
}

// desk is a clerk at a volume.
type desk struct {
	t      *testing.T
	c      *apptest.Company
	clerk  *apptest.Client
	volume string
	files  int
}

func newDesk(t *testing.T) *desk {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := render.New(render.Standard, self, render.Subcommand)
	t.Cleanup(r.Close)
	c := apptest.OpenWith(t, r)
	return &desk{t: t, c: c, clerk: c.SignIn(t, "zhouqian", c.Garden, access.Assistant)}
}

// newVolume opens a volume, from time to time: its page lists all its papers.
func (d *desk) newVolume() {
	p := d.clerk.Submit("/volumes/new", "/volumes/new", url.Values{"estate": {strconv.FormatInt(int64(d.c.Garden), 10)}, "title": {"收件"}})
	if p.Status != http.StatusOK {
		d.t.Fatalf("opening a volume: %d at %s", p.Status, p.Path)
	}
	d.volume = p.Path
}

func (d *desk) newest() *archive.Blob {
	var b archive.Blob
	if err := d.c.App.Door.DB.Read().Select(&b).OrderExpr("id DESC").Limit(1).Scan(d.t.Context()); err != nil {
		return nil
	}
	return &b
}

var (
	itemLink = regexp.MustCompile(`href="(/items/[0-9]+)"`)
	sentence = regexp.MustCompile(`(?s)<div class="words">\s*<p>(.*?)</p>`)
	alert    = regexp.MustCompile(`(?s)<(?:div|section)[^>]*role="alert".*?</(?:div|section)>`)
	marks    = regexp.MustCompile(`<[^>]*>`)
)

// send uploads a file by the page and says what became of it.
func (d *desk) send(name string, content []byte) outcome {
	if d.files%40 == 0 {
		d.newVolume()
	}
	d.files++
	o := outcome{name: name}
	was := d.newest()
	p := d.clerk.Upload(d.volume, d.volume+"/items", url.Values{"title": {fmt.Sprintf("第 %d 件", d.files)}}, apptest.File{Name: name, Content: content})
	b := d.newest()
	if b == nil || was != nil && b.ID == was.ID {
		o.fate, o.why = refused, strings.Join(strings.Fields(marks.ReplaceAllString(alert.FindString(p.Body), " ")), " ")
		if k, err := filekind.Of(name, bytes.NewReader(content), int64(len(content))); err == nil {
			o.kind = k.Kind
		}
		if p.Status != http.StatusUnprocessableEntity || !o.kind.Refused() && filekind.Named(filekind.Extension(name)) == "" && len(content) > 0 {
			o.fate, o.why = short, fmt.Sprintf("refused with %d: %s", p.Status, o.why)
		}
		return o
	}
	all := itemLink.FindAllStringSubmatch(d.clerk.Get(d.volume).Body, -1)
	return d.look(o, b, all[len(all)-1][1], content)
}

// look opens the paper's page, downloads it, and looks at its pages.
func (d *desk) look(o outcome, b *archive.Blob, item string, content []byte) outcome {
	o.kind = b.Type
	p := d.clerk.Get(item)
	if p.Status != http.StatusOK {
		return o.fell("its page: %d", p.Status)
	}
	if f := d.clerk.Get(item + "/files/" + ref.Text(b.ID)); f.Body != string(content) {
		return o.fell("it downloads as other bytes (%d)", f.Status)
	}
	if !b.Shown() {
		m := sentence.FindStringSubmatch(p.Body)
		if m == nil {
			return o.fell("nothing is said of it")
		}
		o.fate, o.why = kept, html.UnescapeString(m[1])
		return o
	}
	o.fate, o.why = shown, fmt.Sprintf("%d pages", b.Pages)
	if b.State == archive.Doubtful || len(b.Marks(0)) > 0 {
		o.fate = warned
	}
	o.why += strings.TrimSuffix(" "+b.Flags, " ")
	return o
}

func (o outcome) fell(format string, args ...any) outcome {
	o.fate, o.why = short, fmt.Sprintf(format, args...)
	return o
}

// table prints what became of all files, and reports how many fell short.
func table(t *testing.T, all []outcome) (fell int) {
	t.Helper()
	count := map[archive.Type]map[fate]int{}
	sum := map[fate]int{}
	for _, o := range all {
		if count[o.kind] == nil {
			count[o.kind] = map[fate]int{}
		}
		count[o.kind][o.fate]++
		sum[o.fate]++
		t.Logf("%-22s %-8s %-60s %s", o.fate, o.kind, o.name, o.why)
	}
	fates := []fate{shown, warned, kept, refused, short}
	var kinds []archive.Type
	for k := range count {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	t.Logf("%-10s %s", "kind", fates)
	for _, k := range kinds {
		line := fmt.Sprintf("%-10s", k)
		for _, f := range fates {
			line += fmt.Sprintf("%6d", count[k][f])
		}
		t.Log(line)
	}
	t.Logf("%d files: %v", len(all), sum)
	return sum[short]
}

// TestCorpus is the long form: HUDANG_CORPUS names a folder of files.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("HUDANG_CORPUS")
	if dir == "" {
		t.Skip("HUDANG_CORPUS names no folder (make corpus)")
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t)
	var all []outcome
	for _, f := range files {
		path := filepath.Join(dir, f.Name())
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		o := d.send(f.Name(), content)
		if took := time.Since(begun).Round(time.Second); took > 5*time.Second {
			o.why += fmt.Sprintf(" (%s)", took)
		}
		all = append(all, d.judge(o, path))
	}
	if fell := table(t, all); fell*100 > len(all) {
		t.Errorf("%d of %d fell short", fell, len(all))
	}
}
