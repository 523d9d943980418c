package page

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Hidden fields of a form whose text is kept when its session has ended (ui §1.4).
const (
	FieldPage   = "_page"   // the page it stands on, where it is filled again
	FieldChosen = "_chosen" // the estate chosen in the header when it was opened
	FieldSecret = "_secret" // names of its password fields: what stands in them is never kept
	FieldFiles  = "_files"  // of a draft: names of the files that were chosen, which have to be chosen again
)

// mostFiles is how many names of chosen files are kept.
const mostFiles = 200

// Held is a form that arrived and cannot be carried out now.
type Held struct {
	Form   string // its address
	Page   string // where it is filled again: its page, opened with its draft
	Chosen int64  // the estate chosen in the header when the form was opened
	Fields Values // what to keep; nil when nothing was typed, as with an act of one click
}

// Hold reads a form to keep it. Files are passed over, their names noted.
func Hold(w http.ResponseWriter, r *http.Request) (Held, error) {
	files, err := passOver(w, r)
	if err != nil {
		return Held{}, err
	}
	if err := parse(r, 0); err != nil {
		return Held{}, err
	}
	return heldOf(r, files), nil
}

// heldOf is a form whose fields were read.
func heldOf(r *http.Request, files []string) Held {
	typed := Typed(r)
	h := Held{Form: r.URL.RequestURI(), Page: CameFrom(r)}
	if r.URL.Path == DraftsPath {
		h.Form = typed.Get(FieldForm)
	}
	on := typed.Get(FieldPage)
	if on == "" {
		return h
	}
	h.Page = withDraft(Local(on), h.Form)
	h.Chosen, _ = strconv.ParseInt(typed.Get(FieldChosen), 10, 64)
	h.Fields = Values{}
	for name, values := range typed {
		if name == FieldSeen || !strings.HasPrefix(name, "_") && !slices.Contains(typed[FieldSecret], name) {
			h.Fields[name] = values
		}
	}
	if len(files) > 0 {
		h.Fields[FieldFiles] = files
	}
	return h
}

// passOver reads a form with files to its end, so that the browser waits for the answer, and gives the files' names.
func passOver(w http.ResponseWriter, r *http.Request) (names []string, err error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return nil, nil
	}
	if r.MultipartForm != nil { // looking for the token has read it all
		for _, field := range r.MultipartForm.File {
			for _, file := range field {
				names = append(names, clean(file.Filename))
			}
		}
		return names, nil
	}
	in, err := Arriving(w, r)
	for err == nil {
		var name string
		var file io.Reader
		if name, file, err = in.Next(); err != nil {
			break
		}
		if name = clean(name); name != "" && len(names) < mostFiles {
			names = append(names, name)
		}
		_, err = io.Copy(io.Discard, file)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return names, err
}

// CameFrom is the page from which a request came.
func CameFrom(r *http.Request) string {
	from := r.Header.Get("HX-Current-URL")
	if from == "" {
		from = r.Referer()
	}
	u, err := url.Parse(from)
	if err != nil || u.Host != r.Host {
		return "/"
	}
	return Local(u.RequestURI())
}

// formPage is the page that the form being rendered stands on, also where it comes back refused or is a part of it.
func formPage(ctx context.Context) string {
	a := asked(ctx)
	switch {
	case a == nil:
		return "/"
	case a.request.Method != http.MethodGet:
		return Local(a.request.PostForm.Get(FieldPage))
	case a.htmx && !boosted(a.request):
		return withoutDraft(CameFrom(a.request))
	}
	return withoutDraft(a.request.URL.RequestURI())
}

// Here is the address of a page as it is without any draft: what a form posts to that posts to its own page.
func Here(r *http.Request) string { return withoutDraft(r.URL.RequestURI()) }

// withDraft is a page's address, opened with the draft of a form.
func withDraft(page, form string) string { return withParam(page, form) }

// withoutDraft is a page's address as it is without any draft.
func withoutDraft(page string) string { return withParam(page, "") }

func withParam(page, form string) string {
	u, err := url.Parse(page)
	if err != nil {
		return "/"
	}
	q := u.Query()
	if q.Del(paramDraft); form != "" {
		q.Set(paramDraft, form)
	}
	u.RawQuery = q.Encode()
	return u.RequestURI()
}
