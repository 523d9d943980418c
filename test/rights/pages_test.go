package rights

import (
	"bufio"
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/archive"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page"
	"hudang/test/round"
)

// rule is who may come to a page.
type rule struct {
	everyone bool
	posts    []access.Post
}

// reviewedPages reads pages.txt: method and pattern → who.
func reviewedPages(t *testing.T) map[string]rule {
	t.Helper()
	f, err := os.Open("pages.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table := map[string]rule{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		for _, pattern := range patterns(words[0], words[1]) {
			if _, twice := table[pattern]; twice {
				t.Errorf("pages.txt says twice who may come to %s", pattern)
			}
			table[pattern] = ruleOf(words[2:])
		}
	}
	return table
}

func patterns(methods, path string) (all []string) {
	switch methods {
	case "any":
		return []string{path}
	case "list":
		return []string{"GET " + path, "GET " + path + "/preview", "GET " + path + "/print", "GET " + path + "/xlsx", "POST " + path + "/columns", "POST " + path + "/views", "POST " + path + "/views/change"}
	}
	for method := range strings.SplitSeq(methods, ",") {
		all = append(all, method+" "+path)
	}
	return all
}

func ruleOf(words []string) (r rule) {
	for _, w := range words {
		switch w {
		case "everyone":
			return rule{true, access.Posts}
		case "employed":
			return rule{false, access.Posts}
		}
		r.posts = append(r.posts, access.Post(w))
	}
	return r
}

// unassigned is a label's code with the right check digit that no thing has.
const unassigned = "9999999991"

// places fill the parameters of a pattern: with things of the one estate, of the other, and with what is nowhere.
type places struct{ own, foreign, none map[string]string }

func placesOf(garden, tower *round.Round) places {
	nowhere := map[string]string{}
	for prefix := range thingsOf(garden) {
		nowhere[prefix] = "4611686018427387904"
	}
	nowhere["/c/"] = unassigned
	return places{thingsOf(garden), thingsOf(tower), nowhere}
}

// thingsOf are the ids in addresses, by how the address begins.
func thingsOf(r *round.Round) map[string]string {
	id := func(v any) string { return fmt.Sprint(v) }
	things := map[string]string{
		"/estates/": id(r.Estate), "/units/": id(r.Units[0]), "/parties/": id(r.Party), "/contacts/": id(r.Contact), "/identities/": id(r.Identity), "/vehicles/": id(r.Vehicle),
		"/leases/": id(r.Lease), "/same/": id(r.Same), "/households/": id(r.Home), "/occupancies/": id(r.Occupancy), "/holdings/": id(r.Holding), "/years/": id(r.Units[0]),
		"/shelf-checks/lines/": id(r.Line), "/shelf-checks/": id(r.Check), "/observations/": id(r.Seen), "/access-requests/": id(r.Asked), "/volumes/": id(r.Volume), "/items/": id(r.Item),
		"/imports/": id(r.Open), "/clear-roster/": id(r.Request), "/approvals/": id(r.Waiting), "/jobs/": id(r.Job), "/reveal/": id(r.Contact), "/c/": r.Label, "/label/": id(r.Volume),
		"/import-rows/": r.Row, "/import-left/": id(r.Left),
		"/summary/": id(r.Units[0]), "/papers/": id(r.Item), "/log/": leafOf(r),
	}
	for prefix, thing := range r.Things {
		things[prefix] = id(thing)
	}
	return things
}

// leafOf is the operation of the first leaf of an estate's log.
func leafOf(r *round.Round) string {
	full, err := r.C.App.Door.Log.LeafAt(r.T.Context(), r.C.App.Door.DB.Read(), r.Estate, 0, 0)
	if err != nil {
		r.T.Fatal(err)
	}
	return fmt.Sprint(full.Op)
}

// others are parameters that name no thing of an estate.
var others = strings.NewReplacer("{$}", "", "{field}", "estate.reveal_contact", "{name}", "control.start", "{kind}", "owner_home", "{page}", "1.jpg", "{to}", "file",
	"{original}", "copy", "{by}", "90", "{secret}", "none", "{thing}", archive.KindVolume, "{log}", "0", "{index}", "0")

var param = regexp.MustCompile(`\{(id|unit|code|request)\}`)

