// Package opform carries a form that was sent into an operation: its idempotency token, the versions it edits, its reason.
//
// It may import page and op. Always true: a handler never reads those hidden fields itself.
package opform

import (
	"net/http"

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
