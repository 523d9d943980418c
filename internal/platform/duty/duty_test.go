package duty_test

import (
	"context"
	"slices"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
)

func source(post access.Post, due ...string) duty.Source {
	return duty.Source{Posts: []access.Post{post}, Load: func(context.Context, db.Querier, access.Scope, string) ([]duty.Duty, error) {
		all := make([]duty.Duty, len(due))
		for i, d := range due {
			all[i] = duty.Duty{Title: d, Due: d}
		}
		return all, nil
	}}
}

func TestGather_OwnPostsByUrgency(t *testing.T) {
	clerk := access.Actor{Account: 1, Grants: []access.Grant{{Post: access.Assistant, Estate: 1}}}
	sources := []duty.Source{
		source(access.Assistant, "2026-11-26", "2026-11-27", "", "2026-11-23"), source(access.Manager, "2026-11-01"), source(access.Assistant, "2026-10-31", "2026-11-20"),
	}
	got, err := duty.Gather(t.Context(), nil, sources, clerk, access.Company, "2026-11-23", "2026-11-26")
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, d := range got {
		titles = append(titles, d.Title)
	}
	if want := []string{"2026-10-31", "2026-11-20", "", "2026-11-23", "2026-11-26"}; !slices.Equal(titles, want) {
		t.Errorf("duties = %q, want %q", titles, want)
	}
	if got[0].Urgency != duty.Late || got[2].Urgency != duty.Today || got[4].Urgency != duty.Soon {
		t.Errorf("urgencies = %+v", got)
	}
}
