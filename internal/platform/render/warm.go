package render

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
)

// onePage is a PDF of one empty page.
const onePage = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n" +
	"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n"

// Warm makes the decoders' machine code ready, if none is kept from an earlier start, so that the first paper of the day need
// not wait for it.
func (w *Worker) Warm(ctx context.Context) error {
	var dot bytes.Buffer
	failures := png.Encode(&dot, image.NewGray(image.Rect(0, 0, 1, 1)))
	for t, file := range map[Type][]byte{PNG: dot.Bytes(), PDF: []byte(onePage)} {
		facts, err := w.Inspect(ctx, t, bytes.NewReader(file), int64(len(file)))
		if err == nil && facts.Broken {
			err = errors.New(facts.Why)
		}
		failures = errors.Join(failures, err)
	}
	return failures
}
