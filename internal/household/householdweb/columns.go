package householdweb

import (
	"context"
	"strings"

	"hudang/internal/household"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page/historyweb"
)

// What the columns of a household's rows are called, for its history and for what a conflict shows.
var (
	householdColumns = []historyweb.Column{
		{Name: "kind", Label: "household.kind", Show: textOf("household.kind."), Typed: typedOf("household.kind.")},
		{Name: "stay", Label: "household.stay", Show: textOf("household.stay."), Typed: typedOf("household.stay.")},
		{Name: "since", Label: "household.since"}, {Name: "until", Label: "household.until"}, {Name: "ended", Label: "household.why"},
		{Name: "checked", Label: "household.checked"},
	}
	occupancyColumns = []historyweb.Column{
		{Name: "part", Label: "household.part", Show: textOf("household.part."), Typed: typedOf("household.part.")},
		{Name: "relation", Label: "household.relation"}, {Name: "share", Label: "household.share", Show: shownShare, Typed: typedShare},
		{Name: "since", Label: "household.since"}, {Name: "until", Label: "household.until"}, {Name: "ended", Label: "household.why"},
	}
	periodColumns      = []historyweb.Column{{Name: "since", Label: "household.since"}, {Name: "until", Label: "household.until"}}
	remarkColumns      = []historyweb.Column{{Name: "until", Label: "remark.until"}}
	observationColumns = []historyweb.Column{{Name: "outcome", Label: "observation.outcome"}}
	partyColumns       = []historyweb.Column{{Name: "name", Label: "household.person.name"}, {Name: "note_mask", Label: "household.person.note"}}
	contactColumns     = []historyweb.Column{{Name: "value_mask", Label: "household.phone"}, {Name: "whose", Label: "household.person.whose"},
		{Name: "valid_to", Label: "household.until"}, {Name: "ended", Label: "household.why"}}
	itemColumns     = []historyweb.Column{{Name: "title", Label: "directory.title"}, {Name: "pages", Label: "directory.scan"}, {Name: "place", Label: "directory.place"}, {Name: "voided", Label: "archive.voided"}, {Name: "void_reason", Label: "household.why"}}
	markColumns     = []historyweb.Column{{Name: "mark", Label: "directory.note", Show: textOf("directory.mark.")}, {Name: "why", Label: "household.why"}}
	settledColumns  = []historyweb.Column{{Name: "settled", Label: "check.settle.what", Show: textOf("check.settled.")}, {Name: "how", Label: "check.settle.how"}}
	identityColumns = []historyweb.Column{{Name: "number_mask", Label: "household.identity"}, {Name: "verified", Label: "household.checked"},
		{Name: "valid_to", Label: "household.until"}, {Name: "ended", Label: "household.why"}}
)

// periodOf are the columns that say from when to when something of a unit holds; the last one ends it.
func periodOf(names ...string) []historyweb.Column {
	labels := []string{"household.since", "household.period.to", "household.until"}
	columns := []historyweb.Column{{Name: "ended", Label: "household.why"}}
	for i, name := range names {
		columns = append(columns, historyweb.Column{Name: name, Label: labels[i]})
	}
	return columns
}

func textOf(prefix string) func(context.Context, any) string {
	return func(ctx context.Context, value any) string {
		text, _ := value.(string)
		return typedOf(prefix)(ctx, text)
	}
}

func typedOf(prefix string) func(context.Context, string) string {
	return func(ctx context.Context, text string) string {
		if text == "" {
			return i18n.T(ctx, "history.none")
		}
		return i18n.T(ctx, prefix+text)
	}
}

func typedShare(_ context.Context, text string) string { return strings.TrimSuffix(text, "%") + "%" }

func shownShare(_ context.Context, value any) string {
	share, _ := value.(int64)
	return household.Percent(share).String() + "%"
}
