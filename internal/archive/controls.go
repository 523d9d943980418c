package archive

import (
	"context"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/setting"
)

// sortedInTime is C3 as far as its first step: a paper is sorted within its days of being collected. How long a sorted one waits
// is E4; when a filed one is used nobody prescribes.
var sortedInTime = control.Control{Clause: "C3", Name: "archive.sorted", Title: "archive.control.sorted", Posts: []access.Post{access.Custodian}, Period: control.Month,
	Find: moved(sortingDays, control.Texts{Met: "archive.control.sorted.met", Due: "archive.control.sorted.due", Broken: "archive.control.sorted.broken"}, Collect)}

// filedInTime is E4: a paper is filed within its days of coming in.
var filedInTime = control.Control{Clause: "E4", Name: "archive.filed", Title: "archive.control.filed", Posts: []access.Post{access.Custodian}, Period: control.Month,
	Find: moved(filingDays, control.Texts{Met: "archive.control.filed.met", Due: "archive.control.filed.due", Broken: "archive.control.filed.broken"}, Collect, Sort)}

// moved judges that no paper is at some stages longer than the days of a setting after it came in.
func moved(within setting.Number, texts control.Texts, stages ...Stage) func(context.Context, db.Querier, control.Query) (control.Finding, error) {
	return func(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
		days, err := within.At(ctx, q, a.Estate, a.Day)
		if err != nil {
			return control.Finding{}, err
		}
		all, err := papersIn(ctx, q, a.Scope)
		if err != nil {
			return control.Finding{}, err
		}
		waits, err := waitingAt(ctx, q, a.Scope, stages...)
		b := control.Backlog{All: all}
		for _, w := range waits {
			oldest, err := cn.ParseStored(max(w.Oldest, a.Start))
			if err != nil {
				return control.Finding{}, err
			}
			b.Open, b.Until = b.Open+int64(w.Papers), oldest.AddDays(int(days)).String()
		}
		f := b.Judge(ctx, a.Day, texts)
		f.Unit, f.Records = "archive.control.unit", estate.WholeOf(a.Estate, "").In(Papers.Path, nil)
		return f, err
	}
}
