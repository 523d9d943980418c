package account

import (
	"context"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// Holders are the names of those who hold one of some posts in an estate and can do their work, without one of them.
func Holders(ctx context.Context, q db.Querier, posts []access.Post, e access.EstateID, but int64) ([]string, error) {
	all, err := Candidates(ctx, q)
	var names []string
	for _, c := range all {
		holds := slices.ContainsFunc(c.Grants, func(g access.Grant) bool {
			return slices.Contains(posts, g.Post) && (g.Estate == e || g.Estate == access.Company)
		})
		if holds && int64(c.ID) != but {
			names = append(names, c.Name)
		}
	}
	return names, err
}

// InOneHand reports whether posts that stand apart may be in one hand here.
func InOneHand(ctx context.Context, q db.Querier) (bool, error) {
	o, err := officeNow(ctx, q)
	if err != nil {
		return false, err
	}
	return o.Merged, nil
}
