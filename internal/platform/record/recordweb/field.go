package recordweb

import (
	"cmp"
	"context"

	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/record"
)

var inputKinds = map[record.Kind]page.FieldKind{record.Lines: page.Area, record.Day: page.Date, record.PastDay: page.Date, record.StartDay: page.Date, record.Choice: page.Segments,
	record.Number: page.Number, record.YesNo: page.Check}

// Inputs are the fields of a record's form.
func Inputs[F any](ctx context.Context, fields record.Fields[F]) []page.Input {
	inputs := make([]page.Input, len(fields))
	for i, f := range fields {
		in := page.Input{Name: f.Name, Label: i18n.T(ctx, f.Label), Kind: inputKinds[f.Kind], Optional: !f.Required, Max: f.Limit()}
		if f.Hint != "" {
			in.Hint = i18n.T(ctx, f.Hint)
		}
		if f.Short {
			in.Width = page.WidthShort
		}
		if f.Kind == record.Choice {
			in.Options = f.Options(ctx)
		}
		inputs[i] = in
	}
	return inputs
}

// Facts are the fields of a record on its page. named says what references are called, by the fields' names.
func Facts[F any](ctx context.Context, fields record.Fields[F], of F, named map[string]string) []page.Fact {
	facts := make([]page.Fact, len(fields))
	for i, f := range fields {
		facts[i] = page.Fact{Label: i18n.T(ctx, f.Label), Text: cmp.Or(named[f.Name], f.Text(ctx, &of))}
	}
	return facts
}

// Columns are the fields of a record in its history. named shows references, by the fields' names.
func Columns[F any](fields record.Fields[F], named map[string]func(context.Context, any) string) []historyweb.Column {
	columns := make([]historyweb.Column, len(fields))
	for i, f := range fields {
		columns[i] = historyweb.Column{Name: f.Name, Label: f.Label, Show: named[f.Name]}
		switch f.Kind {
		case record.Choice:
			columns[i] = Choice(f.Name, f.Label, f.Words)
		case record.YesNo:
			columns[i].Typed = f.Shown
			columns[i].Show = func(ctx context.Context, value any) string {
				if value != int64(1) {
					return i18n.T(ctx, "record.no")
				}
				return f.Shown(ctx, "1")
			}
		}
	}
	return columns
}
