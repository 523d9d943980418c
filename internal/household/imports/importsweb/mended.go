package importsweb

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"strings"

	"hudang/internal/household/imports"
	"hudang/internal/household/roster"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/sheet"
)

// takeProblems gives the rows with problems as an xlsx, to be mended in another program and sent back.
func (p Pages) takeProblems(w http.ResponseWriter, r *http.Request) error {
	file, err := p.load(r)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := roster.WriteProblems(&out, file.Book, file.Plan, texts(r.Context())); err != nil {
		return err
	}
	if _, err := op.Run(r.Context(), p.Door, imports.TakeProblems, file.Import.ID); err != nil {
		return err
	}
	stem, _, _ := strings.Cut(file.Import.File, ".")
	name := texts(r.Context())("import.problems.filename", stem) + ".xlsx"
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(out.Bytes()) // a reader who left is nobody to tell
	return nil
}

// mended takes the rows back: every cell of theirs is an answer.
func (p Pages) mended(w http.ResponseWriter, r *http.Request) error {
	file, err := p.load(r)
	if err != nil {
		return err
	}
	form, err := page.Arriving(w, r)
	if err != nil {
		return err
	}
	answers, err := answersIn(form, texts(r.Context()))
	if errs.Is(err, errs.Invalid) {
		return p.render(w, r, http.StatusUnprocessableEntity, wizard{Import: file.Import, step: stepProblems, err: err})
	}
	if err != nil {
		return err
	}
	all := maps.Clone(file.Answers)
	maps.Copy(all, answers)
	return p.keepAnswers(w, r, file, all, "")
}

// answersIn reads the first file of a form.
func answersIn(form *page.Incoming, texts roster.Texts) (roster.Answers, error) {
	name, part, err := form.Next()
	if errors.Is(err, io.EOF) {
		return nil, errs.E(errs.Invalid, "import.error.empty")
	}
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(part, imports.MaxFile+1))
	if err != nil {
		return nil, err
	}
	book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), name, sheet.Limits{})
	if err != nil {
		return nil, err
	}
	return roster.ReadAnswers(book, texts)
}
