package search

import (
	"context"

	"hudang/internal/platform/access"
)

// Bare is what the engine is asked, in its own words: once, and once more for the order when it had several answers.
func (x *Index) Bare(who access.Actor, at access.EstateID, typed string) func(context.Context) error {
	q, _ := parse(x.cfg.Keys, typed)
	scope, _ := scopeOf(who, at, x.known(), tokScope)
	asked := allOf(scope, q.expr)
	return func(ctx context.Context) error {
		_, err := x.places(ctx, asked)
		return err
	}
}
