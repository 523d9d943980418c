package record_test

import (
	"strconv"
	"strings"
	"testing"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/record"
)

type weight int64

func (w weight) MarshalText() ([]byte, error) { return []byte(strconv.Itoa(int(w)) + " g"), nil }

type thing struct {
	What, On, State string
	Seen            string
	Pieces          int64
	Locked          bool
	Weight          weight
}

var fields = record.Fields[thing]{
	{Name: "what", Of: func(t *thing) any { return &t.What }, Required: true, Max: 5},
	{Name: "on", Kind: record.PastDay, Of: func(t *thing) any { return &t.On }},
	{Name: "state", Kind: record.Choice, Of: func(t *thing) any { return &t.State }, Choices: []string{"kept", "handed"}},
	{Name: "unit", Kind: record.Reference},
	{Name: "seen", Kind: record.Moment, Of: func(t *thing) any { return &t.Seen }},
	{Name: "pieces", Kind: record.Number, Of: func(t *thing) any { return &t.Pieces }},
	{Name: "locked", Kind: record.YesNo, Of: func(t *thing) any { return &t.Locked }},
	{Name: "weight", Kind: record.Measure, Of: func(t *thing) any { return &t.Weight }},
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
		{name: "read", in: thing{What: " key ", On: "20261201", State: "kept", Seen: "12-1 9:40"}, want: thing{What: "key", On: "2026-12-01", State: "kept", Seen: "2026-12-01 09:40"}},
		{name: "required", in: thing{What: " ", State: "lost"}, wrong: "p.what error.required"},
		{name: "too long", in: thing{What: "a bunch"}, want: thing{What: "a bunch"}, wrong: "p.what error.too_long"},
		{name: "tomorrow", in: thing{What: "key", On: "20261203"}, want: thing{What: "key", On: "2026-12-03"}, wrong: "p.on period.error.future"},
		{name: "seen tomorrow", in: thing{What: "key", Seen: "明天 8点"}, want: thing{What: "key", Seen: "2026-12-03 08:00"}, wrong: "p.seen period.error.future"},
		{name: "seen some day in November", in: thing{What: "key", Seen: "2026-11"}, want: thing{What: "key", Seen: "2026-11"}, wrong: "p.seen period.error.day"},
		{name: "below nothing", in: thing{What: "key", Pieces: -1}, want: thing{What: "key", Pieces: -1}, wrong: "p.pieces record.error.number"},
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

func TestField_Text(t *testing.T) {
	texts, err := i18n.New(record.Locales)
	if err != nil {
		t.Fatal(err)
	}
	ctx := i18n.With(t.Context(), texts, i18n.Chinese)
	for want, row := range map[string]thing{"2026-12-01 09:40,3,是,5 g": {What: "key", Seen: "2026-12-01 09:40", Pieces: 3, Locked: true, Weight: 5}, ",,,0 g": {}} {
		var got []string
		for _, f := range fields {
			if f.Kind >= record.Moment && f.Kind != record.Choice && f.Kind != record.Reference {
				got = append(got, f.Text(ctx, &row))
			}
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%v, want %s", got, want)
		}
	}
}
