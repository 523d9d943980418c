package app

import (
	"context"
	"maps"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// bound is what the key store remembers once every row of the bound tables is bound.
const bound = "rows bound"

// bindOld binds the rows of an earlier version, once. The key store, which is outside the database, remembers that it was
// done: whoever takes the bindings away afterwards, in the database, does not have the program make them anew.
func bindOld(ctx context.Context, door *op.Door) error {
	done, err := door.Vault.Noted(ctx, bound)
	if err != nil || done {
		return err
	}
	tables := slices.Sorted(maps.Keys(door.Tables.Bound()))
	some := false
	for _, table := range tables {
		has, err := db.Unbound(ctx, door.DB.Read(), table)
		if err != nil {
			return err
		}
		some = some || has
	}
	if some {
		if _, err := op.Run(access.With(ctx, access.ProgramActor()), door, account.BindRows, account.BindRowsIn{Tables: tables}); err != nil {
			return err
		}
	}
	return door.Vault.Note(ctx, bound)
}
