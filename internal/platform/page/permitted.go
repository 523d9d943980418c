package page

import (
	"net/http"

	"hudang/internal/platform/access"
)

// For puts a handler on a mux for those who hold one of the posts anywhere; everybody else is refused before it runs.
// Which object a person may see or change is the handler's query and the operation; that he is one of these people at
// all is not left to the handler to remember. Rooms use this and never Handle.
func (k *Kit) For(posts []access.Post, mux *http.ServeMux, pattern string, h Handler) {
	k.Handle(mux, pattern, func(w http.ResponseWriter, r *http.Request) error {
		if !access.From(r.Context()).HoldsAny(posts) {
			return access.Refusal(posts)
		}
		if a := asked(r.Context()); a != nil {
			a.posts = posts
		}
		return h(w, r)
	})
}
