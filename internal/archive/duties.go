package archive

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/setting"
)

// filingDays is how long a paper may wait between coming in and being filed (E4).
var filingDays = setting.Number{Name: "archive.filing_days", Clause: "E4", Default: 7, Min: 1, Max: 365,
	Label: "archive.filing_days", Meaning: "archive.filing_days.meaning", Unit: "setting.unit.days"}

// papersWait are the papers of each estate that nobody has sorted and filed yet, rolled up.
func papersWait(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	rows, err := unfiled(ctx, q, s)
	if err != nil {
		return nil, err
	}
	var duties []duty.Duty
	for _, w := range rows {
		days, err := filingDays.At(ctx, q, w.Estate, today)
		if err != nil {
			return nil, err
		}
		oldest, err := cn.ParseStored(w.Oldest)
		if err != nil {
			return nil, err
		}
		duties = append(duties, duty.Duty{Title: i18n.T(ctx, "archive.duty.file", w.Papers), Text: i18n.T(ctx, "archive.duty.where", w.EstateName, w.Oldest),
			Act: i18n.T(ctx, "archive.duty.do"), Href: Papers.Path, Clause: "E4", Due: oldest.AddDays(int(days)).String()})
	}
	return duties, nil
}

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
