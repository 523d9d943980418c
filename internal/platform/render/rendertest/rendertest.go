// Package rendertest makes small files for tests of uploads and viewers: sound ones of each type, and hostile ones.
package rendertest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/image/tiff"
)

// Picture is a white picture with a black corner at the upper left.
func Picture(w, h int) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.White)
			if x < w/2 && y < h/2 {
				img.Set(x, y, color.Black)
			}
		}
	}
	return img
}

// JPEG is Picture as a JPEG.
func JPEG(t testing.TB, w, h int) []byte {
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, Picture(w, h), nil))
	return b.Bytes()
}

// TurnedJPEG is a JPEG whose EXIF says how the camera was held, with a remark in it.
func TurnedJPEG(t testing.TB, w, h, orientation int, remark string) []byte {
	plain := JPEG(t, w, h)
	exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), byte(orientation), 0, 0, 0, 0, 0, 0)
	exif = append(exif, remark...)
	head := binary.BigEndian.AppendUint16([]byte{0xFF, 0xD8, 0xFF, 0xE1}, uint16(len(exif)+2))
	return append(append(head, exif...), plain[2:]...)
}

// PNG is Picture as a PNG.
func PNG(t testing.TB, w, h int) []byte {
	var b bytes.Buffer
	must(t, png.Encode(&b, Picture(w, h)))
	return b.Bytes()
}

// FloodPNG is a PNG of a few bytes that promises many pixels.
func FloodPNG(w, h uint32) []byte {
	chunk := func(name string, body []byte) []byte {
		c := append([]byte(name), body...)
		out := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), c...)
		return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(c))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	out := []byte("\x89PNG\r\n\x1a\n")
	out = append(out, chunk("IHDR", append(head, 8, 2, 0, 0, 0))...)
	out = append(out, chunk("IDAT", []byte{0x78, 0x9c, 0x03, 0, 0, 0, 0, 1})...)
	return append(out, chunk("IEND", nil)...)
}

// TIFF is a TIFF of several pages of growing width, one file behind another with their directories joined.
func TIFF(t testing.TB, pages int) []byte {
	out, _ := joinedTIFF(t, pages)
	return out
}

// CircularTIFF is a TIFF whose last directory leads back to the first.
func CircularTIFF(t testing.TB) []byte {
	out, last := joinedTIFF(t, 2)
	copy(out[last:], out[4:8])
	return out
}

// TIFFWithOddPage is a TIFF of several pages, one of which (from 0) is packed in a way that nobody knows.
func TIFFWithOddPage(t testing.TB, pages, odd int) []byte {
	out, _ := joinedTIFF(t, pages)
	order := binary.LittleEndian
	at := order.Uint32(out[4:])
	for range odd {
		at = order.Uint32(out[at+2+12*uint32(order.Uint16(out[at:])):])
	}
	for e := range uint32(order.Uint16(out[at:])) {
		if entry := out[at+2+12*e:]; order.Uint16(entry) == 259 {
			order.PutUint16(entry[8:], 999)
		}
	}
	return out
}

func joinedTIFF(t testing.TB, pages int) ([]byte, int) {
	var out []byte
	last := 4 // where the address of the next directory stands
	for i := range pages {
		var b bytes.Buffer
		must(t, tiff.Encode(&b, Picture(10*(i+1), 20), nil))
		one, base := b.Bytes(), uint32(len(out))
		order := binary.LittleEndian
		directory := order.Uint32(one[4:])
		n := int(order.Uint16(one[directory:]))
		for e := range n { // what stands outside its entry moves with the file
			entry := one[int(directory)+2+12*e:]
			size := map[uint16]uint32{1: 1, 2: 1, 3: 2, 4: 4, 5: 8}[order.Uint16(entry[2:])] * order.Uint32(entry[4:])
			if tag := order.Uint16(entry); size > 4 || tag == 273 {
				order.PutUint32(entry[8:], order.Uint32(entry[8:])+base)
			}
		}
		out = append(out, one...)
		if i > 0 {
			order.PutUint32(out[last:], base+directory)
		}
		last = int(base+directory) + 2 + 12*n
	}
	return out, last
}

// PDF is a PDF of some pages that show a text; extra goes into its catalogue.
func PDF(pages int, text, extra string) []byte {
	var kids []string
	objects := []string{"", ""}
	for i := range pages {
		content := fmt.Sprintf("BT /F1 24 Tf 72 700 Td (%s %d) Tj ET", text, i+1)
		objects = append(objects, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents "+fmt.Sprint(len(objects)+2)+" 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>")
		kids = append(kids, fmt.Sprintf("%d 0 R", len(objects)))
		objects = append(objects, Stream("", content))
	}
	objects[0] = "<< /Type /Catalog /Pages 2 0 R " + extra + " >>"
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), pages)
	return PDFOf(objects...)
}

// HeavyPDF is a sound PDF whose only page draws so many curves one can see through.
func HeavyPDF(curves int) []byte {
	var b strings.Builder
	b.WriteString("/G gs 1 0 0 RG 3 w\n")
	for i := range curves {
		fmt.Fprintf(&b, "%d 0 m %d 200 0 %d 200 %d c S\n", i%200, i*7%200, i*3%200, i*11%200)
	}
	return OnePage("/Contents 4 0 R /Resources << /ExtGState << /G << /CA 0.1 >> >> >>", "", Stream("", b.String()))
}

// PDFWithLostPage is a PDF of some pages, one of which (from 0) has its words in white on white.
func PDFWithLostPage(pages, lost int) []byte {
	file := PDF(pages, "page", "")
	was := fmt.Sprintf("BT /F1 24 Tf 72 700 Td (page %d) Tj ET", lost+1)
	now := fmt.Sprintf("%-*s", len(was), "1 g BT /F1 9 Tf 72 700 Td (x) Tj ET")
	return bytes.Replace(file, []byte(was), []byte(now), 1)
}

// OnePage is a PDF of one page, 200 by 200: object 3. The page's dictionary and the catalogue get the entries given, and
// further objects follow from number 4.
func OnePage(page, catalogue string, more ...string) []byte {
	return PDFOf(append([]string{"<< /Type /Catalog /Pages 2 0 R " + catalogue + " >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] " + page + " >>"}, more...)...)
}

// Stream is an object of a PDF that carries bytes; dict goes into its dictionary.
func Stream(dict, body string) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(body), dict, body)
}

// PDFOf is a PDF of these objects, numbered from 1; the first is its catalogue.
func PDFOf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
