package kept

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/op"
	"hudang/test/round"
)

const password = "老猫昨夜偷吃了三条小黄鱼"

// person is somebody of the crowd, at a browser.
type person struct {
	id     account.ID
	login  string
	client *apptest.Client
	twin   *apptest.Client // another person with the same posts
}

// post is what somebody of the crowd holds.
type post struct {
	login string
	at    access.EstateID
	posts []access.Post
}

// crowd is somebody for every page there is, and for each another person who may open the same.
func crowd(t *testing.T, c *apptest.Company) []person {
	t.Helper()
	var all []person
	for _, p := range []post{
		{"desk", c.Garden, []access.Post{access.Custodian, access.Manager, access.Finance, access.OtherDept}},
		{"head", access.Company, []access.Post{access.Manager}},
		{"machine", access.Company, []access.Post{access.SystemAdmin}},
		{"guard", access.Company, []access.Post{access.SecurityAdmin}},
	} {
		who := person{login: p.login, client: c.SignIn(t, p.login, p.at, p.posts...), twin: c.SignIn(t, p.login+"2", p.at, p.posts...)}
		id, err := c.App.Accounts.ByLogin(t.Context(), p.login)
		if err != nil {
			t.Fatal(err)
		}
		who.id = id
		if p := who.client.Submit(account.PasswordPath, account.PasswordPath, url.Values{"new": {password}, "again": {password}}); p.Path == account.PasswordPath {
			t.Fatalf("%s has no password: %d", who.login, p.Status)
		}
		all = append(all, who)
	}
	return all
}

// made is a company in which everything was done once.
func made(t *testing.T, c *apptest.Company) *round.Round {
	t.Helper()
	r := round.New(t, c, c.Garden, "k", round.Plain)
	r.Run(round.Steps(), nil)
	return r
}

// form is a form of a page that posts.
type form struct {
	page, action string
	multipart    bool
	typed        []string // names of the fields a person types into
	most         map[string]int
}

// forms are the forms that a person's pages have, one of each kind that is not known yet.
func forms(t *testing.T, who person, starts []string, known map[string]bool) []form {
	t.Helper()
	var all []form
	seen := map[string]bool{}
	for queue := append([]string{"/"}, starts...); len(queue) > 0; queue = queue[1:] {
		page := queue[0]
		p := who.client.Get(page)
		if p.Status != 200 || !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			continue
		}
		root, err := html.Parse(strings.NewReader(p.Body))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if link := attr(n, "href"); n.Data == "a" && strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "//") {
				link, _, _ = strings.Cut(link, "#")
				if kind := kindOf(link); !seen[kind] {
					seen[kind] = true
					queue = append(queue, link)
				}
			}
			if n.Data != "form" || !strings.EqualFold(attr(n, "method"), "post") {
				continue
			}
			if f := formOf(page, n); !known[kindOf(f.action)+fmt.Sprint(len(f.typed))] && f.action != "/sign-out" {
				known[kindOf(f.action)+fmt.Sprint(len(f.typed))] = true
				all = append(all, f)
			}
		}
	}
	return all
}

func formOf(page string, n *html.Node) form {
	f := form{page: page, action: attr(n, "action"), multipart: attr(n, "enctype") != "", most: map[string]int{}}
	for d := range n.Descendants() {
		name, kind := attr(d, "name"), attr(d, "type")
		_, fixed := find(d, "readonly")
		_, off := find(d, "disabled")
		text := d.Data == "textarea" || d.Data == "input" && (kind == "" || kind == "text" || kind == "search" || kind == "tel")
		if name == "" || fixed || off || !text {
			continue
		}
		f.typed = append(f.typed, name)
		if n, err := strconv.Atoi(attr(d, "maxlength")); err == nil {
			f.most[name] = n
		}
	}
	return f
}

var number = regexp.MustCompile(`[0-9]{6,}`)

// kindOf is an address without ids.
func kindOf(link string) string {
	path, query, _ := strings.Cut(link, "?")
	values, _ := url.ParseQuery(query)
	kind := number.ReplaceAllString(path, "#")
	for _, key := range []string{"tab", "step", "kind"} {
		if values.Has(key) {
			kind += " " + key + "=" + values.Get(key)
		}
	}
	return kind
}

// starts are pages that no link leads to, or only one that stands behind others.
func starts(r *round.Round) []string {
	return []string{
		r.Home.Path(), r.Home.Path() + "?tab=people", r.Home.Path() + "?tab=directory", r.Sold.Path(), r.Party.Path(), r.Double.Path(), r.Units[0].Path(), r.Units[4].Path(), r.Lease.Path(),
		r.Vehicle.Path(), r.Volume.Path(), r.Item.Path(), r.Check.Path(), r.Open.Path(), r.Open.Path() + "?step=problems", r.Import.Path(), r.Waiting.Path(), r.Request.Path(), imports.ClearPath,
		estate.Units.Path + "?kind=flat", household.Households.Path + "?q=1", "/observations", "/observations/" + fmt.Sprint(r.Seen), "/account", "/accounts", "/accounts/pcs", "/accounts/mode",
		"/accounts/" + fmt.Sprint(r.Account), "/settings", "/directories", "/parties/new", "/leases/new", "/vehicles/new", "/households/new", "/observations/new", "/units/new",
	}
}

// troubled are the pages of a roster with problems.
func troubled(t *testing.T, who person) []string {
	t.Helper()
	roster := "楼栋,单元,房号,建筑面积,业主姓名,联系电话,性别\n7,1,701,89,王芳,13600136000,男性人\n7,1,702,89,赵六,13600136001,男性人\n"
	p := who.client.Upload("/imports/new", "/imports/new", nil, apptest.File{Name: "七栋.csv", Content: []byte(roster)})
	if p.Status != 200 || !strings.HasPrefix(p.Path, "/imports/") {
		t.Fatalf("the roster: %d at %s", p.Status, p.Path)
	}
	return []string{p.Path + "?step=problems", p.Path + "?step=problems&kind=roster.problem.sex_unread"}
}

func attr(n *html.Node, key string) string { v, _ := find(n, key); return v }

func find(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// end ends all sessions of somebody, as the security officer does on his page.
func end(t *testing.T, c *apptest.Company, who account.ID) {
	t.Helper()
	guard := access.With(t.Context(), access.Actor{Account: 1, Name: "guard", Grants: []access.Grant{{Post: access.SecurityAdmin, Estate: access.Company}}})
	if _, err := op.Run(guard, c.App.Door, account.EndSessions, account.EndSessionsIn{Account: who}); err != nil {
		t.Fatal(err)
	}
}
