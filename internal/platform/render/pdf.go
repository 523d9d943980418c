package render

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"errors"
	"image"
	"image/draw"
	"io"
	"math"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

const maxPDFPages = 2000

// compiled keeps PDFium's machine code, which takes seconds to make, for a reader that is made anew in the same process.
var compiled = sync.OnceValue(wazero.NewCompilationCache)

// sandbox is what the PDFium module needs, and nothing else.
func sandbox() wazero.RuntimeConfig {
	return wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
}

// pdfReader is PDFium, started by the first PDF. It sees no file system: by default the library mounts the whole disk.
type pdfReader struct {
	pool     pdfium.Pool
	instance pdfium.Pdfium
}

func (p *pdfReader) open(file []byte) (references.FPDF_DOCUMENT, error) {
	if p.instance == nil {
		var err error
		p.pool, err = webassembly.Init(webassembly.Config{MinIdle: 1, MaxIdle: 1, MaxTotal: 1,
			FSConfig: wazero.NewFSConfig(), RuntimeConfig: sandbox().WithCompilationCache(compiled()), Stdout: io.Discard, Stderr: io.Discard})
		if err != nil {
			return "", err
		}
		if p.instance, err = p.pool.GetInstance(time.Minute); err != nil {
			return "", err
		}
	}
	doc, err := p.instance.OpenDocument(&requests.OpenDocument{File: &file})
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
	*p = pdfReader{}
}

func (p *pdfReader) inspect(file []byte) (Facts, error) {
	facts := Facts{Flags: flagsOf(file)}
	doc, err := p.open(file)
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
	if facts.Pages == 0 || facts.Pages > maxPDFPages {
		return facts, errors.New("no page, or too many")
	}
	_, err = p.draw(doc, Want{Width: minWidth}) // what cannot draw its first page is broken
	return facts, err
}

func (p *pdfReader) page(file []byte, w Want) (image.Image, error) {
	doc, err := p.open(file)
	if err != nil {
		return nil, err
	}
	defer p.done(doc)
	return p.draw(doc, w)
}

func (p *pdfReader) draw(doc references.FPDF_DOCUMENT, w Want) (image.Image, error) {
	at := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: w.Page}}
	size, err := p.instance.GetPageSize(&requests.GetPageSize{Page: at})
	if err != nil {
		return nil, err
	}
	width, height := size.Width, size.Height
	if w.Turn%180 != 0 {
		width, height = height, width
	}
	if !(width > 0 && height > 0) || math.IsInf(width/height, 0) || width/height > 200 || height/width > 200 {
		return nil, errors.New("a page without a size")
	}
	scale := min(float64(w.Width)/width, maxHeight/height)
	done, err := p.instance.RenderPageInPixels(&requests.RenderPageInPixels{Page: at,
		Width: max(int(size.Width*scale), 1), Height: max(int(size.Height*scale), 1)})
	if err != nil {
		return nil, err
	}
	defer done.Cleanup()
	b := done.Result.RenderedImage.Bounds() // its pixels lie in the sandbox's memory until Cleanup
	drawn := image.NewRGBA(b)
	draw.Draw(drawn, b, done.Result.RenderedImage, b.Min, draw.Src)
	return drawn, nil
}

var (
	nameEscape = regexp.MustCompile(`#([0-9A-Fa-f]{2})`)
	signs      = map[string]*regexp.Regexp{
		FlagScript:     regexp.MustCompile(`/JS\s*(\(|<|\d+\s+\d+\s+R)|/JavaScript\b`),
		FlagLaunch:     regexp.MustCompile(`/(Launch|GoToR|GoToE|ImportData|SubmitForm)\b`),
		FlagAttachment: regexp.MustCompile(`/(EmbeddedFiles?|RichMedia)\b`),
	}
	objectStream = regexp.MustCompile(`(?s)/ObjStm.{0,400}?stream\r?\n`)
)

const maxInflated = 32 << 20 // of all object streams together

// flagsOf looks for what a PDF can do besides showing pages, in its objects and in those packed into streams. It may
// find too much (a word in a text): such a file only loses its own view, which nobody has anyway.
func flagsOf(file []byte) []string {
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
	look(file)
	left := int64(maxInflated)
	for _, at := range objectStream.FindAllIndex(file, 10_000) {
		z, err := zlib.NewReader(bytes.NewReader(file[at[1]:]))
		if err != nil {
			continue
		}
		part, _ := io.ReadAll(io.LimitReader(z, left)) // a torn stream is looked into as far as it goes
		look(part)
		if left -= int64(len(part)); left <= 0 {
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
