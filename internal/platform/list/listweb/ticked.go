package listweb

import (
	"net/http"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// Ticked are the ids of the rows that an act of a list was posted for (list.Def.Ticked): those ticked, or all that the list
// showed. The operation decides about each: what was ticked by hand may be anything.
func Ticked(kit *page.Kit, d *op.Door, r *http.Request, most int) ([]int64, error) {
	var in struct {
		IDs   []int64 `form:"id"`
		All   bool    `form:"all"`
		List  string  `form:"list"`
		Query string  `form:"query"`
	}
	if err := page.Decode(r, &in); err != nil || !in.All {
		return in.IDs, err
	}
	l, asked := kit.Lists[in.List], asked{Query: in.Query}
	if l == nil {
		return nil, errs.E(errs.NotFound, "error.not_found")
	}
	return l.IDs(r.Context(), d.DB.Read(), ReaderOf(r), asked.values(), most)
}
