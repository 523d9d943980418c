package archtest

import (
	"fmt"
	"go/ast"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Layer is a floor of the house; imports go only downward.
type Layer int

// The floors, lowest first. Tools (tests across the house, programs that build and measure) stand beside it: they may import all.
const (
	Unknown Layer = iota
	Ground        // internal/platform/...: knows nothing of property management
	Room          // internal/<room>: its tables, operations, lists
	Pages         // internal/<room>/<room>web
	Shell         // internal/web, internal/api, internal/rulebook
	App           // internal/app
	Cmd           // cmd/...
	Tool          // bench/..., build/..., test/..., internal/archtest
)

// Place is where a package stands: its floor, and the part of the house it belongs to ("cash", "platform/op").
type Place struct {
	Layer   Layer
	Part    string
	Fixture bool // <room>test and the like, and what lies below: for tests only
}

func placeOf(dir string) Place {
	top, rest, _ := strings.Cut(dir, "/")
	switch top {
	case "cmd":
		return Place{Layer: Cmd, Part: dir}
	case "bench", "build", "test":
		return Place{Layer: Tool, Part: dir}
	case "internal":
	default:
		return Place{Part: dir}
	}
	part, below, _ := strings.Cut(rest, "/")
	last := path.Base(dir)
	isTest := func(name string) bool { return strings.HasSuffix(name, "test") }
	p := Place{Part: part, Fixture: slices.ContainsFunc(strings.Split(below, "/"), isTest)}
	switch {
	case part == "archtest":
		p.Layer = Tool
	case part == "app":
		p.Layer = App
	case slices.Contains(Shells, part):
		p.Layer = Shell
	case part == "platform":
		component, _, _ := strings.Cut(below, "/")
		if strings.HasSuffix(last, "web") {
			component = last // the pages of a part stand higher than the part: platform/list/listweb is "platform/listweb"
		}
		p.Part = path.Join(part, component)
		if slices.Contains(Grounds, component) {
			p.Layer = Ground
		}
	case slices.Contains(Rooms, part) && strings.HasSuffix(last, "web"): // of the room, or of a room within it
		p.Layer = Pages
	case slices.Contains(Rooms, part):
		p.Layer = Room
	}
	return p
}

// Edge is a permitted import between two parts of one floor (or from a shell into a room), with the reason for it.
type Edge struct{ From, To, Why string }

// Layering reports every import that goes upward, sideways into another room's pages, or between parts without an edge;
// places nobody declared; and edges that no import uses.
func Layering(t *Tree, edges []Edge) []Wrong {
	var found []Wrong
	used := map[Edge]bool{}
	seen := map[string]bool{}
	for _, dir := range slices.Sorted(maps.Keys(t.Packages)) {
		p := t.Packages[dir]
		if p.Place.Layer == Unknown {
			found = append(found, Wrong{Rule: "layer", Dir: dir,
				Text: "no known part of the house: name it in Rooms, Shells or Grounds in internal/archtest/edges.go, in its order"})
			continue
		}
		for _, f := range p.Files {
			for _, spec := range f.AST.Imports {
				to, ok := t.inside(spec)
				if !ok {
					continue
				}
				edge, why := judge(p.Place, placeOf(to), f.Test, edges)
				used[edge] = true
				if why == "" || seen[dir+to+why] {
					continue
				}
				seen[dir+to+why] = true
				found = append(found, f.wrong("layer", spec.Pos(), "imports %s: %s\n\tchain: %s", to, why, strings.Join(t.chain(dir, to), " → ")))
			}
		}
	}
	for _, e := range edges {
		switch {
		case !used[e]:
			found = append(found, Wrong{Rule: "layer", File: "internal/archtest/edges.go",
				Text: fmt.Sprintf("no import uses the edge {%q, %q} any more: delete it", e.From, e.To)})
		case strings.TrimSpace(e.Why) == "" || e.Why == whyHere:
			found = append(found, Wrong{Rule: "layer", File: "internal/archtest/edges.go",
				Text: fmt.Sprintf("the edge {%q, %q} gives no reason", e.From, e.To)})
		}
	}
	return found
}

const whyHere = "why it must know it"

// judge says why an import may not be, and which edge permits it when one does.
func judge(from, to Place, test bool, edges []Edge) (Edge, string) {
	switch {
	case from.Layer == Tool:
		return Edge{}, ""
	case to.Layer == Unknown:
		return Edge{}, "it is no known part of the house (internal/archtest/edges.go)"
	case to.Layer == Tool:
		return Edge{}, "tools are not part of the program"
	case to.Fixture && !test && !from.Fixture:
		return Edge{}, "fixtures are for tests"
	case test && to.Fixture && to.Layer == App && (from.Layer >= Pages || strings.HasSuffix(from.Part, "web")):
		return Edge{}, "" // a page is tested in the whole house, a page of the ground too
	case test && from.Layer == Ground && to.Layer == Ground:
		return Edge{}, "" // the log is tested through operations, which stand on it
	case to.Layer > from.Layer:
		return Edge{}, "imports go downward: " + layerOrder
	case from.Layer == to.Layer && from.Part == to.Part:
		return Edge{}, ""
	case from.Layer == Pages && to.Layer == Pages:
		return Edge{}, "pages never import another room's pages; ask the room itself, or let app hand it over"
	case from.Layer == Shell && to.Layer == Pages:
		return Edge{}, "only app knows a room's pages; it hands them over"
	case from.Layer == Shell && from.Part == "rulebook" && (to.Layer == Room):
		return Edge{}, "the rulebook imports no room; app hands it the controls"
	case from.Layer == Room && to.Layer == Room && !below(Rooms, from.Part, to.Part):
		return Edge{}, "a lower room never asks a higher one (Rooms in internal/archtest/edges.go); the higher one hands it over"
	case from.Layer == Ground && to.Layer == Ground && !below(Grounds, path.Base(from.Part), path.Base(to.Part)):
		return Edge{}, "it stands higher in Grounds (internal/archtest/edges.go): turn the import round, or the order"
	case from.Layer == Ground && strings.HasSuffix(from.Part, "web"):
		return Edge{}, "" // the ground's own pages, as a room's
	case test || from.Fixture || free(from.Layer, to.Layer):
		return Edge{}, ""
	}
	if i := slices.IndexFunc(edges, func(e Edge) bool { return e.From == from.Part && e.To == to.Part }); i >= 0 {
		return edges[i], ""
	}
	return Edge{}, fmt.Sprintf("nobody listed that edge. If it should be, add to internal/archtest/edges.go:\n\t{%q, %q, %q},", from.Part, to.Part, whyHere)
}

const layerOrder = "cmd → app → shells (web, api, rulebook) → <room>web → rooms → platform"

// free says between which floors no edge need be listed: app knows all; pages look into any room; all stand on the ground.
func free(from, to Layer) bool {
	switch from {
	case Cmd:
		return to == App
	case App:
		return true
	case Pages:
		return to == Room || to == Ground
	case Shell, Room:
		return to == Ground
	}
	return false
}

// below reports whether b comes after a in an order whose lowest is last.
func below(order []string, a, b string) bool { return slices.Index(order, a) < slices.Index(order, b) }

// inside is the folder of an import of this module.
func (t *Tree) inside(spec *ast.ImportSpec) (string, bool) {
	at, _ := strconv.Unquote(spec.Path.Value)
	return strings.CutPrefix(at, t.Module+"/")
}

// chain is a shortest way from a command (or else from the package itself) over dir to its import.
func (t *Tree) chain(dir, to string) []string {
	came := map[string]string{}
	var queue []string
	for _, d := range slices.Sorted(maps.Keys(t.Packages)) {
		if t.Packages[d].Place.Layer == Cmd {
			queue, came[d] = append(queue, d), ""
		}
	}
	for len(queue) > 0 && came[dir] == "" {
		at := queue[0]
		queue = queue[1:]
		if t.Packages[at] == nil {
			continue
		}
		for _, f := range t.Packages[at].Files {
			for _, spec := range f.AST.Imports {
				next, ok := t.inside(spec)
				if _, known := came[next]; ok && !known && !f.Test {
					queue, came[next] = append(queue, next), at
				}
			}
		}
	}
	way := []string{to}
	for at := dir; at != ""; at = came[at] {
		way = append(way, at)
	}
	slices.Reverse(way)
	return slices.Compact(way)
}
