//go:build !unix

package render

import "github.com/tetratelabs/wazero/experimental"

func newMemory(_, _ uint64) experimental.LinearMemory { return &grown{} }
