package search_test

import (
	"context"
	"slices"
	"testing"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
	"hudang/internal/platform/vault"
)

// slips are papers: one for each number of a person, beside whom they stand.
var slips = search.Source{
	Kind: "slip", Title: "toy.slips", Version: 1, Papers: true,
	Stale: map[string]search.Stale{"toy_phone": search.Itself},
	After: func(ctx context.Context, q db.Querier, after int64, most int) (ids []int64, err error) {
		return ids, q.Select((*phone)(nil)).Column("id").Where("id > ?", after).Order("id").Limit(int64(most)).Scan(ctx, &ids)
	},
	Load: func(ctx context.Context, q db.Querier, _ *vault.Store, ids []int64) (docs []search.Doc, err error) {
		var rows []phone
		if err := q.Select(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
			return nil, err
		}
		for _, f := range rows {
			p := &person{}
			p.ID = f.Person
			if err := q.Select(p).WherePK().Scan(ctx); err != nil {
				return nil, err
			}
			docs = append(docs, search.Doc{Ref: ref.Ref{Kind: "slip", ID: int64(f.ID)}, Of: ref.Ref{Kind: "person", ID: int64(p.ID)}, Estate: f.Estate, Posts: clerks,
				Title: "号码登记表 " + p.Name, Parts: []search.Part{{Kind: search.Title, Text: "业主号码登记表", Former: f.Ended}, {Kind: search.Date, Text: "2026-11-23"},
					{Kind: search.Name, Text: p.Name, Beside: true}, {Kind: search.Room, Text: p.Room, Beside: true}}})
		}
		return docs, nil
	},
}

// What a paper stands beside narrows its own words and never finds it alone; however many papers fit, a person is found.
func TestFind_Papers(t *testing.T) {
	eachOf(t, []search.Source{slips, people}, func(s *scene) { // people come first all the same
		s.put(facts{Estate: 1, Name: "登记", Room: "3-1-1201"})
		s.put(facts{Estate: 1, Name: "赵云", Room: "3-1-1202", Phones: []string{"13800138000"}, FormerPhones: []string{"13900139000"}})
		for range 25 {
			s.put(facts{Estate: 1, Name: "马超", Room: "3-1-1203", Phones: []string{"13700137000", "13600136000", "13500135000", "13300133000", "13200132000", "13100131000", "13000130000", "15000150000", "15100151000"}})
		}
		s.put(facts{Estate: 2, Name: "赵云", Room: "3-1-1202", Phones: []string{"13800138000"}})
		names := func(who access.Actor, typed string) (all []string) {
			found, err := s.Find(t.Context(), who, 1, typed, 3)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range found.Hits {
				all = append(all, h.Title)
			}
			return all
		}
		clerk, slip := as(1, access.Assistant), "号码登记表 赵云"
		for typed, want := range map[string][]string{
			"赵云": {"赵云"}, "3-1-1202": {"赵云"}, "赵云 登记表": {slip, slip}, "1202 号码": {slip, slip}, "dj 1202": nil, "djb zy": {slip, slip}, "hmdj 1202": {slip, slip},
			"1202 2026-11": {slip, slip}, "赵云 2026年11月23日": {slip, slip}, "赵云 20261123": {slip, slip}, "赵云 2026-10": nil, "赵云 1202": {"赵云"}, "王 登记表": nil,
			"登记": {"登记", "号码登记表 马超", "号码登记表 马超", "号码登记表 马超"},
		} {
			if got := names(clerk, typed); !slices.Equal(got, want) {
				t.Errorf("%q: %v, want %v", typed, got, want)
			}
		}
		if got := names(as(1, access.Finance), "赵云 登记表"); got != nil {
			t.Error("another post's paper: ", got)
		}
	})
}
