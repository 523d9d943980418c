package record

import (
	"cmp"
	"context"
	"encoding"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
)

// Kind says how a field is entered and read.
type Kind uint8

// The kinds of field.
const (
	Line      Kind = iota // one line of text
	Lines                 // several lines
	Day                   // a date, which may lack its day or month
	PastDay               // a Day that has come
	StartDay              // a Day that is at most a year ahead
	Moment                // a day that has come, with or without its time of day (cn.Moment)
	Choice                // one of Choices
	Number                // a whole number, not below 0; 0 is none
	YesNo                 // a bool
	Measure               // a value that writes and reads itself as text, such as an area
	Reference             // another thing: its page looks it up and names it
)

// Field is one fact of a record, declared once: forms, checks, record pages, histories and lists are made of it.
type Field[F any] struct {
	Name     string       // of the column, of the form's field, and of the list's column
	Label    string       // catalogue key
	Hint     string       // catalogue key of the line below the input; empty for none
	Kind     Kind         // Of gives a *string of texts, days and choices, an *int64 of a Number, a *bool of a YesNo
	Of       func(*F) any // where it is kept; nil for a Reference
	Required bool
	Short    bool        // the input is as wide as a date or a number
	Max      int         // characters of a text; 0 for 100
	Choices  []string    // values of a Choice
	Words    string      // beginning of the catalogue keys of Choices
	None     string      // catalogue key of the empty choice; empty for none
	Sorts    bool        // its list can be sorted by it
	Searched bool        // a register's text filter looks into it
	Width    float64     // of its column on paper; 0 keeps it out of Columns
	Print    string      // head of its column on paper, in Chinese, where the form words it otherwise than the label
	Narrow   list.Narrow // from which width of the window on its column stands
}

// Fields are the facts of a record in the order of its form.
type Fields[F any] []Field[F]

const maxText = 100 // characters of a text that says no other limit

// Check reads what was typed into every field and notes what is wrong with it; prefix stands before the names of fields.
func (all Fields[F]) Check(in *F, prefix string, today cn.Date, f *errs.Fields) {
	for _, one := range all {
		if one.Of == nil {
			continue
		}
		name, at := prefix+one.Name, one.Of(in)
		if text, ok := at.(*string); ok {
			*text = one.read(*text, name, today, f)
		}
		if number, ok := at.(*int64); ok {
			f.Check(*number >= 0, name, "record.error.number")
		}
		f.Check(!one.Required || write(at) != "", name, "error.required")
	}
}

// read is a typed text in its stored form.
func (one Field[F]) read(text, name string, today cn.Date, f *errs.Fields) string {
	switch one.Kind {
	case Day:
		return ReadDate(text, name, today, f)
	case PastDay:
		return ReadPast(text, name, today, f)
	case StartDay:
		return ReadSince(text, name, today, f)
	case Moment:
		return ReadMoment(text, name, today, f)
	case Choice:
		return OneOf(text, one.Choices)
	}
	text = strings.TrimSpace(text)
	f.Within(name, text, one.Limit())
	return text
}

// write is a value as text: empty for none.
func write(at any) string {
	switch v := at.(type) {
	case *string:
		return *v
	case *int64:
		if *v == 0 {
			return ""
		}
		return strconv.FormatInt(*v, 10)
	case *bool:
		if *v {
			return "1"
		}
		return ""
	case encoding.TextMarshaler:
		text, err := v.MarshalText()
		if err != nil {
			panic(err) // no value that was stored fails
		}
		return string(text)
	}
	panic(fmt.Sprintf("record: a field cannot be a %T", at))
}

// Limit is how many characters a text may have; 0 for what is no text.
func (one Field[F]) Limit() int {
	if one.Kind > Lines {
		return 0
	}
	return cmp.Or(one.Max, maxText)
}

// Without are the fields but those of some names.
func (all Fields[F]) Without(names ...string) Fields[F] {
	return slices.DeleteFunc(slices.Clone(all), func(one Field[F]) bool { return slices.Contains(names, one.Name) })
}

// Within are the fields of facts as fields of the row that has them.
func Within[T, F any](all Fields[F], of func(*T) *F) Fields[T] {
	fields := make(Fields[T], len(all))
	for i, one := range all {
		fields[i] = Field[T]{one.Name, one.Label, one.Hint, one.Kind, nil, one.Required, one.Short, one.Max, one.Choices, one.Words, one.None, one.Sorts, one.Searched, one.Width, one.Print, one.Narrow}
		if one.Of != nil {
			fields[i].Of = func(row *T) any { return one.Of(of(row)) }
		}
	}
	return fields
}

// Text is the field of a record in the person's language; empty for none, and for a Reference.
func (one Field[F]) Text(ctx context.Context, of *F) string {
	if one.Of == nil {
		return ""
	}
	return one.Shown(ctx, write(one.Of(of)))
}

// Shown is a value of the field, written as text, in the person's language.
func (one Field[F]) Shown(ctx context.Context, value string) string {
	switch {
	case value == "":
	case one.Kind == Choice:
		return i18n.T(ctx, one.Words+value)
	case one.Kind == YesNo:
		return i18n.T(ctx, "record.yes")
	}
	return value
}

// Options are the values of a Choice in the person's language.
func (one Field[F]) Options(ctx context.Context) []list.Option {
	var options []list.Option
	if one.None != "" {
		options = append(options, list.Option{Label: i18n.T(ctx, one.None)})
	}
	return append(options, list.Options(ctx, one.Words, one.Choices)...)
}

// Columns are the columns of the fields in a list of rows.
func Columns[T any](all Fields[T]) []list.Column[T] {
	var columns []list.Column[T]
	for _, one := range all {
		if one.Width > 0 {
			columns = append(columns, column(one, func(row T) T { return row }))
		}
	}
	return columns
}

// Column is the column of one field in a list of rows, whose facts of gives.
func Column[T, F any](all Fields[F], name string, of func(T) F) list.Column[T] {
	return column(all[slices.IndexFunc(all, func(one Field[F]) bool { return one.Name == name })], of)
}

func column[T, F any](one Field[F], of func(T) F) list.Column[T] {
	c := list.Column[T]{Key: one.Name, Label: one.Label, Width: one.Width, Narrow: one.Narrow, Print: one.Print, Cell: func(ctx context.Context, row T) list.Cell {
		facts := of(row)
		return list.Cell{Text: one.Text(ctx, &facts)}
	}}
	if one.Sorts {
		c.By = "?TableAlias." + one.Name
	}
	switch one.Kind {
	case Day, PastDay, StartDay, Moment:
		c.Kind = list.KindDate
	case Number, Measure:
		c.Kind = list.KindNumber
	}
	return c
}
