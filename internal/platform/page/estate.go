package page

import (
	"context"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
)

// FieldEstate is the field in which a form asks for an estate.
const FieldEstate = "estate"

// estateOptions are the estates in which the person may come to this page, while the header stands on all of them.
func estateOptions(ctx context.Context) []Option {
	a := asked(ctx)
	if a == nil || access.Chosen(ctx) != access.Company {
		return nil
	}
	var all []Option
	for _, e := range a.shell().Estates {
		id, err := strconv.ParseInt(e.ID, 10, 64)
		if _, ok := access.From(ctx).Holding(access.EstateID(id), a.posts); err == nil && ok && access.EstateID(id) != access.Company {
			all = append(all, Option{Value: e.ID, Label: e.Name})
		}
	}
	return all
}

// estateBlank is the empty choice; where there is but one, nobody is asked.
func estateBlank(ctx context.Context, all []Option) string {
	if len(all) == 1 {
		return ""
	}
	return i18n.T(ctx, "page.estate.choose")
}
