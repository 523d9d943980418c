package page

import (
	"encoding"
	"mime/multipart"
	"reflect"
	"strings"
	"sync"
)

var (
	fileType   = reflect.TypeFor[*multipart.FileHeader]()
	filesType  = reflect.TypeFor[[]*multipart.FileHeader]()
	dayType    = reflect.TypeFor[Day]()
	readerType = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// tagged is a field of a struct that a form can name.
type tagged struct {
	name   string
	index  []int
	secret bool // ",raw": kept as typed, never shown again
}

var tags sync.Map // reflect.Type → []tagged

// fieldsOf lists the fields of a struct with a form tag; embedded structs without one, and structs tagged ".", are looked into.
func fieldsOf(t reflect.Type) []tagged {
	if known, ok := tags.Load(t); ok {
		return known.([]tagged)
	}
	var all []tagged
	for i := range t.NumField() {
		f := t.Field(i)
		tag, has := f.Tag.Lookup("form")
		switch {
		case (f.Anonymous && !has || tag == ".") && f.Type.Kind() == reflect.Struct:
			for _, inner := range fieldsOf(f.Type) {
				inner.index = append([]int{i}, inner.index...)
				all = append(all, inner)
			}
		case !has || tag == "-" || !f.IsExported():
		default:
			name, option, _ := strings.Cut(tag, ",")
			all = append(all, tagged{name: name, index: []int{i}, secret: option == "raw"})
		}
	}
	tags.Store(t, all)
	return all
}

// isGroup reports whether a slice's element is a group of fields (so that it is named by index), not one value.
func isGroup(t reflect.Type) bool {
	if reflect.PointerTo(t).Implements(readerType) {
		return false
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct && t != fileType.Elem()
}
