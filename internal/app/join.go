package app

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/approval"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/evidence/logweb"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/job"
	"hudang/internal/platform/label"
	"hudang/internal/platform/list"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
	"hudang/internal/platform/setting"
	"hudang/internal/platform/viewlog"
)

// house is what the rooms offer, joined and checked once.
type house struct {
	migrations []db.Migration
	tables     *evidence.Tables
	texts      *i18n.Bundle
	settings   *setting.Registry
	things     ref.Kinds
	duties     []duty.Source
	controls   []control.Control
	approvals  *approval.Registry
	ops        []op.Any
	jobs       []job.Kind
	sources    []search.Source
	reveals    []*masked.Field
	choose     func(ctx context.Context, e access.EstateID) error // turns the header to an estate
	looks      list.Any                                           // who looked at what: of every kind of thing
	leaves     list.Any                                           // the logs, for whoever audits
	log        *evidence.Log                                      // for the heads of those
	label      *op.Op[ref.Ref, string]                            // prints the label of a thing of any kind that has them
	labels     *op.Op[label.Printed, []string]                    // prints those of several together
}

// join puts the rooms together; it reports everything that does not fit at once.
func join() (*house, error) {
	var schema, texts []fs.FS
	var tables [][]evidence.Table
	var kinds [][]ref.Kind
	var numbers [][]setting.Number
	h := &house{controls: Controls()}
	for _, r := range rooms {
		if r.Has("migrations") {
			schema = append(schema, r.Files)
		}
		if r.Has("locales") {
			texts = append(texts, r.Files)
		}
		tables, kinds, numbers = append(tables, r.Tables), append(kinds, r.Kinds), append(numbers, r.Settings)
		h.duties, h.ops, h.jobs = append(h.duties, r.Duties...), append(h.ops, r.AllOps()...), append(h.jobs, r.Jobs...)
		h.sources = append(slices.Clone(r.Sources), h.sources...) // what stands higher is found first: a household before its unit
		h.reveals = append(h.reveals, r.Reveals...)
	}
	var errs [6]error
	h.migrations, errs[0] = db.Migrations(schema...)
	h.tables, errs[1] = evidence.NewTables(tables...)
	h.texts, errs[2] = i18n.New(texts...)
	h.settings, errs[3] = setting.NewRegistry(numbers...)
	h.things, errs[4] = ref.NewKinds(kinds...)
	h.approvals, errs[5] = approval.NewRegistry(actorOf, approvals...)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	h.looks, h.label, h.labels = viewlog.List(h.things), label.Print(h.things), label.PrintAll(h.things)
	h.leaves = logweb.List(h.audited())
	h.ops = slices.Concat(h.ops, []op.Any{h.settings.Change(), h.label, h.labels}, h.looks.Ops(), h.leaves.Ops())
	h.ops = append(h.ops, h.approvals.Ops()...)
	return h, nil
}
