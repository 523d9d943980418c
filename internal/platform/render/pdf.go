package render

import (
	"compress/zlib"
	"encoding/hex"
	"errors"
	"image"
	"io"
	"math"
	"regexp"
	"slices"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
)

const maxPDFPages = 2000

// pdfReader is PDFium, started by the first PDF. All it sees of a file system is one font: by default the library mounts
// the whole disk.
type pdfReader struct {
	box      *sandbox
	pool     pdfium.Pool
	instance pdfium.Pdfium
}

func (p *pdfReader) start() (err error) {
	p.pool, err = webassembly.Init(webassembly.Config{Context: p.box.context(), MinIdle: 1, MaxIdle: 1, MaxTotal: 1,
		FSConfig: fontMount(), RuntimeConfig: p.box.config(), Stdout: io.Discard, Stderr: io.Discard})
	if err == nil {
		p.instance, err = p.pool.GetInstance(time.Minute)
	}
	return err
}

func (p *pdfReader) open(f *file) (references.FPDF_DOCUMENT, error) {
	if p.instance == nil {
		if err := p.box.made(p.start); err != nil {
			p.close()
			return "", err
		}
	}
	doc, err := p.instance.OpenDocument(&requests.OpenDocument{FileReader: f.reader(), FileReaderSize: f.size})
	if err != nil {
		return "", err
	}
	return doc.Document, nil
}

func (p *pdfReader) done(doc references.FPDF_DOCUMENT) {
	_, _ = p.instance.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: doc})
}

func (p *pdfReader) close() {
	if p.pool != nil {
		_ = p.pool.Close()
	}
	*p = pdfReader{box: p.box}
}

func (p *pdfReader) inspect(s *server, f *file, q request) (Facts, error) {
	flags := flagsOf(f)
	full := slices.Contains(flags, substance)
	facts := Facts{Flags: slices.DeleteFunc(flags, func(f string) bool { return f == substance })}
	doc, err := p.open(f)
	if errors.Is(err, pdferrors.ErrPassword) {
		facts.Flags = append(facts.Flags, FlagLocked)
		return facts, err
	}
	if err != nil {
		return facts, err
	}
	defer p.done(doc)
	count, err := p.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
	if err != nil {
		return facts, err
	}
	facts.Pages = count.PageCount
	scripts, err := p.instance.FPDFDoc_GetJavaScriptActionCount(&requests.FPDFDoc_GetJavaScriptActionCount{Document: doc})
	if err == nil && scripts.JavaScriptActionCount > 0 {
		facts.Flags = append(facts.Flags, FlagScript)
	}
	files, err := p.instance.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: doc})
	if err == nil && files.AttachmentCount > 0 {
		facts.Flags = append(facts.Flags, FlagAttachment)
	}
	slices.Sort(facts.Flags)
	facts.Flags = slices.Compact(facts.Flags)
	if facts.Pages == 0 {
		return facts, errors.New("no page")
	}
	if facts.Pages > maxPDFPages {
		return facts, decoderError("kind: too many pages")
	}
	if q.From > 0 {
		facts.Flags = nil // said when the file came in
	}
	var bare []string
	pages := 0
	err = s.survey(q, &facts, func(at int) ([]string, error) {
		found, empty, err := p.oddities(s, doc, at)
		if err != nil {
			return nil, err
		}
		if pages++; empty {
			bare = append(bare, On(FlagBlank, at))
		}
		return found, nil
	})
	if full && len(bare) == pages && (q.From == 0 || q.Bare) { // what used its fonts and pictures was lost
		facts.Flags = append(facts.Flags, bare...)
	}
	return facts, err
}

func (p *pdfReader) page(s *server, f *file, w Want, use func(*image.RGBA) error) error {
	doc, err := p.open(f)
	if err != nil {
		return err
	}
	defer p.done(doc)
	return p.draw(s, doc, w, use)
}

