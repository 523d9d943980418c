package apptest

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/url"
	"slices"
)

// File is a file as a browser sends it.
type File struct {
	Name    string
	Content []byte
	Before  func() // called before the content goes out, while what came before is on its way; nil for none
}

// Upload opens a page and sends the form that posts to action with files in its field "files", values changed.
func (c *Client) Upload(page, action string, values url.Values, files ...File) Page {
	c.t.Helper()
	return c.SendFiles(c.Form(page, action), action, values, files...)
}

// SendFiles is Send for a form with files. Fields stand before files, as a page writes them. A form in whose middle something
// happens goes out in pieces, of no known length.
func (c *Client) SendFiles(fields url.Values, action string, values url.Values, files ...File) Page {
	c.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	var in io.Reader = &body
	if slices.ContainsFunc(files, func(f File) bool { return f.Before != nil }) {
		r, pipe := io.Pipe()
		w, in = multipart.NewWriter(pipe), r
		go func() { pipe.CloseWithError(writeForm(w, fields, values, files)) }()
	} else if err := writeForm(w, fields, values, files); err != nil {
		c.t.Fatal(err)
	}
	res, err := c.http.Post(c.base+action, w.FormDataContentType(), in)
	return c.page(res, err)
}

func writeForm(w *multipart.Writer, fields, values url.Values, files []File) error {
	for _, hidden := range []string{"_token", "_session"} { // the first of every form
		if err := w.WriteField(hidden, fields.Get(hidden)); err != nil {
			return err
		}
	}
	rest := url.Values{}
	for name, all := range fields {
		if name != "files" && name != "_token" && name != "_session" {
			rest[name] = all
		}
	}
	for name, all := range values {
		rest[name] = all
	}
	for name, all := range rest {
		for _, value := range all {
			if err := w.WriteField(name, value); err != nil {
				return err
			}
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile("files", f.Name)
		if err != nil {
			return err
		}
		if f.Before != nil {
			f.Before()
		}
		if _, err := part.Write(f.Content); err != nil {
			return err
		}
	}
	return w.Close()
}
