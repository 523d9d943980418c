package page

import (
	"context"
	"errors"
	"strings"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
)

// Form is what a form page shows: the values (typed, or taken from the record) and what is wrong with them.
// A handler makes one with NewForm for an empty or a filled form and with Refused for one that came back.
type Form struct {
	Action   string // where it posts
	Values   Values
	Err      error  // mistakes; nil on the first showing
	Upload   bool   // has file fields
	Plain    bool   // posts without htmx: the answer is a download or leads out of the site
	NewTab   bool   // the answer stands beside this page, which shows what is shown once only
	Download bool   // the answer is a file, so the button is not locked
	Money    bool   // confirms money: a scanner's Enter never presses the button, and it locks while the server is away
	Wide     bool   // as wide as the page; else one readable column
	Label    string // name of the form for those who hear it
	NoDraft  bool   // what is typed is of the moment, as in signing in: nothing of it is kept
	resumed  bool   // filled with its draft
}

// NewForm is a form on its first showing, filled from values (Fill makes them from a struct; nil for an empty form).
func NewForm(action string, values Values) *Form { return &Form{Action: action, Values: values} }

// Refused is a form that comes back: what was typed, and what is wrong. Passwords and files are never sent back.
func Refused(action string, typed Values, err error) *Form {
	return &Form{Action: action, Values: typed, Err: err}
}

// Value is what stands in a field.
func (f *Form) Value(name string) string {
	if f == nil {
		return ""
	}
	return f.Values.Get(name)
}

// Has reports whether a field of several choices holds one.
func (f *Form) Has(name, value string) bool {
	if f == nil {
		return false
	}
	for _, v := range f.Values[name] {
		if v == value {
			return true
		}
	}
	return false
}

// Mistake is the sentence about a field, empty when it is right.
func (f *Form) Mistake(ctx context.Context, name string) string {
	for _, field := range f.mistakes() {
		if field.Name == name {
			return i18n.T(ctx, field.Key, field.Args...)
		}
	}
	return ""
}

// boosts reports whether htmx sends the form and puts the answer's body in place of the page's. Not from a page without navigation: what
// follows a sign-in has another frame (the body's class, the session in the head, the language), which such a change leaves as it was.
func boosts(ctx context.Context, f *Form) bool {
	a := asked(ctx)
	return !f.Plain && !f.Download && (a == nil || !a.bare)
}

// opens reports a form in a dialog that is to be seen at once: it came back, or the page was opened to go on with it.
func (f *Form) opens(ctx context.Context) bool {
	return f.refused() || f != nil && asked(ctx) != nil && asked(ctx).resumes(f)
}

// refused reports a form that came back.
func (f *Form) refused() bool { return f != nil && f.Err != nil }

func (f *Form) mistakes() []errs.Field {
	if f == nil {
		return nil
	}
	return mistakesOf(f.Err)
}

func mistakesOf(err error) []errs.Field {
	var e *errs.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// uses reports a form in which one of some fields is filled in or wrong.
func (f *Form) uses(ctx context.Context, all []Input) bool {
	for _, in := range all {
		if f.Value(in.Name) != "" || f.Mistake(ctx, in.Name) != "" {
			return true
		}
	}
	return false
}

// FieldID is the element id of a field, which the error summary links to: "phones.0.number" is "f-phones-0-number".
func FieldID(name string) string { return "f-" + strings.ReplaceAll(name, ".", "-") }

// FieldKind is how a field is entered.
type FieldKind string

// The kinds of field.
const (
	Text     FieldKind = ""
	Date     FieldKind = "date"  // typed: 20261123, 11-23, +7; the server reads it
	Money    FieldKind = "money" // typed in yuan
	Number   FieldKind = "number"
	Phone    FieldKind = "tel"
	Password FieldKind = "password"
	Select   FieldKind = "select"   // of more than seven one types: SelectView
	Segments FieldKind = "segments" // radio, side by side: two to five short choices
	Radio    FieldKind = "radio"    // radio, one below the other
	Checks   FieldKind = "checks"   // several of many
	Check    FieldKind = "check"    // yes or no
	Area     FieldKind = "area"
	File     FieldKind = "file"
)

// Width says how long an answer is expected to be.
type Width string

// The widths.
const (
	WidthFull   Width = ""
	WidthTiny   Width = "xs" // a count, a year
	WidthShort  Width = "sm" // a date, a phone, a sum
	WidthMedium Width = "md"
)

// Input is one field of a form.
type Input struct {
	Kind     FieldKind
	Name     string // as the decoder knows it: "phones.0.number"
	Label    string
	Hint     string // under the field: what is expected, with an example
	Optional bool   // marked as such; required is the default and not marked
	Width    Width
	Options  []Option
	Blank    string // text of the empty choice of a Select; empty for none
	Unit     string // after the field
	Rows     int    // of an Area
	Max      int    // characters
	Complete string // autocomplete: "off", "current-password", "tel"
	Accept   string // of a File
	Camera   bool   // of a File: the phone opens its camera
	Multiple bool   // of a File
	ReadOnly bool   // shown, not editable, still posted
	Disabled bool
	Focus    bool   // has the cursor when the page opens
	Check    string // address asked when the field is left (duplicates, format): its answer appears below
	Suggest  string // address asked while typing (type-ahead): its answer appears below
}

func (in Input) inputType() string {
	switch in.Kind {
	case Phone:
		return "tel"
	case Password:
		return "password"
	case File:
		return "file"
	}
	return "text"
}

func (in Input) inputMode() string {
	switch in.Kind {
	case Money:
		return "decimal"
	case Number:
		return "numeric"
	}
	return ""
}

func (in Input) width() Width {
	if in.Width != WidthFull {
		return in.Width
	}
	switch in.Kind {
	case Date, Money, Phone:
		return WidthShort
	case Number:
		return WidthTiny
	case Password:
		return WidthMedium
	}
	return WidthFull
}

func (in Input) described(ctx context.Context, f *Form) string {
	var ids []string
	if f.Mistake(ctx, in.Name) != "" {
		ids = append(ids, FieldID(in.Name)+"-err")
	}
	if in.Hint != "" {
		ids = append(ids, FieldID(in.Name)+"-hint")
	}
	return strings.Join(ids, " ")
}

// The vocabulary shared with lists.
type (
	// Action is a link or a button that posts.
	Action = list.Action
	// Option is one choice.
	Option = list.Option
	// State says how a thing stands.
	State = list.State
	// Tab is a saved view or a page of a record.
	Tab = list.Tab
)

// The states: icon, word and colour together.
const (
	NoState = list.NoState
	OK      = list.StateOK
	Due     = list.StateDue
	Late    = list.StateLate
	Running = list.StateRun
	Waiting = list.StateWait
	Unknown = list.StateNone
	Void    = list.StateVoid
)
