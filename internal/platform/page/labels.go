package page

import (
	"cmp"
	"context"
	"io"
	"math"
	"slices"

	"github.com/a-h/templ"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// FormOf is the form element around fields and buttons: token, no double posting, what was typed is kept when the
// server refuses or is away. Enter goes to the next field.
//
// The summary of a refused form stands above the fields whose names it says, so such a form is rendered twice: first
// for nobody, to learn the names.
func FormOf(f *Form) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		inside := templ.GetChildren(ctx)
		ctx = context.WithValue(templ.ClearChildren(ctx), formKey{}, f)
		if err := Resume(ctx, f); err != nil {
			return err
		}
		draft, err := draftOf(ctx, f)
		if err != nil {
			return err
		}
		if len(f.mistakes()) > 0 {
			ctx = context.WithValue(ctx, labelsKey{}, &labels{})
			if err := inside.Render(ctx, io.Discard); err != nil {
				return err
			}
		}
		return formElement(f, draft).Render(templ.WithChildren(ctx, inside), w)
	})
}

// formKey is the form that is being rendered, for what stands in it.
type formKey struct{}

// labels are the fields of a form in their order.
type labels struct{ names, texts []string }

type labelsKey struct{}

func labelsOf(ctx context.Context) *labels {
	l, _ := ctx.Value(labelsKey{}).(*labels)
	return l
}

// named notes a field of the form being rendered.
func named(ctx context.Context, in Input) {
	if l := labelsOf(ctx); l != nil && l.place(in.Name) < 0 {
		l.names, l.texts = append(l.names, in.Name), append(l.texts, in.Label)
	}
}

func (l *labels) place(name string) int {
	if l == nil {
		return -1
	}
	return slices.Index(l.names, name)
}

// sentence says what is wrong, after the name of the field when it is known.
func sentence(ctx context.Context, field errs.Field) string {
	text := i18n.T(ctx, field.Key, field.Args...)
	l := labelsOf(ctx)
	if i := l.place(field.Name); i >= 0 && l.texts[i] != "" {
		return i18n.T(ctx, "page.mistake", l.texts[i], text)
	}
	return text
}

// inOrder puts mistakes into the order of the fields; those of no field come last.
func inOrder(ctx context.Context, fields []errs.Field) []errs.Field {
	l := labelsOf(ctx)
	at := func(f errs.Field) int {
		if i := l.place(f.Name); i >= 0 {
			return i
		}
		return math.MaxInt
	}
	return slices.SortedStableFunc(slices.Values(fields), func(a, b errs.Field) int { return cmp.Compare(at(a), at(b)) })
}
