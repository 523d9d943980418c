package page

import (
	"encoding"
	"errors"
	"mime/multipart"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
)

// Limits of a form. Uploads stay in memory, as a temporary file would lie on the disk in clear.
const (
	MaxForm   = 1 << 20  // bytes of a form without files
	MaxUpload = 32 << 20 // bytes of a form with files
	maxKeys   = 5000     // fields
	maxIndex  = 500      // of a repeated group
	maxDepth  = 6        // names within a name
	maxRows   = 5000     // rows of all groups together
)

// Decode reads a posted form, url-encoded or multipart, into a struct. Fields are found by their tag `form:"name"`;
// nested structs by dots ("address.street"; one tagged "." by its fields alone), repeated groups by index ("phones.0.number"), several choices by
// repeating the name. Strings are cleaned; `form:"password,raw"` keeps blanks and is never shown again. Types that
// read themselves (encoding.TextUnmarshaler) are asked; the error they return, if of the house, or a cn.Problem, speaks at the field.
// A Day is read in any notation. What cannot be read is one Invalid error with every field. Unknown names are ignored.
func Decode(r *http.Request, into any) error { return DecodeMax(r, into, 0) }

// DecodeMax is Decode with another limit of bytes.
func DecodeMax(r *http.Request, into any, bytes int64) error {
	if err := parse(r, bytes); err != nil {
		return err
	}
	var files map[string][]*multipart.FileHeader
	if r.MultipartForm != nil {
		files = r.MultipartForm.File
	}
	return decode(r.PostForm, files, into, Today(r.Context()))
}

// DecodeQuery reads the parameters of an address the same way.
func DecodeQuery(r *http.Request, into any) error {
	return decode(r.URL.Query(), nil, into, Today(r.Context()))
}

func parse(r *http.Request, limit int64) error {
	if r.PostForm != nil {
		settle(r.PostForm)
		return nil
	}
	multi := strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data")
	if limit <= 0 {
		limit = MaxForm
		if multi {
			limit = MaxUpload
		}
	}
	if r.Body != nil {
		r.Body = http.MaxBytesReader(nil, r.Body, limit)
	}
	var err error
	if multi {
		err = r.ParseMultipartForm(limit)
	} else {
		err = r.ParseForm()
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return errs.E(errs.Invalid, "error.form.large", limit>>20).Because(err)
	case err != nil:
		return errs.E(errs.Invalid, "error.form.broken").Because(err)
	case len(r.PostForm) > maxKeys:
		return errs.E(errs.Invalid, "error.form.broken")
	}
	settle(r.PostForm)
	return nil
}

// decoder fills one struct and gathers what is wrong.
type decoder struct {
	wrong errs.Fields
	rows  int
	today string
	files map[string][]*multipart.FileHeader
}

func decode(values map[string][]string, files map[string][]*multipart.FileHeader, into any, today string) error {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		panic("page: Decode needs a pointer to a struct")
	}
	d := &decoder{files: files, today: today}
	names := make([]string, 0, len(values)+len(files))
	for name := range values {
		names = append(names, name)
	}
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names) // mistakes come in the same order each time
	for _, name := range slices.Compact(names) {
		path := strings.Split(name, ".")
		if len(path) > maxDepth || strings.HasPrefix(name, "_") {
			continue
		}
		d.walk(v.Elem(), path, name, values[name])
	}
	return d.wrong.Err()
}

