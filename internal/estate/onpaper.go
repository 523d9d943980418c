package estate

import (
	"context"
	"errors"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/vault"
)

// OnPaper is a contact as it stands on a form that its holder signs: in clear, so that he can check it; the mask once its key was
// destroyed. Whoever prints such a form leaves a leaf.
func (c *Contact) OnPaper(ctx context.Context, keys *vault.Store) (string, error) {
	clear, err := orMask(c.Value.Mask)(c.Clear(ctx, keys))
	if c.Kind.Phone() && clear != c.Value.Mask {
		return cn.FormatPhone(clear), err
	}
	return clear, err
}

// OnPaper is an identity number as Contact.OnPaper.
func (i *Identity) OnPaper(ctx context.Context, keys *vault.Store) (string, error) {
	return orMask(i.Number.Mask)(i.Clear(ctx, keys))
}

func orMask(mask string) func(string, error) (string, error) {
	return func(clear string, err error) (string, error) {
		if errors.Is(err, vault.ErrNoKey) {
			return mask, nil
		}
		return clear, err
	}
}
