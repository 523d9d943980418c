package sheet

import (
	"bytes"
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// bytesOf joins little-endian numbers, byte slices and strings (as they are).
func bytesOf(fields ...any) []byte {
	var b bytes.Buffer
	for _, f := range fields {
		switch v := f.(type) {
		case int: // most fields of BIFF have 16 bits
			_ = binary.Write(&b, binary.LittleEndian, uint16(v))
		case string:
			b.WriteString(v)
		case []byte:
			b.Write(v)
		default:
			_ = binary.Write(&b, binary.LittleEndian, v)
		}
	}
	return b.Bytes()
}

func rec(id int, fields ...any) []byte {
	d := bytesOf(fields...)
	return bytesOf(id, len(d), d)
}

// wide is a BIFF8 text without its length: flag byte and UTF-16.
func wide(s string) []byte { return bytesOf(byte(1), utf16.Encode([]rune(s))) }

// narrow is one in compressed form; only for Latin-1.
func narrow(s string) []byte {
	b := []byte{0}
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

func text16(s string) []byte { return bytesOf(units(s), wide(s)) }

// xlsTab is a sheet of a built workbook: its records between BOF and EOF.
type xlsTab struct {
	name  string
	state byte // 0 visible, 1 hidden, 2 very hidden
	kind  byte // 0 worksheet, 2 chart
	recs  []byte
}

// buildBIFF8 makes a workbook stream; globals are the records before the tabs' list (styles, texts, date mode).
func buildBIFF8(globals []byte, tabs ...xlsTab) []byte {
	head := bytesOf(rec(recBOF, 0x0600, 5, 0x0DBB, 0x07CC, uint32(0), uint32(6)), rec(recCodePage, 1200), globals)
	size := len(head) + len(rec(recEOF))
	for _, t := range tabs {
		size += len(boundSheetRec(t, 0))
	}
	out, bodies := head, []byte(nil)
	for _, t := range tabs {
		out = append(out, boundSheetRec(t, uint32(size+len(bodies)))...)
		bodies = append(bodies, bytesOf(rec(recBOF, 0x0600, 0x10, 0x0DBB, 0x07CC, uint32(0), uint32(6)), t.recs, rec(recEOF))...)
	}
	return append(append(out, rec(recEOF)...), bodies...)
}

func boundSheetRec(t xlsTab, pos uint32) []byte {
	return rec(recBoundSheet, pos, t.state, t.kind, byte(units(t.name)), wide(t.name))
}

// buildBIFF5 makes an Excel 95 stream with one sheet; texts are bytes in the code page.
func buildBIFF5(page int, name string, recs []byte) []byte {
	head := bytesOf(rec(recBOF, 0x0500, 5, 0, 0), rec(recCodePage, page))
	tab := func(pos uint32) []byte { return rec(recBoundSheet, pos, byte(0), byte(0), byte(len(name)), name) }
	pos := len(head) + len(tab(0)) + len(rec(recEOF))
	return bytesOf(head, tab(uint32(pos)), rec(recEOF), rec(recBOF, 0x0500, 0x10, 0, 0), recs, rec(recEOF))
}

// sst is the table of shared texts in one record.
func sst(texts ...string) []byte {
	d := bytesOf(uint32(len(texts)), uint32(len(texts)))
	for _, t := range texts {
		d = append(d, text16(t)...)
	}
	return rec(recSST, d)
}

// xfs defines cell styles by their format ids.
func xfs(formatIDs ...int) []byte {
	var out []byte
	for _, id := range formatIDs {
		out = append(out, rec(recXF, 0, id, make([]byte, 16))...)
	}
	return out
}

func format8(id int, code string) []byte { return rec(recFormat, id, text16(code)) }

func number(row, col, style int, v float64) []byte {
	return rec(recNumber, row, col, style, math.Float64bits(v))
}

func labelSST(row, col, style, index int) []byte {
	return rec(recLabelSST, row, col, style, uint32(index))
}

// buildOLE puts streams into a compound file with sectors of 512 bytes. Streams below 4096 bytes go to the mini
// stream, as the format wants.
func buildOLE(streams map[string][]byte, order ...string) []byte {
	const ss = 512
	var sectors [][]byte
	var fat []uint32
	put := func(data []byte) uint32 {
		if len(data) == 0 {
			return chainEnd
		}
		start := uint32(len(sectors))
		for len(data) > 0 {
			s := make([]byte, ss)
			n := copy(s, data)
			data = data[n:]
			sectors = append(sectors, s)
			fat = append(fat, uint32(len(sectors)))
		}
		fat[len(fat)-1] = chainEnd
		return start
	}
	var mini []byte
	var miniFAT []uint32
	entry := func(name string, kind byte, right, child, start uint32, size int) []byte {
		n := append(utf16.Encode([]rune(name)), 0)
		raw := make([]uint16, 32)
		copy(raw, n)
		return bytesOf(raw, len(n)*2, kind, byte(1), uint32(noSector), right, child, make([]byte, 36), start, uint32(size), uint32(0))
	}
	var dir []byte
	for i, name := range order {
		data := streams[name]
		start := uint32(chainEnd)
		if len(data) >= 4096 {
			start = put(data)
		} else if len(data) > 0 {
			start = uint32(len(miniFAT))
			for off := 0; off < len(data); off += 64 {
				chunk := make([]byte, 64)
				copy(chunk, data[off:])
				mini = append(mini, chunk...)
				miniFAT = append(miniFAT, uint32(len(miniFAT)+1))
			}
			miniFAT[len(miniFAT)-1] = chainEnd
		}
		right := uint32(noSector)
		if i+1 < len(order) {
			right = uint32(i + 2)
		}
		dir = append(dir, entry(name, 2, right, 0xffffffff, start, len(data))...)
	}
	miniStart := put(mini)
	dir = append(entry("Root Entry", 5, noSector, 1, miniStart, len(mini)), dir...)
	dirStart := put(dir)
	miniFATStart := put(bytesOf(miniFAT))
	fatSectors := (len(fat) + ss/4) / (ss/4 - 1)
	list := make([]uint32, 109)
	for i := range list {
		list[i] = noSector
	}
	for i := range fatSectors {
		list[i] = uint32(len(fat) + i)
	}
	for range fatSectors {
		fat = append(fat, 0xFFFFFFFD)
	}
	for len(fat)%(ss/4) != 0 {
		fat = append(fat, noSector)
	}
	header := bytesOf("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", make([]byte, 16), 0x3E, 3, 0xFFFE, 9, 6, make([]byte, 6),
		uint32(0), uint32(fatSectors), dirStart, uint32(0), uint32(4096), miniFATStart, uint32(1), uint32(chainEnd), uint32(0), list)
	return bytesOf(header, bytes.Join(sectors, nil), fat)
}

// xlsFile is a .xls of a workbook stream.
func xlsFile(stream []byte) []byte {
	return buildOLE(map[string][]byte{"Workbook": stream}, "Workbook")
}

// Marks of an OLE container's tables.
const (
	chainEnd = 0xFFFFFFFE
	noSector = 0xFFFFFFFF
)
