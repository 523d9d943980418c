package archiveweb_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/render/rendertest"
)

// When nothing of a form is taken it comes back with what was typed, and says of each file why.
func TestUpload_RefusedKeepsWhatWasTyped(t *testing.T) {
	c := apptest.Open(t)
	clerk := clerkOf(t, c)
	v := volume(t, c, clerk, "1-1-101")
	p := clerk.Upload(v, v+"/items", url.Values{"title": {"装修押金单"}, "place": {"B 柜 2 层"}}, apptest.File{Name: "a.exe", Content: []byte("MZ")}, apptest.File{Name: "b.svg", Content: []byte("<svg/>")})
	for _, want := range []string{"装修押金单", "B 柜 2 层", "a.exe：程序和脚本不收", "b.svg：网页和 SVG 不收"} {
		if !strings.Contains(p.Body, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	if p.Status != http.StatusUnprocessableEntity {
		t.Errorf("%d", p.Status)
	}
}

// A session that the security officer ends while many files arrive: those that came whole are filed and named, the others are
// named, and nothing is half.
func TestUpload_SessionEndedMidway(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101")
		blobs := func() (n int) {
			for _, err := range c.App.Scans.Blobs.Names(t.Context(), "") {
				if err != nil {
					t.Fatal(err)
				}
				n++
			}
			return n
		}
		end := func() {
			for range 600 {
				if blobs() >= 2*20 { // each with its thumbnail
					break
				}
				time.Sleep(50 * time.Millisecond)
			}
			id, err := c.App.Accounts.ByLogin(t.Context(), "zhouqian")
			if err == nil {
				_, err = op.Run(optest.As(t.Context(), 9, access.Company, access.SecurityAdmin), c.App.Door, account.EndSessions, account.EndSessionsIn{Account: id})
			}
			if err != nil {
				t.Error(err)
			}
		}
		const sixty = 60
		var files []apptest.File
		for n := range sixty {
			f := apptest.File{Name: fmt.Sprintf("%02d.png", n), Content: append(rendertest.PNG(t, 20+n, 20), make([]byte, 16<<10)...)}
			if n == 30 {
				f.Before = end
			}
			files = append(files, f)
		}
		p := clerk.Upload(v, v+"/items", nil, files...)
		kept, not := strings.Count(p.Body, "：已收"), strings.Count(p.Body, "登录在传送中被结束")
		if kept < 20 || kept > 31 || kept+not != sixty || !strings.Contains(p.Body, "00.png：已收") || !strings.Contains(p.Body, "59.png：登录在传送中被结束") {
			t.Errorf("%d kept, %d not: %d at %s", kept, not, p.Status, p.Path)
		}
		if blobs() != 2*kept { // each with its thumbnail
			t.Errorf("%d files lie there, %d papers were kept", blobs(), kept)
		}
		other := c.SignIn(t, "limin", c.Garden, access.Custodian)
		if n := len(itemLink.FindAllString(other.Get(v).Body, -1)); n != kept {
			t.Errorf("%d papers, %d were kept", n, kept)
		}
	})
}

// A form of more than 500 MB: what came before it was full is filed, every file after that is named, and so is one that is too
// large by itself.
func TestUpload_MoreThanAFormHolds(t *testing.T) {
	if testing.Short() {
		t.Skip("sends 570 MB")
	}
	c := apptest.Open(t)
	clerk := clerkOf(t, c)
	v := volume(t, c, clerk, "1-1-101")
	film := make([]byte, 210<<20)
	small := rendertest.PNG(t, 20, 20)
	p := clerk.Upload(v, v+"/items", nil, apptest.File{Name: "一.png", Content: small, Before: func() {}}, apptest.File{Name: "二.bin", Content: film},
		apptest.File{Name: "三.bin", Content: film[:180<<20]}, apptest.File{Name: "四.bin", Content: film[:180<<20]}, apptest.File{Name: "五.png", Content: small})
	for _, want := range []string{"一.png：已收", "二.bin：超过 200 MB", "三.bin：认不出种类的文件，原样保存", "四.bin：这一次传的太多", "五.png：这一次传的太多"} {
		if !strings.Contains(p.Body, want) {
			t.Errorf("it does not say %q: %d at %s", want, p.Status, p.Path)
		}
	}
	if n := len(itemLink.FindAllString(clerk.Get(v).Body, -1)); n != 2 {
		t.Errorf("%d papers, 2 were kept", n)
	}
}

