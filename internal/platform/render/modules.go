package render

import (
	"context"
	_ "embed" // the decoders
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// picturesModule is libtiff, libjpeg-turbo, libpng and libwebp with the entries of build/pictures.
//
//go:embed pictures.wasm
var picturesModule []byte

// kinds are the types that the module reads, by its numbers for them.
var kinds = map[Type]uint64{JPEG: 1, PNG: 2, TIFF: 3, WebP: 4}

// pictureReader runs the module. It sees no file system; every call has an instance of its own, which is thrown away.
type pictureReader struct {
	box      *sandbox
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
}

// head is what a picture's head says.
type head struct {
	pages, width, height int
	orientation          int
	across, down         int // dots per inch in thousandths; 0 when not known
	kept                 int // bytes that drawing holds at once
}

// call is what one call of the module reads and gives.
type call struct {
	file    *file
	row     func(y int, rgb []byte)
	width   int // pixels of a row
	warning string
	failure string
}

type callKey struct{}

func callOf(ctx context.Context) *call { return ctx.Value(callKey{}).(*call) }

func (p *pictureReader) start() error {
	ctx := p.box.context()
	p.runtime = wazero.NewRuntimeWithConfig(ctx, p.box.config())
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, p.runtime); err != nil {
		return err
	}
	_, err := p.runtime.NewHostModuleBuilder("host").
		NewFunctionBuilder().WithFunc(hostRead).Export("read").
		NewFunctionBuilder().WithFunc(hostRow).Export("row").
		NewFunctionBuilder().WithFunc(hostWarn).Export("warn").
		NewFunctionBuilder().WithFunc(hostFail).Export("fail").
		Instantiate(ctx)
	if err == nil {
		p.compiled, err = p.runtime.CompileModule(ctx, picturesModule)
	}
	return err
}

func (p *pictureReader) close() {
	if p.runtime != nil {
		_ = p.runtime.Close(context.Background())
	}
	p.runtime, p.compiled = nil, nil
}

func hostRead(ctx context.Context, m api.Module, from uint64, to, n uint32) int32 {
	p, ok := m.Memory().Read(to, n)
	if !ok {
		return -1
	}
	got, _ := callOf(ctx).file.ReadAt(p, int64(from))
	return int32(got)
}

func hostRow(ctx context.Context, m api.Module, y, from uint32) {
	c := callOf(ctx)
	if rgb, ok := m.Memory().Read(from, uint32(c.width*3)); ok && c.row != nil {
		c.row(int(y), rgb)
	}
}

func hostWarn(ctx context.Context, m api.Module, from uint32) {
	if c := callOf(ctx); c.warning == "" {
		c.warning = cString(m, from)
	}
}

// errStopped ends a call from within: the module's libraries know no other way out than a long jump.
var errStopped = errors.New("render: the decoder gave up")

func hostFail(ctx context.Context, m api.Module, from uint32) {
	callOf(ctx).failure = cString(m, from)
	panic(errStopped)
}

func cString(m api.Module, from uint32) string {
	raw, _ := m.Memory().Read(from, min(300, m.Memory().Size()-min(from, m.Memory().Size())))
	text, _, _ := strings.Cut(string(raw), "\x00")
	return short(strings.ToValidUTF8(text, "?"))
}

// run calls an entry of the module.
func (p *pictureReader) run(c *call, entry string, args ...uint64) (result []byte, err error) {
	if p.runtime == nil {
		if err := p.box.made(p.start); err != nil {
			p.close()
			return nil, err
		}
	}
	ctx := context.WithValue(p.box.context(), callKey{}, c)
	m, err := p.runtime.InstantiateModule(ctx, p.compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize").
		WithStdout(io.Discard).WithStderr(io.Discard))
	if err != nil {
		return nil, err
	}
	defer m.Close(ctx)
	found, err := m.ExportedFunction(entry).Call(ctx, args...)
	switch {
	case c.failure != "":
		return nil, decoderError(c.failure)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", entry, err)
	case len(found) == 0:
		return nil, nil
	}
	raw, _ := m.Memory().Read(uint32(found[0]), 7*4)
	return append([]byte(nil), raw...), nil
}

// decoderError is what a library said of a file.
type decoderError string

func (e decoderError) Error() string { return string(e) }

// fault is what the reader is told of it.
func (e decoderError) fault() Fault {
	switch {
	case strings.HasPrefix(string(e), "too large"):
		return FaultLarge
	case strings.HasPrefix(string(e), "kind: "), strings.Contains(string(e), "not configured"), strings.Contains(string(e), "not implemented"):
		return FaultKind
	}
	return ""
}

func (p *pictureReader) head(f *file, t Type, page int) (head, error) {
	raw, err := p.run(&call{file: f}, "facts", kinds[t], uint64(f.size), uint64(page))
	if err != nil {
		return head{}, err
	}
	n := func(i int) int { return int(binary.LittleEndian.Uint32(raw[4*i:])) }
	h := head{pages: n(0), width: n(1), height: n(2), orientation: n(3), across: n(4), down: n(5), kept: n(6) << 10}
	if h.pages > maxTIFFPages {
		return h, decoderError(fmt.Sprintf("kind: %d pages", h.pages))
	}
	return h, nil
}
