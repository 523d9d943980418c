// Package ole reads OLE compound files ([MS-CFB]), the containers in which old Office, its mail and WPS keep their streams.
//
// It may import nothing. Always true: every chain is followed for at most as many steps as the file has sectors, and nothing
// is read beyond what the caller asks for; a damaged container is an error, never a panic.
package ole

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"unicode/utf16"
)

// File is a compound file: a small file system in sectors.
type File struct {
	r        io.ReaderAt
	size     int64
	sector   int // bytes
	fat      []uint32
	miniFAT  []uint32
	mini     []byte // the stream that small streams live in
	cutoff   uint32
	entries  []entry
	children []int // of the root
}

type entry struct {
	name               string
	kind               byte
	left, right, child uint32
	start              uint32
	size               uint64
}

const (
	endOfChain  = 0xFFFFFFFE
	noSector    = 0xFFFFFFFF
	kindStream  = 2
	kindRoot    = 5
	mostEntries = 1 << 15
)

// ErrDamaged is a container that cannot be followed.
var ErrDamaged = errors.New("ole: damaged container")

// whole is up to which size a file is held in memory while it is read: sectors are small, and many.
const whole = 32 << 20

// Open reads a container's tables.
func Open(r io.ReaderAt, size int64) (*File, error) {
	if size < 512 {
		return nil, ErrDamaged
	}
	if size <= whole {
		data := make([]byte, size)
		if n, err := r.ReadAt(data, 0); int64(n) < size {
			return nil, err
		}
		r = bytes.NewReader(data)
	}
	head := make([]byte, 512)
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, err
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(head[at:]) }
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 || binary.LittleEndian.Uint16(head[32:]) != 6 {
		return nil, ErrDamaged
	}
	f := &File{r: r, size: size, sector: 1 << shift, cutoff: u32(56)}
	if err := f.readFAT(head[76:], u32(68)); err != nil {
		return nil, err
	}
	dir, err := f.chain(u32(48), -1)
	if err != nil || len(dir) > mostEntries*128 {
		return nil, ErrDamaged
	}
	f.readDirectory(dir)
	if len(f.entries) == 0 || f.entries[0].kind != kindRoot {
		return nil, ErrDamaged
	}
	f.children = f.siblings(f.entries[0].child)
	// A broken small-stream area matters only to who reads from it.
	if mini, err := f.chain(u32(60), -1); err == nil {
		f.miniFAT = words(mini)
		f.mini, _ = f.chain(f.entries[0].start, -1)
	}
	return f, nil
}

func words(b []byte) []uint32 {
	w := make([]uint32, len(b)/4)
	for i := range w {
		w[i] = binary.LittleEndian.Uint32(b[i*4:])
	}
	return w
}

// at is one sector; the last of a file may be short, as some programs write it.
func (f *File) at(n uint32) ([]byte, error) {
	from := (int64(n) + 1) * int64(f.sector)
	if from >= f.size {
		return nil, ErrDamaged
	}
	block := make([]byte, min(int64(f.sector), f.size-from))
	if n, err := f.r.ReadAt(block, from); n < len(block) {
		return nil, err
	}
	return block, nil
}

// readFAT gathers the allocation table from the list in the header and its continuation.
func (f *File) readFAT(first []byte, more uint32) error {
	sectors := int(f.size)/f.sector + 1
	list := words(first)
	for steps := 0; more != endOfChain && more != noSector; steps++ {
		block, err := f.at(more)
		if err != nil || len(block) < f.sector || steps > sectors {
			return ErrDamaged
		}
		w := words(block)
		list = append(list, w[:len(w)-1]...)
		more = w[len(w)-1]
	}
	for _, n := range list {
		if n == noSector || n == endOfChain {
			continue
		}
		block, err := f.at(n)
		if err != nil {
			return err
		}
		f.fat = append(f.fat, words(block)...)
		if len(f.fat) > sectors+f.sector {
			break // more table than file: what follows describes nothing
		}
	}
	return nil
}

