package render_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"io"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hudang/internal/platform/render"
	"hudang/internal/platform/render/rendertest"
)

// pssOfChildren is the memory of this process's children, each page shared by several counted in parts, in MiB.
func pssOfChildren() int64 {
	self := strconv.Itoa(os.Getpid())
	var sum int64
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		stat, err := os.ReadFile("/proc/" + e.Name() + "/stat")
		if err != nil {
			continue
		}
		_, rest, _ := strings.Cut(string(stat), ") ")
		if f := strings.Fields(rest); len(f) < 2 || f[1] != self {
			continue
		}
		rollup, _ := os.ReadFile("/proc/" + e.Name() + "/smaps_rollup")
		for line := range strings.Lines(string(rollup)) {
			if f := strings.Fields(line); len(f) > 1 && f[0] == "Pss:" {
				n, _ := strconv.ParseInt(f[1], 10, 64)
				sum += n
			}
		}
	}
	return sum >> 10
}

// zeros is so many bytes, deflated.
func zeros(t *testing.T, n int64) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := io.CopyN(z, zeroReader{}, n); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// padded is a file that begins with its head and goes on with zeros.
type padded []byte

func (h padded) ReadAt(p []byte, off int64) (int, error) {
	clear(p)
	if off < int64(len(h)) {
		copy(p, h[off:])
	}
	return len(p), nil
}

func bigPNG(t *testing.T, w, h uint32, deflated []byte) []byte {
	out := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(name string, body []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
		out = append(append(out, name...), body...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(append([]byte(name), body...)))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	chunk("IHDR", append(head, 8, 2, 0, 0, 0))
	chunk("IDAT", deflated)
	chunk("IEND", nil)
	return out
}

// rawTIFF is the head of an uncompressed TIFF in colour, in one strip.
func rawTIFF(w, h uint32) (head []byte, size int64) {
	le := binary.LittleEndian
	out := []byte("II*\x00\x08\x00\x00\x00")
	tags := [][3]uint32{{256, 4, w}, {257, 4, h}, {258, 3, 0}, {259, 3, 1}, {262, 3, 2}, {273, 4, 0}, {277, 3, 3}, {278, 4, h}, {279, 4, w * h * 3}}
	at := uint32(8 + 2 + 12*len(tags) + 4)
	out = le.AppendUint16(out, uint16(len(tags)))
	for _, tag := range tags {
		n := uint32(1)
		if tag[0] == 258 {
			n, tag[2] = 3, at
		} else if tag[0] == 273 {
			tag[2] = at + 6
		}
		out = le.AppendUint16(le.AppendUint16(out, uint16(tag[0])), uint16(tag[1]))
		out = le.AppendUint32(le.AppendUint32(out, n), tag[2])
	}
	out = append(le.AppendUint32(out, 0), 8, 0, 8, 0, 8, 0)
	return out, int64(at) + 6 + int64(w)*int64(h)*3
}

// coloured is a JPEG in colour as scanners make it.
func coloured(t *testing.T, w, h int) []byte {
	img := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for i := range img.Y {
		img.Y[i] = byte(i / w)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What a phone of 50 or 108 megapixels makes, and what an A3 sheet has at 600 dpi, is drawn within memory, and the memory is given back.
func TestMemory_LargePictures(t *testing.T) {
	if testing.Short() {
		t.Skip("draws 500 megapixels")
	}
	const a3w, a3h = 7016, 9921
	photo := func(w, h int) []byte {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)), nil); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	upright := photo(8192, 6144)
	exif := []byte("\xff\xd8\xff\xe1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00")
	upright = append(exif, upright[2:]...)
	sheet := func(filter string, picture []byte) []byte {
		return rendertest.PDFOf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
			"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 1191] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>", rendertest.Stream("", "842 0 0 1191 0 0 cm /I Do"),
			rendertest.Stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /%s", a3w, a3h, filter), string(picture)))
	}
	deflated, scanned := sheet("FlateDecode", zeros(t, a3w*a3h*3)), sheet("DCTDecode", coloured(t, a3w, a3h))
	tiffHead, tiffSize := rawTIFF(a3w, a3h)
	png := bigPNG(t, a3w, a3h, zeros(t, (a3w*3+1)*a3h))
	limits := render.Standard
	limits.Warm = time.Millisecond
	w := worker(t, limits, "")
	for _, c := range []struct {
		name string
		typ  render.Type
		file io.ReaderAt
		size int64
		turn int
	}{
		{"50 MP upright", render.JPEG, bytes.NewReader(upright), int64(len(upright)), 0},
		{"A3 at 600 dpi, PNG", render.PNG, bytes.NewReader(png), int64(len(png)), 0},
		{"A3 at 600 dpi, TIFF", render.TIFF, padded(tiffHead), tiffSize, 0},
		{"A3 at 600 dpi, PDF", render.PDF, bytes.NewReader(deflated), int64(len(deflated)), 0},
		{"A3 at 600 dpi, PDF turned", render.PDF, bytes.NewReader(deflated), int64(len(deflated)), 90},
		{"A3 at 600 dpi, PDF of a JPEG", render.PDF, bytes.NewReader(scanned), int64(len(scanned)), 0},
		{"A3 at 600 dpi, PDF of a JPEG turned", render.PDF, bytes.NewReader(scanned), int64(len(scanned)), 90},
		{"108 MP", render.JPEG, bytes.NewReader(photo(12000, 9000)), 0, 0},
	} {
		if r, ok := c.file.(*bytes.Reader); ok {
			c.size = r.Size()
		}
		var most atomic.Int64
		stop := make(chan struct{})
		go func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(20 * time.Millisecond):
					most.Store(max(most.Load(), pssOfChildren()))
				}
			}
		}()
		f, err := w.Inspect(t.Context(), c.typ, c.file, c.size)
		if err != nil || f.Broken {
			t.Errorf("%s: %+v %v", c.name, f, err)
		}
		_, err = w.Page(t.Context(), c.typ, c.file, c.size, render.Want{Width: 2800, Turn: c.turn})
		close(stop)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		t.Logf("%s: %d MiB", c.name, most.Load())
		if most.Load() > 210 { // the program itself has some eighty
			t.Errorf("%s: %d MiB in the children, want 210 at most", c.name, most.Load())
		}
	}
	for range 100 { // given back: no child is left
		if pssOfChildren() == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%d MiB are held afterwards", pssOfChildren())
}
