package archive

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
)

// filedInTime is E4: a paper is filed within its days of coming in.
var filedInTime = control.Control{Clause: "E4", Name: "archive.filed", Title: "archive.control.filed", Posts: []access.Post{access.Custodian}, Period: control.Month, Find: findFiled}

func findFiled(ctx context.Context, q db.Querier, a control.Asked) (control.Finding, error) {
	days, err := filingDays.At(ctx, q, a.Estate, a.Day)
	if err != nil {
		return control.Finding{}, err
	}
	all, err := papersIn(ctx, q, a.Scope)
	if err != nil {
		return control.Finding{}, err
	}
	waits, err := unfiled(ctx, q, a.Scope)
	b := control.Backlog{All: all}
	for _, w := range waits {
		oldest, err := cn.ParseStored(max(w.Oldest, a.Start))
		if err != nil {
			return control.Finding{}, err
		}
		b.Open, b.Until = b.Open+int64(w.Papers), oldest.AddDays(int(days)).String()
	}
	f := b.Judge(ctx, a.Day, control.Texts{Met: "archive.control.filed.met", Due: "archive.control.filed.due", Broken: "archive.control.filed.broken"})
	f.Unit, f.Records = "archive.control.filed.unit", Papers.Path
	return f, err
}
