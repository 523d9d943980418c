// Package apptest gives tests the whole program: a small company with two estates, and clients signed in by post.
package apptest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hudang/internal/app"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db/dbtest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/render"
)

// Company is a running program with two estates: the garden (flats 1-1-101 to 1-1-104) and the tower (office A-501).
type Company struct {
	App           *app.App
	URL           string
	Data          string // the data folder
	Database      string // address of the PostgreSQL database; empty: SQLite in the data folder
	Clock         *clock.Manual
	Log           *Logbook
	Garden, Tower access.EstateID
	Flats         []estate.UnitID // of the garden
	Office        estate.UnitID   // of the tower
	Home          household.ID    // of the garden's 1-1-101: the owners 张伟 and 李娟; the other flats stand empty
	Firm          household.ID    // of the tower's office: a tenant
}

// Each runs a test on both engines, each with a company of its own; PostgreSQL is left out of short tests.
func Each(t *testing.T, test func(t *testing.T, c *Company)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, open(t, app.Options{})) })
	t.Run("postgres", func(t *testing.T) { test(t, open(t, app.Options{Database: dbtest.Postgres(t)})) })
}

// Open is a company on SQLite.
func Open(t *testing.T) *Company { return open(t, app.Options{}) }

// OpenWith is a company on SQLite whose scans are looked into by a renderer of the test's own.
func OpenWith(t *testing.T, r *render.Worker) *Company { return open(t, app.Options{Render: r}) }

// Bare is the program on its first day: without an estate or an account.
func Bare(t *testing.T) *Company { return bare(t, app.Options{}) }

func open(t *testing.T, o app.Options) *Company {
	t.Helper()
	c := bare(t, o)
	c.fill(t)
	return c
}

