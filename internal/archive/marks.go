package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/render"
)

// mark is a flag of pages that follow each other, as a file's row keeps it: blank:3, glyphs:0-17.
type mark struct {
	flag     string
	from, to int
}

func (m mark) String() string {
	if m.from == m.to {
		return render.On(m.flag, m.from)
	}
	return fmt.Sprintf("%s-%d", render.On(m.flag, m.from), m.to)
}

// parseMark reads a flag; false for one of the whole file.
func parseMark(flag string) (mark, bool) {
	name, pages, ok := strings.Cut(flag, ":")
	first, last, several := strings.Cut(pages, "-")
	if !several {
		last = first
	}
	from, err := strconv.Atoi(first)
	to, err2 := strconv.Atoi(last)
	return mark{name, from, to}, ok && err == nil && err2 == nil
}

// folded are flags with those of neighbouring pages as one: a book in a font that is missing has a flag on every page.
func folded(flags []string) []string {
	var whole []string
	var marks []mark
	for _, f := range flags {
		if m, ok := parseMark(f); ok {
			marks = append(marks, m)
		} else {
			whole = append(whole, f)
		}
	}
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.flag, b.flag), cmp.Compare(a.from, b.from)) })
	for i, m := range marks {
		if i > 0 && marks[i-1].flag == m.flag && marks[i-1].to >= m.from-1 {
			marks[i].from = marks[i-1].from
			whole = whole[:len(whole)-1]
		}
		whole = append(whole, marks[i].String())
	}
	return whole
}

// rest takes the flag out that says from which page on nobody has looked; 0 for none.
func rest(flags []string) (others []string, from int) {
	for _, f := range flags {
		if m, ok := parseMark(f); ok && m.flag == render.FlagRest {
			from = m.from
		} else {
			others = append(others, f)
		}
	}
	return others, from
}

// bareUntil reports that all pages before one are marked blank.
func bareUntil(flags []string, page int) bool {
	return slices.ContainsFunc(flags, func(f string) bool {
		m, ok := parseMark(f)
		return ok && m.flag == render.FlagBlank && m.from == 0 && m.to >= page-1
	})
}

// Marks are what a reader of one page of the file must know, because its picture may not be all of it: render's flags.
func (b *Blob) Marks(page int64) []string {
	var marks []string
	for _, f := range b.flags() {
		if m, ok := parseMark(f); ok && m.flag != render.FlagRest && m.from <= int(page) && int(page) <= m.to {
			marks = append(marks, m.flag)
		}
	}
	return marks
}
