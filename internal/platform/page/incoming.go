package page

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"hudang/internal/platform/errs"
)

// Limits of a form whose files are read as they arrive.
const (
	MaxIncoming = 500 << 20 // bytes of the whole form: an hour's pile from the document feeder
	mostPassed  = 8 << 30   // bytes beyond which even what is passed over is cut off
	slowest     = 4 << 10   // bytes a second below which a client is cut off, after a minute's grace
	grace       = time.Minute
)

// Incoming is a form whose files are read as they arrive, one after the other: none lies in memory, or on the disk in clear.
// The fields that stand before the first file are in the request's form, so that TokenOf, SeenOf, Typed and Decode
// find them; FormOf and Drop write them there.
type Incoming struct {
	parts *multipart.Reader
	form  *http.Request
	paced *paced
	next  *multipart.Part
	given bool // next was handed out
	bytes int
}

// Arriving begins to read a form as it arrives and reads its fields.
func Arriving(w http.ResponseWriter, r *http.Request) (*Incoming, error) {
	paced := &paced{ReadCloser: r.Body, answer: http.NewResponseController(w), began: time.Now()}
	paced.extend()
	r.Body = http.MaxBytesReader(nil, paced, mostPassed)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, errs.E(errs.Invalid, "error.form.broken").Because(err)
	}
	in := &Incoming{parts: parts, form: r, paced: paced}
	r.Form, r.PostForm = map[string][]string{}, map[string][]string{}
	return in, in.fields()
}

// Next is the next file and its name as the browser sent it; io.EOF after the last. What nobody read of the file before it
// is passed over.
func (in *Incoming) Next() (name string, file io.Reader, err error) {
	if in.given {
		if err := in.fields(); err != nil {
			return "", nil, err
		}
	}
	if in.given = in.next != nil; !in.given {
		return "", nil, io.EOF
	}
	return in.next.FileName(), arriving{in}, nil
}

// fields reads fields up to the next file.
func (in *Incoming) fields() error {
	for in.next = nil; ; {
		part, err := in.parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return tooLarge(err)
		}
		if part.FileName() != "" {
			in.next = part
			return nil
		}
		value, err := io.ReadAll(io.LimitReader(part, MaxForm+1))
		if err != nil {
			return tooLarge(err)
		}
		if in.bytes += len(value) + len(part.FormName()); in.bytes > MaxForm || len(in.form.PostForm) > maxKeys {
			return errs.E(errs.Invalid, "error.form.broken")
		}
		in.form.PostForm.Add(part.FormName(), string(value))
		in.form.Form.Add(part.FormName(), string(value))
	}
}

// ErrFull is read of a file when the form has grown past MaxIncoming. The form is read on: a browser shows an answer only
// when it could send all, and what came before is kept.
var ErrFull = errors.New("page: the form is full")

// arriving is a file of the form; what goes wrong with the form while it is read is said as of the form.
type arriving struct{ in *Incoming }

func (f arriving) Read(p []byte) (int, error) {
	if f.in.paced.n > MaxIncoming {
		return 0, ErrFull
	}
	n, err := f.in.next.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = tooLarge(err)
	}
	return n, err
}

func tooLarge(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return errs.E(errs.Invalid, "error.form.large", large.Limit>>20).Because(err)
	}
	return errs.E(errs.Invalid, "error.form.broken").Because(err)
}

// paced lets a long upload take its time as long as it goes on, and cuts one off that hardly does.
type paced struct {
	io.ReadCloser
	answer *http.ResponseController
	began  time.Time
	n      int64
}

func (p *paced) Read(b []byte) (int, error) {
	n, err := p.ReadCloser.Read(b)
	if before := p.n; before>>20 != (before+int64(n))>>20 {
		p.n += int64(n)
		p.extend()
	} else {
		p.n += int64(n)
	}
	return n, err
}

// extend gives the connection time for another MiB at the slowest pace; a connection that knows no deadlines has none.
func (p *paced) extend() {
	until := p.began.Add(grace + time.Duration((p.n+1<<20)/slowest)*time.Second)
	_ = p.answer.SetReadDeadline(until)
	_ = p.answer.SetWriteDeadline(until.Add(5 * grace))
}

// peeked is how much of a form's beginning is looked at for the session's token.
const peeked = 8 << 10

// firstSession is the session's token at the beginning of a form with files, without reading the form: its files are read
// as they arrive, by the handler, once the guard knows whose it is.
func firstSession(r *http.Request) (token string, ok bool) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" || r.PostForm != nil || r.Body == nil {
		return "", false
	}
	body := bufio.NewReaderSize(r.Body, peeked)
	head, _ := body.Peek(peeked) // what is missing is found missing by whoever reads the form
	r.Body = struct {
		io.Reader
		io.Closer
	}{body, r.Body}
	parts := multipart.NewReader(bytes.NewReader(head), params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil || part.FileName() != "" || !strings.HasPrefix(part.FormName(), "_") {
			return "", false
		}
		value, err := io.ReadAll(io.LimitReader(part, 1<<10))
		if err == nil && part.FormName() == FieldSession {
			return string(value), true
		}
	}
}
