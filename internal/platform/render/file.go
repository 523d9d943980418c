package render

import (
	"errors"
	"io"
)

// file is the child's view of the file it was asked about: it lies with the program, which sends the parts that are read.
// So the child never holds the whole of it.
type file struct {
	in     io.Reader
	out    io.Writer
	size   int64
	blocks [16]block
	clock  int // counts uses, to tell which block was used last
}

// block is a part of the file that is kept for a while.
type block struct {
	from int64
	data []byte
	used int
}

const blockSize = 256 << 10

// lost is a broken connection to the program. It is thrown through the decoders, which know of no such error.
type lost struct{ error }

// ReadAt reads a part of the file.
func (f *file) ReadAt(p []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errors.New("render: before the file's beginning")
	}
	for n < len(p) && off < f.size {
		b := f.block(off / blockSize * blockSize)
		got := copy(p[n:], b[off%blockSize:])
		n, off = n+got, off+int64(got)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *file) block(from int64) []byte {
	f.clock++
	oldest := &f.blocks[0]
	for i := range f.blocks {
		b := &f.blocks[i]
		if b.data != nil && b.from == from {
			b.used = f.clock
			return b.data
		}
		if b.used < oldest.used {
			oldest = b
		}
	}
	n := int(min(blockSize, f.size-from))
	if cap(oldest.data) < n {
		oldest.data = make([]byte, n, blockSize)
	}
	oldest.from, oldest.used, oldest.data = from, f.clock, oldest.data[:n]
	err := writeHead(f.out, reply{Read: &span{From: from, Len: n}})
	if err == nil {
		_, err = io.ReadFull(f.in, oldest.data)
	}
	if err != nil {
		panic(lost{err})
	}
	return oldest.data
}

// reader reads the file from its beginning.
func (f *file) reader() *io.SectionReader { return io.NewSectionReader(f, 0, f.size) }
