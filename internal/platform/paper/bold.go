package paper

import (
	"encoding/binary"
	"errors"
	"math"
	"sort"
)

// The embedded font has one weight, and the PDF writer can only fill letters, not stroke them. So the bold letters
// of a print are made here: the outlines of just the characters used, moved outwards, in a small second font.
// That is what filling plus a thin stroke gives, with every letter in the file once; widths do not change.

// boldBy is how much thicker a stem becomes, in thousandths of an em.
const boldBy = 34.0

var errOutline = errors.New("paper: the font's outlines cannot be read")

type outlinePoint struct {
	x, y float64
	on   bool
}

// embolden makes a TrueType font that holds the given characters of f in bold.
func embolden(f *face, runes []rune) ([]byte, error) {
	tables, err := tablesOf(f.data)
	if err != nil {
		return nil, err
	}
	head, loca, glyf, maxp := tables["head"], tables["loca"], tables["glyf"], tables["maxp"]
	if len(head) < 54 || len(maxp) < 6 || binary.BigEndian.Uint16(head[50:]) != 1 {
		return nil, errOutline // only the long form of loca, which our font has
	}
	glyphs := int(binary.BigEndian.Uint16(maxp[4:]))
	if len(loca) < 4*(glyphs+1) {
		return nil, errOutline
	}
	bold := map[int][]byte{}
	for _, r := range runes {
		f.mu.Lock()
		g, err := f.font.GlyphIndex(&f.buf, r)
		f.mu.Unlock()
		if err != nil || g == 0 {
			continue
		}
		if sign := signOutlines(r); sign != nil {
			bold[int(g)] = encode(glyphOf(sign))
			continue
		}
		from, to := binary.BigEndian.Uint32(loca[4*int(g):]), binary.BigEndian.Uint32(loca[4*int(g)+4:])
		if to <= from || int(to) > len(glyf) {
			continue
		}
		data, err := thicken(glyf[from:to])
		if err != nil {
			return nil, err
		}
		bold[int(g)] = data
	}
	newLoca := make([]byte, 4*(glyphs+1))
	var newGlyf []byte
	for g := range glyphs {
		binary.BigEndian.PutUint32(newLoca[4*g:], uint32(len(newGlyf)))
		newGlyf = append(newGlyf, bold[g]...)
		for len(newGlyf)%4 != 0 {
			newGlyf = append(newGlyf, 0)
		}
	}
	binary.BigEndian.PutUint32(newLoca[4*glyphs:], uint32(len(newGlyf)))
	if len(newGlyf) == 0 {
		newGlyf = make([]byte, 4)
	}
	tables["loca"], tables["glyf"] = newLoca, newGlyf
	return fontFile(tables), nil
}

// glyphOf turns contours in em into font units.
func glyphOf(sign [][]Point) [][]outlinePoint {
	out := make([][]outlinePoint, len(sign))
	for i, c := range sign {
		for _, p := range c {
			out[i] = append(out[i], outlinePoint{p.X * 1000, p.Y * 1000, true})
		}
	}
	return out
}

// thicken moves the outline of a simple glyph outwards.
func thicken(data []byte) ([]byte, error) {
	contours, err := outline(data)
	if err != nil {
		return nil, err
	}
	var area float64
	for _, c := range contours {
		for i := range c {
			n := c[(i+1)%len(c)]
			area += c[i].x*n.y - n.x*c[i].y
		}
	}
	outward := boldBy / 2
	if area > 0 { // outer contours run counter-clockwise: ink lies at the left
		outward = -outward
	}
	moved := make([][]outlinePoint, len(contours))
	for i, c := range contours {
		moved[i] = offset(c, outward)
	}
	return encode(moved), nil
}

// offset moves each point along the bisector of its corner, by by to the left of the contour's run; less where
// the neighbouring edges are short, so that fine detail does not turn over.
func offset(c []outlinePoint, by float64) []outlinePoint {
	out := make([]outlinePoint, len(c))
	for i, p := range c {
		out[i] = p
		in, inLen, ok1 := edge(c, i, -1)
		to, toLen, ok2 := edge(c, i, 1)
		if !ok1 || !ok2 {
			continue
		}
		in.x, in.y = -in.x, -in.y // direction of arrival
		d := in.x*to.x + in.y*to.y + 1
		if d < 0.0625 { // turns back on itself
			continue
		}
		sx, sy := -(in.y + to.y), in.x+to.x
		turn := math.Abs(in.x*to.y - in.y*to.x)
		room := min(inLen, toLen)
		k := by / d
		if math.Abs(by)*turn > room*d {
			k = math.Copysign(room/turn, by)
		}
		out[i].x, out[i].y = p.x+sx*k, p.y+sy*k
	}
	return out
}

// edge is the direction and length to the nearest other point before (-1) or after (1) point i.
func edge(c []outlinePoint, i, step int) (dir outlinePoint, length float64, ok bool) {
	n := len(c)
	for k := 1; k < n; k++ {
		q := c[((i+step*k)%n+n)%n]
		dx, dy := q.x-c[i].x, q.y-c[i].y
		if l := math.Hypot(dx, dy); l > 0.5 {
			return outlinePoint{x: dx / l, y: dy / l}, l, true
		}
	}
	return outlinePoint{}, 0, false
}

