package render

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"

	"golang.org/x/image/draw"
)

// jpegTIFF is a picture of a TIFF whose strips or tiles are JPEGs (compression 7), as many scanners make them;
// x/image/tiff does not read these.
type jpegTIFF struct {
	file          []byte
	width, height int
	across, down  int // size of a strip or tile
	tables        []byte
	rgb           bool // colours are stored as they are, not as brightness and difference
	at, size      []uint32
}

// The tags that are read, and the values that matter.
const (
	tagWidth, tagHeight, tagCompression, tagColours = 256, 257, 259, 262
	tagStrips, tagStripRows, tagStripSizes          = 273, 278, 279
	tagTileWidth, tagTileHeight, tagTiles, tagSizes = 322, 323, 324, 325
	tagTables                                       = 347

	compressionJPEG, coloursRGB = 7, 2
)

var errTIFF = errors.New("a damaged picture in the TIFF")

// asJPEG reads a page's directory; nil when the page is not made of JPEGs.
func (p tiffPage) asJPEG() (*jpegTIFF, error) {
	order, ok := byteOrder(p.head[:])
	if !ok {
		return nil, errTIFF
	}
	tags := map[uint16][]uint32{}
	start := int64(order.Uint32(p.head[4:]))
	for i := range int64(order.Uint16(p.file[start:])) { // tiffPages has seen that the directory lies in the file
		entry := p.file[start+2+12*i:]
		if tag := order.Uint16(entry); tag == tagTables || order.Uint16(entry[2:]) == 3 || order.Uint16(entry[2:]) == 4 {
			values, err := p.values(order, entry)
			if err != nil {
				return nil, err
			}
			tags[tag] = values
		}
	}
	one := func(tag uint16) int {
		if len(tags[tag]) == 0 {
			return 0
		}
		return int(tags[tag][0])
	}
	if one(tagCompression) != compressionJPEG {
		return nil, nil
	}
	j := &jpegTIFF{file: p.file, width: one(tagWidth), height: one(tagHeight), across: one(tagWidth), down: one(tagStripRows),
		rgb: one(tagColours) == coloursRGB, at: tags[tagStrips], size: tags[tagStripSizes]}
	if one(tagTileWidth) > 0 {
		j.across, j.down, j.at, j.size = one(tagTileWidth), one(tagTileHeight), tags[tagTiles], tags[tagSizes]
	}
	for _, b := range tags[tagTables] {
		j.tables = append(j.tables, byte(b))
	}
	if j.down == 0 || j.down > j.height {
		j.down = j.height
	}
	if j.width <= 0 || j.height <= 0 || int64(j.width)*int64(j.height) > maxPixels || j.across <= 0 || len(j.at) != len(j.size) {
		return nil, errTIFF
	}
	return j, nil
}

const maxValues = 1 << 20

// values are an entry's numbers: bytes, shorts or longs, in the entry or elsewhere in the file.
func (p tiffPage) values(order binary.ByteOrder, entry []byte) ([]uint32, error) {
	kind, n := order.Uint16(entry[2:]), int64(order.Uint32(entry[4:]))
	width := map[uint16]int64{1: 1, 3: 2, 4: 4, 7: 1}[kind]
	if width == 0 || n > maxValues {
		return nil, errTIFF
	}
	raw := entry[8:12]
	if n*width > 4 {
		from := int64(order.Uint32(raw))
		if from+n*width > int64(len(p.file)) {
			return nil, errTIFF
		}
		raw = p.file[from:]
	}
	values := make([]uint32, n)
	for i := range values {
		switch b := raw[int64(i)*width:]; width {
		case 1:
			values[i] = uint32(b[0])
		case 2:
			values[i] = uint32(order.Uint16(b))
		case 4:
			values[i] = order.Uint32(b)
		}
	}
	return values, nil
}

// adobeRGB tells a decoder that three colours are red, green and blue.
var adobeRGB = []byte("\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00")

func (j *jpegTIFF) decode() (image.Image, error) {
	out := image.NewRGBA(image.Rect(0, 0, j.width, j.height))
	x, y := 0, 0
	for i := range j.at {
		from, to := int64(j.at[i]), int64(j.at[i])+int64(j.size[i])
		if to > int64(len(j.file)) || y >= j.height {
			return nil, errTIFF
		}
		img, err := j.part(j.file[from:to])
		if err != nil {
			return nil, err
		}
		draw.Draw(out, image.Rect(x, y, x+j.across, y+j.down), img, img.Bounds().Min, draw.Src)
		if x += j.across; x >= j.width {
			x, y = 0, y+j.down
		}
	}
	return out, nil
}

// part decodes one strip or tile, whose tables may stand apart.
func (j *jpegTIFF) part(strip []byte) (image.Image, error) {
	body, ok := bytes.CutPrefix(strip, []byte("\xff\xd8"))
	if !ok {
		return nil, errTIFF
	}
	whole := []byte("\xff\xd8")
	if j.rgb {
		whole = append(whole, adobeRGB...)
	}
	tables, _ := bytes.CutPrefix(j.tables, []byte("\xff\xd8"))
	tables, _ = bytes.CutSuffix(tables, []byte("\xff\xd9"))
	whole = append(append(whole, tables...), body...)
	head, err := jpeg.DecodeConfig(bytes.NewReader(whole))
	if err != nil || int64(head.Width)*int64(head.Height) > maxPixels {
		return nil, errors.Join(errTIFF, err)
	}
	return jpeg.Decode(bytes.NewReader(whole))
}
