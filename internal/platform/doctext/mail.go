package doctext

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"golang.org/x/net/html"
)

// readMail reads a mail: who, when, about what, its text, and what is attached.
func readMail(r io.ReaderAt, size int64) (Text, error) {
	raw, cut, err := whole(r, size)
	if err != nil {
		return Text{}, err
	}
	m, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(raw, "\r\n \t\xef\xbb\xbf")))
	if err != nil {
		return Text{}, err
	}
	var t Text
	for _, name := range []string{"From", "To", "Cc", "Date", "Subject"} {
		t.fact(strings.ToLower(name), "", header(m.Header.Get(name)))
	}
	w := &letter{lines: newLines()}
	w.part(textproto.MIMEHeader(m.Header), m.Body, 0)
	if !w.plain && w.page != "" {
		w.lines.write(w.page)
	}
	t.Lines, t.Files, t.Cut = w.lines.done(), w.files, w.lines.cut || cut
	return t, nil
}

// header decodes a field: its encoded words, or bytes as old programs left them.
func header(field string) string {
	words := mime.WordDecoder{CharsetReader: charsetReader}
	text, err := words.DecodeHeader(decode([]byte(field), ""))
	if err != nil {
		return decode([]byte(field), "")
	}
	return text
}

// letter gathers a mail's parts.
type letter struct {
	lines *lines
	plain bool   // a plain text was found
	page  string // the text of the first page, used where there is none
	files []string
	parts int
}

func (w *letter) part(h textproto.MIMEHeader, body io.Reader, depth int) {
	if w.parts++; w.parts > mostParts || depth > mostDepth {
		w.lines.cut = true
		return
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if name := fileName(h, params); name != "" {
		w.files = append(w.files, name)
		return
	}
	body = transferred(h, body)
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err != nil { // the last, or a torn mail: what came before stands
				w.lines.cut = w.lines.cut || !errors.Is(err, io.EOF)
				return
			}
			w.part(p.Header, p, depth+1)
			if w.parts > mostParts {
				return
			}
		}
	case kind == "message/rfc822":
		if m, err := mail.ReadMessage(body); err == nil {
			w.lines.write("— " + header(m.Header.Get("Subject")))
			w.part(textproto.MIMEHeader(m.Header), m.Body, depth+1)
		}
	case kind == "text/plain":
		w.plain = true
		w.lines.write(decode(limited(body), params["charset"]))
	case kind == "text/html" && w.page == "":
		w.page = pageWords(decode(limited(body), params["charset"]))
	}
}

func limited(r io.Reader) []byte {
	raw, _ := io.ReadAll(io.LimitReader(r, 16*mostText)) // a torn part is read as far as it goes
	return raw
}

// fileName is the name of what is attached; empty for a part that is read.
func fileName(h textproto.MIMEHeader, params map[string]string) string {
	_, d, _ := mime.ParseMediaType(h.Get("Content-Disposition")) // one that cannot be read names nothing
	for _, name := range []string{d["filename"], params["name"]} {
		if name != "" {
			return short(strings.TrimSpace(visible(header(name))), 200)
		}
	}
	return ""
}

func transferred(h textproto.MIMEHeader, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

// pageWords is the text of an HTML part. Nothing in it is fetched or run: only its words are taken.
func pageWords(page string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(1 << 20)
	hidden := ""
	for b.Len() < 2*mostText {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if hidden == "" {
				b.WriteString(strings.Join(strings.Fields(html.UnescapeString(string(z.Raw()))), " ") + " ")
			}
		case html.StartTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "script", "style", "title":
				hidden = string(name)
			case "br", "p", "div", "tr", "li", "h1", "h2", "h3", "table":
				b.WriteString("\n")
			}
		case html.SelfClosingTagToken:
			if name, _ := z.TagName(); string(name) == "br" {
				b.WriteString("\n")
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == hidden {
				hidden = ""
			}
		}
	}
	return b.String()
}
