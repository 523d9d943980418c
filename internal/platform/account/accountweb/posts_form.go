package accountweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/ref"
)

// postsForm is the form of a new account (account nil), or of the posts of one that exists.
type postsForm struct {
	form    *page.Form
	account *account.Account
	version int64
	places  []account.Place
	merged  bool
}

// postsIn are the posts as the form sends them: of the company, and of each estate.
type postsIn struct {
	Company []access.Post `form:"company"`
	At      []placeIn     `form:"at"`
}

type placeIn struct {
	Estate int64         `form:"estate"`
	Posts  []access.Post `form:"posts"`
}

func (in postsIn) grants() []access.Grant {
	var grants []access.Grant
	for _, p := range in.Company {
		grants = append(grants, access.Grant{Post: p, Estate: access.Company})
	}
	for _, at := range in.At {
		for _, p := range at.Posts {
			if at.Estate != 0 {
				grants = append(grants, access.Grant{Post: p, Estate: access.EstateID(at.Estate)})
			}
		}
	}
	return grants
}

// fillPosts puts the posts held into the form's values.
func fillPosts(values page.Values, held []access.Grant, places []account.Place) {
	for _, g := range held {
		name := "company"
		if g.Estate != access.Company {
			i := slices.IndexFunc(places, func(p account.Place) bool { return p.ID == g.Estate })
			name = postsAt(i)
		}
		values[name] = append(values[name], string(g.Post))
	}
}

func postsAt(i int) string  { return "at." + strconv.Itoa(i) + ".posts" }
func estateAt(i int) string { return "at." + strconv.Itoa(i) + ".estate" }

// tradePosts are the posts held in an estate; administrators' posts are the company's.
func tradePosts() []access.Post {
	return slices.DeleteFunc(slices.Clone(access.Posts), func(p access.Post) bool { return slices.Contains(account.Administrators, p) })
}

func postOptions(ctx context.Context, posts []access.Post) []page.Option {
	options := make([]page.Option, len(posts))
	for i, p := range posts {
		options[i] = page.Option{Value: string(p), Label: account.PostName(ctx, p)}
	}
	return options
}

func (p Pages) newAccount(w http.ResponseWriter, r *http.Request) error {
	return p.renderPosts(w, r, http.StatusOK, postsForm{form: page.NewForm("/accounts/new", page.Values{})})
}

// newIn is the form of a new account.
type newIn struct {
	Login string `form:"login"`
	Name  string `form:"name"`
	postsIn
}

func (p Pages) addAccount(w http.ResponseWriter, r *http.Request) error {
	var in newIn
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	add := account.AddAccountIn{Login: in.Login, Name: in.Name, Grants: in.grants()}
	secret := add.Invite()
	done, err := opform.Run(r, p.Door, account.AddAccount, add, "")
	switch {
	case mendable(err):
		return p.renderPosts(w, r, errs.KindOf(err).Status(), postsForm{form: page.Refused("/accounts/new", page.Typed(r), err)})
	case err != nil:
		return err
	case done.Replayed:
		return p.Kit.Redirect(w, r, account.ListPath+"/"+ref.Text(done.Out))
	}
	return p.showLink(w, r, done.Out, secret, true)
}

// mendable are refusals that the form itself can answer.
func mendable(err error) bool { return errs.Is(err, errs.Invalid) || errs.Is(err, errs.Blocked) }

func (p Pages) editPosts(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	held, err := account.Grants(r.Context(), p.Door.DB.Read(), a.ID)
	if err != nil {
		return err
	}
	places, err := p.places(r.Context())
	if err != nil {
		return err
	}
	values := page.Values{}
	fillPosts(values, held, places)
	return p.renderPosts(w, r, http.StatusOK, postsForm{form: page.NewForm(a.Path()+"/posts", values), account: a})
}

func (p Pages) changePosts(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	var in postsIn
	if err = page.Decode(r, &in); err == nil {
		_, err = opform.Run(r, p.Door, account.ChangeGrants, account.ChangeGrantsIn{Account: a.ID, Grants: in.grants()}, refOf(a))
	}
	if mendable(err) {
		return p.renderPosts(w, r, errs.KindOf(err).Status(), postsForm{form: page.Refused(a.Path()+"/posts", page.Typed(r), err), account: a})
	}
	return p.back(w, r, a, err)
}

func (p Pages) renderPosts(w http.ResponseWriter, r *http.Request, status int, f postsForm) error {
	ctx := r.Context()
	var err error
	if f.places, err = p.places(ctx); err != nil {
		return err
	}
	if f.merged, err = p.Accounts.Merged(ctx); err != nil {
		return err
	}
	title := i18n.T(ctx, "account.add.title")
	if f.account != nil {
		title = i18n.T(ctx, "account.change.title", f.account.Name)
		if f.version, err = account.Version(ctx, p.Door, f.account); err != nil {
			return err
		}
	}
	f.form.Plain = f.account == nil // its answer shows the link, and must not be asked for again by the way back
	return p.Kit.Render(w, r, status, page.Page{Title: title, Nav: NavAccounts, Err: f.form.Err, Body: postsBody(title, f)})
}
