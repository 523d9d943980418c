package account

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
)

// Duties are what an office still has to do about its people on its first days.
var Duties = []duty.Source{{Posts: mayManage, Load: colleagues}}

// PCDuty asks for the desk's computer while none is registered: the last step of the first day.
var PCDuty = duty.Source{Posts: mayManage, Load: firstPC}

// colleagues asks for colleagues while there is one account; never late.
func colleagues(ctx context.Context, q db.Querier, _ access.Scope, today string) ([]duty.Duty, error) {
	var duties []duty.Duty
	alone, err := onlyOne(ctx, q)
	if err != nil {
		return nil, err
	}
	if alone {
		duties = append(duties, duty.Duty{Title: i18n.T(ctx, "account.duty.people"), Text: i18n.T(ctx, "account.duty.people.text"), Act: i18n.T(ctx, "account.add"), Href: "/accounts/new", Due: today})
	}
	return duties, nil
}

func firstPC(ctx context.Context, q db.Querier, _ access.Scope, today string) (duties []duty.Duty, err error) {
	pcs, err := PCs(ctx, q)
	if err == nil && len(pcs) == 0 {
		duties = append(duties, duty.Duty{Title: i18n.T(ctx, "account.duty.pc"), Text: i18n.T(ctx, "account.duty.pc.text"), Act: i18n.T(ctx, "account.duty.pc.do"), Href: PCPath, Due: today})
	}
	return duties, err
}
