package householdweb

import (
	"context"
	"net/url"

	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/ref"
)

// Callers says who has a number among the things it finds: the strip of a call. The one who answers may note at once what
// he hears; until the desk keeps its calls, that is an observation.
func Callers(d *op.Door) func(ctx context.Context, found []ref.Ref, digits string) ([]page.Caller, error) {
	return func(ctx context.Context, found []ref.Ref, digits string) ([]page.Caller, error) {
		all, err := household.Callers(ctx, d.DB.Read(), found, digits)
		if err != nil {
			return nil, err
		}
		ids := make([]household.ID, len(all))
		for i, c := range all {
			ids[i] = c.Household
		}
		said, err := household.SaidNow(ctx, d.DB.Read(), d.Vault, ids...)
		callers := make([]page.Caller, len(all))
		for i, c := range all {
			callers[i] = page.Caller{Name: c.Name, Part: i18n.T(ctx, "household.part."+string(c.Part)), Room: c.Rooms, Phone: c.Phone,
				Since: c.Since, Former: c.Past, Remark: callersRemark(said[c.Household]), Thing: c.Household.Ref(), Href: c.Household.Path()}
			if access.From(ctx).HoldsAny(household.MayNote()) && !c.Past {
				callers[i].Note = page.Action{Key: "note", Icon: "visit", Label: i18n.T(ctx, "observation.note"), Shortcut: "Alt+N",
					Href: notePath + "?" + url.Values{"place": {c.Rooms}}.Encode()}
			}
		}
		return callers, err
	}
}