// chain reads the sectors from start on: size bytes, or all for -1.
func (f *File) chain(start uint32, size int64) ([]byte, error) {
	var out []byte
	for steps := 0; start != endOfChain && (size < 0 || int64(len(out)) < size); steps++ {
		block, err := f.at(start)
		if err != nil || int64(start) >= int64(len(f.fat)) || int64(steps) > f.size/int64(f.sector) {
			return nil, ErrDamaged
		}
		out = append(out, block...)
		start = f.fat[start]
	}
	if size >= 0 {
		if int64(len(out)) < size {
			return nil, ErrDamaged
		}
		out = out[:size]
	}
	return out, nil
}

func (f *File) readDirectory(dir []byte) {
	for ; len(dir) >= 128; dir = dir[128:] {
		e := entry{
			kind:  dir[66],
			left:  binary.LittleEndian.Uint32(dir[68:]),
			right: binary.LittleEndian.Uint32(dir[72:]),
			child: binary.LittleEndian.Uint32(dir[76:]),
			start: binary.LittleEndian.Uint32(dir[116:]),
			size:  uint64(binary.LittleEndian.Uint32(dir[120:])), // the upper half may be junk; no file is that large
		}
		if n := int(binary.LittleEndian.Uint16(dir[64:])); n >= 2 && n <= 64 {
			name := make([]uint16, n/2-1)
			for i := range name {
				name[i] = binary.LittleEndian.Uint16(dir[i*2:])
			}
			e.name = string(utf16.Decode(name))
		}
		f.entries = append(f.entries, e)
	}
}

// siblings lists the entries of one folder: a binary tree that starts at its top.
func (f *File) siblings(top uint32) []int {
	seen := make([]bool, len(f.entries))
	todo, found := []uint32{top}, []int(nil)
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if int64(n) >= int64(len(f.entries)) || seen[n] {
			continue
		}
		seen[n] = true
		found = append(found, int(n))
		todo = append(todo, f.entries[n].left, f.entries[n].right)
	}
	return found
}

// Stream reads a stream of the root folder, up to most bytes of it; nil when there is none of that name.
func (f *File) Stream(name string, most int) ([]byte, error) { return f.in(f.children, name, most) }

// StreamIn reads a stream of a folder in the root folder.
func (f *File) StreamIn(folder, name string, most int) ([]byte, error) {
	for _, i := range f.children {
		if e := f.entries[i]; e.name == folder && e.kind != kindStream {
			return f.in(f.siblings(e.child), name, most)
		}
	}
	return nil, nil
}

func (f *File) in(entries []int, name string, most int) ([]byte, error) {
	for _, i := range entries {
		e := f.entries[i]
		if e.name != name || e.kind != kindStream {
			continue
		}
		if e.size > uint64(f.size) {
			return nil, ErrDamaged
		}
		size := min(int(e.size), most)
		if e.size < uint64(f.cutoff) {
			return f.miniChain(e.start, size)
		}
		return f.chain(e.start, int64(size))
	}
	return nil, nil
}

// Names are the names in the root folder, in no order.
func (f *File) Names() []string {
	names := make([]string, len(f.children))
	for n, i := range f.children {
		names[n] = f.entries[i].name
	}
	return names
}

// Has reports a name in the root folder.
func (f *File) Has(name string) bool { return slices.Contains(f.Names(), name) }

func (f *File) miniChain(start uint32, size int) ([]byte, error) {
	out := make([]byte, 0, size)
	for len(out) < size {
		from := int64(start) * 64
		if int64(start) >= int64(len(f.miniFAT)) || from+64 > int64(len(f.mini)) {
			return nil, ErrDamaged
		}
		out = append(out, f.mini[from:from+64]...)
		start = f.miniFAT[start]
	}
	return out[:size], nil
}
