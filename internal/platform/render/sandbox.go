package render

import (
	"context"
	"os"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// sandbox makes the decoders' runtimes. Their machine code takes seconds and much memory to make, so it is kept in a
// folder, which may be lost at any time.
type sandbox struct {
	folder string // "": within this process only
	making func(bool)
	cache  wazero.CompilationCache
}

// inProcess keeps machine code for children that run within one process, as tests have them.
var inProcess = sync.OnceValue(wazero.NewCompilationCache)

func newSandbox(folder string, making func(bool)) *sandbox {
	s := &sandbox{folder: folder, making: making, cache: inProcess()}
	if folder == "" {
		return s
	}
	if err := os.MkdirAll(folder, 0o700); err == nil {
		if c, err := wazero.NewCompilationCacheWithDir(folder); err == nil {
			s.cache = c
		}
	}
	return s
}

// config is what the modules need, and nothing else.
func (s *sandbox) config() wazero.RuntimeConfig {
	return wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCompilationCache(s.cache)
}

// context carries the memory that modules get.
func (s *sandbox) context() context.Context {
	return experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(newMemory))
}

// made runs what makes a runtime. The kept machine code may be damaged: then it is thrown away and made anew.
func (s *sandbox) made(start func() error) error {
	s.making(true)
	defer s.making(false)
	err := start()
	if err == nil || s.folder == "" {
		return err
	}
	_ = s.cache.Close(context.Background())
	_ = os.RemoveAll(s.folder)
	s.cache = newSandbox(s.folder, s.making).cache
	return start()
}
