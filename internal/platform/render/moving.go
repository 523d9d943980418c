package render

import (
	"encoding/binary"
	"slices"
)

// moving reports a file that holds several pictures one after the other, of which only the first is shown: what was sent as a sticker,
// or a fax of several pages that some gateways make of a GIF.
func moving(f *file, t Type) bool {
	switch t {
	case PNG:
		control := part(f, t, "acTL")
		return len(control) >= 4 && binary.BigEndian.Uint32(control) > 1
	case WebP:
		return part(f, t, "ANIM") != nil
	case GIF:
		return picturesInGIF(f, 2) > 1
	case AVIF, HEIC:
		brand := make([]byte, 4)
		_, err := f.ReadAt(brand, 8)
		return err == nil && slices.Contains([]string{"avis", "hevc", "hevx", "msf1"}, string(brand))
	}
	return false
}

// picturesInGIF counts the pictures of a GIF (GIF89a §20), as far as it is sound and up to a number.
func picturesInGIF(f *file, most int) (n int) {
	b := make([]byte, 10)
	at := int64(13)
	if _, err := f.ReadAt(b[:1], 10); err != nil {
		return 0
	}
	at += colours(b[0])
	for range 100_000 { // blocks
		if _, err := f.ReadAt(b[:1], at); err != nil {
			return n
		}
		switch b[0] {
		case '!': // an extension: its label, then parts
			at = f.pastParts(at + 2)
		case ',': // a picture: its place and size, its colours, the width of its codes, then parts
			if n++; n >= most {
				return n
			}
			if _, err := f.ReadAt(b, at); err != nil {
				return n
			}
			at = f.pastParts(at + 10 + colours(b[9]) + 1)
		default: // the end, or what no decoder knows
			return n
		}
	}
	return n
}

// colours is the length of a table of colours, from the byte that says whether there is one.
func colours(packed byte) int64 {
	if packed&0x80 == 0 {
		return 0
	}
	return 3 << (packed&7 + 1)
}

// pastParts is where a row of parts ends: each begins with its length, the last one has none.
func (f *file) pastParts(at int64) int64 {
	b := make([]byte, 1)
	for {
		if _, err := f.ReadAt(b, at); err != nil || b[0] == 0 {
			return at + 1
		}
		at += 1 + int64(b[0])
	}
}
