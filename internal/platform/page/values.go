package page

import (
	"encoding"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Values is what stands in the fields of a form, by name.
type Values map[string][]string

// Day is a local date, 2026-11-23, or empty. Decode reads one as people type it: 20261123, 11-23, 今天, +7.
type Day string

// Get is the first value of a field.
func (v Values) Get(name string) string {
	if all := v[name]; len(all) > 0 {
		return all[0]
	}
	return ""
}

// Set puts one value into a field.
func (v Values) Set(name, value string) { v[name] = []string{value} }

// Count is the number of rows a repeated group was sent with: Count("phones") is 2 for phones.0.x and phones.1.x.
func (v Values) Count(group string) int {
	n := 0
	for name := range v {
		rest, ok := strings.CutPrefix(name, group+".")
		if !ok {
			continue
		}
		index, _, _ := strings.Cut(rest, ".")
		if i, ok := indexOf(index); ok {
			n = max(n, i+1)
		}
	}
	return n
}

// Typed is everything that was typed into a form, cleaned, for showing it again. It is empty when the form is broken.
func Typed(r *http.Request) Values {
	if parse(r, 0) != nil {
		return Values{}
	}
	typed := make(Values, len(r.PostForm))
	for name, all := range r.PostForm {
		for _, v := range all {
			typed[name] = append(typed[name], clean(v))
		}
	}
	return typed
}

// Fill makes the values of a form from a struct with the tags Decode reads, for the form that edits a record.
func Fill(from any) Values {
	out := Values{}
	fill(out, "", reflect.ValueOf(from))
	return out
}

func fill(out Values, name string, v reflect.Value) {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	if text, ok := asText(v); ok {
		out[name] = append(out[name], text)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for _, f := range fieldsOf(v.Type()) {
			if !f.secret {
				fill(out, join(name, f.name), v.FieldByIndex(f.index))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			item := name
			if isGroup(v.Type().Elem()) {
				item = join(name, strconv.Itoa(i))
			}
			fill(out, item, v.Index(i))
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			fill(out, join(name, it.Key().String()), it.Value())
		}
	}
}

func asText(v reflect.Value) (string, bool) {
	if !v.IsValid() {
		return "", false
	}
	if m, ok := v.Interface().(encoding.TextMarshaler); ok {
		text, err := m.MarshalText()
		return string(text), err == nil
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), true
	case reflect.Bool:
		if v.Bool() {
			return "1", true
		}
		return "", true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10), true
	}
	return "", false
}

func join(group, name string) string {
	if group == "" || name == "" {
		return group + name
	}
	return group + "." + name
}

// clean takes out of a typed text what nobody typed on purpose: NUL and other controls, zero-width and direction
// marks, blanks around it. Line ends become one newline.
func clean(s string) string { return strings.TrimSpace(sweep(s)) }

// sweep is clean without taking off blanks, for passwords.
func sweep(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case unicode.IsControl(r), unseen(r):
			return -1
		}
		return r
	}, s)
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= utf8.RuneSelf || s[i] == 0x7f {
			return false
		}
	}
	return true
}

// unseen characters carry no meaning in a name or a number and make two equal texts differ. Variation selectors and
// the joiners of scripts stay: rare characters of names need them.
func unseen(r rune) bool {
	return r == '\u00AD' || r == '\u180E' || r == '\u200B' || r == '\u200E' || r == '\u200F' || r == '\u061C' ||
		(r >= '\u202A' && r <= '\u202E') || (r >= '\u2060' && r <= '\u2064') || (r >= '\u2066' && r <= '\u206F') || r == '\uFEFF'
}

// halfWidth turns the digits and signs an input method leaves full-width into plain ones, and drops grouping.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '\uFF01' && r <= '\uFF5E':
			r -= '\uFF01' - '!'
		case r == '\u2212' || r == '\u2013':
			r = '-'
		}
		if r == ' ' || r == '\u3000' || r == ',' {
			return -1
		}
		return r
	}, s)
}
