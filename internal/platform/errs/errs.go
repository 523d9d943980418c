// Package errs is the one vocabulary of failure: a kind, a catalogue key for the person, and a cause for the log.
//
// Rooms return these errors; only the page kit, the API and the command line write them out (aesthetics: one table).
// It may import nothing of the house.
// Always true: the text a person reads comes from the catalogue, never from Error(), which is for operators.
package errs

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

// Kind says what a failure means to the person who met it.
type Kind uint8

// The kinds, in the order of the table in docs/architecture.md. The zero value is Internal,
// so that an error nobody classified is never shown as the person's fault.
const (
	Internal    Kind = iota // 500: reference number only, detail in the log
	Invalid                 // 422: same form, message at each field
	Blocked                 // 409: a written rule refuses; the clause and the way out are named
	Conflict                // 409: somebody else changed it, or the same token came with other input
	Forbidden               // 403: may know it exists, may not do this
	NotFound                // 404: absent, or its existence is secret: same bytes
	Unavailable             // 503: nothing was saved, try again
)

var kinds = [...]struct {
	name   string
	status int
}{
	Internal:    {"internal", http.StatusInternalServerError},
	Invalid:     {"invalid", http.StatusUnprocessableEntity},
	Blocked:     {"blocked", http.StatusConflict},
	Conflict:    {"conflict", http.StatusConflict},
	Forbidden:   {"forbidden", http.StatusForbidden},
	NotFound:    {"not_found", http.StatusNotFound},
	Unavailable: {"unavailable", http.StatusServiceUnavailable},
}

// String is the kind's stable name, used in JSON and logs.
func (k Kind) String() string { return kinds[k].name }

// Status is the HTTP status of the kind.
func (k Kind) Status() int { return kinds[k].status }

// Error is a failure with a message for a person (Key, Args: see package i18n) and a cause for the log.
type Error struct {
	Kind   Kind
	Key    string
	Args   []any
	Clause string  // the rule that refuses, e.g. "D5"; only for Blocked
	Fields []Field // what is wrong where; only for Invalid
	Detail any     // for Conflict: a page.DiffView, both versions side by side; for Forbidden: the posts that may
	cause  error
}

// Field is one wrong field: its name in the form ("phones.0.number"), and the message.
type Field struct {
	Name string
	Key  string
	Args []any
}

// E makes an error of a kind with a catalogue key and its arguments.
func E(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// Rule makes the refusal of a written rule: the message says how to satisfy the clause.
func Rule(clause, key string, args ...any) *Error {
	return &Error{Kind: Blocked, Clause: clause, Key: key, Args: args}
}

// Because attaches the cause, for the log only.
func (e *Error) Because(cause error) *Error {
	e.cause = cause
	return e
}

// Error describes the failure for operators; it holds no personal data because arguments are left out.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Kind.String())
	if e.Key != "" {
		b.WriteString(": " + e.Key)
	}
	if e.Clause != "" {
		b.WriteString(" (" + e.Clause + ")")
	}
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s", f.Name, f.Key)
	}
	if e.cause != nil {
		b.WriteString(": " + e.cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.cause }

// As finds the house's error in a chain. A foreign error becomes Internal with the foreign one as its cause;
// nil stays nil.
func As(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return E(Internal, "error.internal").Because(err)
}

// KindOf is the kind of an error; Internal for foreign ones.
func KindOf(err error) Kind { return As(err).Kind }

// Is reports whether an error is of a kind; false for nil.
func Is(err error, kind Kind) bool { return err != nil && As(err).Kind == kind }

// Fields gathers all that is wrong with an input, so that a person sees every mistake at once.
type Fields struct{ list []Field }

// Add notes a mistake at a field.
func (f *Fields) Add(name, key string, args ...any) {
	f.list = append(f.list, Field{Name: name, Key: key, Args: args})
}

// Check notes a mistake unless ok.
func (f *Fields) Check(ok bool, name, key string, args ...any) {
	if !ok {
		f.Add(name, key, args...)
	}
}

// Within notes a text of more characters than a field takes.
func (f *Fields) Within(name, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		f.Add(name, "error.too_long", most, n)
	}
}

// Err is nil when nothing is wrong, else one Invalid error with every field.
func (f *Fields) Err() error {
	if len(f.list) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "error.invalid", Args: []any{len(f.list)}, Fields: f.list}
}
