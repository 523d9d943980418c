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

// waves are the versions that bound more: what the key store remembers once their rows are, and the tables. A wave without tables has all that
// no other has.
var waves = []struct {
	note   string
	tables []string
}{
	{note: "rows bound"},
	{note: "posts bound", tables: []string{"account_power"}},
}

// bindOld binds the rows of an earlier version, each wave once. The key store, which is outside the database, remembers that it was
// done: whoever takes the bindings away afterwards, in the database, does not have the program make them anew.
func bindOld(ctx context.Context, door *op.Door) error {
	rest := slices.Sorted(maps.Keys(door.Tables.Bound()))
	for _, w := range waves {
		rest = slices.DeleteFunc(rest, func(table string) bool { return slices.Contains(w.tables, table) })
	}
	for _, w := range waves {
		tables := w.tables
		if tables == nil {
			tables = rest
		}
		if err := bindOnce(ctx, door, w.note, tables); err != nil {
			return err
		}
	}
	return nil
}

func bindOnce(ctx context.Context, door *op.Door, note string, tables []string) error {
	done, err := door.Vault.Noted(ctx, note)
	if err != nil || done {
		return err
	}
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
	return door.Vault.Note(ctx, note)
}
