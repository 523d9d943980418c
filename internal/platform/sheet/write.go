package sheet

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
)

// ColumnKind says what a column holds and how it looks.
type ColumnKind uint8

// The kinds of columns, and the Go values they take. A string in a column of numbers stays a text (待补 in a column of
// areas), nil is an empty cell everywhere.
const (
	TextColumn   ColumnKind = iota // string, or a whole number
	NumberColumn                   // float64 or a whole number
	IntColumn                      // a whole number of at most 15 digits
	MoneyColumn                    // a whole number of fen; 123456 shows as 1,234.56
	AreaColumn                     // a whole number of hundredths of a square metre; 9865 shows as 98.65
	DateColumn                     // string 2026-11-23; less exact ones (2019-10) and years before 1900-03 stay texts
)

// Column is a column of a table to be written. Width is in characters; 0 chooses one.
type Column struct {
	Title string
	Width float64
	Kind  ColumnKind
}

// Table takes rows: a Writer's present sheet or a CSVWriter.
type Table interface {
	// Row writes one row, a value per column; missing ones at the end are empty.
	Row(values ...any) error
	// Close ends the file. It doesn't close the io.Writer underneath.
	Close() error
}

// out is a value ready to be written: a number as decimal text or a text.
type out struct {
	text   string
	number bool
}

// maxExact is the first whole number with more digits than a spreadsheet keeps.
const maxExact = 1_000_000_000_000_000

// values checks a row against its columns and brings it into writing form.
func values(dst []out, columns []Column, row []any) ([]out, error) {
	if len(row) > len(columns) {
		return nil, fmt.Errorf("sheet: %d values for %d columns", len(row), len(columns))
	}
	for i, v := range row {
		o, err := columns[i].value(v)
		if err != nil {
			return nil, err
		}
		dst = append(dst, o)
	}
	return dst, nil
}

func (c Column) value(v any) (out, error) {
	if v == nil {
		return out{}, nil
	}
	rv := reflect.ValueOf(v)
	switch {
	case rv.Kind() == reflect.String:
		return c.text(rv.String())
	case rv.CanInt() && c.Kind != DateColumn:
		return c.whole(rv.Int())
	case rv.CanFloat() && c.Kind == NumberColumn:
		n := rv.Float()
		if math.IsNaN(n) || math.IsInf(n, 0) {
			return out{}, fmt.Errorf("sheet: column %q: not a finite number", c.Title)
		}
		if a := math.Abs(n); n != 0 && (a < 1e-9 || a >= 1e21) {
			return out{strconv.FormatFloat(n, 'g', -1, 64), true}, nil
		}
		return out{strconv.FormatFloat(n, 'f', -1, 64), true}, nil
	}
	return out{}, fmt.Errorf("sheet: column %q does not take %T", c.Title, v)
}

func (c Column) text(s string) (out, error) {
	s = clean(s)
	if tooLong(s, DefaultLimits.CellChars) {
		return out{}, fmt.Errorf("sheet: column %q: text of more than %d characters", c.Title, DefaultLimits.CellChars)
	}
	return out{text: s}, nil
}

func (c Column) whole(n int64) (out, error) {
	if c.Kind == TextColumn {
		return out{text: strconv.FormatInt(n, 10)}, nil
	}
	if n <= -maxExact || n >= maxExact {
		return out{}, fmt.Errorf("sheet: column %q: more than 15 digits", c.Title)
	}
	if c.Kind == MoneyColumn || c.Kind == AreaColumn {
		return out{hundredths(n), true}, nil
	}
	return out{strconv.FormatInt(n, 10), true}, nil
}

// hundredths writes 12345 as 123.45, without a detour through floating point.
func hundredths(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := sign + strconv.FormatInt(n/100, 10)
	switch cents := n % 100; {
	case cents == 0:
		return s
	case cents%10 == 0:
		return s + "." + strconv.FormatInt(cents/10, 10)
	case cents < 10:
		return s + ".0" + strconv.FormatInt(cents, 10)
	default:
		return s + "." + strconv.FormatInt(cents, 10)
	}
}
