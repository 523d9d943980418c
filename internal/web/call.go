package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"hudang/internal/platform/account"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
	"hudang/internal/platform/viewlog"
)

// CallPath is where a telephone system shows who is calling, with the parameter "number".
const CallPath = "/call"

// fewCallers is how many people a number may belong to and still be a caller's; a sales office's belongs to hundreds.
const fewCallers = 5

// call says who is calling, whatever the number looks like.
func (s *Site) call(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	typed := clip(r.URL.Query().Get("number"))
	found, err := s.find(ctx, typed)
	if err != nil {
		return err
	}
	view := page.CallView{Number: cn.MaskPhone(typed), Find: s.findByRoom(ctx)}
	if digits, ok := phone(typed); ok {
		if view.Callers, err = s.callers(ctx, found, digits); err != nil {
			return err
		}
	}
	s.noteSearch(ctx, len(found.Hits))
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(ctx, "page.call") + " " + view.Number, Body: callBody(view, rest(ctx, typed, found, view.Callers))})
}

// findByRoom leads to where a household is found by its room, for those who may.
func (s *Site) findByRoom(ctx context.Context) page.Action {
	for _, e := range entries(ctx, account.From(ctx).Actor, []NavEntry{s.cfg.Find}) {
		return page.Action{Key: e.Key, Label: i18n.T(ctx, "web.call.find"), Icon: e.Icon, Href: e.Href, Primary: true}
	}
	return page.Action{}
}

// searchHint is the key of what the search box offers: people only to those who find them.
func (s *Site) searchHint(ctx context.Context) string {
	if s.findByRoom(ctx).Href == "" {
		return "web.search.hint.rooms"
	}
	return "web.search.hint"
}

// phone is the one whole telephone number that was typed, in any form.
func phone(typed string) (string, bool) {
	all := cn.ParsePhones(typed)
	if len(all) != 1 || all[0].Digits == "" || all[0].Label != "" || all[0].Kind == cn.PhoneService {
		return "", false
	}
	return all[0].Digits, true
}

// callers are who has a number among what was found by it; none when they are more than a few.
func (s *Site) callers(ctx context.Context, found search.Found, digits string) ([]page.Caller, error) {
	things := make([]ref.Ref, len(found.Hits))
	for i, h := range found.Hits {
		things[i] = h.Ref
	}
	if s.cfg.Callers == nil || len(things) == 0 {
		return nil, nil
	}
	all, err := s.cfg.Callers(ctx, things, digits)
	if len(all) > fewCallers {
		return nil, err
	}
	return all, err
}

// rest is what was found besides the callers' own records.
func rest(ctx context.Context, typed string, found search.Found, callers []page.Caller) []page.FoundGroup {
	found.Hits = slices.DeleteFunc(slices.Clone(found.Hits), func(h search.Hit) bool {
		return slices.ContainsFunc(callers, func(c page.Caller) bool { return c.Thing == h.Ref })
	})
	return foundGroups(ctx, typed, found)
}

// calling are the callers as the first lines under the search box.
func calling(ctx context.Context, callers []page.Caller) []page.FoundGroup {
	if len(callers) == 0 {
		return nil
	}
	group := page.FoundGroup{Title: i18n.T(ctx, "page.call")}
	for _, c := range callers {
		line := []string{c.Part, c.Phone}
		if c.Since != "" {
			line = append(line, i18n.T(ctx, "page.call.since", c.Since))
		}
		if c.Former {
			line = append(line, i18n.T(ctx, "page.call.former"))
		}
		if c.Remark != "" {
			line = append(line, c.Remark)
		}
		group.Rows = append(group.Rows, page.FoundRow{Icon: "phone", Title: c.Room + "  " + c.Name, Line: strings.Join(line, " · "), Href: c.Href})
	}
	if note := callers[0].Note; len(callers) == 1 && note.Label != "" {
		group.Rows = append(group.Rows, page.FoundRow{Icon: note.Icon, Title: note.Label, Line: callers[0].Room, Href: note.Href, Shortcut: note.Shortcut, Acts: true})
	}
	return []page.FoundGroup{group}
}

// noteSearch keeps that a search named somebody (D5).
func (s *Site) noteSearch(ctx context.Context, hits int) {
	if s.cfg.Looked != nil && hits > 0 {
		s.cfg.Looked(ctx, account.From(ctx).Estate, ref.Ref{Kind: viewlog.Searched, ID: int64(hits)})
	}
}
