package render

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"runtime/debug"
)

// softLimit makes the child's own memory manager work hard before the watcher has to kill it.
const softLimit = 900 << 20

const (
	maxFile   = 256 << 20
	maxPixels = 100_000_000 // of a picture in a file
	maxWidth  = 3000        // of a page sent back
	maxHeight = 12000
	minWidth  = 40
	quality   = 82
)

// Serve is the child: it answers requests until its input ends. Only a broken connection is an error.
func Serve(in io.Reader, out io.Writer) error {
	debug.SetMemoryLimit(softLimit)
	var pdf pdfReader
	defer pdf.close()
	for {
		var q request
		err := readHead(in, &q)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil || q.Size < 0 || q.Size > maxFile {
			return fmt.Errorf("render: a request of %d bytes: %w", q.Size, err)
		}
		file := make([]byte, q.Size)
		if _, err := io.ReadFull(in, file); err != nil {
			return err
		}
		a, picture := respond(&pdf, q, file)
		a.Size = int64(len(picture))
		if err := writeHead(out, a); err != nil {
			return err
		}
		if len(picture) == 0 {
			continue // on a pipe within a program, writing nothing would wait for ever
		}
		if _, err := out.Write(picture); err != nil {
			return err
		}
	}
}

// respond never fails: what cannot be done is a broken file. A decoder that panics has met one.
func respond(pdf *pdfReader, q request, file []byte) (a answer, picture []byte) {
	defer func() {
		if v := recover(); v != nil {
			pdf.close()
			a, picture = answer{Facts: Facts{Broken: true, Why: fmt.Sprint(v)}}, nil
		}
	}()
	var err error
	if q.Page == nil {
		a.Facts, err = inspect(pdf, q.Type, file)
	} else {
		picture, err = page(pdf, q.Type, file, *q.Page)
	}
	if err != nil {
		a.Broken, a.Why = true, short(err.Error())
	}
	return a, picture
}

func short(s string) string { return s[:min(len(s), 500)] }

// inspect decodes every picture once, so that a file that passes can be shown.
func inspect(pdf *pdfReader, t Type, file []byte) (Facts, error) {
	if t == PDF {
		return pdf.inspect(file)
	}
	n, err := pictures(t, file)
	for i := 0; i < n && err == nil; i++ {
		_, err = decode(t, file, i)
	}
	return Facts{Pages: n}, err
}

func page(pdf *pdfReader, t Type, file []byte, w Want) ([]byte, error) {
	w.Width = min(max(w.Width, minWidth), maxWidth)
	var img image.Image
	var err error
	if t == PDF {
		img, err = pdf.page(file, w)
	} else {
		img, err = decode(t, file, w.Page)
	}
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, turned(fitted(img, w), w.Turn), &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}
