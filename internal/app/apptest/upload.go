package apptest

import (
	"bytes"
	"mime/multipart"
	"net/url"
)

// File is a file as a browser sends it.
type File struct {
	Name    string
	Content []byte
}

// Upload opens a page and sends the form that posts to action with files in its field "files", values changed.
func (c *Client) Upload(page, action string, values url.Values, files ...File) Page {
	c.t.Helper()
	return c.SendFiles(c.Form(page, action), action, values, files...)
}

// SendFiles is Send for a form with files. Fields stand before files, as a page writes them.
func (c *Client) SendFiles(fields url.Values, action string, values url.Values, files ...File) Page {
	c.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	write := func(name, value string) {
		if err := w.WriteField(name, value); err != nil {
			c.t.Fatal(err)
		}
	}
	for _, hidden := range []string{"_token", "_session"} { // the first of every form
		write(hidden, fields.Get(hidden))
	}
	for name, all := range fields {
		if _, changed := values[name]; changed || name == "files" || name == "_token" || name == "_session" {
			continue
		}
		for _, value := range all {
			write(name, value)
		}
	}
	for name, all := range values {
		for _, value := range all {
			write(name, value)
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile("files", f.Name)
		if err == nil {
			_, err = part.Write(f.Content)
		}
		if err != nil {
			c.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		c.t.Fatal(err)
	}
	res, err := c.http.Post(c.base+action, w.FormDataContentType(), &body)
	return c.page(res, err)
}
