package search_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/db/dbtest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
	"hudang/internal/platform/vault"
)

var benchDocs = flag.Int("docs", 20_000, "households of BenchmarkSearch")

const (
	surnames = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高单曾解仇区"
	given    = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建国文志"
)

// household is the nth invented household, always the same: two people, three phones, an id, a room, every third a car.
func household(n int64) search.Doc {
	dice := rand.New(rand.NewPCG(uint64(n), 7))
	han := func(s string) string { r := []rune(s); return string(r[dice.IntN(len(r))]) }
	name := func() string { return han(surnames) + han(given) + han(given) }
	d := search.Doc{Ref: ref.Ref{Kind: "household", ID: n}, Estate: access.EstateID(1 + n%5), Posts: access.Desk, Title: name(), Parts: []search.Part{
		{Kind: search.Room, Text: fmt.Sprintf("%d-%d-%d%02d", 1+dice.IntN(40), 1+dice.IntN(4), 1+dice.IntN(33), 1+dice.IntN(6))},
		{Kind: search.ID, Text: fmt.Sprintf("110105%d%02d%02d%03d2", 1950+dice.IntN(60), 1+dice.IntN(12), 1+dice.IntN(28), dice.IntN(1000))},
	}}
	for i := range 3 {
		d.Parts = append(d.Parts, search.Part{Kind: search.Phone, Text: fmt.Sprintf("13%09d", dice.IntN(1_000_000_000)), Former: i == 2},
			search.Part{Kind: search.Name, Text: name(), Former: i == 2})
	}
	if n%3 == 0 {
		d.Parts = append(d.Parts, search.Part{Kind: search.Plate, Text: fmt.Sprintf("粤B%05d", dice.IntN(100_000))})
	}
	return d
}

// invented gives so many households that stand in no table, so that only the index is measured.
func invented(docs int64) search.Source {
	return search.Source{Kind: "household", Title: "toy.people",
		After: func(_ context.Context, _ db.Querier, after int64, most int) (ids []int64, err error) {
			for id := after + 1; id <= docs && len(ids) < most; id++ {
				ids = append(ids, id)
			}
			return ids, nil
		},
		Load: func(_ context.Context, _ db.Querier, _ *vault.Store, ids []int64) (docs []search.Doc, err error) {
			for _, id := range ids {
				docs = append(docs, household(id))
			}
			return docs, nil
		}}
}

// BenchmarkSearch sets each way of asking beside the bare question to the engine: the same words, nothing else done.
// go test ./internal/platform/search -run - -bench Search -docs 100000
func BenchmarkSearch(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchSearch(b, db.Config{File: filepath.Join(b.TempDir(), "hudang.db")}) })
	b.Run("postgres", func(b *testing.B) { benchSearch(b, db.Config{URL: dbtest.Postgres(b)}) })
}

func benchSearch(b *testing.B, cfg db.Config) {
	d := optest.Open(b, world, cfg)
	own := d.DB
	if own.Engine() == db.SQLite {
		var err error
		if own, err = db.Open(b.Context(), db.Config{File: filepath.Join(b.TempDir(), "search.db")}, nil); err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { own.Close() })
	}
	x, err := search.Open(b.Context(), search.Config{Data: d.DB, Own: own, Keys: d.Vault, Sources: []search.Source{invented(int64(*benchDocs))}, Log: discard})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("make", func(b *testing.B) {
		for b.Loop() {
			if err := x.CatchUp(b.Context()); err != nil { // all of it the first time, nothing afterwards
				b.Fatal(err)
			}
		}
	})
	oneOp(b, d)
	if err := x.CatchUp(b.Context()); err != nil {
		b.Fatal(err)
	}
	clerk := as(2, access.Desk...)
	for _, typed := range []string{"张伟", "王芳敏", "zhangweifang", "zwf", "zs", "8000", "13800138000", "1202", "3-1-1202", "3栋1单元1202", "345", "002X", "王 1202"} {
		b.Run(typed, func(b *testing.B) {
			sample(b, func() error { _, err := x.Find(b.Context(), clerk, 2, typed, 8); return err })
		})
		bare := x.Bare(clerk, 2, typed)
		b.Run(typed+" bare", func(b *testing.B) { sample(b, func() error { return bare(b.Context()) }) })
	}
}

// oneOp leaves a leaf, so that there is a log to look at.
func oneOp(b *testing.B, d *op.Door) {
	if _, err := op.Run(optest.As(b.Context(), 1, access.Company, access.Manager), d, put, facts{Estate: 1, Name: "甲"}); err != nil {
		b.Fatal(err)
	}
}

// sample reports the median and the 99th of a hundred besides the mean.
func sample(b *testing.B, do func() error) {
	var all []float64
	last := b.Elapsed()
	for b.Loop() {
		if err := do(); err != nil {
			b.Fatal(err)
		}
		now := b.Elapsed()
		all, last = append(all, float64((now-last).Microseconds())), now
	}
	slices.Sort(all)
	b.ReportMetric(all[len(all)/2], "p50-µs")
	b.ReportMetric(all[len(all)*99/100], "p99-µs")
}
