package browser

import (
	"html"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// noPages are addresses that answer with a file, a part of a page or another page, by how their pattern ends.
var noPages = []string{"/xlsx", "/ca.crt", "/c/{code}", "/pages/{page}", "/files/{blob}", "/picture", "/pick/party/{field}", "/households/known", "/leases/new/unit", "/leases/new/term", "/years/{unit}",
	"/thumbs/{page}", "/live/counts", "/live/events", "/clear-roster/{request}", "/preview"} // a preview stands in the drawer of a list: the households' is visited

// elsewhere are pages that other tests open in the browser, and where.
var elsewhere = map[string]string{
	"/setup":          "TestSetUp_ByKeyboardThenAColleague: only an empty company has it",
	"/sign-in/code":   "only within a sign-in that asks for a code; its form is the one of /account/two-step, which is visited",
	"/enter/{secret}": "every test enters by it",
	"/same/{id}/end":  "the demonstration company joins nobody across estates",
}

var (
	parameter = regexp.MustCompile(`\\\{[a-z]+\\\}`)
	links     = regexp.MustCompile(`href="(/[^"#]*)`)
)

// unvisited are the pages that no visit opens, by the form of their address.
func unvisited(all []visit) map[string]*regexp.Regexp {
	left := map[string]*regexp.Regexp{}
	for _, pattern := range served.app.Patterns {
		method, address, _ := strings.Cut(pattern, " ")
		isPage := func(end string) bool { return strings.HasSuffix(address, end) }
		if method == "GET" && !slices.ContainsFunc(noPages, isPage) && elsewhere[address] == "" {
			left[address] = regexp.MustCompile("^" + parameter.ReplaceAllString(strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSuffix(address, "{$}")), `\{id\}`, `\d+`), "[^/]+") + "$")
		}
	}
	for _, v := range all {
		for _, address := range v.pages {
			opens(left, address)
		}
	}
	return left
}

// opens takes the pattern of an address out of those that are left, and returns it.
func opens(left map[string]*regexp.Regexp, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for pattern, form := range left {
		if form.MatchString(u.Path) {
			delete(left, pattern)
			return pattern
		}
	}
	return ""
}

// linked follows links from the pages of each visit to pages that none of them opens: one more visit of the same person.
func linked(t *testing.T, all []visit) (more []visit, left map[string]*regexp.Regexp) {
	t.Helper()
	left = unvisited(all)
	for _, v := range all {
		if v.login == "" {
			continue
		}
		get, _ := reader(t, v.login)
		found := map[string]string{}
		for queue := slices.Sorted(maps.Values(v.pages)); len(queue) > 0; queue = queue[1:] {
			for _, link := range links.FindAllStringSubmatch(get(queue[0]), -1) {
				address := html.UnescapeString(link[1])
				if strings.Contains(address, "pdf=1") || strings.HasSuffix(address, "/xlsx") {
					continue
				}
				if pattern := opens(left, address); pattern != "" {
					found["linked"+strings.NewReplacer("/", "-", "{", "", "}", "").Replace(pattern)] = address
					queue = append(queue, address)
				}
			}
		}
		if len(found) > 0 {
			more = append(more, visit{v.login, found})
		}
	}
	return more, left
}

// reader opens pages, and sends forms, of the served company as one of its people, without a browser. post returns where it led.
func reader(t *testing.T, login string) (get func(address string) string, post func(address string, form url.Values) string) {
	t.Helper()
	base, link := demo(t, login)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	web := &http.Client{Jar: jar}
	read := func(res *http.Response, err error) (string, string) {
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode >= 500 {
			t.Fatal(res.Request.URL, res.Status, err)
		}
		return string(body), res.Request.URL.Path
	}
	get = func(address string) string {
		body, _ := read(web.Get(base + address))
		return body
	}
	post = func(address string, form url.Values) string {
		_, at := read(web.PostForm(base+address, form))
		return at
	}
	post(link, nil)
	return get, post
}

// TestPages_EachIsVisited finds pages that no visit opens: nobody would see them overflow a phone, or fail a reader.
func TestPages_EachIsVisited(t *testing.T) {
	demo(t, "chenli")
	_, left := linked(t, visits(t))
	for pattern := range left {
		t.Errorf("no visit opens %s: link it from a page that is visited, with something to show in the demonstration company, or name it in test/browser/pages_test.go", pattern)
	}
}