// walk follows a dotted name into the struct and sets what it leads to.
func (d *decoder) walk(v reflect.Value, path []string, name string, values []string) {
	for v.Kind() == reflect.Pointer && v.Type() != fileType && !reads(v) {
		if v.IsNil() {
			if len(path) == 0 && blank(values) {
				return // an empty field leaves a pointer nil
			}
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	if len(path) == 0 {
		d.set(v, name, values, false)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for _, f := range fieldsOf(v.Type()) {
			if f.name != path[0] {
				continue
			}
			at := v.FieldByIndex(f.index)
			if len(path) == 1 && at.Kind() != reflect.Pointer {
				d.set(at, name, values, f.secret)
				return
			}
			d.walk(at, path[1:], name, values)
			return
		}
	case reflect.Slice:
		i, ok := indexOf(path[0])
		if !ok || !isGroup(v.Type().Elem()) || !d.grow(v, i+1) {
			return
		}
		d.walk(v.Index(i), path[1:], name, values)
	case reflect.Map:
		d.entry(v, path, values)
	}
}

func (d *decoder) entry(v reflect.Value, path, values []string) {
	if v.Type().Key().Kind() != reflect.String || v.Type().Elem().Kind() != reflect.String || len(values) == 0 {
		return
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	key := reflect.ValueOf(strings.Join(path, ".")).Convert(v.Type().Key())
	v.SetMapIndex(key, reflect.ValueOf(clean(values[0])).Convert(v.Type().Elem()))
}

// grow lengthens a group to n rows, within the bounds of one form.
func (d *decoder) grow(v reflect.Value, n int) bool {
	if n <= v.Len() {
		return true
	}
	d.rows += n - v.Len()
	if d.rows > maxRows {
		return false
	}
	v.Grow(n - v.Len())
	v.SetLen(n)
	return true
}

func blank(values []string) bool { return len(values) == 0 || clean(values[0]) == "" }

// set puts the values of a field into the place found for it.
func (d *decoder) set(v reflect.Value, name string, values []string, raw bool) {
	switch {
	case v.Type() == fileType:
		if files := d.files[name]; len(files) > 0 {
			v.Set(reflect.ValueOf(files[0]))
		}
	case v.Type() == filesType:
		v.Set(reflect.ValueOf(d.files[name]))
	case len(values) == 0:
	case v.Kind() == reflect.Slice && !reads(v) && !isGroup(v.Type().Elem()):
		for _, text := range values {
			if clean(text) == "" || v.Len() > maxIndex {
				continue
			}
			item := reflect.New(v.Type().Elem()).Elem()
			if d.scalar(item, name, clean(text)) {
				v.Set(reflect.Append(v, item))
			}
		}
	case raw && v.Kind() == reflect.String:
		v.SetString(sweep(values[0]))
	default:
		// A box and its hidden twin send two values; the last one counts.
		d.scalar(v, name, clean(values[len(values)-1]))
	}
}

// scalar reads one text into one value and notes at the field when it cannot.
func (d *decoder) scalar(v reflect.Value, name, text string) bool {
	if u, ok := textReader(v); ok {
		if text == "" {
			return true
		}
		if err := u.UnmarshalText([]byte(text)); err != nil {
			d.refuse(name, err)
			return false
		}
		return true
	}
	switch v.Kind() {
	case reflect.String:
		return d.text(v, name, text)
	case reflect.Bool:
		v.SetBool(text == "1" || text == "on" || text == "true")
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, err := number(text, func(s string) (int64, error) { return strconv.ParseInt(s, 10, v.Type().Bits()) })
		if err != nil {
			d.wrong.Add(name, "error.form.number")
			return false
		}
		v.SetInt(n)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		n, err := number(text, func(s string) (uint64, error) { return strconv.ParseUint(s, 10, v.Type().Bits()) })
		if err != nil {
			d.wrong.Add(name, "error.form.number")
			return false
		}
		v.SetUint(n)
	default:
		return false // a group was sent as one value: nothing to read
	}
	return true
}

// text sets a text as it is, or the day it means.
func (d *decoder) text(v reflect.Value, name, text string) bool {
	if v.Type() == dayType {
		day, err := cn.EntryDay(text, d.today)
		if err != nil {
			d.refuse(name, err)
			return false
		}
		text = day
	}
	v.SetString(text)
	return true
}

func number[N int64 | uint64](text string, read func(string) (N, error)) (N, error) {
	if text = halfWidth(text); text == "" {
		return 0, nil
	}
	return read(text)
}

func (d *decoder) refuse(name string, err error) {
	var p cn.Problem
	if errors.As(err, &p) {
		d.wrong.Add(name, p.Key())
		return
	}
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Invalid || e.Key == "" {
		d.wrong.Add(name, "error.form.format")
		return
	}
	d.wrong.Add(name, e.Key, e.Args...)
}

func indexOf(s string) (int, bool) {
	if s == "" || len(s) > 3 || (len(s) > 1 && s[0] == '0') {
		return 0, false
	}
	i, err := strconv.ParseUint(s, 10, 16)
	return int(i), err == nil && i <= maxIndex
}

func textReader(v reflect.Value) (encoding.TextUnmarshaler, bool) {
	if !v.CanAddr() {
		return nil, false
	}
	u, ok := v.Addr().Interface().(encoding.TextUnmarshaler)
	return u, ok
}

func reads(v reflect.Value) bool { _, ok := textReader(v); return ok }
