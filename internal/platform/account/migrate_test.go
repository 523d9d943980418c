package account_test

import (
	"database/sql"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// Posts of a version that knew no account_power are held on: those in force of whoever is enabled, and none that only the database knows.
func TestMigrate_PostsOfBeforeAreHeldOn(t *testing.T) {
	text, err := fs.ReadFile(account.Files, "migrations/20261202053701_power.sql")
	if err != nil {
		t.Fatal(err)
	}
	optest.EachTampered(t, world, func(t *testing.T, d *op.Door, raw *sql.DB) {
		o := &office{t: t, keeper: account.SessionStore{Door: d}}
		cashier, manager := access.Grant{Post: access.Cashier, Estate: 5}, access.Grant{Post: access.Manager}
		here, changed, gone := o.hire("here", cashier), o.hire("changed", cashier), o.hire("gone", cashier)
		admin := optest.As(t.Context(), 4711, access.Company, access.SecurityAdmin)
		if _, err := op.Run(admin, d, account.ChangeGrants, account.ChangeGrantsIn{Account: changed, Grants: []access.Grant{manager}}); err != nil {
			t.Fatal(err)
		}
		if _, err := op.Run(admin, d, account.DisableAccount, account.AccountIn{Account: gone}); err != nil {
			t.Fatal(err)
		}
		types := map[db.Engine][]string{db.SQLite: {"{{text}}", "TEXT", "{{blob}}", "BLOB"}, db.Postgres: {"{{text}}", "TEXT", "{{blob}}", "BYTEA"}}[d.DB.Engine()]
		for _, query := range []string{
			"DROP TABLE account_power",
			"INSERT INTO account_grant (id, estate, version, ev_op, ev_salt, account, post, at_estate) SELECT id + 1, estate, version, ev_op, ev_salt, account, 'manager', 0 FROM account_grant WHERE post = 'cashier' AND ended IS NULL",
			strings.NewReplacer(types...).Replace(string(text)),
		} {
			if _, err := raw.Exec(query); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := op.Run(access.With(t.Context(), access.ProgramActor()), d, account.BindRows, account.BindRowsIn{Tables: []string{"account_power"}}); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[account.ID][]access.Grant{here: {cashier}, changed: {manager}, gone: nil} {
			if who, err := account.ActorOf(t.Context(), d.DB.Read(), id); err != nil || !slices.Equal(who.Grants, want) {
				t.Errorf("%d acts as %+v, %v; want %+v", id, who.Grants, err, want)
			}
		}
	})
}
