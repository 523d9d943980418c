package record_test

import (
	"strings"
	"testing"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/record"
)

type thing struct{ What, On, State string }

var fields = record.Fields[thing]{
	{Name: "what", Of: func(t *thing) *string { return &t.What }, Required: true, Max: 5},
	{Name: "on", Kind: record.PastDay, Of: func(t *thing) *string { return &t.On }},
	{Name: "state", Kind: record.Choice, Of: func(t *thing) *string { return &t.State }, Choices: []string{"kept", "handed"}},
	{Name: "unit", Kind: record.Reference},
}

func TestFields_Check(t *testing.T) {
	today, err := cn.ParseStored("2026-12-02")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name     string
		in, want thing
		wrong    string // names of fields, with what is wrong
	}{
		{name: "read", in: thing{" key ", "20261201", "kept"}, want: thing{"key", "2026-12-01", "kept"}},
		{name: "required", in: thing{" ", "", "lost"}, wrong: "p.what error.required"},
		{name: "too long", in: thing{What: "a bunch"}, want: thing{What: "a bunch"}, wrong: "p.what error.too_long"},
		{name: "tomorrow", in: thing{"key", "20261203", ""}, want: thing{"key", "2026-12-03", ""}, wrong: "p.on period.error.future"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var f errs.Fields
			in := test.in
			fields.Check(&in, "p.", today, &f)
			var wrong []string
			if err := f.Err(); err != nil {
				for _, one := range errs.As(err).Fields {
					wrong = append(wrong, one.Name+" "+one.Key)
				}
			}
			if in != test.want || strings.Join(wrong, ", ") != test.wrong {
				t.Errorf("%+v %v, want %+v %s", in, wrong, test.want, test.wrong)
			}
		})
	}
}
