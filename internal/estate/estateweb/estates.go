package estateweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
)

// NavEstates is the key of the register of estates in the navigation.
const NavEstates = "estates"

const newEstatePath = "/estates/new"

// estateView is what an estate's page shows.
type estateView struct {
	estate  *estate.Estate
	units   int64
	roster  string      // where its roster is brought in
	people  []page.Fact // who works in it, with their posts
	posts   bool        // the person gives posts himself
	history []page.Event
}

func refOfEstate(e *estate.Estate) string { return "estate:" + strconv.FormatInt(int64(e.ID), 10) }

func (p Pages) newEstate(w http.ResponseWriter, r *http.Request) error {
	return p.estateForm(w, r, nil, page.NewForm(newEstatePath, nil))
}

// addEstate makes the estate and turns the header to it, where its first work is.
func (p Pages) addEstate(w http.ResponseWriter, r *http.Request) error {
	var in estate.CreateEstateIn
	done, err := opform.Send(r, p.Door, estate.CreateEstate, &in, "")
	made := &estate.Estate{}
	made.ID = done.Out
	if err == nil {
		err = p.Choose(r.Context(), made.ID)
	}
	return opform.After(p.Kit, w, r, err, made.Path(), func(err error) error {
		return p.estateForm(w, r, nil, page.Refused(newEstatePath, page.Typed(r), err))
	})
}

// estate is the estate a request's address names.
func (p Pages) estate(r *http.Request) (*estate.Estate, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		id = 0 // no estate has it
	}
	within := access.From(r.Context()).Scope(estate.MayChangeEstates(), access.Chosen(r.Context()))
	return estate.FindEstate(r.Context(), p.Door.DB.Read(), within, access.EstateID(id))
}

func (p Pages) showEstate(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	e, err := p.estate(r)
	if err != nil {
		return err
	}
	v := estateView{estate: e, roster: p.Roster, posts: access.From(ctx).HoldsAny(account.MayManage())}
	if v.units, err = estate.UnitsIn(ctx, q, e.ID); err != nil {
		return err
	}
	people, err := account.Employed(ctx, q)
	if err != nil {
		return err
	}
	v.people = workingIn(ctx, people, e.ID)
	if v.history, err = historyweb.Of(ctx, p.Door, e, estateColumns); err != nil {
		return err
	}
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: e.Name, Nav: NavEstates, Body: estateBody(v)})
}

// workingIn are those who hold posts in an estate, in it or in the whole company, with the posts they have to do with it by.
func workingIn(ctx context.Context, people []account.Candidate, e access.EstateID) (facts []page.Fact) {
	for _, c := range people {
		c.Grants = slices.DeleteFunc(c.Grants, func(g access.Grant) bool {
			return g.Estate != e && g.Estate != access.Company || slices.Contains(account.Administrators, g.Post)
		})
		for i := range c.Grants {
			c.Grants[i].Estate = access.Company // which estate, the page says
		}
		if len(c.Grants) > 0 {
			facts = append(facts, page.Fact{Label: c.Name, Text: account.GrantsText(ctx, c.Grants, nil)})
		}
	}
	return facts
}

var estateColumns = []historyweb.Column{{Name: "name", Label: "estate.name"}, {Name: "address", Label: "estate.address"}}

func (p Pages) editEstate(w http.ResponseWriter, r *http.Request) error {
	e, err := p.estate(r)
	if err != nil {
		return err
	}
	return p.estateForm(w, r, e, page.NewForm(e.Path()+"/change", page.Fill(namesOf(e))))
}

func namesOf(e *estate.Estate) estate.CreateEstateIn {
	return estate.CreateEstateIn{Name: e.Name, Address: e.Address}
}

func (p Pages) changeEstate(w http.ResponseWriter, r *http.Request) error {
	e, err := p.estate(r)
	if err != nil {
		return err
	}
	in := estate.ChangeEstateIn{ID: e.ID}
	return recordweb.Answer(p.Site, w, r, estate.ChangeEstate, &in, refOfEstate(e), e.Path(), func(f *page.Form) error { return p.estateForm(w, r, e, f) })
}

// estateForm is the form of a new estate (e is nil) or of a correction. Whoever may make one holds the post in the whole company.
func (p Pages) estateForm(w http.ResponseWriter, r *http.Request, e *estate.Estate, f *page.Form) error {
	ctx := r.Context()
	list := page.Link{Label: i18n.T(ctx, "estate.list.title"), Href: estate.All.Path}
	a := recordweb.FormPage{Nav: NavEstates, Title: i18n.T(ctx, "estate.add.title"), Clauses: []string{"A1"}, Form: f, Save: i18n.T(ctx, "estate.save"), Back: list,
		Groups: []recordweb.Group{{Fields: []page.Input{
			{Name: "name", Label: i18n.T(ctx, "estate.name"), Hint: i18n.T(ctx, "estate.name.hint"), Max: 60, Focus: f.Err == nil},
			{Name: "address", Label: i18n.T(ctx, "estate.address"), Optional: true, Max: 100},
		}}}}
	if e != nil {
		a.Title, a.Above, a.Back = i18n.T(ctx, "estate.change.title", e.Name), []page.Link{list}, page.Link{Label: e.Name, Href: e.Path()}
		a.Edits = &recordweb.Edited{Ref: refOfEstate(e), Version: e.Version, History: recordweb.Tracked{Row: e, Columns: estateColumns}, Now: page.Fill(namesOf(e))}
		a.Groups = append(a.Groups, recordweb.Group{Fields: []page.Input{recordweb.Reason(ctx)}})
	} else if _, may := access.From(ctx).Holding(access.Company, estate.CreateEstate.Posts()); !may {
		return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: a.Title, Nav: NavEstates, Body: notYourEstate()})
	}
	return p.ShowForm(w, r, a)
}
