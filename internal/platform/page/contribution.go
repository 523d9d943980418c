package page

import (
	"context"

	"hudang/internal/platform/access"
)

// HomeFigure is a room's figure on the home page, shown to those who hold one of the posts: how its work stands, and
// the way to it.
type HomeFigure struct {
	Posts []access.Post
	Load  func(ctx context.Context, who access.Actor, estate access.EstateID) (NumberView, error)
}

// Finder is a room's part of the search box: what it knows by what a caller says.
type Finder struct {
	Posts []access.Post
	Find  func(ctx context.Context, who access.Actor, estate access.EstateID, typed string, most int) (Hits, error)
}

// Hits are what a finder found, under its heading.
type Hits struct {
	Group string
	All   []Hit
}

// Hit is one thing found; an exact one is opened at once.
type Hit struct {
	Title, Text, Href string
	Exact             bool
}
