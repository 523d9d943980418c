package archtest

import (
	"go/ast"
	"strings"
)

// roomsFile is where composition lists the rooms.
const roomsFile = "internal/app/rooms.go"

// Unlisted finds rooms that say what they offer (var Module) and that the program does not list: their operations would be
// refused, their tables missing.
func Unlisted(t *Tree) []Wrong {
	listed := map[string]bool{} // folders whose Module is named in the list
	for _, f := range t.source() {
		if f.Name != roomsFile {
			continue
		}
		each(f, func(sel *ast.SelectorExpr) {
			if x, ok := sel.X.(*ast.Ident); ok && sel.Sel.Name == "Module" {
				listed[strings.TrimPrefix(f.imports[x.Name], t.Module+"/")] = true
			}
		})
	}
	var found []Wrong
	for _, f := range t.product(false) {
		for _, d := range f.AST.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range g.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && v.Names[0].Name == "Module" && !listed[f.Dir] {
					found = append(found, f.wrong("room", v.Pos(), "the program does not list this room: add %s.Module to rooms in %s", f.AST.Name.Name, roomsFile))
				}
			}
		}
	}
	return found
}
