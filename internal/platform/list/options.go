package list

import (
	"context"

	"hudang/internal/platform/i18n"
)

// Options are the choices of a vocabulary, whose words stand under a common beginning of keys.
func Options[T ~string](ctx context.Context, key string, all []T) []Option {
	options := make([]Option, len(all))
	for i, v := range all {
		options[i] = Option{Value: string(v), Label: i18n.T(ctx, key+string(v))}
	}
	return options
}
