package roster

import (
	"slices"
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/platform/errs"
)

// Mapping says how a table is to be read: guessed by Look, corrected by hand, stored as JSON and recognised by the headers
// of the next file (Fits). Column names are header texts; a header that comes twice is "PHONE#2" the second time, one
// without text is "#C" by its letter.
type Mapping struct {
	Headers []string         `json:"headers"`
	Fields  map[string]Field `json:"fields"`
	Options Options          `json:"options"`
}

// Options are what a person knows of a table and its headers do not say.
type Options struct {
	Year      int               `json:"year,omitempty"`      // the sheet speaks of, for dates such as 3月5日
	Dates     DateSystem        `json:"dates,omitempty"`     // how day counts are counted
	Building  string            `json:"building,omitempty"`  // of rows that name none
	Entrances map[string]string `json:"entrances,omitempty"` // building → the entrance of its rows that name none; "-" when they have none
	Use       estate.UnitKind   `json:"use,omitempty"`       // of units whose kind nobody wrote
	Side      Side              `json:"side,omitempty"`      // of people when the row does not say
	Literal   bool              `json:"literal,omitempty"`   // room numbers are names: take them as they stand
	Hidden    bool              `json:"hidden,omitempty"`    // read hidden rows too
	Skip      bool              `json:"skip,omitempty"`      // this table is none of ours
	Choices   map[string]string `json:"choices,omitempty"`   // what was chosen once for all rows of a kind: Problem.Choice to one of its Ways
}

// DateSystem says what a bare day count means.
type DateSystem string

// The date systems.
const (
	DatesAsk  DateSystem = ""     // as the whole column shows; else ask
	Dates1900 DateSystem = "1900" // Excel
	Dates1904 DateSystem = "1904" // an old Macintosh
)

// Check refuses a mapping with a field or an option that there is not.
func (m Mapping) Check() error {
	for name, f := range m.Fields {
		if !slices.Contains(Fields, f) {
			return errs.E(errs.Invalid, "roster.error.field", name, string(f))
		}
	}
	return nil
}

// Partial reports a mapping that names no columns: it holds for every table, and only its options count.
func (m Mapping) Partial() bool { return len(m.Headers) == 0 && len(m.Fields) == 0 }

// over is the mapping of a table with what this one says: of a mapping without columns the options, else all.
func (m Mapping) over(own Mapping) Mapping {
	own.Options = m.Options
	if m.Fields != nil {
		own.Fields = m.Fields
	}
	return own
}

// Fits reports whether a table with these headers is one this mapping was made for: the same names, in any order.
func (m Mapping) Fits(headers []string) bool {
	a, b := slices.Sorted(slices.Values(m.Headers)), slices.Sorted(slices.Values(headers))
	return len(a) > 0 && slices.Equal(a, b)
}

// names gives the headers of a table the names by which a mapping knows them.
func names(headers []Header) []string {
	seen := map[string]int{}
	out := make([]string, len(headers))
	for i, h := range headers {
		name := plainWord(h.Text)
		if name == "" {
			name = "#" + letters(h.Column)
		}
		seen[name]++
		if n := seen[name]; n > 1 {
			name += "#" + strconv.Itoa(n)
		}
		out[i] = name
	}
	return out
}
