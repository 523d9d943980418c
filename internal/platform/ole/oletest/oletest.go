// Package oletest makes OLE compound files for tests.
package oletest

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
)

const (
	end  = 0xFFFFFFFE
	none = 0xFFFFFFFF
)

// Of is a container of these streams; a slash in a name parts a folder of the root from the stream in it.
func Of(streams map[string][]byte) []byte {
	le := binary.LittleEndian
	var body, fat, dir []byte
	put := func(content []byte) (start uint32) {
		start = uint32(len(body) / 512)
		body = append(body, content...)
		body = append(body, make([]byte, (512-len(body)%512)%512)...)
		for n := start; int(n) < len(body)/512; n++ {
			next := n + 1
			if int(next) == len(body)/512 {
				next = end
			}
			fat = le.AppendUint32(fat, next)
		}
		return start
	}
	entry := func(name string, kind byte, right, child, start uint32, size int) {
		dir = append(dir, entryOf(name, kind, right, child, start, size)...)
	}
	folders := map[string][]string{}
	for _, path := range slices.Sorted(maps.Keys(streams)) {
		folder, _, within := strings.Cut(path, "/")
		if !within {
			folder = ""
		}
		folders[folder] = append(folders[folder], path)
	}
	// The root, its streams, its folders, then what is in each folder; neighbours are joined to the right.
	names := slices.Sorted(maps.Keys(folders))
	top := len(folders[""])
	next := 1 + top
	for _, f := range names {
		if f != "" {
			next++
		}
	}
	first := next
	entry("Root Entry", 5, none, 1, end, 0)
	row := func(paths []string, at int, last bool) {
		for i, path := range paths {
			right := uint32(at + i + 1)
			if i == len(paths)-1 && last {
				right = none
			}
			name := path[strings.LastIndex(path, "/")+1:]
			entry(name, 2, right, none, put(streams[path]), len(streams[path]))
		}
	}
	row(folders[""], 1, first == 1+top)
	at := 1 + top
	child := first
	for _, f := range names {
		if f == "" {
			continue
		}
		right := uint32(at + 1)
		if at++; at == first {
			right = none
		}
		entry(f, 1, right, uint32(child), 0, 0)
		child += len(folders[f])
	}
	at = first
	for _, f := range names {
		if f != "" {
			row(folders[f], at, true)
			at += len(folders[f])
		}
	}
	dirAt := put(dir)
	return finished(body, fat, dirAt)
}

// finished puts the head before a container's sectors, and its table behind them.
func finished(body, fat []byte, dirAt uint32) []byte {
	le := binary.LittleEndian
	tables := (len(fat)/4 + 128) / 128
	fatAt := len(body) / 512
	for range tables {
		fat = le.AppendUint32(fat, 0xFFFFFFFD)
	}
	for len(fat)%512 != 0 {
		fat = le.AppendUint32(fat, none)
	}
	head := make([]byte, 512)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for at, v := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		le.PutUint16(head[at:], v)
	}
	le.PutUint32(head[44:], uint32(tables))
	le.PutUint32(head[48:], dirAt)
	le.PutUint32(head[60:], end)
	le.PutUint32(head[68:], end)
	for i := range 109 {
		v := uint32(none)
		if i < tables {
			v = uint32(fatAt + i)
		}
		le.PutUint32(head[76+4*i:], v)
	}
	return append(append(head, body...), fat...)
}

// entryOf is a row of the directory.
func entryOf(name string, kind byte, right, child, start uint32, size int) []byte {
	le := binary.LittleEndian
	e := make([]byte, 128)
	units := utf16.Encode([]rune(name))
	for i, u := range units {
		le.PutUint16(e[2*i:], u)
	}
	le.PutUint16(e[64:], uint16(2*len(units)+2))
	e[66], e[67] = kind, 1
	le.PutUint32(e[68:], none)
	le.PutUint32(e[72:], right)
	le.PutUint32(e[76:], child)
	le.PutUint32(e[116:], start)
	le.PutUint32(e[120:], uint32(size))
	return e
}