// at is a pattern's address among the things given; thing is the id in it, empty for none.
func at(pattern string, things map[string]string, r *round.Round) (method, path, thing string) {
	method, path, both := strings.Cut(pattern, " ")
	if !both {
		method, path = "GET", "/nowhere"
	}
	prefix := ""
	for p := range things {
		if strings.HasPrefix(path, p) && len(p) > len(prefix) {
			prefix = p
		}
	}
	if param.MatchString(path) {
		thing = cmp.Or(things[prefix], fmt.Sprint(r.Account)) // accounts are the company's
	}
	path = param.ReplaceAllLiteralString(path, thing)
	if strings.HasSuffix(path, "/preview") { // of one row of a list
		thing = cmp.Or(things[prefix], fmt.Sprint(r.Account))
		path += "?id=" + thing
	}
	return method, others.Replace(strings.Replace(path, "{blob}", fmt.Sprint(r.Blob), 1)), thing
}

// visitor is somebody who opens pages and sends forms with his session's token.
type visitor struct {
	*apptest.Client
	session string
}

func visit(t *testing.T, client *apptest.Client) visitor {
	t.Helper()
	p := client.Get("/account")
	session := apptest.Fields(p.Body, "/sign-out").Get(page.FieldSession)
	if session == "" {
		t.Fatalf("no session: %d at %s", p.Status, p.Path)
	}
	return visitor{client, session}
}

func (v visitor) ask(method, path string) apptest.Page {
	if path == "/live/events" { // who may have it gets no end of it
		res := v.Listen(path)
		defer res.Body.Close()
		return apptest.Page{Status: res.StatusCode, Path: res.Request.URL.Path}
	}
	if method == "GET" {
		return v.Get(path)
	}
	return v.Post(path, url.Values{page.FieldSession: {v.session}})
}

// wide reports a post that is held for the whole company only.
func wide(p access.Post) bool {
	return slices.Contains([]access.Post{access.SystemAdmin, access.SecurityAdmin, access.Auditor}, p)
}

// TestPages opens every page the program has as every post, as nobody, and with another estate's things in its address (S1). What
// is refused is refused before anything is looked up; another estate's thing looks like one that was never there, to the byte.
func TestPages(t *testing.T) {
	c := apptest.Open(t)
	garden, tower := round.New(t, c, c.Garden, "g", round.Plain), round.New(t, c, c.Tower, "t", round.Plain)
	garden.Run(round.Steps(), nil)
	tower.Run(round.Steps(), nil)
	table, all := reviewedPages(t), placesOf(garden, tower)
	people := map[access.Post]visitor{}
	for _, p := range access.Posts {
		e := c.Garden
		if wide(p) {
			e = access.Company
		}
		people[p] = visit(t, c.SignIn(t, "post-"+string(p), e, p))
	}
	everything := visit(t, c.SignIn(t, "desk", c.Garden, access.Assistant, access.Cashier, access.Custodian, access.Manager, access.Finance, access.OtherDept))
	stranger := visitor{Client: c.Stranger(t)}
	for _, pattern := range c.App.Patterns {
		r, known := table[pattern]
		if !known {
			t.Errorf("pages.txt does not say who may come to %s", pattern)
			continue
		}
		delete(table, pattern)
		strangers(t, stranger, pattern, r, all, garden)
		if r.everyone || pattern == "POST /sign-out" {
			continue
		}
		byPost(t, people, pattern, r, all, garden)
		otherEstate(t, everything, pattern, r, all, tower)
		forged(t, people, pattern, r, all, garden)
	}
	for line := range strings.Lines(c.Log.Text()) {
		if strings.Contains(line, `"level":"ERROR"`) {
			t.Errorf("the log says %.600s", line)
		}
	}
	for pattern := range table {
		t.Errorf("pages.txt names %s, which is no page", pattern)
	}
}

// strangers: nobody is led to the sign-in page, and what he sends is refused.
func strangers(t *testing.T, v visitor, pattern string, r rule, all places, garden *round.Round) {
	t.Helper()
	method, path, _ := at(pattern, all.own, garden)
	p := v.ask(method, path)
	in := p.Path != "/sign-in" && p.Status < 400
	switch {
	case p.Status >= 500:
		t.Errorf("%s by nobody: %d", pattern, p.Status)
	case !r.everyone && in, !r.everyone && method == "POST" && p.Status != http.StatusForbidden:
		t.Errorf("%s by nobody: %d at %s", pattern, p.Status, p.Path)
	}
}

