// Package logweb shows the log to those who audit it: every leaf of an estate's or the company's log, and its head, to be
// copied and kept outside as an anchor (reliability §3; mission, provable records).
//
// It may import account, clock, evidence, op and page. Always true: it shows what leaves hold, which is no personal data
// but the names of those who acted.
package logweb

import (
	"context"
	"embed"
	"net/http"
	"strconv"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// Locales are the page's texts.
//
//go:embed locales/*.json
var Locales embed.FS

const (
	// Current is the key of the module in the navigation.
	Current = "log"
	// Path is the address of the page.
	Path = "/log"

	pageSize = 50
)

// MayRead are the posts that read the log.
func MayRead() []access.Post { return []access.Post{access.Auditor} }

// Routes serves the page.
func Routes(mux *http.ServeMux, kit *page.Kit, d *op.Door) {
	kit.For(MayRead(), mux, "GET "+Path, func(w http.ResponseWriter, r *http.Request) error {
		v, err := load(r, d)
		if err != nil {
			return err
		}
		return kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(r.Context(), "log.title"), Current: Current, Body: body(v)})
	})
}

// view is what the page shows: one run of leaves of the log of the estate chosen.
type view struct {
	head  evidence.Checkpoint
	key   string // fingerprint of the signing key
	lines []line
	older string
	newer bool
}

type line struct {
	index           int64
	when, what, who string
	post            string
	state           page.State
	result          string
}

func load(r *http.Request, d *op.Door) (view, error) {
	ctx, q := r.Context(), d.DB.Read()
	log := access.Chosen(ctx)
	if _, ok := access.From(ctx).Holding(log, MayRead()); !ok {
		return view{}, errs.E(errs.Forbidden, "log.error.choose")
	}
	head, err := d.Log.Head(ctx, q, log)
	if err != nil {
		return view{}, err
	}
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64) // anything else is the newest
	leaves, err := d.Log.Leaves(ctx, q, log, before, pageSize)
	if err != nil {
		return view{}, err
	}
	var ids []int64
	for _, l := range leaves {
		ids = append(ids, l.Actor)
	}
	names, err := account.Names(ctx, q, ids)
	if err != nil {
		return view{}, err
	}
	v := view{head: head, key: d.Log.Fingerprint(), newer: before > 0}
	for _, l := range leaves {
		v.lines = append(v.lines, lineOf(ctx, l, names))
	}
	if n := len(leaves); n == pageSize && leaves[n-1].Index > 0 {
		v.older = Path + "?before=" + strconv.FormatInt(leaves[n-1].Index, 10)
	}
	return v, nil
}

var results = map[evidence.Result]struct {
	state page.State
	key   string
}{
	evidence.Done:          {page.OK, "log.done"},
	evidence.RefusedPost:   {page.Late, "log.refused_post"},
	evidence.RefusedObject: {page.Late, "log.refused_object"},
	evidence.RefusedRule:   {page.Due, "log.refused_rule"},
}

func lineOf(ctx context.Context, l evidence.Leaf, names map[int64]string) line {
	result := results[l.Result]
	who := names[l.Actor]
	if l.Actor == 0 {
		who = i18n.T(ctx, "log.nobody")
	}
	post := ""
	if l.Post != "" {
		post = i18n.T(ctx, "post."+l.Post)
	}
	return line{index: l.Index, when: time.UnixMicro(l.At).In(clock.China).Format("2006-01-02 15:04:05"), what: i18n.T(ctx, "op."+l.Name),
		who: who, post: post, state: result.state, result: i18n.T(ctx, result.key)}
}
