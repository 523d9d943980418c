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