func bare(t *testing.T, o app.Options) *Company {
	t.Helper()
	c := &Company{Clock: clock.At(optest.Morning), Log: &Logbook{}}
	o.Log = slog.New(slog.NewJSONHandler(c.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o.Data, o.Clock = t.TempDir(), c.Clock
	if o.Render == nil {
		o.Render = render.Inside()
	}
	c.Data, c.Database = o.Data, o.Database
	var err error
	if c.App, err = app.Open(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(c.App.Handler)
	c.URL = server.URL
	t.Cleanup(func() {
		server.Close()
		if err := c.App.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return c
}

// SetUp is the first account, by whom the program is set up with one estate and all posts in one hand.
func (c *Company) SetUp(t *testing.T, estateName, login, password string) *Client {
	t.Helper()
	code, err := c.App.BeginSetup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := c.Stranger(t)
	in := url.Values{"code": {code}, "estate.name": {estateName}, "name": {login}, "login": {login}, "password": {password}, "again": {password}, "merged": {"1"}}
	if p := b.Submit("/setup", "/setup", in); p.Path != "/first-day" {
		t.Fatalf("set up: %d at %s", p.Status, p.Path)
	}
	return b
}

func (c *Company) fill(t *testing.T) {
	t.Helper()
	ctx := optest.As(t.Context(), 1, access.Company, access.Manager)
	made := func(name string) access.EstateID {
		res, err := op.Run(ctx, c.App.Door, estate.CreateEstate, estate.CreateEstateIn{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		return res.Out
	}
	unit := func(e access.EstateID, facts estate.UnitFacts) estate.UnitID {
		res, err := op.Run(ctx, c.App.Door, estate.AddUnit, estate.AddUnitIn{Estate: e, UnitFacts: facts})
		if err != nil {
			t.Fatal(err)
		}
		return res.Out
	}
	c.Garden, c.Tower = made("澜庭花园"), made("金融中心")
	for _, room := range []string{"101", "102", "103", "104"} {
		c.Flats = append(c.Flats, unit(c.Garden, estate.UnitFacts{Building: "1", Entrance: "1", Room: room, Kind: estate.Flat, GrossArea: 8950, NetArea: 7000}))
	}
	c.Office = unit(c.Tower, estate.UnitFacts{Building: "A", Room: "501", Kind: estate.Office})
	c.settle(t, ctx)
}

// settle brings people into the company's units.
func (c *Company) settle(t *testing.T, ctx context.Context) {
	t.Helper()
	open := func(e access.EstateID, kind household.Kind, unit estate.UnitID, people ...household.PersonIn) household.ID {
		res, err := op.Run(ctx, c.App.Door, household.Open, household.OpenIn{Estate: e, Kind: kind, Units: []estate.UnitID{unit}, Since: "2019-10", People: people})
		if err != nil {
			t.Fatal(err)
		}
		return res.Out
	}
	c.Home = open(c.Garden, household.OwnerHome, c.Flats[0], householdtest.Person(household.Owner, "张伟", "13800138000"), householdtest.Person(household.Owner, "李娟", "13900139000"))
	c.Firm = open(c.Tower, household.OfficeTenant, c.Office, householdtest.Person(household.Tenant, "江城远航贸易有限公司", "02788886666"))
}

// Client is a browser without script.
type Client struct {
	t    *testing.T
	base string
	http *http.Client
}

// SignIn hires somebody with posts in an estate (access.Company for all) and signs in.
func (c *Company) SignIn(t *testing.T, login string, at access.EstateID, posts ...access.Post) *Client {
	t.Helper()
	client := c.Stranger(t)
	c.Enter(t, client, login, at, posts...)
	return client
}

// Enter is SignIn at a browser that is there already.
func (c *Company) Enter(t *testing.T, client *Client, login string, at access.EstateID, posts ...access.Post) {
	t.Helper()
	in := account.AddAccountIn{Login: login, Name: login}
	for _, p := range posts {
		in.Grants = append(in.Grants, access.Grant{Post: p, Estate: at})
	}
	hired, err := op.Run(access.With(t.Context(), access.ProgramActor()), c.App.Door, account.AddAccount, in)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := c.App.Accounts.NewLink(t.Context(), hired.Out)
	if err != nil {
		t.Fatal(err)
	}
	if p := client.Post("/enter/"+secret, nil); p.Status != http.StatusOK || p.Path != "/" {
		t.Fatalf("signing in: %d at %s", p.Status, p.Path)
	}
}

// Stranger is a browser that is not signed in.
func (c *Company) Stranger(t *testing.T) *Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Client{t: t, base: c.URL, http: &http.Client{Jar: jar}}
}

// Over is a browser that comes to the company at another address, in a way of its own.
func (c *Company) Over(t *testing.T, base string, way http.RoundTripper) *Client {
	client := c.Stranger(t)
	client.base, client.http.Transport = base, way
	return client
}

// Page is an answer, redirects followed.
type Page struct {
	Status int
	Path   string
	Header http.Header
	Body   string
}

// Get opens a page.
func (c *Client) Get(path string) Page {
	c.t.Helper()
	res, err := c.http.Get(c.base + path)
	return c.page(res, err)
}

// Listen asks for an answer that does not end by itself; it is closed with the test.
func (c *Client) Listen(path string) *http.Response {
	c.t.Helper()
	res, err := c.http.Get(c.base + path)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

// Part asks for what stands in an element, as the page's script does.
func (c *Client) Part(path, element string) Page {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.base+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Target", element)
	res, err := c.http.Do(r)
	return c.page(res, err)
}

// Post sends a form that has no hidden fields, as an attacker or an old page would.
func (c *Client) Post(path string, values url.Values) Page {
	c.t.Helper()
	res, err := c.http.PostForm(c.base+path, values)
	return c.page(res, err)
}

// Submit opens a page and sends the form that posts to action, filled as the page has it, with values changed.
func (c *Client) Submit(page, action string, values url.Values) Page {
	c.t.Helper()
	return c.Send(c.Form(page, action), action, values)
}

// Fields is what the form of an answer that posts to action would send as it stands; nothing when there is none.
func Fields(body, action string) url.Values {
	fields, _ := formOf(body, action)
	return fields
}

// FieldsWith is Fields of the form that has a certain field, where several post to one address.
func FieldsWith(body, action, field string) url.Values {
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return nil
	}
	for n := range root.Descendants() {
		if n.Data == "form" && attr(n, "action") == action {
			if fields := fieldsOf(n); fields.Has(field) {
				return fields
			}
		}
	}
	return nil
}

// Form is what a page's form would send as it stands: for sending it twice, or later.
func (c *Client) Form(page, action string) url.Values {
	c.t.Helper()
	p := c.Get(page)
	fields, ok := formOf(p.Body, action)
	if !ok {
		c.t.Fatalf("%s (%d) has no form that posts to %s", page, p.Status, action)
	}
	return fields
}

// Send sends a form's fields with values changed.
func (c *Client) Send(fields url.Values, action string, values url.Values) Page {
	c.t.Helper()
	all := url.Values{}
	for _, from := range []url.Values{fields, values} {
		for k, v := range from {
			all[k] = v
		}
	}
	return c.Post(action, all)
}

func (c *Client) page(res *http.Response, err error) Page {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if wrong := unworded(res.Header.Get("Content-Type"), string(body)); wrong != "" {
		c.t.Errorf("%s shows %q instead of words", res.Request.URL.Path, wrong)
	}
	return Page{Status: res.StatusCode, Path: res.Request.URL.Path, Header: res.Header, Body: string(body)}
}

// wordless is what stands on a page where a text lacks its words: a key in brackets, a placeholder nobody filled, an
// address in memory, a formatting mistake of Go's.
var wordless = regexp.MustCompile(`\[[a-z][a-z0-9_]*(\.[a-z0-9_]+)+\]|\{[0-9](\|[^{}]*)?\}|\b0x[0-9a-f]{6,}\b|%![a-z]\(`)

// unworded is the first such thing on a page of HTML; empty where all have their words.
func unworded(kind, body string) string {
	if !strings.HasPrefix(kind, "text/html") {
		return ""
	}
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return ""
	}
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			if wrong := wordless.FindString(n.Data); wrong != "" {
				return wrong
			}
		}
	}
	return ""
}

// formOf collects the fields of the form that posts to an address.
func formOf(body, action string) (url.Values, bool) {
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return nil, false
	}
	for n := range root.Descendants() {
		if n.Data == "form" && attr(n, "action") == action {
			return fieldsOf(n), true
		}
	}
	return nil, false
}

func fieldsOf(form *html.Node) url.Values {
	values := url.Values{}
	for n := range form.Descendants() {
		name, kind := attr(n, "name"), attr(n, "type")
		_, checked := find(n, "checked")
		switch {
		case name == "":
		case n.Data == "textarea":
			values.Add(name, text(n))
		case n.Data == "select":
			if v, ok := chosen(n); ok {
				values.Add(name, v)
			}
		case n.Data != "input":
		case kind == "radio" || kind == "checkbox":
			if checked {
				values.Add(name, attr(n, "value"))
			}
		default:
			values.Add(name, attr(n, "value"))
		}
	}
	return values
}

// chosen is the value of a select's chosen option, else of its first; false where there is none.
func chosen(n *html.Node) (value string, ok bool) {
	for o := range n.Descendants() {
		if o.Data != "option" {
			continue
		}
		v, has := find(o, "value")
		if !has {
			v = text(o)
		}
		if _, selected := find(o, "selected"); selected {
			return v, true
		}
		if !ok {
			value, ok = v, true
		}
	}
	return value, ok
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
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
