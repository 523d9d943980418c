package archive

import "hudang/internal/platform/cn"

// Formed is when a paper was made: a local date with its precision, 2019, 2019-10 or 2019-10-05; empty when nobody knows.
type Formed string

// UnmarshalText reads a date as people type it. It need not be exact: old papers often name a year.
func (f *Formed) UnmarshalText(text []byte) error {
	*f = ""
	r := cn.ParseDate(string(text), cn.DateContext{})
	switch {
	case r.None == cn.NoneEmpty:
		return nil
	case len(r.Problems) > 0:
		return r.Problems[0]
	case r.Date.IsZero():
		return cn.DateNotUnderstood
	}
	*f = Formed(r.Date.String())
	return nil
}

// MarshalText is the stored form, for forms.
func (f Formed) MarshalText() ([]byte, error) { return []byte(f), nil }
