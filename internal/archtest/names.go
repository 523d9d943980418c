package archtest

import "go/ast"

// Retired are names of types and packages that readers took for riddles, with the name that replaced each.
var Retired = map[string]string{
	"Keeper": "a store: SessionStore", "Kept": "HistoryRequest", "Saying": "Payload", "Told": "ChangeText",
	"Asked": "Query", "Judged": "Result", "Taken": "ExportInput", "Means": "AuthMethod", "Look": "View", "Way": "ExportFormat",
	"Sums": "TotalRows", "Full": "what it holds besides: RequestWithSteps", "room": "module", "roomtest": "moduletest",
}

// RetiredNames finds declarations and packages that bring a retired name back.
func RetiredNames(t *Tree) []Wrong {
	var found []Wrong
	for _, f := range t.source() {
		report := func(name *ast.Ident) {
			if now, ok := Retired[name.Name]; ok {
				found = append(found, f.wrong("name", name.Pos(), "%s is a retired name; use %s", name.Name, now))
			}
		}
		report(f.AST.Name)
		each(f, func(s *ast.TypeSpec) { report(s.Name) })
	}
	return found
}
