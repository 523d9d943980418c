package app

import (
	"errors"
	"io/fs"

	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/setting"
)

// house is what the rooms offer, joined and checked once.
type house struct {
	migrations []db.Migration
	tables     *evidence.Tables
	texts      *i18n.Bundle
	settings   *setting.Registry
	things     ref.Kinds
	duties     []duty.Source
	ops        []op.Any
}

// join puts the rooms together; it reports everything that does not fit at once.
func join() (*house, error) {
	var schema, texts []fs.FS
	var tables [][]evidence.Table
	var kinds [][]ref.Kind
	var numbers [][]setting.Number
	h := &house{}
	for _, r := range rooms {
		if r.Has("migrations") {
			schema = append(schema, r.Files)
		}
		if r.Has("locales") {
			texts = append(texts, r.Files)
		}
		tables, kinds, numbers = append(tables, r.Tables), append(kinds, r.Kinds), append(numbers, r.Settings)
		h.duties, h.ops = append(h.duties, r.Duties...), append(h.ops, r.AllOps()...)
	}
	var errs [5]error
	h.migrations, errs[0] = db.Migrations(schema...)
	h.tables, errs[1] = evidence.NewTables(tables...)
	h.texts, errs[2] = i18n.New(texts...)
	h.settings, errs[3] = setting.NewRegistry(numbers...)
	h.things, errs[4] = ref.NewKinds(kinds...)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	h.ops = append(h.ops, h.settings.Change())
	return h, nil
}
