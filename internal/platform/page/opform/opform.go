// Package opform carries a form that was sent into an operation: its idempotency token, the versions it edits, its reason,
// the estate it is for.
//
// It may import access, page and op. Always true: a handler never reads those hidden fields itself.
package opform

import (
	"net/http"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// FieldReason is the visible field with the person's reason, on forms that have one.
const FieldReason = "reason"

// Run carries out an operation with an input decoded from a request. ref names the row the form edits, as the page
// wrote it with page.Seen; empty for something new.
func Run[In, Out any](r *http.Request, d *op.Door, o *op.Op[In, Out], in In, ref string) (op.Result[Out], error) {
	opts, err := options(r, ref)
	if err != nil {
		return op.Result[Out]{}, err
	}
	return op.Run(r.Context(), d, o, in, opts...)
}

// Send decodes a form into an operation's input and carries it out. What the form and the operation find wrong comes
// back together, so that a person mends everything at once.
func Send[In, Out any](r *http.Request, d *op.Door, o *op.Op[In, Out], in *In, ref string) (op.Result[Out], error) {
	wrong := page.Decode(r, in)
	return Unless(wrong, r, d, o, *in, ref)
}

// Unless is Run of an input of which a page knows already what is wrong, if anything: then nothing is carried out, and what
// the operation finds wrong comes back too.
func Unless[In, Out any](wrong error, r *http.Request, d *op.Door, o *op.Op[In, Out], in In, ref string) (op.Result[Out], error) {
	if wrong == nil {
		return Run(r, d, o, in, ref)
	}
	return op.Result[Out]{}, Wrong(wrong, r, d, o, in)
}

// Wrong is everything wrong with a form that is not to be carried out: what its page knows, and what the operation finds.
func Wrong[In, Out any](known error, r *http.Request, d *op.Door, o *op.Op[In, Out], in In) error {
	_, found := op.Run(r.Context(), d, o, in, op.Dry())
	return Together(known, found)
}

// Together adds the fields that were found wrong to those that are known to be: a field that could not be read, which an
// operation sees empty, is told once. What is known and is no field of the form stands alone.
func Together(known, found error) error {
	var f errs.Fields
	seen := map[string]bool{}
	if e := errs.As(known); e != nil {
		if len(e.Fields) == 0 {
			return known
		}
		for _, field := range e.Fields {
			f.Add(field.Name, field.Key, field.Args...)
			seen[field.Name] = true
		}
	}
	if errs.Is(found, errs.Invalid) {
		for _, field := range errs.As(found).Fields {
			if !seen[field.Name] {
				f.Add(field.Name, field.Key, field.Args...)
			}
		}
	}
	return f.Err()
}

// Estate is the estate a new thing is for: the one chosen in the header, else what page.EstateField was given; 0, which
// the operation refuses, when there is none.
func Estate(r *http.Request) access.EstateID {
	if chosen := access.Chosen(r.Context()); chosen != access.Company {
		return chosen
	}
	id, err := strconv.ParseInt(page.Typed(r).Get(page.FieldEstate), 10, 64)
	if err != nil {
		return access.Company
	}
	return access.EstateID(id)
}

func options(r *http.Request, ref string) ([]op.Option, error) {
	seen, err := page.SeenOf(r)
	if err != nil {
		return nil, err
	}
	opts := []op.Option{op.Reason(page.Typed(r).Get(FieldReason))}
	if token := page.TokenOf(r); token != "" {
		opts = append(opts, op.Token([]byte(token)))
	}
	if version := seen[ref]; ref != "" && version > 0 {
		opts = append(opts, op.Seen(version))
	}
	return opts, nil
}

// After answers a form that was carried out, or was not: back to a page when all went well, the form again for what a
// person can mend on it (wrong fields, a stale version), everything else left to the kit.
func After(kit *page.Kit, w http.ResponseWriter, r *http.Request, err error, to string, again func(error) error) error {
	e := errs.As(err)
	switch {
	case e == nil:
		return kit.Redirect(w, r, to)
	case e.Kind == errs.Invalid, e.Key == "error.stale":
		return again(err)
	}
	return err
}