// draw draws a page and hands it to use, in the memory of the sandbox: a copy of a large page would be a sixth of what the
// whole program may take.
func (p *pdfReader) draw(s *server, doc references.FPDF_DOCUMENT, w Want, use func(*image.RGBA) error) error {
	at := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: w.Page}}
	if err := p.turn(at, w.Turn); err != nil {
		return err
	}
	size, err := p.instance.GetPageSize(&requests.GetPageSize{Page: at})
	if err != nil {
		return err
	}
	width, height := size.Width, size.Height
	if !(width > 0 && height > 0) || math.IsInf(width/height, 0) || width/height > 200 || height/width > 200 {
		return errors.New("a page without a size")
	}
	if p.imagePixels(at) > heavyPixels && !s.mayTakeLong() {
		return errRefused
	}
	scale := min(float64(w.Width)/width, maxHeight/height)
	done, err := p.instance.RenderPageInPixels(&requests.RenderPageInPixels{Page: at,
		Width: max(int(width*scale), 1), Height: max(int(height*scale), 1),
		RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT, RenderForm: true}) // seals, signatures and filled-in fields lie above the page
	if err != nil {
		return err
	}
	defer done.Cleanup()
	drawn, ok := done.Result.RenderedImage.(*image.RGBA)
	if !ok {
		return errors.New("a page drawn without colours")
	}
	onWhite(drawn)
	return use(drawn)
}

// turn turns a page clockwise, on top of what the file says of it.
func (p *pdfReader) turn(at requests.Page, degrees int) error {
	if degrees == 0 {
		return nil
	}
	is, err := p.instance.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: at})
	if err != nil {
		return err
	}
	quarters := (int(is.PageRotation) + degrees/90) % 4
	_, err = p.instance.FPDFPage_SetRotation(&requests.FPDFPage_SetRotation{Page: at, Rotate: enums.FPDF_PAGE_ROTATION(quarters)})
	return err
}

// onWhite lays a drawn page on white. PDFium does not multiply colours by their opacity, though the library calls the picture
// RGBA.
func onWhite(page *image.RGBA) {
	for i := 3; i < len(page.Pix); i += 4 {
		a := uint32(page.Pix[i])
		if a == 255 {
			continue
		}
		for c := i - 3; c < i; c++ {
			page.Pix[c] = uint8((uint32(page.Pix[c])*a + 255*(255-a) + 127) / 255)
		}
		page.Pix[i] = 255
	}
}

var (
	nameEscape = regexp.MustCompile(`#([0-9A-Fa-f]{2})`)
	signs      = map[string]*regexp.Regexp{
		FlagScript:     regexp.MustCompile(`/JS\s*(\(|<|\d+\s+\d+\s+R)|/JavaScript\b`),
		FlagLaunch:     regexp.MustCompile(`/(Launch|GoToR|GoToE|ImportData|SubmitForm)\b`),
		substance:      regexp.MustCompile(`/Subtype\s*/Image\b|/BaseFont\b|/FontDescriptor\b`),
		FlagAttachment: regexp.MustCompile(`/(EmbeddedFiles?|RichMedia|FileAttachment)\b`),
	}
	objectStream = regexp.MustCompile(`(?s)/ObjStm.{0,400}?stream\r?\n`)
)

// substance is the sign of a file that has something to show.
const substance = "substance"

const (
	maxInflated = 32 << 20 // of all object streams together
	overlap     = 1024     // of one window of the file and the next: no sign is longer
)

// flagsOf looks for what a PDF can do besides showing pages, in its objects and in those packed into streams. It may
// find too much (a word in a text): such a file only loses its own view, which nobody has anyway.
func flagsOf(f *file) []string {
	found := map[string]bool{}
	look := func(part []byte) {
		part = nameEscape.ReplaceAllFunc(part, func(b []byte) []byte {
			var c [1]byte
			_, _ = hex.Decode(c[:], b[1:])
			return c[:]
		})
		for flag, sign := range signs {
			found[flag] = found[flag] || sign.Match(part)
		}
	}
	left := int64(maxInflated)
	streams := 0
	window := make([]byte, 1<<20)
	for from := int64(0); from < f.size; from += int64(len(window)) - overlap {
		n, _ := f.ReadAt(window, from)
		look(window[:n])
		for _, at := range objectStream.FindAllIndex(window[:n], -1) {
			z, err := zlib.NewReader(io.NewSectionReader(f, from+int64(at[1]), f.size))
			if streams++; err != nil || left <= 0 || streams > 10_000 {
				continue
			}
			part, _ := io.ReadAll(io.LimitReader(z, min(left, 4<<20))) // a torn stream is looked into as far as it goes
			look(part)
			left -= int64(len(part))
		}
		if from+int64(n) >= f.size {
			break
		}
	}
	var flags []string
	for flag, is := range found {
		if is {
			flags = append(flags, flag)
		}
	}
	slices.Sort(flags)
	return flags
}
