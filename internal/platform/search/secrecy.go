package search

import (
	"slices"
	"strconv"

	"hudang/internal/platform/access"
)

// secrecy is the posts that may see a document, as one small number: a bit for each of access.Posts. Documents have few
// different ones, so a question names those that somebody may see.
type secrecy int64

func secrecyOf(posts []access.Post) secrecy {
	var code secrecy
	for i, p := range access.Posts {
		if slices.Contains(posts, p) {
			code |= 1 << i
		}
	}
	return code
}

func (c secrecy) posts() []access.Post {
	var posts []access.Post
	for i, p := range access.Posts {
		if c&(1<<i) != 0 {
			posts = append(posts, p)
		}
	}
	return posts
}

// in is the token of a document of an estate, anywhere the token for those who see all estates; the letter of a shelf
// stands before.
func (c secrecy) in(e access.EstateID) string {
	return strconv.FormatInt(int64(e), 36) + "-" + strconv.FormatInt(int64(c), 36)
}

func (c secrecy) anywhere() string { return "-" + strconv.FormatInt(int64(c), 36) }

// scopeOf is what somebody may see of the secrecies there are on a shelf; false for nothing.
func scopeOf(who access.Actor, at access.EstateID, known []secrecy, shelf string) (expr, bool) {
	var out []expr
	for _, code := range known {
		scope := who.Scope(code.posts(), at)
		if scope.All() {
			out = append(out, tokens(always, shelf+code.anywhere())...)
		}
		for _, estate := range scope.Estates() {
			out = append(out, tokens(always, shelf+code.in(estate))...)
		}
	}
	return anyOf(out...), len(out) > 0
}
