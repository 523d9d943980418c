package page

import (
	"context"
	"strings"
	"unicode"

	"github.com/a-h/templ"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/i18n"
)

// fewOptions are taken in at a glance; of more one types: a name, its pinyin, its initials (ui.md §4.3).
const fewOptions = 7

// SelectView is a choice of one of many options. Where one walks over cells with the arrow keys (Grid) a plain select is
// better: its own list does not stand between the cells.
type SelectView struct {
	Name    string
	Label   string // for those who hear it, where no label stands beside
	Class   string // in addition to "in": a width
	Blank   string // text of the empty choice; empty for none
	Options []Option
	Chosen  []string
	More    templ.Attributes // id, what describes it, whether it is wrong
}

// ahead marks a select that the script lets one type into; without script it stays as it is.
func (v SelectView) ahead(ctx context.Context) templ.Attributes {
	if !v.typed() {
		return templ.Attributes{}
	}
	return templ.Attributes{"data-ahead": i18n.T(ctx, "page.select.none")}
}

func (v SelectView) typed() bool { return len(v.Options) > fewOptions }

// selectView is a form's field of kind Select.
func (in Input) selectView(ctx context.Context, f *Form) SelectView {
	v := SelectView{Name: in.Name, Class: string(in.width()), Blank: in.Blank, Options: in.Options, More: common(ctx, f, in)}
	delete(v.More, "name")
	if f != nil {
		v.Chosen = f.Values[in.Name]
	}
	if f.Mistake(ctx, in.Name) != "" {
		v.Class += " bad"
	}
	return v
}

// spelled is how an option's name is typed in pinyin: "zhang,chang san" by character, or nothing where it has none.
func spelled(label string) string {
	if strings.IndexFunc(label, func(r rune) bool { return unicode.Is(unicode.Han, r) }) < 0 {
		return ""
	}
	var all []string
	for _, readings := range cn.Syllables(label) {
		all = append(all, strings.Join(readings, ","))
	}
	return strings.Join(all, " ")
}