// outline reads the contours of a simple glyph.
func outline(data []byte) ([][]outlinePoint, error) {
	if len(data) < 12 {
		return nil, errOutline
	}
	n := int(int16(binary.BigEndian.Uint16(data)))
	if n < 0 || len(data) < 10+2*n+2 {
		return nil, errOutline // a glyph made of others: our font has none
	}
	ends := make([]int, n)
	points := 0
	for i := range ends {
		ends[i] = int(binary.BigEndian.Uint16(data[10+2*i:])) + 1
		points = ends[i]
	}
	pos := 10 + 2*n
	pos += 2 + int(binary.BigEndian.Uint16(data[pos:]))
	flags := make([]byte, 0, points)
	for len(flags) < points {
		if pos+1 >= len(data) {
			return nil, errOutline
		}
		flag := data[pos]
		pos++
		flags = append(flags, flag)
		if flag&8 != 0 {
			for range data[pos] {
				flags = append(flags, flag)
			}
			pos++
		}
	}
	all := make([]outlinePoint, points)
	for axis, bits := range [2][2]byte{{2, 16}, {4, 32}} {
		at := 0
		for i := range all {
			switch flag := flags[i]; {
			case flag&bits[0] != 0:
				if pos >= len(data) {
					return nil, errOutline
				}
				d := int(data[pos])
				pos++
				if flag&bits[1] == 0 {
					d = -d
				}
				at += d
			case flag&bits[1] == 0:
				if pos+1 >= len(data) {
					return nil, errOutline
				}
				at += int(int16(binary.BigEndian.Uint16(data[pos:])))
				pos += 2
			}
			all[i].on = flags[i]&1 != 0
			if axis == 0 {
				all[i].x = float64(at)
			} else {
				all[i].y = float64(at)
			}
		}
	}
	contours := make([][]outlinePoint, n)
	for i, from := 0, 0; i < n; i++ {
		if ends[i] < from || ends[i] > points {
			return nil, errOutline
		}
		contours[i], from = all[from:ends[i]], ends[i]
	}
	return contours, nil
}

// encode writes contours as a simple glyph, plainly: the PDF compresses it.
func encode(contours [][]outlinePoint) []byte {
	var flags, xs, ys, ends []byte
	var px, py, n int
	lo, hi := [2]int{math.MaxInt16, math.MaxInt16}, [2]int{math.MinInt16, math.MinInt16}
	for _, c := range contours {
		for _, p := range c {
			x, y := int(math.Round(p.x)), int(math.Round(p.y))
			flag := byte(0)
			if p.on {
				flag = 1
			}
			flags = append(flags, flag)
			xs = binary.BigEndian.AppendUint16(xs, uint16(int16(x-px)))
			ys = binary.BigEndian.AppendUint16(ys, uint16(int16(y-py)))
			px, py, n = x, y, n+1
			lo, hi = [2]int{min(lo[0], x), min(lo[1], y)}, [2]int{max(hi[0], x), max(hi[1], y)}
		}
		ends = binary.BigEndian.AppendUint16(ends, uint16(n-1))
	}
	var out []byte
	for _, v := range []int{len(contours), lo[0], lo[1], hi[0], hi[1]} {
		out = binary.BigEndian.AppendUint16(out, uint16(int16(v)))
	}
	out = append(append(out, ends...), 0, 0) // no instructions
	return append(append(append(out, flags...), xs...), ys...)
}

// tablesOf cuts a TrueType file into its tables.
func tablesOf(data []byte) (map[string][]byte, error) {
	if len(data) < 12 {
		return nil, errOutline
	}
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		at := 12 + 16*i
		if at+16 > len(data) {
			return nil, errOutline
		}
		from, n := uint64(binary.BigEndian.Uint32(data[at+8:])), uint64(binary.BigEndian.Uint32(data[at+12:]))
		if from+n > uint64(len(data)) {
			return nil, errOutline
		}
		tables[string(data[at:at+4])] = data[from : from+n]
	}
	return tables, nil
}

// fontFile puts tables together again, in the order of their names.
func fontFile(tables map[string][]byte) []byte {
	names := make([]string, 0, len(tables))
	for name := range tables {
		names = append(names, name)
	}
	sort.Strings(names)
	out := []byte{0, 1, 0, 0}
	out = binary.BigEndian.AppendUint16(out, uint16(len(names)))
	out = append(out, make([]byte, 6)...) // search hints, unused
	body := 12 + 16*len(names)
	var data []byte
	for _, name := range names {
		t := tables[name]
		var sum uint32
		for i := 0; i < len(t); i += 4 {
			var word [4]byte
			copy(word[:], t[i:])
			sum += binary.BigEndian.Uint32(word[:])
		}
		out = append(out, name...)
		out = binary.BigEndian.AppendUint32(out, sum)
		out = binary.BigEndian.AppendUint32(out, uint32(body+len(data)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t)))
		data = append(data, t...)
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
	}
	return append(out, data...)
}
