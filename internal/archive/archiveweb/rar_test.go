package archiveweb_test

import (
	"encoding/binary"
	"hash/crc32"
	"net/http"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/render/rendertest"
)

// rarOf is a RAR of the fifth version whose files are stored; an odd number of arguments is no use.
func rarOf(files ...string) []byte {
	out := []byte("Rar!\x1a\x07\x01\x00")
	vint := func(b []byte, v int) []byte { return binary.AppendUvarint(b, uint64(v)) }
	header := func(body, data []byte) {
		sized := append(vint(nil, len(body)), body...)
		out = append(append(binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(sized)), sized...), data...)
	}
	header([]byte{1, 0, 0}, nil)
	for i := 0; i < len(files); i += 2 {
		name, content := files[i], []byte(files[i+1])
		body := vint(vint([]byte{2, 2}, len(content)), 4)
		body = binary.LittleEndian.AppendUint32(vint(vint(body, len(content)), 0o100644), crc32.ChecksumIEEE(content))
		body = append(vint(append(body, 0, 1), len(name)), name...)
		header(body, content)
	}
	header([]byte{5, 0, 0}, nil)
	return out
}

// A RAR becomes single papers as a zip does, with the same bounds; of one that is cut off, what stands before is offered.
func TestUnpack_RAR(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := clerkOf(t, c)
		v := volume(t, c, clerk, "1-1-101")
		whole := rarOf("资料/身份证.png", string(rendertest.PNG(t, 20, 20)), "../../etc/note.txt", "停水通知", "setup.exe", "MZ", "last.txt", strings.Repeat("x", 3000))
		clerk.Upload(v, v+"/items", nil, apptest.File{Name: "全套.rar", Content: whole})
		i := item(t, clerk.Get(v))
		body := clerk.Get(i).Body
		to := strings.Replace(fileLink.FindStringSubmatch(body)[1], "/files/", "/unpack/", 1)
		if !strings.Contains(body, to) {
			t.Fatal("it does not offer to be taken apart")
		}
		p := clerk.Get(to)
		for _, want := range []string{"身份证.png", "note.txt", "last.txt", "程序、脚本或网页，不收", "文件名指向别处"} {
			if !strings.Contains(p.Body, want) {
				t.Errorf("the list lacks %q", want)
			}
		}
		p = clerk.Submit(to, to, nil)
		if p.Status != http.StatusOK || !strings.Contains(p.Body, "身份证.png：已收") || !strings.Contains(p.Body, "last.txt：文本文件") {
			t.Errorf("unpacking: %d at %s", p.Status, p.Path)
		}
		if n := len(itemLink.FindAllString(clerk.Get(v).Body, -1)); n != 4 {
			t.Errorf("%d papers, want the archive and three more", n)
		}
		for name, content := range map[string][]byte{"cut.rar": whole[:len(whole)-1500], "torn.rar": whole[:30], "garbage.rar": []byte("Rar!\x1a\x07\x01\x00garbage")} {
			v := volume(t, c, clerk, name)
			clerk.Upload(v, v+"/items", nil, apptest.File{Name: name, Content: content})
			to := strings.Replace(fileLink.FindStringSubmatch(clerk.Get(item(t, clerk.Get(v))).Body)[1], "/files/", "/unpack/", 1)
			p := clerk.Get(to)
			if says := strings.Contains(p.Body, "这个压缩包打不开"); p.Status != http.StatusOK || says != (name != "cut.rar") {
				t.Errorf("%s: %d", name, p.Status)
			}
			if name == "cut.rar" {
				p = clerk.Submit(to, to, nil)
				if !strings.Contains(p.Body, "身份证.png：已收") || !strings.Contains(p.Body, "last.txt：压缩包里的这个文件已损坏") {
					t.Errorf("unpacking what is cut off: %d", p.Status)
				}
			}
		}
	})
}
