package householdweb

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/household"
	"hudang/internal/platform/i18n"
)

// counted says how many papers of which kind a line has: 原件 ×4 · 只有扫描 ×2.
func counted(ctx context.Context, papers []household.FiledPaper) string {
	var kinds []string
	n := map[string]int{}
	for _, f := range papers {
		kind := paperText(ctx, f)
		if n[kind]++; n[kind] == 1 {
			kinds = append(kinds, kind)
		}
	}
	for i, kind := range kinds {
		kinds[i] = i18n.T(ctx, "directory.count", kind, n[kind])
	}
	return strings.Join(kinds, " · ")
}

// pagesOf says how much of a paper was scanned.
func pagesOf(ctx context.Context, f household.FiledPaper) string {
	if f.Scanned == 0 {
		return i18n.T(ctx, "directory.unscanned")
	}
	return i18n.T(ctx, "directory.pages", f.Scanned)
}

// scanned says how many pages of papers were scanned, and of how many papers none.
func scanned(ctx context.Context, papers []household.FiledPaper) string {
	var pages, without int64
	for _, f := range papers {
		if pages += f.Scanned; f.Scanned == 0 {
			without++
		}
	}
	var all []string
	if pages > 0 {
		all = append(all, i18n.T(ctx, "directory.pages", pages))
	}
	if without > 0 {
		all = append(all, i18n.T(ctx, "directory.count", i18n.Key("directory.unscanned"), without))
	}
	return strings.Join(all, " · ")
}

// between are the first and the last day on which papers were made.
func between(ctx context.Context, papers []household.FiledPaper) string {
	var made []string
	for _, f := range papers {
		if f.Made != "" {
			made = append(made, f.Made)
		}
	}
	switch slices.Sort(made); {
	case len(made) == 0:
		return ""
	case made[0] == made[len(made)-1]:
		return made[0]
	}
	return i18n.T(ctx, "household.range", made[0], made[len(made)-1])
}

// places are where papers lie, each place once; of many only the first and how many more: the list that opens has them all.
func places(ctx context.Context, papers []household.FiledPaper) string {
	var all []string
	for _, f := range papers {
		if f.Place != "" && !slices.Contains(all, f.Place) {
			all = append(all, f.Place)
		}
	}
	if len(all) > 2 {
		return i18n.T(ctx, "directory.places", all[0], len(all)-1)
	}
	return strings.Join(all, " · ")
}
