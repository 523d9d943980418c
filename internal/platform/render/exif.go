package render

import (
	"bytes"
	"encoding/binary"
	"image"

	"golang.org/x/image/draw"
)

// exifOrientation is how a camera was held (EXIF tag 0x0112: 1 to 8); 1 when the file does not say.
func exifOrientation(jpeg []byte) int {
	for at := 2; at+4 <= len(jpeg) && jpeg[at] == 0xFF; {
		marker, size := jpeg[at+1], int(binary.BigEndian.Uint16(jpeg[at+2:]))
		if marker == 0xDA || size < 2 || at+2+size > len(jpeg) {
			break // the picture itself begins
		}
		if body, ok := bytes.CutPrefix(jpeg[at+4:at+2+size], []byte("Exif\x00\x00")); marker == 0xE1 && ok {
			return orientationIn(body)
		}
		at += 2 + size
	}
	return 1
}

func orientationIn(body []byte) int {
	order, ok := byteOrder(body)
	if !ok {
		return 1
	}
	at := int64(order.Uint32(body[4:]))
	if at+2 > int64(len(body)) {
		return 1
	}
	for i := range int64(order.Uint16(body[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(body)) {
			break
		}
		if v := order.Uint16(body[entry+8:]); order.Uint16(body[entry:]) == 0x0112 && v >= 1 && v <= 8 {
			return int(v)
		}
	}
	return 1
}

// byteOrder reads the head of a TIFF structure.
func byteOrder(b []byte) (binary.ByteOrder, bool) {
	switch {
	case len(b) < 8:
	case string(b[:4]) == "II*\x00":
		return binary.LittleEndian, true
	case string(b[:4]) == "MM\x00*":
		return binary.BigEndian, true
	}
	return nil, false
}

// upright turns a picture as its orientation says.
func upright(img image.Image, orientation int) image.Image {
	if orientation == 1 {
		return img
	}
	b := img.Bounds()
	plain := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(plain, plain.Rect, img, b.Min, draw.Src)
	if orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7 {
		plain = moved(plain, false, func(x, y, w, h int) (int, int) { return w - 1 - x, y })
	}
	return turned(plain, [9]int{3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270}[orientation])
}
