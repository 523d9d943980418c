package hostile

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hudang/internal/app/apptest"
)

// watch looks at pages for marks that came to life.
type watch struct {
	t                  *testing.T
	mark               string
	pages, forms, said int
}

// crawler opens all pages that somebody can reach, one of each kind of address.
type crawler struct {
	*watch
	client *apptest.Client
	starts []string
	seen   map[string]bool
	posts  map[string]url.Values // action → fields, as the page has them
	texts  map[string][]string   // action → fields a person types into
}

const mostPages = 400

// read follows every link from the starts on.
func (w *crawler) read() {
	w.seen, w.posts, w.texts = map[string]bool{}, map[string]url.Values{}, map[string][]string{}
	queue := slices.Clone(w.starts)
	for n := 0; len(queue) > 0 && n < mostPages; n++ {
		path := queue[0]
		queue = queue[1:]
		root := w.look(path, w.client.Get(path))
		if root == nil {
			continue
		}
		for _, link := range links(root) {
			if kind := kindOf(link); !w.seen[kind] {
				w.seen[kind] = true
				queue = append(queue, link)
			}
		}
		w.collect(root)
	}
}

var number = regexp.MustCompile(`[0-9]{6,}`)

// kindOf is an address without ids: one page of each kind is enough, but every tab of it, and two things of each kind.
func kindOf(link string) string {
	path, query, _ := strings.Cut(link, "?")
	values, _ := url.ParseQuery(query)
	kind := number.ReplaceAllStringFunc(path, func(id string) string { return "#" + id[len(id)-1:] })
	for _, key := range []string{"tab", "step", "view", "state", "p"} {
		if values.Has(key) {
			kind += " " + key + "=" + values.Get(key)
		}
	}
	for key := range values {
		if key == "sort" || key == "q" || key == "page" {
			kind += " " + key
		}
	}
	return kind
}

// links are the addresses of the program a page leads to.
func links(root *html.Node) (all []string) {
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if n.Data == "a" && a.Key == "href" && strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "//") {
				link, _, _ := strings.Cut(a.Val, "#")
				all = append(all, link)
			}
		}
	}
	return all
}

// look parses an answer and reports every mark that is more than a text or an attribute's value; nil for what is no page.
func (w *watch) look(from string, p apptest.Page) *html.Node {
	w.t.Helper()
	if p.Status >= 500 {
		w.t.Errorf("%s: %d", from, p.Status)
	}
	if !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	w.pages++
	if csp := p.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
		w.t.Errorf("%s: the policy is %q", from, csp)
	}
	root, err := html.Parse(strings.NewReader(p.Body))
	if err != nil {
		w.t.Errorf("%s: %v", from, err)
		return nil
	}
	w.said += strings.Count(p.Body, mark)
	for n := range root.Descendants() {
		for _, wrong := range alive(n) {
			w.t.Errorf("%s: %s", from, wrong)
		}
	}
	return root
}

// running are the attributes whose value a browser or the script runs, or goes to.
var running = map[string]bool{"href": true, "src": true, "action": true, "formaction": true, "srcset": true, "poster": true, "data": true, "xlink:href": true,
	"hx-get": true, "hx-post": true, "style": true, "srcdoc": true}

// alive says what is wrong with a node.
func alive(n *html.Node) (wrong []string) {
	if n.Type == html.TextNode && strings.Contains(n.Data, mark) && n.Parent != nil && (n.Parent.Data == "script" || n.Parent.Data == "style") {
		wrong = append(wrong, "a mark within "+n.Parent.Data+": "+n.Data)
	}
	if n.Type == html.CommentNode && strings.Contains(n.Data, mark) {
		wrong = append(wrong, "a mark within a comment: "+n.Data)
	}
	for _, a := range n.Attr {
		value := strings.ToLower(strings.TrimSpace(a.Val))
		switch {
		case strings.Contains(a.Key, mark), strings.HasPrefix(a.Key, "on"), strings.HasPrefix(a.Key, "hx-on"):
			wrong = append(wrong, "an attribute "+a.Key+"="+a.Val)
		case running[a.Key] && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") || strings.HasPrefix(value, "//")):
			wrong = append(wrong, "an address "+a.Key+"="+a.Val)
		case running[a.Key] && strings.HasPrefix(value, mark), (a.Key == "style" || a.Key == "hx-vals" || a.Key == "srcdoc") && strings.Contains(value, mark):
			wrong = append(wrong, "a mark that runs: "+a.Key+"="+a.Val)
		}
	}
	return wrong
}

// kept are forms that end the visitor's own session or shut his own door.
var kept = regexp.MustCompile(`^/(sign-out|sign-in|switch|setup|estate|display|account)\b|/(disable|reset|posts|sessions|end|pcs)$|^/imports/.*/(discard|undo|commit)$|/(withdraw|refuse|approve|void|close|give-up|merge)$`)

// collect notes the forms of a page that post.
func (w *crawler) collect(root *html.Node) {
	for n := range root.Descendants() {
		if n.Data != "form" || !strings.EqualFold(attr(n, "method"), "post") || attr(n, "enctype") != "" {
			continue
		}
		action := attr(n, "action")
		if kind := "POST " + kindOf(action); !w.seen[kind] && !kept.MatchString(action) {
			w.seen[kind] = true
			w.posts[action], w.texts[action] = fields(n)
		}
	}
}

// send sends every form with a mark in each field that a person types into.
func (w *crawler) send() {
	for action, values := range w.posts {
		w.forms++
		for _, name := range w.texts[action] {
			values.Set(name, w.mark)
		}
		w.look("POST "+action, w.client.Post(action, values))
	}
}

// fields are what a form would send, and which of it a person types.
func fields(form *html.Node) (values url.Values, typed []string) {
	values = url.Values{}
	for n := range form.Descendants() {
		name, kind := attr(n, "name"), attr(n, "type")
		switch {
		case name == "" || n.Data == "button":
		case n.Data == "textarea", n.Data == "input" && (kind == "" || kind == "text" || kind == "search" || kind == "tel" || kind == "email"):
			values.Set(name, attr(n, "value"))
			typed = append(typed, name)
		case n.Data == "select":
			for o := range n.Descendants() {
				if o.Data == "option" && attr(o, "value") != "" {
					values.Set(name, attr(o, "value"))
				}
			}
		case n.Data == "input":
			values.Set(name, attr(n, "value"))
		}
	}
	return values, typed
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
