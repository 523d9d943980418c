package render

import (
	"sync"
	"testing/fstest"

	"github.com/tetratelabs/wazero"
	"golang.org/x/image/font/sfnt"

	"hudang/internal/platform/font"
)

// fontMount is PDFium's whole file system: the one font, where PDFium looks for a system's fonts. It must be mounted at
// the root: PDFium finds nothing in a file system that begins at the folder itself.
func fontMount() wazero.FSConfig {
	return wazero.NewFSConfig().WithFSMount(fstest.MapFS{"usr/share/fonts/hudang.ttf": {Data: font.Regular, Mode: 0o444}}, "/")
}

var drawn = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(font.Regular) })

// drawable reports that the font has a character, or that it is none that a font would draw.
func drawable(r rune) bool {
	f, err := drawn()
	if err != nil {
		return true
	}
	g, err := f.GlyphIndex(&sfnt.Buffer{}, r)
	return err != nil || g != 0
}
