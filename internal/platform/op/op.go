package op

import (
	"context"
	"fmt"
	"reflect"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/vault"
)

// Spec says everything about an operation.
type Spec[In, Out any] struct {
	Clauses  []string // of mission.md that the operation serves
	NoClause string   // why it serves none; one of the two is given
	Posts    []access.Post
	// Check normalises the input, entered on a local day, and notes every field that is wrong.
	Check func(in *In, today cn.Date, f *errs.Fields)
	// Subject names what the operation is about, and locks it (tx.Lock) when it exists already.
	Subject func(ctx context.Context, tx Tx, in In) (Subject, error)
	// Allow refuses by the state of the object; nil where holding the post in the estate is enough.
	Allow func(ctx context.Context, tx Tx, in In, s Subject) error
	// Silent keeps the input out of the log: the rows say it all, each under the key of whom it tells. For operations whose
	// input tells of several people.
	Silent bool
	// Do works. It may run again after a lost race, so it has no effect outside tx.
	Do func(ctx context.Context, tx Tx, in In) (Out, error)
}

// Subject is what an operation is about.
type Subject struct {
	Kind    string
	ID      int64
	Estate  access.EstateID
	Version int64       // of the row; 0 for something new
	Owner   vault.Owner // whose key takes what the operation says; the estate's own when zero
}

// Op is a defined operation. It is made once, as a package variable, and listed in its room's module.go.
type Op[In, Out any] struct {
	name string
	spec Spec[In, Out]
}

// Define makes an operation; name is <room>.<verb_noun>, stored for ever.
func Define[In, Out any](name string, spec Spec[In, Out]) *Op[In, Out] {
	return &Op[In, Out]{name, spec}
}

// Any is an operation without its types: for the registry, the permission matrix, the API and the tests.
type Any interface {
	Name() string
	Clauses() []string
	NoClause() string
	Posts() []access.Post
	In() reflect.Type
	Out() reflect.Type
	// RunAny is Run for an input of type In, held as any.
	RunAny(ctx context.Context, d *Door, in any, opts ...Option) (any, error)
	sealed()
}

// Name is the operation's stable name.
func (o *Op[In, Out]) Name() string { return o.name }

// Clauses are the rules the operation serves.
func (o *Op[In, Out]) Clauses() []string { return o.spec.Clauses }

// NoClause is why it serves none.
func (o *Op[In, Out]) NoClause() string { return o.spec.NoClause }

// Posts are who may at all.
func (o *Op[In, Out]) Posts() []access.Post { return o.spec.Posts }

// In is the type of the input.
func (o *Op[In, Out]) In() reflect.Type { return reflect.TypeFor[In]() }

// Out is the type of the output.
func (o *Op[In, Out]) Out() reflect.Type { return reflect.TypeFor[Out]() }

// RunAny is Run for an input held as any.
func (o *Op[In, Out]) RunAny(ctx context.Context, d *Door, in any, opts ...Option) (any, error) {
	typed, ok := in.(In)
	if !ok {
		return nil, fmt.Errorf("op: %s takes %s, not %T", o.name, o.In(), in)
	}
	res, err := Run(ctx, d, o, typed, opts...)
	return res.Out, err
}

func (o *Op[In, Out]) sealed() {}

// Option changes one run.
type Option func(*options)

type options struct {
	token  []byte
	seen   int64
	reason string
	dry    bool
}

// Token names the request: sent twice it is done once, and the second gets the first answer.
func Token(token []byte) Option { return func(o *options) { o.token = token } }

// Seen is the version of the subject the person was looking at; another one by now is a Conflict.
func Seen(version int64) Option { return func(o *options) { o.seen = version } }

// Reason is why, in the person's words; it stands in the history of every row the operation touches.
func Reason(reason string) Option { return func(o *options) { o.reason = reason } }

// Dry stops before the commit: nothing is changed, logged or numbered; Result.Changes tells what would have been.
func Dry() Option { return func(o *options) { o.dry = true } }

// Result is what a run gave.
type Result[Out any] struct {
	Out      Out
	Op       int64
	Log      access.EstateID
	Leaf     int64    // index in its log; prints carry it
	Replayed bool     // the token was known: this is the first run's answer
	Changes  []Change // rows written, in order; what a dry run would have written
}

// Change is one row an operation wrote.
type Change struct {
	Table   string
	Row     int64
	Version int64
	Deleted bool
}
