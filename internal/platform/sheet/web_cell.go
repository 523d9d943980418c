package sheet

import (
	"bytes"
	"encoding/base64"
	"io"
	"path"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// webCell is a cell being read.
type webCell struct {
	text         webText
	across, down int
	number       string // Office's own attribute: the number behind what is shown
	struck       int    // open elements that strike out
	marked       bool   // some text is struck out
	link         string
	pictures     []Picture
}

// readTag reads the attributes of a cell.
func (w *webCell) readTag(z *html.Tokenizer) {
	eachAttr(z, func(key, value string) {
		switch key {
		case "colspan":
			w.across = span(value, 1000)
		case "rowspan":
			if w.down = span(value, 65534); value == "0" {
				w.down = 65534 // to the end of the table
			}
		case "x:num":
			w.number = value
		case "style":
			w.marked = strikes(value)
		}
	})
}

// start and end are the tags inside a cell that say something of its text.
func (w *webCell) start(name string, z *html.Tokenizer, more bool) {
	switch name {
	case "s", "strike", "del":
		w.struck++
	case "a":
		if more && w.link == "" {
			eachAttr(z, func(key, value string) {
				if key == "href" {
					w.link = linkTarget(value)
				}
			})
		}
	case "img":
		if more && len(w.pictures) < 100 {
			eachAttr(z, func(key, value string) {
				if key == "src" && value != "" {
					w.pictures = append(w.pictures, webPicture(value))
				}
			})
		}
	case "span", "font":
		if more {
			eachAttr(z, func(key, value string) { w.marked = w.marked || key == "style" && strikes(value) })
		}
	}
}

func (w *webCell) end(name string) {
	if w.struck > 0 && (name == "s" || name == "strike" || name == "del") {
		w.struck--
	}
}

func (w *webCell) add(text []byte) {
	w.marked = w.marked || w.struck > 0 && !blankText(text)
	w.text.add(text)
}

// value is the cell as read. A number that the page shows without its digits comes from Office's attribute.
func (w *webCell) value(row int, lim Limits) (Cell, error) {
	text := w.text.done()
	if w.text.over || tooLong(text, lim.CellChars) {
		return Cell{}, refuse("sheet.cell_too_long", row, lim.CellChars)
	}
	cell := textCell(text)
	if n, ok := parseNumber(w.number); ok && cell.Ruined {
		cell = numberCell(n, w.number, numberFormat{}, false)
	}
	if w.link == text {
		w.link = ""
	}
	cell.also(Also{Struck: w.marked && cell.Kind != Empty, Link: w.link, Pictures: w.pictures})
	return cell, nil
}

// webPicture is a picture of a page: its bytes stand in the page itself, or it is only named, and nothing is fetched.
func webPicture(src string) Picture {
	kind, data, inside := strings.Cut(src, ";base64,")
	kind, isImage := strings.CutPrefix(strings.ToLower(kind), "data:image/")
	if !inside || !isImage {
		return Picture{Key: src, Name: path.Base(strings.ReplaceAll(src, `\`, "/")), Absent: true}
	}
	kind = strings.TrimFunc(kind, func(r rune) bool { return r < 'a' || r > 'z' })
	open := func() (io.ReadCloser, error) {
		return io.NopCloser(base64.NewDecoder(base64.StdEncoding, strings.NewReader(data))), nil
	}
	return Picture{Key: src, Name: "picture." + kind, Size: int64(base64.StdEncoding.DecodedLen(len(data))), open: open}
}

// webText gathers text as a browser shows it: blanks drawn together, lines kept.
type webText struct {
	buf   []byte
	space bool
	limit int
	over  bool
}

func (w *webText) add(text []byte) {
	for len(text) > 0 {
		i := bytes.IndexAny(text, " \t\r\n\f")
		word := text
		if i >= 0 {
			word = text[:i]
		}
		if len(word) > 0 {
			w.word(word)
		}
		if i < 0 {
			return
		}
		w.space = true
		text = text[i+1:]
	}
}

func (w *webText) word(word []byte) {
	if n := len(w.buf); w.space && n > 0 && w.buf[n-1] != '\n' {
		w.buf = append(w.buf, ' ')
	}
	w.space = false
	if w.limit > 0 && len(w.buf)+len(word) > w.limit {
		w.over = true
		return
	}
	w.buf = append(w.buf, word...)
}

func (w *webText) line() {
	w.space = false
	if n := len(w.buf); n > 0 && w.buf[n-1] != '\n' {
		w.buf = append(w.buf, '\n')
	}
}

// done is the text; a blank that does not break is a blank like any other now.
func (w *webText) done() string {
	text := strings.ReplaceAll(string(w.buf), "\u00a0", " ")
	if !strings.Contains(text, "\n") {
		return strings.Trim(text, " ")
	}
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, l := range lines {
		if l = strings.Trim(l, " "); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

func eachAttr(z *html.Tokenizer, f func(key, value string)) {
	for {
		key, value, more := z.TagAttr()
		if len(key) > 0 {
			f(string(key), string(value))
		}
		if !more {
			return
		}
	}
}

// spans are a cell's columns and rows.
func spans(z *html.Tokenizer, more bool) (across, down int) {
	w := webCell{across: 1, down: 1}
	if more {
		w.readTag(z)
	}
	return w.across, w.down
}

func span(value string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

func hasAttr(z *html.Tokenizer, name string) (has bool) {
	eachAttr(z, func(key, _ string) { has = has || key == name })
	return has
}

// inputValue is the text of a field, as a page has that was saved while its form was open.
func inputValue(z *html.Tokenizer) (value, kind string) {
	eachAttr(z, func(key, v string) {
		switch key {
		case "value":
			value = v
		case "type":
			kind = strings.ToLower(v)
		}
	})
	switch kind {
	case "", "text", "number", "tel", "date", "email", "month", "datetime-local", "url":
		return value, kind
	}
	return "", kind
}

func hiddenTag(z *html.Tokenizer) (hidden bool) {
	eachAttr(z, func(key, value string) { hidden = hidden || key == "hidden" || key == "style" && hides(value) })
	return hidden
}

// colTag reads how many columns a <col> is about, and whether it hides them.
func colTag(z *html.Tokenizer) (across int, hidden bool) {
	across = 1
	eachAttr(z, func(key, value string) {
		switch key {
		case "span":
			across = span(value, 1000)
		case "style":
			hidden = hidden || hides(value)
		}
	})
	return across, hidden
}

func hides(style string) bool { return says(style, "display:none") || says(style, "visibility:hidden") }

func strikes(style string) bool { return says(style, "line-through") }

func says(style, what string) bool {
	return strings.Contains(strings.ToLower(strings.Join(strings.Fields(style), "")), what)
}

// linkTarget is where a link leads, as a person would write it: a number, an address.
func linkTarget(href string) string {
	low := strings.ToLower(strings.TrimSpace(href))
	switch {
	case low == "", low[0] == '#', strings.HasPrefix(low, "javascript:"), len(href) > 2000:
		return ""
	}
	for _, scheme := range []string{"mailto:", "tel:"} {
		if strings.HasPrefix(low, scheme) {
			return clean(strings.TrimSpace(href)[len(scheme):])
		}
	}
	return clean(strings.TrimSpace(href))
}

// block reports an element that begins and ends on lines of its own.
func block(name string) bool {
	switch name {
	case "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "pre", "tr", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article",
		"header", "footer", "nav", "form", "fieldset", "legend", "body", "center", "address":
		return true
	}
	return false
}