// byPost: who holds none of the posts is refused, though the thing is there; to others the page opens. Forms are sent about
// what is nowhere, so that nothing changes.
func byPost(t *testing.T, people map[access.Post]visitor, pattern string, r rule, all places, garden *round.Round) {
	t.Helper()
	opened := 0
	for _, post := range access.Posts {
		may := slices.Contains(r.posts, post)
		things := all.own
		if may && strings.HasPrefix(pattern, "POST") {
			things = all.none
		}
		method, path, _ := at(pattern, things, garden)
		p := people[post].ask(method, path)
		if refused := p.Status == http.StatusForbidden; refused == may || p.Status >= 500 {
			t.Errorf("%s by %s: %d at %s, the table says %v", pattern, post, p.Status, p.Path, may)
		}
		if p.Status == http.StatusOK {
			opened++
		}
	}
	if opened == 0 && strings.HasPrefix(pattern, "GET") && !slices.Contains(personal, pattern) {
		t.Errorf("%s opened to nobody: the test shows nothing", pattern)
	}
}

// personal are pages of what somebody asked for himself: nobody else is shown that they are there; or of what lies in two
// estates, of which everybody here knows one; or of a row that the list's first page does not show, or that has no id.
var personal = []string{"GET /clear-roster/{request}", "GET /jobs/{id}", "GET /labels/{id}", "GET /same/{id}/end", "GET /papers/preview", "GET /views/preview"}

// forged: a form without its session's token is refused, though who sends it may do the thing (S5).
func forged(t *testing.T, people map[access.Post]visitor, pattern string, r rule, all places, garden *round.Round) {
	t.Helper()
	method, path, _ := at(pattern, all.own, garden)
	if method == "GET" || len(r.posts) == 0 {
		return
	}
	if p := people[r.posts[0]].Post(path, nil); p.Status != http.StatusForbidden {
		t.Errorf("%s without the session's token: %d at %s", pattern, p.Status, p.Path)
	}
}

// otherEstate: a thing of another estate looks like one that was never there.
func otherEstate(t *testing.T, v visitor, pattern string, r rule, all places, tower *round.Round) {
	t.Helper()
	method, path, foreign := at(pattern, all.foreign, tower)
	_, nowhere, none := at(pattern, all.none, tower)
	if foreign == "" || !slices.ContainsFunc(r.posts, func(p access.Post) bool { return !wide(p) }) {
		return
	}
	a, b := v.ask(method, path), v.ask(method, nowhere)
	if a.Status != b.Status || bare(a.Body, foreign) != bare(b.Body, none) {
		t.Errorf("%s: %d for another estate's, %d for nothing\n%s\n%s", pattern, a.Status, b.Status, bare(a.Body, foreign), bare(b.Body, none))
	}
	if a.Status != http.StatusNotFound && !slices.Contains(blind, pattern) {
		t.Errorf("%s of another estate: %d at %s, want 404", pattern, a.Status, a.Path)
	}
}

// blind are pages that ask before they look anything up: whatever is in their address, they look the same.
var blind = []string{"GET /reveal/{field}/{id}", "POST /reveal/{field}/{id}"}

var token = regexp.MustCompile(`name="_token" value="[0-9a-f]+"`)

// bare is a page without what differs from one request to the next, and without the id that was asked for.
func bare(body, thing string) string {
	return token.ReplaceAllString(strings.ReplaceAll(body, thing, "ID"), "")
}

// TestPages_OnlyThroughTheKit finds handlers that were put on the mux past the kit, and so past the table above.
func TestPages_OnlyThroughTheKit(t *testing.T) {
	public := map[string]string{
		"internal/platform/page/kit.go":               "the kit itself",
		"internal/platform/page/paperweb/paperweb.go": "stylesheets and the script of previews",
		"internal/app/open.go":                        "stylesheets and scripts",
	}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		name, _ := filepath.Rel(root, path)
		if strings.Contains(string(source), "mux.Handle") && public[filepath.ToSlash(name)] == "" {
			t.Errorf("%s puts a handler on the mux itself: use Kit.For", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
