package page

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// common are the attributes every control of a form has.
func common(ctx context.Context, f *Form, in Input) templ.Attributes {
	a := templ.Attributes{
		"id": FieldID(in.Name), "name": in.Name, "disabled": in.Disabled, "readonly": in.ReadOnly, "autofocus": in.Focus && len(f.mistakes()) == 0,
	}
	if by := in.described(ctx, f); by != "" {
		a["aria-describedby"] = by
	}
	if f.Mistake(ctx, in.Name) != "" {
		a["aria-invalid"] = "true"
	}
	if in.Max > 0 {
		a["maxlength"] = strconv.Itoa(in.Max)
	}
	if !in.Optional && in.Kind != File {
		a["aria-required"] = "true"
	}
	switch {
	case in.Suggest != "":
		a["data-search"] = true
		a["hx-get"], a["hx-trigger"] = in.Suggest, "hd:search"
	case in.Check != "":
		a["hx-get"], a["hx-trigger"] = in.Check, "change"
	}
	if in.Suggest != "" || in.Check != "" {
		a["hx-target"] = "#" + FieldID(in.Name) + "-more"
		a["hx-include"] = "closest form"
		a["hx-params"] = "not " + FieldToken + "," + FieldSession
	}
	return a
}

// typed are the attributes of a field one types into.
func typed(f *Form, in Input) templ.Attributes {
	a := templ.Attributes{}
	if in.Kind != Password {
		a["value"] = f.Value(in.Name)
	}
	if mode := in.inputMode(); mode != "" {
		a["inputmode"] = mode
	}
	switch {
	case in.Complete != "":
		a["autocomplete"] = in.Complete
	case in.Kind != Password:
		// A shared PC at a desk must not offer the last person's data.
		a["autocomplete"] = "off"
	}
	return a
}

func camera(in Input) templ.Attributes {
	if in.Camera {
		return templ.Attributes{"capture": "environment"}
	}
	return templ.Attributes{}
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func summaryTitle(ctx context.Context, err error) string {
	e := errs.As(err)
	if n := len(e.Fields); n > 0 {
		return i18n.T(ctx, "error.invalid", n)
	}
	if e.Kind == errs.Internal {
		return i18n.T(ctx, "error.unavailable") // an internal cause is never shown
	}
	return say(ctx, e)
}

func clauseOf(err error) string { return errs.As(err).Clause }

// current marks where one is.
func current(on bool) templ.Attributes {
	if on {
		return templ.Attributes{"aria-current": "page"}
	}
	return templ.Attributes{}
}
