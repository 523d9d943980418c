//go:build unix

package render

import (
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// memory is a module's memory: addresses for the most it may ever have, of which the system gives only what is touched.
// Go's own would be copied whenever it grows, and the collector would keep both for a while.
type memory struct{ all []byte }

func newMemory(_, most uint64) experimental.LinearMemory {
	all, err := syscall.Mmap(-1, 0, int(most), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE|noReserve)
	if err != nil {
		return &grown{}
	}
	return &memory{all: all}
}

func (m *memory) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	return m.all[:size:size]
}

func (m *memory) Free() { _ = syscall.Munmap(m.all) }
