package householdweb

import (
	"context"
	"strings"

	"hudang/internal/household"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/record/recordweb"
)

// What the columns of a household's rows are called, for its history and for what a conflict shows.
var (
	occupancyColumns = []historyweb.Column{
		recordweb.Choice("part", "household.part", "household.part."),
		{Name: "relation", Label: "household.relation"}, {Name: "share", Label: "household.share", Show: shownShare, Typed: typedShare},
		{Name: "since", Label: "household.since"}, {Name: "until", Label: "household.person.until"}, {Name: "ended", Label: "household.why"},
	}
	periodColumns      = []historyweb.Column{{Name: "since", Label: "household.since"}, {Name: "until", Label: "household.until"}}
	carColumns         = []historyweb.Column{{Name: "ended", Label: "household.why"}, {Name: "valid_from", Label: "vehicle.since"}, {Name: "valid_to", Label: "period.off"}}
	leaseColumns       = []historyweb.Column{{Name: "ended", Label: "household.why"}, {Name: "valid_from", Label: "lease.from"}, {Name: "valid_to", Label: "lease.until"}, {Name: "left_on", Label: "lease.end.on"}}
	remarkColumns      = []historyweb.Column{{Name: "until", Label: "remark.until"}}
	observationColumns = []historyweb.Column{{Name: "outcome", Label: "observation.outcome"}}
	partyColumns       = []historyweb.Column{{Name: "name", Label: "household.person.name"}, {Name: "note_mask", Label: "household.person.note"}}
	contactColumns     = []historyweb.Column{{Name: "value_mask", Label: "household.phone"}, {Name: "whose", Label: "household.person.whose"},
		{Name: "valid_to", Label: "period.off"}, {Name: "ended", Label: "household.why"}}
	itemColumns     = []historyweb.Column{{Name: "title", Label: "directory.title"}, {Name: "pages", Label: "directory.scan"}, {Name: "place", Label: "directory.place"}, {Name: "voided", Label: "archive.voided"}, {Name: "void_reason", Label: "household.why"}}
	markColumns     = []historyweb.Column{recordweb.Choice("mark", "directory.note", "directory.mark."), {Name: "why", Label: "household.why"}}
	settledColumns  = []historyweb.Column{recordweb.Choice("settled", "check.settle.what", "check.settled."), {Name: "how", Label: "check.settle.how"}}
	identityColumns = []historyweb.Column{{Name: "number_mask", Label: "household.identity"}, {Name: "verified", Label: "household.checked"},
		{Name: "valid_to", Label: "period.off"}, {Name: "ended", Label: "household.why"}}
)

// householdColumns are the columns of a household's own row.
func householdColumns(h *household.Household) []historyweb.Column {
	return []historyweb.Column{
		recordweb.Choice("kind", "household.kind", "household.kind."),
		recordweb.Choice("stay", "household.stay", "household.stay."),
		{Name: "since", Label: "household.since"}, {Name: "until", Label: untilKey(h)}, {Name: "ended", Label: "household.why"},
		{Name: "checked", Label: "household.checked"},
	}
}

// untilKey is what the day is called on which a household ends: of a tenant's it is the lease's.
func untilKey(h *household.Household) string {
	if h.Kind.Owns() {
		return "household.until"
	}
	return "lease.end.on"
}

func typedShare(_ context.Context, text string) string { return strings.TrimSuffix(text, "%") + "%" }

func shownShare(_ context.Context, value any) string {
	share, _ := value.(int64)
	return household.Percent(share).String() + "%"
}
