package paperweb

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"hudang/internal/platform/page"
	"hudang/internal/platform/paper"
)

// Specimens are the kinds of print for the gallery, small, laid out as any other print: a sheet, both receipts, a label.
func Specimens() []page.Specimen {
	return []page.Specimen{
		{Title: "Receipt · 241×140", Wide: true, Body: specimen(receiptSample())},
		{Title: "Sheet · A4", Body: specimen(sheetSample())},
		{Title: "Receipt · 80 mm", Body: specimen(slipSample())},
		{Title: "Label · 40×30", Body: specimen(labelSample())},
	}
}

// specimen is a print in a frame of the page.
func specimen(doc paper.Doc) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		pages, err := paper.Layout(doc)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, `<div class="specimen">`); err != nil {
			return err
		}
		if err := paper.Sheets(w, pages); err != nil {
			return err
		}
		_, err = io.WriteString(w, `</div>`)
		return err
	})
}
