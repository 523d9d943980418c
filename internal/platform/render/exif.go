package render

import "encoding/binary"

// exifOrientation is how a PNG or WebP says that it is to be turned; 1 where it says nothing. JPEG's and TIFF's are read by
// the decoders.
func exifOrientation(f *file, t Type) int {
	name := "eXIf"
	if t == WebP {
		name = "EXIF"
	}
	return orientationIn(part(f, t, name))
}

// part is the beginning of the first part of a PNG or WebP that has a name, as far as 64 KiB; nil when there is none.
func part(f *file, t Type, called string) []byte {
	at, name, order := int64(8), 4, binary.ByteOrder(binary.BigEndian)
	if t == WebP {
		at, name, order = 12, 0, binary.LittleEndian
	}
	head := make([]byte, 8)
	for range 10_000 {
		if n, _ := f.ReadAt(head, at); n < len(head) {
			return nil
		}
		size := int64(order.Uint32(head[4-name:]))
		if string(head[name:name+4]) == called {
			raw := make([]byte, min(size, 64<<10))
			n, _ := f.ReadAt(raw, at+8)
			return raw[:n]
		}
		if at += 8 + size; t == WebP {
			at += size % 2
		} else {
			at += 4 // its sum
		}
	}
	return nil
}

// orientationIn reads the first directory of EXIF.
func orientationIn(raw []byte) int {
	if len(raw) > 6 && string(raw[:6]) == "Exif\x00\x00" { // some write JPEG's mark before it
		raw = raw[6:]
	}
	if len(raw) < 14 {
		return 1
	}
	order := binary.ByteOrder(binary.LittleEndian)
	if raw[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(raw[4:]))
	if at+2 > int64(len(raw)) {
		return 1
	}
	for e := range int64(order.Uint16(raw[at:])) {
		from := at + 2 + 12*e
		if from+12 > int64(len(raw)) {
			break
		}
		if entry := raw[from:]; order.Uint16(entry) == 0x112 {
			if v := int(order.Uint16(entry[8:])); v >= 1 && v <= 8 {
				return v
			}
		}
	}
	return 1
}
