package sheet

import (
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"
)

// oleFile is an OLE compound file ([MS-CFB]): a small file system in sectors, in which old Office keeps its streams.
// Every chain is followed for at most as many steps as the file has sectors.
type oleFile struct {
	data     []byte
	sector   int // bytes
	fat      []uint32
	miniFAT  []uint32
	mini     []byte // the stream that small streams live in
	cutoff   uint32
	entries  []oleEntry
	children []int // of the root
}

type oleEntry struct {
	name               string
	kind               byte
	left, right, child uint32
	start              uint32
	size               uint64
}

const (
	oleEnd      = 0xFFFFFFFE
	oleNone     = 0xFFFFFFFF
	oleStream   = 2
	oleRoot     = 5
	maxOLEFiles = 1 << 15
)

var errOLE = errors.New("ole: damaged container")

func readOLE(r io.ReaderAt, size int64) (*oleFile, error) {
	data := make([]byte, size)
	if n, err := r.ReadAt(data, 0); int64(n) < size {
		return nil, err
	}
	if size < 512 {
		return nil, errOLE
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(data[at:]) }
	shift := binary.LittleEndian.Uint16(data[30:])
	if shift != 9 && shift != 12 || binary.LittleEndian.Uint16(data[32:]) != 6 {
		return nil, errOLE
	}
	f := &oleFile{data: data, sector: 1 << shift, cutoff: u32(56)}
	if err := f.readFAT(u32(68)); err != nil {
		return nil, err
	}
	dir, err := f.chain(u32(48), -1)
	if err != nil || len(dir) > maxOLEFiles*128 {
		return nil, errOLE
	}
	f.readDirectory(dir)
	if len(f.entries) == 0 || f.entries[0].kind != oleRoot {
		return nil, errOLE
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
func (f *oleFile) at(n uint32) ([]byte, error) {
	from := (int64(n) + 1) * int64(f.sector)
	if from >= int64(len(f.data)) {
		return nil, errOLE
	}
	return f.data[from:min(from+int64(f.sector), int64(len(f.data)))], nil
}

// readFAT gathers the allocation table from the list in the header and its continuation.
func (f *oleFile) readFAT(more uint32) error {
	sectors := len(f.data)/f.sector + 1
	list := words(f.data[76:512])
	for steps := 0; more != oleEnd && more != oleNone; steps++ {
		block, err := f.at(more)
		if err != nil || len(block) < f.sector || steps > sectors {
			return errOLE
		}
		w := words(block)
		list = append(list, w[:len(w)-1]...)
		more = w[len(w)-1]
	}
	for _, n := range list {
		if n == oleNone || n == oleEnd {
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
func (f *oleFile) chain(start uint32, size int64) ([]byte, error) {
	var out []byte
	for steps := 0; start != oleEnd && (size < 0 || int64(len(out)) < size); steps++ {
		block, err := f.at(start)
		if err != nil || int64(start) >= int64(len(f.fat)) || steps > len(f.data)/f.sector {
			return nil, errOLE
		}
		out = append(out, block...)
		start = f.fat[start]
	}
	if size >= 0 {
		if int64(len(out)) < size {
			return nil, errOLE
		}
		out = out[:size]
	}
	return out, nil
}

func (f *oleFile) readDirectory(dir []byte) {
	for ; len(dir) >= 128; dir = dir[128:] {
		e := oleEntry{
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
func (f *oleFile) siblings(top uint32) []int {
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

// stream reads a stream of the root folder; nil when there is none of that name.
func (f *oleFile) stream(name string) ([]byte, error) {
	for _, i := range f.children {
		e := f.entries[i]
		if e.name != name || e.kind != oleStream {
			continue
		}
		if e.size > uint64(len(f.data)) {
			return nil, errOLE
		}
		if e.size < uint64(f.cutoff) {
			return f.miniChain(e.start, int(e.size))
		}
		return f.chain(e.start, int64(e.size))
	}
	return nil, nil
}

func (f *oleFile) has(name string) bool {
	for _, i := range f.children {
		if f.entries[i].name == name {
			return true
		}
	}
	return false
}

func (f *oleFile) miniChain(start uint32, size int) ([]byte, error) {
	out := make([]byte, 0, size)
	for len(out) < size {
		from := int64(start) * 64
		if int64(start) >= int64(len(f.miniFAT)) || from+64 > int64(len(f.mini)) {
			return nil, errOLE
		}
		out = append(out, f.mini[from:from+64]...)
		start = f.miniFAT[start]
	}
	return out[:size], nil
}
