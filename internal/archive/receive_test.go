package archive_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hudang/internal/archive"
	"hudang/internal/archive/archivetest"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/render/rendertest"
)

func TestReceive_EachFileHasItsAnswer(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		png, jpg := rendertest.PNG(t, 40, 30), rendertest.JPEG(t, 400, 300)
		script := "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"
		film := []byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2 and then nothing that is decoded")
		kept := 0
		for _, c := range []struct {
			name    string
			content []byte
			says    string
			pages   int
		}{
			{"合同.pdf", rendertest.PDF(3, "x", ""), "archive.file.taken", 3},
			{"照片.JPEG", jpg, "archive.file.taken", 1},
			{"a.tif", rendertest.TIFF(t, 2), "archive.file.taken", 2},
			{"film.mp4", film, "archive.file.stored", 0},
			{"cut.jpg", jpg[:len(jpg)/2], "archive.file.taken", 1},
			{"flood.png", rendertest.FloodPNG(50_000, 50_000), "archive.file.toolarge", 0},
			{"js.pdf", rendertest.PDF(1, "x", script), "archive.file.taken", 1},
			{"torn.pdf", []byte("%PDF-1.7\n1 0 obj << /Type /Catalog"), "archive.file.broken", 0},
			{"empty.pdf", nil, "archive.file.empty", 0},
			{"bomb.pdf", []byte("PK\x03\x04" + strings.Repeat("\x00", 500)), "archive.file.stored", 0},
			{"photo.jpg", png, "archive.file.taken", 1},
			{"page.html", []byte("<html>"), "archive.file.webpage", 0},
			{"drawing.svg", []byte("<svg onload=alert(1)>"), "archive.file.webpage", 0},
			{"setup.exe", []byte("MZ"), "archive.file.program", 0},
			{"script.png", []byte("<script>alert(1)</script>"), "archive.file.webpage", 0},
			{"behind.pdf", append([]byte("GIF89a/*"), rendertest.PDF(1, "x", "")...), "archive.file.taken", 1},
			{"noextension", png, "archive.file.taken", 1},
			{"PNG.exe", png, "archive.file.taken", 1},
			{"cut.exe", png[:60], "archive.file.taken", 1},
			{"notes", []byte("明天来取钥匙\n"), "archive.file.text", 0},
			{"notes.bat", []byte("del *.*\r\n"), "archive.file.program", 0},
			{"unknown", []byte{1, 2, 3, 0, 200, 7}, "archive.file.stored", 0},
			{"header.pdf", append([]byte("\xef\xbb\xbf\r\nContent-Type: application/pdf\r\n\r\n"), rendertest.PDF(2, "x", "")...), "archive.file.taken", 2},
			{".pdf", rendertest.PDF(1, "x", ""), "archive.file.taken", 1},
			{`..\..\etc\` + "\x00passwd.png", png, "archive.file.taken", 1},
		} {
			u, err := s.scans.Receive(t.Context(), s.volume, c.name, bytes.NewReader(c.content))
			said := archive.OutcomeKey(u)
			if err != nil {
				said = errs.As(err).Key
			}
			if said != c.says || u.Pages != c.pages || (u.Stored.Name != "") != (err == nil) {
				t.Errorf("%s: %s, %d pages, %v; want %s, %d", c.name, said, u.Pages, err, c.says, c.pages)
			}
			if err == nil {
				kept++
			}
			if err == nil && u.Pages > 0 {
				kept++ // its thumbnails
			}
			if strings.ContainsAny(u.Name, "/\\\x00") {
				t.Errorf("the name %q leads somewhere", u.Name)
			}
		}
		if n := names(t, s.scans.Blobs); n != kept {
			t.Errorf("%d blobs are kept, want those of the files taken", n)
		}
	})
}

type leaving struct{ r *bytes.Reader }

func (l leaving) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if err != nil {
		err = errors.New("connection lost")
	}
	return n, err
}

func TestReceive_HalfAFileLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		half := leaving{bytes.NewReader(rendertest.PDF(1, strings.Repeat("x", 200_000), ""))}
		if _, err := s.scans.Receive(t.Context(), s.volume, "a.pdf", half); err == nil || names(t, s.scans.Blobs) != 0 {
			t.Errorf("%v; %d blobs", err, names(t, s.scans.Blobs))
		}
	})
}

// T5 in small: nothing of what was uploaded lies anywhere in clear, neither its words nor its name.
func TestReceive_NothingLiesInClear(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		const marker, name = "ZHANGWEI-110101199003070134", "zhangwei-secret-name"
		id := s.scanned("证件", name+".pdf", rendertest.PDF(2, marker, ""))
		if _, err := s.scans.Picture(t.Context(), s.d.DB.Read(), s.item(id), 1, 300); err != nil {
			t.Fatal(err)
		}
		files := 0
		must(t, filepath.WalkDir(filepath.Dir(filepath.Dir(s.dir)), func(path string, f os.DirEntry, err error) error {
			if err != nil || f.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			if bytes.Contains(raw, []byte(marker)) || bytes.Contains(raw, []byte(name)) {
				t.Errorf("%s holds what was uploaded in clear", path)
			}
			files++
			return err
		}))
		if files < 2 { // the blob and the key store at least
			t.Errorf("only %d files were looked at", files)
		}
	})
}

// Another file in the place of the one that was uploaded is not shown.
func TestPicture_DamagedBlobIsRefused(t *testing.T) {
	each(t, func(t *testing.T, s scene) {
		id := s.scanned("证件", "a.png", rendertest.PNG(t, 100, 100))
		files, err := archive.FilesOf(t.Context(), s.d.DB.Read(), s.item(id))
		must(t, err)
		path := filepath.Join(s.dir, files[0].Stored[:2], files[0].Stored[2:4], files[0].Stored)
		raw, err := os.ReadFile(path)
		must(t, err)
		raw[len(raw)-1] ^= 1
		must(t, os.WriteFile(path, raw, 0o600))
		_, err = s.scans.Picture(t.Context(), s.d.DB.Read(), s.item(id), 1, 300)
		wantKind(t, "a changed blob", err, errs.Blocked)
		must(t, os.Rename(s.dir, s.dir+"-away"))
		_, err = s.scans.Picture(t.Context(), s.d.DB.Read(), s.item(id), 1, 300)
		wantKind(t, "the folder away", err, errs.Unavailable)
	})
}

func TestReceive_SharedScans(t *testing.T) {
	const dir = "../../../shared/scans"
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Skip("no ../shared/scans here")
	}
	each(t, func(t *testing.T, s scene) {
		n := 0
		for _, f := range all {
			if filepath.Ext(f.Name()) == ".md" {
				continue
			}
			raw, err := os.ReadFile(filepath.Join(dir, f.Name()))
			must(t, err)
			u := archivetest.Upload(t, s.scans, s.volume, f.Name(), raw)
			if u.State == archive.Sound && u.Pages == 0 {
				t.Errorf("%s: no page", f.Name())
			}
			n += u.Pages
		}
		if n < 40 {
			t.Errorf("%d pages in all", n)
		}
	})
}
