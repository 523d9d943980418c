package page_test

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/page"
)

// field is a field of a form; one with a file name is a file.
type field struct{ name, file, value string }

func sent(t *testing.T, fields ...field) *http.Request {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, f := range fields {
		part, err := w.CreateFormField(f.name)
		if f.file != "" {
			part, err = w.CreateFormFile(f.name, f.file)
		}
		if err == nil {
			_, err = io.WriteString(part, f.value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/x", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

func TestArriving_FilesOneAfterTheOther(t *testing.T) {
	large := strings.Repeat("x", 3<<20)
	r := sent(t, field{"_token", "", "t1"}, field{"_session", "", "s1"}, field{"title", "", " 合同 "}, field{"files", "a.pdf", large},
		field{"files", "b.pdf", "second"}, field{"how", "", "one"})
	if s := page.SessionOf(r); s != "s1" {
		t.Fatalf("session %q", s)
	}
	in, err := page.Arriving(httptest.NewRecorder(), r)
	if err != nil || page.TokenOf(r) != "t1" {
		t.Fatalf("%v, token %q", err, page.TokenOf(r))
	}
	name, file, err := in.Next()
	if err != nil || name != "a.pdf" {
		t.Fatalf("%q, %v", name, err)
	}
	if n, err := io.CopyN(io.Discard, file, 10); n != 10 || err != nil { // the rest is passed over
		t.Fatal(n, err)
	}
	name, file, err = in.Next()
	got, readErr := io.ReadAll(file)
	if err != nil || readErr != nil || name != "b.pdf" || string(got) != "second" {
		t.Errorf("%q %q, %v %v", name, got, err, readErr)
	}
	for range 2 {
		if _, _, err := in.Next(); !errors.Is(err, io.EOF) {
			t.Errorf("after the last: %v", err)
		}
	}
	var form struct {
		Title string `form:"title"`
		How   string `form:"how"`
	}
	if err := page.Decode(r, &form); err != nil || form.Title != "合同" || form.How != "one" {
		t.Errorf("%+v, %v", form, err)
	}
}

func TestArriving_WhatIsNoFormIsRefused(t *testing.T) {
	plain := httptest.NewRequest(http.MethodPost, "/x", strings.NewReader("a=1"))
	plain.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	cut := sent(t, field{"_session", "", "s"}, field{"files", "a.pdf", strings.Repeat("x", 100_000)})
	cut.Body = io.NopCloser(io.LimitReader(cut.Body, 5_000))
	for name, r := range map[string]*http.Request{"plain": plain, "many fields": sent(t, field{"a", "", strings.Repeat("x", 2<<20)})} {
		if _, err := page.Arriving(httptest.NewRecorder(), r); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	in, err := page.Arriving(httptest.NewRecorder(), cut)
	if err != nil {
		t.Fatal(err)
	}
	_, file, err := in.Next()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(file); !errs.Is(err, errs.Invalid) {
		t.Errorf("a torn form: %v", err)
	}
}

// The session is looked for only where the page writes it: before the first file and among the hidden fields.
func TestSessionOf_FormWithFiles(t *testing.T) {
	late := sent(t, field{"files", "a.pdf", strings.Repeat("x", 100_000)}, field{"_session", "", "s1"})
	if s := page.SessionOf(late); s != "s1" { // found by reading the form, which is small enough
		t.Errorf("behind a file: %q", s)
	}
	none := sent(t, field{"title", "", "x"})
	if s := page.SessionOf(none); s != "" {
		t.Errorf("none: %q", s)
	}
}
