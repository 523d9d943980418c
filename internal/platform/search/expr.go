package search

import (
	"slices"
	"strings"
)

// expr is a question to the index: a token, any of several, or all of several.
type expr struct {
	token  string
	prefix bool // every token that begins so
	when   when
	any    []expr
	all    []expr
}

// when says what a token found means for the order.
type when int

const (
	always when = iota // estate and posts: nothing
	fact               // current, unless the document has the token as a former one only
	late               // never current
)

// former stands before the token of a fact that is former and not current too; no kind's own letter.
const former = "z"

// minor stands before the token of a fact that only somebody has who belongs to the thing; no kind's own letter.
const minor = "k"

// level says how strictly a question is asked.
type level int

const (
	anything level = iota
	held           // without what is only former
	own            // and without what only somebody has who belongs to the thing
)

// beside stands before the token of a fact that finds a paper only together with one of its own.
const beside = "a"

func anyOf(e ...expr) expr { return expr{any: e} }
func allOf(e ...expr) expr { return expr{all: e} }

func (e expr) leaf() bool { return e.token != "" }

// current is the question about current facts alone; false when nothing current can answer it.
func (e expr) current() (expr, bool) {
	switch {
	case e.leaf():
		return e, e.when != late
	case e.all != nil:
		var kept []expr
		for _, sub := range e.all {
			sub, ok := sub.current()
			if !ok {
				return expr{}, false
			}
			kept = append(kept, sub)
		}
		return allOf(kept...), true
	}
	var kept []expr
	for _, sub := range e.any {
		if sub, ok := sub.current(); ok {
			kept = append(kept, sub)
		}
	}
	return anyOf(kept...), len(kept) > 0
}

// wide is the question with what stands beside taken in.
func (e expr) wide() expr {
	switch {
	case e.leaf() && e.when == always:
		return e
	case e.leaf():
		also := e
		also.token = beside + e.token
		return anyOf(e, also)
	case e.all != nil:
		return allOf(each(e.all, expr.wide)...)
	}
	return anyOf(each(e.any, expr.wide)...)
}

// touches reports that some word of the question found a thing by a part with these tokens.
func (e expr) touches(tokens []string) bool {
	if e.leaf() {
		return e.when != always && slices.ContainsFunc(tokens, func(t string) bool { return t == e.token || e.prefix && strings.HasPrefix(t, e.token) })
	}
	found := func(sub expr) bool { return sub.touches(tokens) }
	if e.all != nil && !slices.ContainsFunc(e.all, func(sub expr) bool { return !sub.leaf() }) {
		return !slices.ContainsFunc(e.all, func(sub expr) bool { return !found(sub) }) // the pieces of one name or number
	}
	return slices.ContainsFunc(e.any, found) || slices.ContainsFunc(e.all, found)
}

func each(all []expr, change func(expr) expr) []expr {
	out := make([]expr, len(all))
	for i, e := range all {
		out[i] = change(e)
	}
	return out
}

// dialect is how an engine writes a question.
type dialect struct {
	and, or, not string
	leaf         func(token string, prefix bool) string
}

// in writes the question as strictly as it is asked.
func (e expr) in(d dialect, asked level) string {
	if e.leaf() {
		text := d.leaf(e.token, e.prefix)
		if e.when != fact {
			return text
		}
		if asked >= held {
			text = "(" + text + d.not + d.leaf(former+e.token, e.prefix) + ")"
		}
		if asked >= own {
			text = "(" + text + d.not + d.leaf(minor+e.token, e.prefix) + ")"
		}
		return text
	}
	subs, sign := e.any, d.or
	if e.all != nil {
		subs, sign = e.all, d.and
	}
	texts := make([]string, 0, len(subs))
	seen := map[string]bool{}
	for _, sub := range subs {
		if text := sub.in(d, asked); !seen[text] {
			seen[text] = true
			texts = append(texts, text)
		}
	}
	if len(texts) == 1 {
		return texts[0]
	}
	return "(" + strings.Join(texts, sign) + ")"
}
