package historyweb

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// Conflict makes a form that came back stale show what somebody else made of its row meanwhile, beside what was typed, with
// a choice for each field. now is the row as the form would fill it, ref what the form calls it. The form then stands on the
// new version, so that saving again is a decision.
func Conflict(r *http.Request, d *op.Door, f *page.Form, row evidence.Record, ref string, columns []Column, now page.Values) error {
	ctx := r.Context()
	seen, err := page.SeenOf(r)
	if err != nil {
		return err
	}
	changes, err := changesOf(ctx, d, row)
	if err != nil {
		return err
	}
	names, err := authors(ctx, d, changes)
	if err != nil {
		return err
	}
	v := page.DiffView{Mine: i18n.T(ctx, "history.mine")}
	if v.Rows, err = rowsOf(ctx, columns, since(changes, seen[ref]), now, f.Values); err != nil {
		return err
	}
	if len(changes) > 0 {
		last := changes[0].Leaf
		who, at := names[last.Actor], time.UnixMicro(last.At).In(clock.China).Format("15:04")
		v.Title, v.Theirs = i18n.T(ctx, "history.conflict", who, at), who+" "+at
	}
	stale := *errs.As(f.Err)
	stale.Detail = v
	f.Err = &stale
	f.Values.Set(page.FieldToken, "") // another content needs another token
	return nil
}

// since are the columns changed after a version, each as it was then; changes come newest first.
func since(changes []evidence.Change, seen int64) map[string]any {
	was := map[string]any{}
	for _, c := range changes {
		for _, col := range c.Columns {
			if c.Version > seen {
				was[col.Name] = col.Old
			}
		}
	}
	return was
}

// rowsOf are the fields that differ, and the masked facts that were typed.
func rowsOf(ctx context.Context, columns []Column, was map[string]any, now, typed page.Values) ([]page.DiffRow, error) {
	var rows []page.DiffRow
	for _, col := range columns {
		field := strings.TrimSuffix(col.Name, "_mask")
		if slices.Equal(now[field], typed[field]) {
			continue
		}
		r := page.DiffRow{Name: field, Label: i18n.T(ctx, col.Label), Now: now[field], Typed: typed[field]}
		var err error
		if col.Compare == nil {
			r.Theirs, r.Mine = col.typed(ctx, now), col.typed(ctx, typed)
		} else if r, err = col.compared(ctx, r, typed); err != nil {
			return nil, err
		}
		if r.Theirs == r.Mine && r.Masked == "" {
			continue
		}
		r.Was = r.Theirs
		if old, changed := was[col.Name]; changed {
			r.Was = col.text(ctx, old)
		}
		if _, changed := was[field+"_sealed"]; col.Compare != nil && !changed { // an equal mask alone would not tell
			r.Theirs = i18n.T(ctx, "page.diff.same")
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// compared is the row of a masked fact, of which both sides show their masks only.
func (c Column) compared(ctx context.Context, r page.DiffRow, typed page.Values) (page.DiffRow, error) {
	with, err := c.Compare(ctx, typed)
	r.Theirs, r.Mine, r.Masked = c.text(ctx, with.Kept), c.text(ctx, with.Typed), page.Differs
	if with.Same {
		r.Masked = page.Same
	}
	return r, err
}
