package app

import (
	"context"
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"time"

	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
)

// The command waits for work that cannot go on only so long; then it stops the work and says what to do next.
func TestImportRoster_WaitsOnlySoLong(t *testing.T) {
	const here access.EstateID = 7
	stuck := job.Kind{Name: "toy.stuck", Title: "toy.stuck", Posts: toy.Clerks, Chunk: func(context.Context, *op.Door, job.Work) (job.Progress, error) {
		return job.Progress{}, errs.E(errs.Unavailable, "blob.error.full")
	}}
	begin := op.Define("toy.begin", op.Spec[int64, job.ID]{NoClause: "a test", Posts: toy.Clerks,
		Subject: func(context.Context, op.Tx, int64) (op.Subject, error) {
			return op.Subject{Kind: "board", ID: 5, Estate: here}, nil
		},
		Do: func(ctx context.Context, tx op.Tx, total int64) (job.ID, error) {
			return job.Enqueue(ctx, tx, stuck, job.Start{Estate: here, Total: total})
		}})
	w := optest.Toy
	w.Migrations = append([]fs.FS{job.Files}, w.Migrations...)
	w.Tables = append([][]evidence.Table{job.Tables}, w.Tables...)
	w.Ops = append(append([]op.Any{begin}, job.Ops...), w.Ops...)
	optest.Each(t, w, func(t *testing.T, d *op.Door) {
		ctx := optest.As(t.Context(), 41, here, access.Assistant)
		started, err := op.Run(ctx, d, begin, 3)
		if err != nil {
			t.Fatal(err)
		}
		as := func(context.Context, db.Querier, int64) (access.Actor, error) { return access.From(ctx), nil }
		r, err := job.NewRunner(d, []job.Kind{stuck}, as, slog.New(slog.DiscardHandler))
		if err == nil {
			err = r.Start(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		defer r.Stop(context.WithoutCancel(t.Context()))
		h, err := join()
		if err != nil {
			t.Fatal(err)
		}
		a := &App{Door: d, Texts: h.texts}
		err = a.await(i18n.With(optest.As(ctx, 41, here, access.Assistant), h.texts, i18n.Chinese), started.Out, imports.ID(88), 200*time.Millisecond)
		why, refused := Words(err, "zh"), Refused(err)
		for _, says := range []string{"磁盘空间不足", "已写入的保留", "导入记录", "批号 88", "0"} {
			if !refused || !strings.Contains(why, says) {
				t.Errorf("%v: want %s in %q", err, says, why)
			}
		}
		if run, err := job.Find(ctx, d.DB.Read(), access.From(ctx), started.Out); err != nil || run.Cancelled == 0 || !run.Waits() {
			t.Errorf("not asked to stop: %+v %v", run, err)
		}
	})
}
