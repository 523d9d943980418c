package page

import (
	"context"
	"html"
	"io"

	"github.com/a-h/templ"

	"hudang/internal/platform/list"
)

// tableCell is a cell of a table, written by hand: a page has five hundred, and a template would parse each one's class anew.
func tableCell(tag, attributes, class string, c list.Cell) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<"+tag+attributes+` class="`+class+`">`)
		if err != nil {
			return err
		}
		if onlyText(c) {
			_, err = io.WriteString(w, html.EscapeString(c.Text))
		} else {
			err = cellFace(c).Render(ctx, w)
		}
		if err == nil {
			_, err = io.WriteString(w, "</"+tag+">")
		}
		return err
	})
}

// onlyText reports a cell that is its text and nothing else.
func onlyText(c list.Cell) bool { return c == list.Cell{Text: c.Text} && c.Text != "" }
