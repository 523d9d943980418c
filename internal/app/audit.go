package app

import (
	"context"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/evidence/logweb"
	"hudang/internal/platform/i18n"
)

// audited is what the pages of the logs know besides the logs.
func (h *house) audited() logweb.Names {
	return logweb.Names{
		Ops: func() []string {
			names := make([]string, len(h.ops))
			for i, o := range h.ops {
				names[i] = o.Name()
			}
			return names
		},
		Tables: func() []string {
			var names []string
			for _, t := range h.tables.All() {
				if t.Exempt == "" {
					names = append(names, t.Name)
				}
			}
			return names
		},
		Log: logName,
		Head: func(ctx context.Context, q db.Querier, log access.EstateID) (evidence.Checkpoint, error) {
			return h.log.Head(ctx, q, log)
		},
		Estates: func(ctx context.Context, q db.Querier, s access.Scope) ([]access.EstateID, error) {
			all, err := estate.Estates(ctx, q, s)
			ids := make([]access.EstateID, len(all))
			for i, e := range all {
				ids[i] = e.ID
			}
			return ids, err
		},
		Row: h.auditedRow,
	}
}

// logName is what a log is called: as its estate, or the company's.
func logName(ctx context.Context, q db.Querier, log access.EstateID) (string, error) {
	if log == access.Company {
		return i18n.T(ctx, "audit.company"), nil
	}
	return estate.NameOf(ctx, q, log)
}

// auditedRow is what an auditor may read of a row: who works here, which setting, which estate. Of households, rooms and papers he
// sees the number alone (D5).
func (h *house) auditedRow(ctx context.Context, q db.Querier, k evidence.RowKey) (string, error) {
	switch k.Table {
	case "account_account":
		names, err := account.Names(ctx, q, []int64{k.Row})
		return names[k.Row], err
	case "estate_estate":
		return estate.NameOf(ctx, q, access.EstateID(k.Row))
	case "setting_value":
		label, err := h.settings.Titled(ctx, q, k.Row)
		if label != "" {
			label = i18n.T(ctx, label)
		}
		return label, err
	}
	return "", nil
}
