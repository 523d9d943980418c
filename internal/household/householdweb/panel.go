package householdweb

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/page"
)

// Panel is a tab of the household page, of this room or of another.
type Panel struct {
	Key   string // of the tab: ?tab=key
	Label string // catalogue key
	// Posts are who sees the tab in the household's estate; nil: whoever sees the page.
	Posts []access.Post
	// Count is what stands beside the tab's name; nil or "" for nothing. It is asked for at every showing of the page.
	Count func(ctx context.Context, q db.Querier, s Subject) (string, error)
	// Body is the tab itself.
	Body func(r *http.Request, s Subject) (templ.Component, error)
}

// Subject is what a panel or a source is about. Its scope is the household's own estate.
type Subject struct {
	Household *household.Household
	Detail    household.Detail
	Scope     access.Scope
}

// Source tells what another room knows of a household, for the one timeline.
type Source struct {
	Kind  string // key of its filter; several sources may share one
	Label string // catalogue key of the kind
	Posts []access.Post
	Load  func(ctx context.Context, q db.Querier, s Subject) ([]Moment, error)
}

// Moment is a line of the timeline.
type Moment struct {
	At    int64      // µs UTC: its place in the order
	Actor int64      // account; the page names it unless Event.Who does; 0 is the program
	Event page.Event // When is set from At
	Kind  string     // set by the page from the source's
}
