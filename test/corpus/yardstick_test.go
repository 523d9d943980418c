package corpus

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // what the pages send
	_ "image/png"  // what the other programs write
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"hudang/internal/archive"
	"hudang/internal/platform/filekind"
	"hudang/internal/platform/render"

	"golang.org/x/image/draw"
)

// judge holds what the program said and shows of a file against what another program makes of it.
func (d *desk) judge(o outcome, path string) outcome {
	if o.fate == refused && !runs(path) {
		return o.fell("refused, and it is no program: %s", o.why)
	}
	if o.fate == short || o.fate == refused {
		return o
	}
	b := d.newest()
	if !b.Type.Shown() {
		return o
	}
	if b.State == archive.Unseen {
		return o.fell("not looked at to its end")
	}
	theirs, pages := others(d, b.Type, path)
	if !b.Shown() {
		if strings.Contains(b.Flags, render.FlagLocked) || strings.Contains(b.Flags, "=") || theirs == nil || flat(*theirs) {
			return o
		}
		return o.fell("another program shows it: %s", o.why)
	}
	if pages > 0 && int64(pages) != b.Pages && b.Type != filekind.GIF && b.Type != filekind.WebP && b.Type != filekind.HEIC && b.Type != filekind.PNG {
		return o.fell("%d pages, another program counts %d", b.Pages, pages)
	}
	items := itemLink.FindAllStringSubmatch(d.clerk.Get(d.volume).Body, -1)
	p := d.clerk.Get(items[len(items)-1][1] + "/pages/1.jpg?w=600")
	img, _, err := image.Decode(strings.NewReader(p.Body))
	if p.Status != http.StatusOK || err != nil {
		if o.fate == warned {
			return o
		}
		return o.fell("its first page: %d, %v", p.Status, err)
	}
	if theirs == nil {
		o.why += " (no other program shows it)"
		return o
	}
	if slices.Contains(b.Marks(0), render.FlagBlank) && !flat(*theirs) {
		return o.fell("called blank, another program shows something")
	}
	if far, ours, its := apart(small(img), *theirs); (far > 12 || ours < its*0.6-1.5) && !slices.ContainsFunc(b.Marks(0), damaged) {
		return o.fell("it looks different: %.1f apart, ink %.1f, another program has %.1f", far, ours, its)
	}
	return o
}

// damaged are the marks of a page of which another program may show more, or less.
func damaged(mark string) bool { return mark == render.FlagCut || mark == render.FlagPage }

// runs reports what a machine or a browser would run, or nothing at all, by name and by the first bytes.
func runs(path string) bool {
	if slices.Contains([]string{".exe", ".dll", ".jar", ".bat", ".cmd", ".sh", ".js", ".py", ".html", ".htm", ".svg", ".url", ".lnk", ".msi", ".apk", ".class", ".wasm", ".so", ".deb", ".rpm", ".php", ".pl", ".rb", ".lua", ".tcl", ".swf", ".vbs", ".ps1"}, strings.ToLower(filepath.Ext(path))) {
		return true
	}
	raw, err := os.ReadFile(path)
	if err != nil || len(raw) == 0 {
		return true
	}
	begin := strings.ToLower(strings.TrimSpace(string(raw[:min(len(raw), 300)])))
	return slices.ContainsFunc([]string{"mz", "\x7felf", "#!", "<html", "<!doctype html", "<svg", "<script", "<?php"}, func(s string) bool { return strings.HasPrefix(begin, s) })
}

const side = 64

type thumb [side * side]float64

// small is a picture as a square of grey values, whatever its shape.
func small(img image.Image) (t thumb) {
	out := image.NewGray(image.Rect(0, 0, side, side))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(out, out.Rect, img, img.Bounds(), draw.Over, nil)
	for i, v := range out.Pix {
		t[i] = float64(v)
	}
	return t
}

func flat(t thumb) bool {
	for _, v := range t {
		if v < t[0]-8 || v > t[0]+8 {
			return false
		}
	}
	return true
}

// apart is how far two pictures differ, and how much ink each has.
func apart(a, b thumb) (far, inkA, inkB float64) {
	for i := range a {
		far += max(a[i]-b[i], b[i]-a[i])
		inkA += 255 - a[i]
		inkB += 255 - b[i]
	}
	return far / (side * side), inkA / (side * side), inkB / (side * side)
}

var pagesLine = regexp.MustCompile(`(?m)^Pages:\s+(\d+)`)

// others is the first page as another program draws it, and how many pages it counts; nil and 0 where it says nothing.
func others(d *desk, kind archive.Type, path string) (*thumb, int) {
	run := func(name string, args ...string) ([]byte, error) {
		ctx, cancel := context.WithTimeout(d.t.Context(), time.Minute)
		defer cancel()
		return exec.CommandContext(ctx, name, args...).Output()
	}
	pages := 0
	var picture []byte
	var err error
	if kind == filekind.PDF {
		if said, err := run("pdfinfo", path); err == nil {
			if m := pagesLine.FindSubmatch(said); m != nil {
				pages, _ = strconv.Atoi(string(m[1]))
			}
		}
		picture, err = run("pdftoppm", "-cropbox", "-png", "-scale-to", "500", "-f", "1", "-singlefile", path)
	} else {
		name := string(kind)
		if ext := filepath.Ext(path); kind == filekind.TIFF && ext != "" {
			name = "tiff"
		}
		if said, err := run("identify", "-format", "%p\n", name+":"+path); err == nil && kind == filekind.TIFF {
			pages = bytes.Count(said, []byte("\n"))
		}
		picture, err = run("convert", fmt.Sprintf("%s:%s[0]", name, path), "-auto-orient", "-background", "white", "-alpha", "remove", "-alpha", "off", "-colorspace", "sRGB", "-resize", "500x500>", "-depth", "8", "png:-")
	}
	if err != nil {
		return nil, pages
	}
	img, _, err := image.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, pages
	}
	t := small(img)
	return &t, pages
}