// The same file again: it says where it is, and either stays or goes by one press; the last one never goes.
func TestUpload_TheSameFileTwice(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101 业户档案")
		file := apptest.File{Name: "身份证.png", Content: rendertest.PNG(t, 20, 20)}
		first := item(t, clerk.Upload(v, v+"/items", nil, file))
		p := clerk.Upload(v, v+"/items", url.Values{"title": {"再来一份"}}, file)
		if !strings.Contains(p.Body, "已有同一个文件：") || !strings.Contains(p.Body, first) || !strings.Contains(p.Body, "《身份证》1-1-101 业户档案") {
			t.Errorf("nothing is said of the first: %d at %s", p.Status, p.Path)
		}
		all := itemLink.FindAllStringSubmatch(clerk.Get(v).Body, -1)
		second := all[len(all)-1][1]
		if p = clerk.Get(second); !strings.Contains(p.Body, "同一个文件还在：") {
			t.Error("the second says nothing of the first")
		}
		if p = clerk.Submit(second, second+"/drop", nil); p.Status != http.StatusOK || !strings.Contains(p.Body, "= 身份证") {
			t.Errorf("dropping it: %d", p.Status)
		}
		if p = clerk.Get(first); strings.Contains(p.Body, "同一个文件还在：") {
			t.Error("a voided paper still counts as a twin")
		}
	})
}

// A zip becomes single papers: names are read as Windows wrote them, nothing leads elsewhere, programs stay in it.
func TestUnpack(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101")
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		gbk, err := simplifiedchinese.GBK.NewEncoder().String("资料/身份证.png")
		if err != nil {
			t.Fatal(err)
		}
		for name, content := range map[string][]byte{gbk: rendertest.PNG(t, 20, 20), "../../etc/note.txt": []byte("停水通知"), "setup.exe": []byte("MZ"), "fake.jpg": []byte("\x7fELF\x02\x01"), "big.txt": make([]byte, 4<<20), "__MACOSX/x": {1}} {
			w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, NonUTF8: name == gbk})
			if err == nil {
				_, err = w.Write(content)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		clerk.Upload(v, v+"/items", nil, apptest.File{Name: "全套.zip", Content: b.Bytes()})
		i := item(t, clerk.Get(v))
		to := strings.Replace(fileLink.FindStringSubmatch(clerk.Get(i).Body)[1], "/files/", "/unpack/", 1)
		p := clerk.Get(to)
		for _, want := range []string{"身份证.png", "note.txt", "程序、脚本或网页，不收", "解开后异常地大", "文件名指向别处"} {
			if !strings.Contains(p.Body, want) {
				t.Errorf("the list lacks %q", want)
			}
		}
		if strings.Contains(p.Body, "MACOSX") {
			t.Error("litter is offered")
		}
		p = clerk.Submit(to, to, nil)
		if p.Status != http.StatusOK || !strings.Contains(p.Body, "身份证.png：已收") || !strings.Contains(p.Body, "note.txt：文本文件") || !strings.Contains(p.Body, "fake.jpg：程序和脚本不收") {
			t.Errorf("unpacking: %d at %s", p.Status, p.Path)
		}
		if n := len(itemLink.FindAllString(clerk.Get(v).Body, -1)); n != 3 {
			t.Errorf("%d papers, want the archive and two more", n)
		}
	})
}
