package list_test

import (
	"context"
	"net/url"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
)

// A preview reads its own row and no other; what the scope or the filters leave out is not there.
func TestPreview_ReadsItsRowAlone(t *testing.T) {
	read := 0
	def := notes.Def
	def.Fill = func(_ context.Context, _ db.Querier, rows []toy.Note) error { read += len(rows); return nil }
	counting := &list.List[toy.Note]{Def: def}
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		ctx := setUp(t, d)
		far := optest.As(ctx, 2, here+1, toy.Clerks...)
		if _, err := op.Run(far, d, toy.AddNote, toy.AddNoteIn{Estate: here + 1, Text: "far"}); err != nil {
			t.Fatal(err)
		}
		idOf := func(ctx context.Context, query string) string { v, _ := texts(t, ctx, d, query); return v.Rows[0].ID }
		preview := func(id, query string) (list.View, error) {
			asked, _ := url.ParseQuery(query)
			return counting.Preview(ctx, d.DB.Read(), list.Reader{Actor: access.From(ctx), Today: "2026-11-23"}, asked, id)
		}
		near, away := idOf(ctx, "is=aXb"), idOf(far, "")
		read = 0
		v, err := preview(near, "page=9")
		if err != nil || len(v.Rows) != 1 || v.Rows[0].Cells[0].Text != "aXb" || read != 1 {
			t.Errorf("%+v, %v, %d rows read", v.Rows, err, read)
		}
		for id, query := range map[string]string{away: "", near: "is=500", "x": "", "": "", "0": "", "+" + near: ""} {
			if _, err := preview(id, query); !errs.Is(err, errs.NotFound) {
				t.Errorf("%q with %q: %v", id, query, err)
			}
		}
	})
}
