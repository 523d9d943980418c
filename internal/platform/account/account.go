package account

import (
	"context"
	"database/sql"
	"embed"
	"errors"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// ID names an account.
type ID int64

// Account is somebody who may sign in.
type Account struct {
	bun.BaseModel `bun:"table:account_account,alias:account"`
	evidence.Row[ID]
	Login       string `bun:"login"`
	Name        string `bun:"name"`
	Sorting     string `bun:"sorting,nullzero"`      // the name's place in a Chinese list
	Disabled    int64  `bun:"disabled,nullzero"`     // µs UTC
	PasswordSet int64  `bun:"password_set,nullzero"` // µs UTC; 0 while there is none
}

type grantID int64

// grant is a post held. The actor of a request is made of the grants not ended as they stand in account_power.
type grant struct {
	bun.BaseModel `bun:"table:account_grant,alias:held"`
	evidence.Row[grantID]
	Account  ID              `bun:"account"`
	Post     access.Post     `bun:"post"`
	AtEstate access.EstateID `bun:"at_estate"`
	Ended    int64           `bun:"ended,nullzero"` // µs UTC
}

type officeID int64

// theOffice is the id of the only row of its kind: a second set-up meets it.
const theOffice officeID = 1

// office says whether posts that stand apart may be in one hand.
type office struct {
	bun.BaseModel `bun:"table:account_office,alias:office"`
	evidence.Row[officeID]
	Merged bool `bun:"merged"`
}

// Files are the package's migrations and texts.
//
//go:embed migrations/*.sql locales/*.json
var Files embed.FS

// Tables are the package's tables.
var Tables = []evidence.Table{
	evidence.Of[Account](),
	evidence.Of[grant](),
	evidence.Of[office](),
	evidence.Of[PC](),
	evidence.Of[Card](),
	evidence.Bound("account_power", "derivable: what an account may act as follows from its posts, which are evidential; a post that is not here opens nothing", "held"),
	evidence.Bound("account_secret", "secrets must not be digestible: whoever has the log could try passwords against it", "account"),
	evidence.Bound("account_former", "secrets must not be digestible, as those in force", "account", "hash"),
	evidence.Bound("account_pin", "secrets must not be digestible: whoever has the log could try a million PINs against it", "account"),
	evidence.Bound("account_totp", "what codes are made of; setting it up leaves a leaf", "account"),
	evidence.Bound("account_recovery", "secrets must not be digestible; using one leaves a leaf", "account", "code"),
	evidence.Bound("account_session", "sessions come and go; signing in leaves a leaf", "token"),
	evidence.Bound("account_link", "one-time links, gone when used", "token"),
	evidence.Bound("account_seen", "written with every minute of work; signing in leaves a leaf", "account"),
	evidence.Bound("account_failure", "counts that hold back whoever tries passwords; each minute leaves a leaf", "account", "address", "minute"),
}

// Ops are the package's operations.
var Ops = []op.Any{
	AddAccount, ChangeGrants, DisableAccount, EnableAccount, ResetAccount, EndSessions, EndOwnSessions,
	SetPassword, SetPIN, SetTOTP, SetUp, SignIn, RecordFailures, IssueCard, VoidCard, RegisterPC, EndPC,
	Separate, Merge, BindRows,
}

// Names are the display names of accounts, for history and lists; unknown ids are left out.
func Names(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	names := map[int64]string{}
	if len(ids) == 0 {
		return names, nil
	}
	var rows []Account
	err := q.Select(&rows).Column("id", "name").Where("id IN (?)", bun.List(ids)).Scan(ctx)
	for _, a := range rows {
		names[int64(a.ID)] = a.Name
	}
	return names, err
}

// Find is an account by its id; NotFound when there is none.
func Find(ctx context.Context, q db.Querier, id ID) (*Account, error) {
	a := &Account{}
	err := q.Select(a).Where("id = ?", id).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.E(errs.NotFound, "error.not_found")
	}
	return a, err
}

// Grants are the posts an account holds.
func Grants(ctx context.Context, q db.Querier, id ID) ([]access.Grant, error) {
	held, err := grantsOf(ctx, q, id)
	return inForce(held), err
}

// grantsOf are all grants an account ever had, in their order.
func grantsOf(ctx context.Context, q db.Querier, id ID) ([]grant, error) {
	var held []grant
	err := q.Select(&held).Where("account = ?", id).Order("id").Scan(ctx)
	return held, err
}

func inForce(held []grant) []access.Grant {
	var grants []access.Grant
	for _, g := range held {
		if g.Ended == 0 {
			grants = append(grants, access.Grant{Post: g.Post, Estate: g.AtEstate})
		}
	}
	return grants
}

// ActorOf is the actor an account acts as: its grants in force, of those that the program wrote. Nobody for one that is disabled.
func ActorOf(ctx context.Context, q db.Querier, id ID) (access.Actor, error) {
	return actorOf(ctx, q, id)
}
