package render

import (
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"io"
	"math/bits"
)

// oddBMP reads the kinds of BMP that x/image/bmp refuses: OS/2's head, 16 bits a pixel, masks, run lengths. Its head was read
// before (oddBMPHead), so that its size is known to be modest; what the file lacks at its end is white.
func oddBMP(r io.Reader) (image.Image, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile))
	if err != nil {
		return nil, err
	}
	h, err := readBMPHead(raw)
	if err != nil {
		return nil, err
	}
	if h.width <= 0 || h.height <= 0 || h.width > maxWhole/h.height {
		return nil, largeError{h.width, h.height}
	}
	out := image.NewRGBA(image.Rect(0, 0, h.width, h.height))
	for i := range out.Pix {
		out.Pix[i] = 255
	}
	pixels := raw[min(h.from, len(raw)):]
	switch {
	case h.packing == 1 || h.packing == 2:
		h.runs(out, pixels) // one that is cut off is read as far as it goes
	case h.depth <= 8:
		h.indexed(out, pixels)
	default:
		h.direct(out, pixels)
	}
	return out, nil
}

func oddBMPHead(r io.Reader) (image.Config, error) {
	raw := make([]byte, 14+124+4*256)
	n, err := io.ReadFull(r, raw)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return image.Config{}, err
	}
	h, err := readBMPHead(raw[:n])
	return image.Config{ColorModel: color.RGBAModel, Width: h.width, Height: h.height}, err
}

// bmpHead is what a BMP's head says.
type bmpHead struct {
	from          int // where the pixels begin
	width, height int
	down          bool // the first row is the topmost
	depth         int
	packing       uint32
	masks         [3]uint32
	palette       []color.RGBA
}

func readBMPHead(raw []byte) (h bmpHead, err error) {
	le := binary.LittleEndian
	bad := decoderError("kind: bmp")
	if len(raw) < 26 || string(raw[:2]) != "BM" {
		return h, errors.New("bmp: no head")
	}
	size, entry := int(le.Uint32(raw[14:])), 4
	h.from = int(le.Uint32(raw[10:]))
	switch {
	case size == 12:
		entry = 3
		h.width, h.height, h.depth = int(le.Uint16(raw[18:])), int(le.Uint16(raw[20:])), int(le.Uint16(raw[24:]))
	case size >= 16 && size <= 124 && len(raw) >= 14+max(size, 16):
		h.width, h.height, h.depth = int(int32(le.Uint32(raw[18:]))), int(int32(le.Uint32(raw[22:]))), int(le.Uint16(raw[28:]))
		if size >= 20 {
			h.packing = le.Uint32(raw[30:])
		}
	default:
		return h, bad
	}
	if h.height < 0 {
		h.height, h.down = -h.height, true
	}
	h.masks = map[int][3]uint32{16: {0x7c00, 0x3e0, 0x1f}}[h.depth]
	if h.depth == 24 || h.depth == 32 {
		h.masks = [3]uint32{0xff0000, 0xff00, 0xff}
	}
	after := 14 + size
	if h.packing == 3 || h.packing == 6 {
		if len(raw) < 66 {
			return h, bad
		}
		for i := range h.masks {
			h.masks[i] = le.Uint32(raw[54+4*i:])
		}
		if size < 52 {
			after += 12
		}
	}
	if h.packing > 3 && h.packing != 6 || h.depth != 1 && h.depth != 2 && h.depth != 4 && h.depth != 8 && h.depth != 16 && h.depth != 24 && h.depth != 32 ||
		h.packing == 1 && h.depth != 8 || h.packing == 2 && h.depth != 4 || h.packing == 3 && h.depth < 16 {
		return h, bad
	}
	if h.depth <= 8 {
		for at := after; at+entry <= min(len(raw), max(h.from, after)) && len(h.palette) < 1<<h.depth; at += entry {
			h.palette = append(h.palette, color.RGBA{raw[at+2], raw[at+1], raw[at], 255})
		}
	}
	return h, nil
}

func (h bmpHead) set(out *image.RGBA, x, y, index int) {
	if x < h.width && y >= 0 && y < h.height && index < len(h.palette) {
		out.SetRGBA(x, h.row(y), h.palette[index])
	}
}

// row is the row from the top of the y-th row in the file.
func (h bmpHead) row(y int) int {
	if h.down {
		return y
	}
	return h.height - 1 - y
}

func (h bmpHead) indexed(out *image.RGBA, p []byte) {
	stride := (h.width*h.depth + 31) / 32 * 4
	for y := 0; y < h.height && len(p) >= stride; y, p = y+1, p[stride:] {
		for x := range h.width {
			bit := x * h.depth
			h.set(out, x, y, int(p[bit/8]>>(8-h.depth-bit%8))&(1<<h.depth-1))
		}
	}
}

func (h bmpHead) direct(out *image.RGBA, p []byte) {
	stride, each := (h.width*h.depth+31)/32*4, h.depth/8
	for y := 0; y < h.height && len(p) >= stride; y, p = y+1, p[stride:] {
		for x := range h.width {
			var v uint32
			for i := range each {
				v |= uint32(p[x*each+i]) << (8 * i)
			}
			out.SetRGBA(x, h.row(y), color.RGBA{masked(v, h.masks[0]), masked(v, h.masks[1]), masked(v, h.masks[2]), 255})
		}
	}
}

// masked is a part of a pixel, stretched to eight bits.
func masked(v, mask uint32) uint8 {
	if mask == 0 {
		return 0
	}
	shift := bits.TrailingZeros32(mask)
	return uint8(uint64(v&mask>>shift) * 255 / uint64(mask>>shift))
}

// runs reads run lengths: of bytes, or of half bytes.
func (h bmpHead) runs(out *image.RGBA, p []byte) {
	x, y := 0, 0
	at := func(b byte, i int) int {
		if h.depth == 8 {
			return int(b)
		}
		return int(b>>(4*(1-i%2))) & 15
	}
	for len(p) >= 2 && y < h.height {
		n, v := int(p[0]), p[1]
		p = p[2:]
		switch {
		case n > 0:
			for i := range n {
				h.set(out, x+i, y, at(v, i))
			}
			x += n
		case v == 0:
			x, y = 0, y+1
		case v == 1:
			return
		case v == 2:
			if len(p) < 2 {
				return
			}
			x, y, p = x+int(p[0]), y+int(p[1]), p[2:]
		default:
			size := (int(v)*h.depth + 7) / 8
			if len(p) < size {
				return
			}
			for i := range int(v) {
				h.set(out, x+i, y, at(p[i*h.depth/8], i))
			}
			x, p = x+int(v), p[min(size+size%2, len(p)):]
		}
	}
}
