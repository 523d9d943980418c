package page

import (
	"context"

	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
)

// openRow is the way from a row's preview to its record; none where a row leads nowhere.
func openRow(ctx context.Context, l list.Line) []Action {
	if l.Href == "" {
		return nil
	}
	return []Action{{Key: "open", Label: i18n.T(ctx, "page.preview.open"), Href: l.Href, Primary: true}}
}
