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

// softLimit makes the child's own memory manager work hard; what the decoders hold in their sandboxes comes on top.
const softLimit = 96 << 20

const (
	maxFile   = 1 << 30
	maxWidth  = 3000 // of a page sent back
	maxHeight = 9000
	minWidth  = 40
	quality   = 82
)

// server is the child: one request after the other, with decoders that stay ready.
type server struct {
	in       io.Reader
	out      io.Writer
	pdf      pdfReader
	pictures pictureReader
	long     bool   // this request may take long
	thumbs   []byte // of the pages looked at in this request
}

// Serve is the child: it answers requests until its input ends. folder is where decoders' machine code is kept; "" for
// nowhere. Only a broken connection is an error.
func Serve(in io.Reader, out io.Writer, folder string) error {
	debug.SetMemoryLimit(softLimit)
	s := &server{in: in, out: out}
	box := newSandbox(folder, s.making)
	s.pdf.box, s.pictures.box = box, box
	defer s.close()
	for {
		var q request
		err := readHead(in, &q)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil || q.Size < 0 || q.Size > maxFile {
			return fmt.Errorf("render: a request of %d bytes: %w", q.Size, err)
		}
		if err := s.serve(q); err != nil {
			return err
		}
	}
}

func (s *server) close() {
	s.pdf.close()
	s.pictures.close()
}

// errRefused is the program's no: the request comes again when there is room for it.
var errRefused = errors.New("not now")

func (s *server) serve(q request) error {
	s.long = q.mayTakeLong()
	a, picture, err := s.respond(q)
	if errors.Is(err, errRefused) {
		return nil
	}
	if err != nil {
		return err
	}
	a.Size = int64(len(picture))
	if err := writeHead(s.out, reply{Answer: &a}); err != nil || len(picture) == 0 {
		return err // on a pipe within a program, writing nothing would wait for ever
	}
	_, err = s.out.Write(picture)
	return err
}

// say tells the program something; a connection that is gone ends the child.
func (s *server) say(r reply) {
	if err := writeHead(s.out, r); err != nil {
		panic(lost{err})
	}
}

func (s *server) making(begins bool) { s.say(reply{Making: begins, Made: !begins}) }

// mayTakeLong asks the program whether a request that turns out to be a heavy one may go on here and now.
func (s *server) mayTakeLong() bool {
	if s.long {
		return true
	}
	var v verdict
	s.say(reply{Heavy: true})
	if err := readHead(s.in, &v); err != nil {
		panic(lost{err})
	}
	s.long = v.Go
	return v.Go
}

// respond fails only when the connection is lost or the request was refused: what cannot be done is a broken file. A
// decoder that panics has met one.
func (s *server) respond(q request) (a answer, picture []byte, err error) {
	defer func() {
		v := recover()
		if l, ok := v.(lost); ok {
			a, picture, err = answer{}, nil, l.error
		} else if v != nil {
			s.close()
			a, picture, err = answer{Facts: Facts{Broken: true, Why: short(fmt.Sprint(v))}}, nil, nil
		}
	}()
	f := &file{in: s.in, out: s.out, size: q.Size}
	if q.Page == nil {
		s.thumbs = nil
		a.Facts, err = s.inspect(f, q)
		picture = s.thumbs
	} else {
		picture, err = s.page(f, q.Type, *q.Page)
	}
	if err == nil || errors.Is(err, errRefused) {
		return a, picture, err
	}
	a.Broken, a.Why, a.Thumbs = true, short(err.Error()), Thumbs{}
	var large largeError
	var known decoderError
	if errors.As(err, &large) {
		a.Fault, a.Width, a.Height = FaultLarge, large.width, large.height
	} else if errors.As(err, &known) {
		a.Fault = known.fault()
	}
	return a, nil, nil
}

func short(s string) string { return s[:min(len(s), 500)] }

// inspect draws pages small: of a file that passes, something can be shown.
func (s *server) inspect(f *file, q request) (Facts, error) {
	if q.Type == PDF {
		return s.pdf.inspect(s, f, q)
	}
	facts := Facts{Pages: 1}
	if moving(f, q.Type) {
		facts.Flags = append(facts.Flags, FlagMoving)
	}
	if q.Type == TIFF {
		h, err := s.pictures.head(f, q.Type, 0)
		if facts.Pages = max(h.pages, 1); err != nil && h.pages == 0 {
			return Facts{}, err
		}
	}
	err := s.survey(q, &facts, func(at int) ([]string, error) {
		img, warning, err := s.picture(f, q.Type, Want{Page: at, Width: 200})
		if err != nil {
			return nil, err
		}
		if s.thumb(img); warning == "" {
			return nil, nil
		}
		facts.Why = warning
		return []string{On(FlagCut, at)}, nil
	})
	return facts, err
}

func (s *server) page(f *file, t Type, w Want) ([]byte, error) {
	w.Width = min(max(w.Width, minWidth), maxWidth)
	w.Turn = (w.Turn%360 + 360) % 360 / 90 * 90
	var out bytes.Buffer
	encode := func(img *image.RGBA) error { return jpeg.Encode(&out, img, &jpeg.Options{Quality: quality}) }
	if t == PDF {
		err := s.pdf.page(s, f, w, encode)
		return out.Bytes(), err
	}
	img, _, err := s.picture(f, t, w)
	if err == nil {
		err = encode(img)
	}
	return out.Bytes(), err
}
