package sheet

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// anchor is where a drawing's picture lies: the cell under its upper left corner, and how far into it the corner is.
type anchor struct {
	col, row, colOff, rowOff int
	part, alt                string
}

// readHung gathers what hangs on the sheet's cells: pictures, notes, links. What lies nowhere is counted.
func (s *xlsxSource) readHung(lay *layout) error {
	rels, err := s.book.relationsOf(strings.TrimPrefix(s.part, "sheet:"))
	if err != nil {
		return err
	}
	for kind, targets := range rels.all {
		for _, part := range targets {
			if s.book.parts.files[strings.ToLower(part)] == nil {
				continue
			}
			switch kind {
			case "drawing":
				err = s.readDrawing(part, lay)
			case "comments", "threadedComment":
				err = s.readNotes(part, lay)
			}
			if err != nil {
				return err
			}
		}
	}
	lay.targets = rels.byID
	return nil
}

// readDrawing reads the pictures and the texts that lie over the sheet. A text box is a note on the cell under its corner.
func (s *xlsxSource) readDrawing(part string, lay *layout) error {
	rels, err := s.book.relationsOf(part)
	if err != nil {
		return err
	}
	in, err := s.book.parts.open(part)
	if err != nil {
		return err
	}
	defer in.Close()
	x := newXMLScanner(in, (s.book.lim.CellChars+1)*utf8.UTFMax*2)
	var at anchor
	from := false
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return xmlRefusal(err)
		case event == xmlEOF:
			return nil
		case event == xmlEnd:
			if !x.keep {
				from = from && string(x.name) != "from"
				if strings.HasSuffix(string(x.name), "Anchor") && at.alt != "" { // of a shape
					if err := lay.note(at, at.alt); err != nil {
						return err
					}
					at.alt = ""
				}
				continue
			}
			x.keep = false
			n, _ := strconv.Atoi(strings.TrimSpace(string(x.text)))
			at.set(string(x.name), max(n, 0))
			continue
		}
		switch name := string(x.name); name {
		case "twoCellAnchor", "oneCellAnchor", "absoluteAnchor":
			at = anchor{row: -1}
		case "from":
			from = true
		case "col", "colOff", "row", "rowOff":
			x.text, x.keep = x.text[:0], from
		case "blip":
			at.part = rels.byID[x.embedID()] // none if it is only linked: nothing is fetched
			if len(lay.anchors) >= maxHung {
				return broken("xlsx: more than %d pictures", maxHung)
			}
			lay.anchors = append(lay.anchors, at)
			at.alt = ""
		case "cNvPr":
			if text := altText(x); text != "" {
				at.alt = strings.TrimPrefix(at.alt+"\n"+text, "\n")
			}
		case "txBody":
			text, err := x.noteText()
			if err != nil {
				return err
			}
			if err := lay.note(at, text); err != nil {
				return err
			}
		}
	}
}

// note hangs a text that lies over the sheet on the cell under its corner.
func (l *layout) note(at anchor, text string) error {
	if len(l.hung) >= maxHung {
		return broken("xlsx: more than %d notes", maxHung)
	}
	if text != "" {
		l.hung = append(l.hung, hung{max(at.row, 0) + 1, at.col + 1, Also{Note: text}})
	}
	return nil
}

func (a *anchor) set(name string, n int) {
	switch name {
	case "col":
		a.col = n
	case "row":
		a.row = n
	case "colOff":
		a.colOff = n
	case "rowOff":
		a.rowOff = n
	}
}

// readNotes reads the comments on cells, of the old kind and of the kind that is a conversation.
func (s *xlsxSource) readNotes(part string, lay *layout) error {
	in, err := s.book.parts.open(part)
	if err != nil {
		return err
	}
	defer in.Close()
	x := newXMLScanner(in, (s.book.lim.CellChars+1)*utf8.UTFMax*2)
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return xmlRefusal(err)
		case event == xmlEOF:
			return nil
		case event != xmlStart || string(x.name) != "comment" && string(x.name) != "threadedComment":
			continue
		}
		col, row, ok := parseRef(x.attr("ref"))
		text, err := x.noteText()
		switch {
		case err != nil:
			return err
		case !ok || text == "":
			continue
		case len(lay.hung) >= maxHung:
			return broken("xlsx: more than %d notes", maxHung)
		}
		lay.hung = append(lay.hung, hung{row, col, Also{Note: text}})
	}
}

// noteText reads the text of the note just started, up to its end. Of a conversation an old program is shown only advice.
func (x *xmlScanner) noteText() (string, error) {
	depth := x.depth()
	var out []byte
	x.overlong = false
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return "", xmlRefusal(err)
		case event == xmlStart && (string(x.name) == "t" || string(x.name) == "text"):
			x.text, x.keep = x.text[:0], true
		case event == xmlEnd && x.keep:
			x.keep = false
			if len(out) < x.maxText {
				out, _ = unescape(out, x.text)
			}
		}
		if event == xmlEnd && string(x.name) == "p" && len(out) > 0 {
			out = append(out, '\n')
		}
		if event == xmlEnd && x.depth() < depth {
			text := strings.TrimSpace(clean(string(unescapeXHHHH(out))))
			if strings.HasPrefix(text, "[") && strings.Contains(text, "go.microsoft.com/fwlink/?linkid=870924") {
				return "", nil // the conversation itself stands in a part of its own
			}
			return text, nil
		}
		if event == xmlEOF {
			return "", nil
		}
	}
}

// The sizes of rows and columns that say nothing of theirs, in EMU, and how much of a cell a picture must leave free at its
// corner to belong to the next: people drop pictures a little above the row they mean.
const (
	emuPoint     = 12700
	defaultRow   = 15 * emuPoint
	defaultWidth = 64 * 9525
)

// settle puts the pictures into their cells, now that the heights and widths are known.
func (s *xlsxSource) settle(lay *layout, heights map[int]float64, widths []colWidth) {
	for _, a := range lay.anchors {
		if a.row < 0 {
			lay.loose = append(lay.loose, s.book.picturePart(a.part))
			if a.alt != "" {
				lay.hung = append(lay.hung, hung{1, 1, Also{Note: a.alt}})
			}
			continue
		}
		height, width := float64(defaultRow), float64(defaultWidth)
		if h, ok := heights[a.row+1]; ok {
			height = h * emuPoint
		}
		for _, w := range widths {
			if w.First <= a.col+1 && a.col+1 <= w.Last {
				width = w.chars * 7 * 9525
			}
		}
		if float64(a.rowOff) >= 0.8*height {
			a.row++
		}
		if float64(a.colOff) >= 0.8*width {
			a.col++
		}
		lay.hung = append(lay.hung, hung{a.row + 1, a.col + 1, Also{Note: a.alt, Pictures: []Picture{s.book.picturePart(a.part)}}})
	}
	lay.anchors = nil
}

// colWidth is the width of columns in characters.
type colWidth struct {
	Span
	chars float64
}
