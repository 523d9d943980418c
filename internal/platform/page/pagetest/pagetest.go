// Package pagetest looks at rendered pages by selector, for the tests of every room that has screens.
//
// A selector is what a page test needs and no more: tag, #id, .class, [attr], [attr=value], joined, and descendants
// separated by a blank: `form[method=post] input[name=_token]`.
package pagetest

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// In demands that an element stands in a page, and that it holds each of the texts (blanks count once). It returns the
// first such element's text.
func In(t testing.TB, page, selector string, texts ...string) string {
	t.Helper()
	found := find(t, page, selector)
	if len(found) == 0 {
		t.Fatalf("no %s in the page:\n%s", selector, short(page))
	}
	all := make([]string, len(found))
	for i, n := range found {
		all[i] = Text(n)
	}
	for _, want := range texts {
		if !strings.Contains(strings.Join(all, "\n"), want) {
			t.Errorf("%s holds %q, want %q", selector, all, want)
		}
	}
	return all[0]
}

// NotIn demands that no such element stands in a page.
func NotIn(t testing.TB, page, selector string) {
	t.Helper()
	if found := find(t, page, selector); len(found) > 0 {
		t.Errorf("%d × %s in the page, want none; the first holds %q", len(found), selector, Text(found[0]))
	}
}

// Count is how many such elements stand in a page.
func Count(t testing.TB, page, selector string) int {
	t.Helper()
	return len(find(t, page, selector))
}

// Attr is an attribute of the first such element; the element must be there.
func Attr(t testing.TB, page, selector, name string) string {
	t.Helper()
	found := find(t, page, selector)
	if len(found) == 0 {
		t.Fatalf("no %s in the page:\n%s", selector, short(page))
	}
	v, _ := attr(found[0], name)
	return v
}

// All gives every such element of a page, in order.
func All(t testing.TB, page, selector string) []*html.Node {
	t.Helper()
	return find(t, page, selector)
}

// Fields gives the name and value of every control of a form as a browser would post it, for tests that send a page's
// own form back. Ticked boxes and chosen options only.
func Fields(t testing.TB, page, selector string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, n := range find(t, page, selector+" [name]") {
		name, _ := attr(n, "name")
		value, _ := attr(n, "value")
		kind, _ := attr(n, "type")
		_, checked := attr(n, "checked")
		_, off := attr(n, "disabled")
		switch {
		case off || n.Data == "button" || kind == "file" || ((kind == "checkbox" || kind == "radio") && !checked):
			continue
		case n.Data == "textarea":
			value = Text(n)
		case n.Data == "select":
			value = chosen(n)
		}
		out[name] = append(out[name], value)
	}
	return out
}

func chosen(n *html.Node) string {
	first, value := true, ""
	walk(n, func(o *html.Node) {
		if o.Data != "option" {
			return
		}
		v, ok := attr(o, "value")
		if !ok {
			v = Text(o)
		}
		if _, on := attr(o, "selected"); on || first {
			value, first = v, false
		}
	})
	return value
}

// Text is what a person reads in an element: blanks count once.
func Text(n *html.Node) string {
	var b strings.Builder
	walk(n, func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

func find(t testing.TB, page, selector string) []*html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatalf("page: %v", err)
	}
	steps := parse(t, selector)
	var found []*html.Node
	walk(doc, func(n *html.Node) {
		if n.Type == html.ElementNode && matches(n, steps) {
			found = append(found, n)
		}
	})
	return found
}

func walk(n *html.Node, do func(*html.Node)) {
	do(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, do)
	}
}

// step is one compound of a selector.
type step struct {
	tag  string
	want []condition
}

type condition struct {
	name, value string
	present     bool // only asked to be there
}

func parse(t testing.TB, selector string) []step {
	t.Helper()
	var steps []step
	for selector = strings.TrimSpace(selector); selector != ""; selector = strings.TrimLeft(selector, " ") {
		var s step
		for selector != "" && selector[0] != ' ' {
			mark, rest := selector[0], selector
			if strings.IndexByte("#.[", mark) >= 0 {
				rest = selector[1:]
			}
			end := strings.IndexAny(rest, " #.[")
			if mark == '[' {
				if end = strings.IndexByte(rest, ']'); end < 0 {
					t.Fatalf("selector %q: [ without ]", selector)
				}
			} else if end < 0 {
				end = len(rest)
			}
			if end == 0 {
				t.Fatalf("selector %q: a name is missing", selector)
			}
			s.add(mark, rest[:end])
			if mark == '[' {
				end++
			}
			selector = rest[end:]
		}
		steps = append(steps, s)
	}
	if len(steps) == 0 {
		t.Fatal("empty selector")
	}
	return steps
}

func (s *step) add(mark byte, name string) {
	switch mark {
	case '#':
		s.want = append(s.want, condition{name: "id", value: name})
	case '.':
		s.want = append(s.want, condition{name: "class", value: name})
	case '[':
		key, value, ok := strings.Cut(name, "=")
		s.want = append(s.want, condition{name: "=" + key, value: strings.Trim(value, `"'`), present: !ok})
	default:
		s.tag = name
	}
}

func matches(n *html.Node, steps []step) bool {
	last := len(steps) - 1
	if !steps[last].fits(n) {
		return false
	}
	for up := n.Parent; last > 0; up = up.Parent {
		if up == nil {
			return false
		}
		if up.Type == html.ElementNode && steps[last-1].fits(up) {
			last--
		}
	}
	return true
}

func (s step) fits(n *html.Node) bool {
	if s.tag != "" && s.tag != "*" && s.tag != n.Data {
		return false
	}
	for _, c := range s.want {
		name, exact := strings.CutPrefix(c.name, "=")
		v, ok := attr(n, name)
		switch {
		case !ok, c.present:
			if !ok {
				return false
			}
		case name == "class" && !exact:
			if !has(strings.Fields(v), c.value) {
				return false
			}
		case v != c.value:
			return false
		}
	}
	return true
}

func has(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func short(page string) string {
	if len(page) > 3000 {
		return page[:3000] + "…"
	}
	return page
}
