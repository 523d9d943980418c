package accountweb

import (
	"context"
	"net/http"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/db"
	"hudang/internal/platform/list"
	"hudang/internal/platform/list/listweb"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/ref"
)

// NavAccounts is the key of the pages' module in the navigation.
const NavAccounts = "accounts"

// Pages are the pages of accounts.
type Pages struct {
	EstateName func(ctx context.Context, q db.Querier, id access.EstateID) (string, error) // for prints
	Kit        *page.Kit
	Door       *op.Door
	Accounts   account.SessionStore
	List       list.Any
	Places     account.Places
	// Enter gives the browser the cookie of a new session.
	Enter func(w http.ResponseWriter, r *http.Request, cookie string)
	// Address is where a request comes from.
	Address func(r *http.Request) string
	Browser func(r *http.Request) account.Browser
	// Office is the address by which other computers of the office come to a host; the host itself where there is no other.
	Office func(host string) string
	// Alone reports a host that no other computer reaches.
	Alone func(host string) bool
	// Mark gives the browser the cookie of a computer just registered.
	Mark func(w http.ResponseWriter, r *http.Request, secret string)
}

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	listweb.Site{Kit: p.Kit, Door: p.Door, Estate: p.EstateName}.Routes(mux, p.List, NavAccounts)
	manage, all := account.MayManage(), access.Posts
	p.Kit.For(manage, mux, "GET /accounts/new", p.newAccount)
	p.Kit.For(manage, mux, "POST /accounts/new", p.addAccount)
	p.Kit.For(manage, mux, "GET "+account.PCPath, p.showPCs)
	p.Kit.For(manage, mux, "POST "+account.PCPath, p.registerPC)
	p.Kit.For(manage, mux, "POST "+account.PCPath+"/end", p.endPC)
	p.Kit.For(manage, mux, "GET "+account.ModePath, p.showMode)
	p.Kit.For(manage, mux, "POST "+account.ModePath+"/separate", p.separate)
	p.Kit.For(manage, mux, "POST "+account.ModePath+"/merge", p.merge)
	p.Kit.For(manage, mux, "GET /accounts/{id}", p.showAccount)
	p.Kit.For(manage, mux, "GET /accounts/{id}/posts", p.editPosts)
	p.Kit.For(manage, mux, "POST /accounts/{id}/posts", p.changePosts)
	p.Kit.For(manage, mux, "POST /accounts/{id}/disable", p.disable)
	p.Kit.For(manage, mux, "POST /accounts/{id}/enable", p.enable)
	p.Kit.For(manage, mux, "POST /accounts/{id}/reset", p.reset)
	p.Kit.For(manage, mux, "POST /accounts/{id}/slip", p.printSlip)
	p.Kit.For(manage, mux, "POST /accounts/{id}/card", p.issueCard)
	p.Kit.For(manage, mux, "POST /accounts/{id}/card/void", p.voidCard)
	p.Kit.For(manage, mux, "POST /accounts/{id}/sessions", p.endSessions)
	p.Kit.For(all, mux, "GET "+account.OwnPath, p.showOwn)
	p.Kit.For(all, mux, "POST "+account.OwnPath+"/sessions", p.endOwn)
	p.Kit.For(all, mux, "GET "+account.PINPath, p.pinPage)
	p.Kit.For(all, mux, "POST "+account.PINPath, p.setPIN)
	p.Kit.For(account.Administrators, mux, "GET "+account.TOTPPath, p.totpPage)
	p.Kit.For(account.Administrators, mux, "POST "+account.TOTPPath, p.setTOTP)
	p.Kit.For(all, mux, "GET "+account.PasswordPath, p.passwordPage)
	p.Kit.For(all, mux, "POST "+account.PasswordPath, p.setPassword)
}

// account is the account a request's address names. Accounts are the company's: whoever may see one may see all.
func (p Pages) account(r *http.Request) (*account.Account, error) {
	return account.Find(r.Context(), p.Door.DB.Read(), ref.ParseID[account.ID](r.PathValue("id")))
}

func (p Pages) places(ctx context.Context) ([]account.Place, error) {
	return p.Places(ctx, p.Door.DB.Read())
}
