package archiveweb

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"strconv"
	"strings"

	"hudang/internal/archive"
	"hudang/internal/platform/errs"
)

// thumb is a small picture of a page, or a sheet with the name of its kind while there is none. It is no look into the paper, which has a leaf
// of its own, but one into the volume (decision 10).
func (p Pages) thumb(w http.ResponseWriter, r *http.Request) error {
	i, n, err := p.pageOf(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	raw, turn, file, err := p.Scans.Thumb(ctx, p.Door.DB.Read(), i, n)
	if err == nil && turn != 0 && raw != nil {
		raw, err = turned(raw, turn)
	}
	if err != nil {
		return err
	}
	kind := "image/jpeg"
	if raw == nil {
		raw, kind = sheet(file.Type), "image/svg+xml"
	} else {
		p.Kit.Looked(ctx, i.Estate, i.Volume.Ref())
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
	_, _ = w.Write(raw) // a reader who left is nobody to tell
	return nil
}

// sheet is a sheet of paper with the name of a kind of file on it.
func sheet(t archive.Type) []byte {
	name := ""
	if names := t.Names(); len(names) > 0 {
		name = strings.ToUpper(strings.TrimPrefix(names[0], "."))
	}
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><path d="M8 3h17l7 7v27H8z" fill="#fff" stroke="#77756d"/><path d="M25 3v7h7" fill="none" stroke="#77756d"/>`+
		`<text x="20" y="27" text-anchor="middle" font-family="sans-serif" font-size="8" fill="#4b4a45">%.5s</text></svg>`, name)
}

// mostThumb is the longest side of what is turned: the picture was made by a child that had met somebody's file.
const mostThumb = 100

// turned turns a small picture clockwise.
func turned(raw []byte, degrees int) ([]byte, error) {
	head, err := jpeg.DecodeConfig(bytes.NewReader(raw))
	if err != nil || head.Width > mostThumb || head.Height > mostThumb {
		return nil, errs.E(errs.Blocked, "archive.error.no_picture").Because(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, errs.E(errs.Blocked, "archive.error.no_picture").Because(err)
	}
	width, height := head.Width, head.Height
	if degrees != 180 {
		width, height = height, width
	}
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			from := map[int]image.Point{90: {X: y, Y: width - 1 - x}, 180: {X: width - 1 - x, Y: height - 1 - y}, 270: {X: height - 1 - y, Y: x}}[degrees]
			out.Set(x, y, img.At(from.X, from.Y))
		}
	}
	var b bytes.Buffer
	err = jpeg.Encode(&b, out, nil)
	return b.Bytes(), err
}
