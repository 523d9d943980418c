package page

import (
	"fmt"
	"image"
	"strings"
)

// The white that must stay round a code, in modules.
const (
	quietQR   = 4
	quietBars = 10
)

// darkPath draws the dark modules of a code: every run of a row is one rectangle.
func darkPath(code image.Image) string {
	var b strings.Builder
	box := code.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			from := x
			for x < box.Max.X && dark(code, x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
			}
		}
	}
	return b.String()
}

func dark(code image.Image, x, y int) bool {
	r, _, _, _ := code.At(x, y).RGBA()
	return r < 0x8000
}
