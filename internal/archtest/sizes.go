package archtest

import (
	"fmt"
	"go/ast"
	"maps"
	"path"
	"regexp"
	"slices"
)

// The limits: expect a file of 120 lines and look twice at 400.
const (
	maxFile    = 600
	maxFunc    = 80
	maxPackage = 5000
)

var emptyName = regexp.MustCompile(`(?i)(util|common|helper|manager|misc)s?$`)

// Sizes reports files, functions and packages that grew too long, packages nobody described, and names that say nothing.
// Tests and generated files are not counted; a file of routes may have one long function.
func Sizes(t *Tree) []Wrong {
	var found []Wrong
	for _, dir := range slices.Sorted(maps.Keys(t.Packages)) {
		p := t.Packages[dir]
		lines, described, source := 0, false, false
		for _, f := range p.Files {
			if emptyName.MatchString(f.AST.Name.Name) || emptyName.MatchString(path.Base(dir)) {
				found = append(found, f.wrong("name", f.AST.Name.Pos(), "package %s: name it after what it holds", f.AST.Name.Name))
			}
			if f.Test {
				continue
			}
			source = true
			described = described || f.AST.Doc != nil
			if f.Generated {
				continue
			}
			lines += f.Lines
			found = append(found, longParts(f)...)
		}
		if source && !described {
			found = append(found, Wrong{Rule: "comment", Dir: dir, Text: "no package comment: say what it keeps, what it may import, what is always true"})
		}
		if lines > maxPackage {
			w := Wrong{Rule: "package-size", Dir: dir}
			w.Text = tooLong("package", lines, maxPackage) + "; split it by noun"
			found = append(found, w)
		}
	}
	return found
}

func longParts(f *File) []Wrong {
	var found []Wrong
	if f.Lines > maxFile {
		found = append(found, f.wrong("file-size", f.AST.Pos(), "%s", tooLong("file", f.Lines, maxFile)))
	}
	if f.base() == "routes.go" {
		return found
	}
	for _, d := range f.AST.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if n := f.fset.Position(fn.End()).Line - f.fset.Position(fn.Pos()).Line + 1; n > maxFunc {
			w := f.wrong("func-size", fn.Pos(), "%s", tooLong("func "+fn.Name.Name, n, maxFunc))
			w.Name = fn.Name.Name
			found = append(found, w)
		}
	}
	return found
}

func tooLong(what string, lines, limit int) string {
	return fmt.Sprintf("%s has %d lines, the limit is %d", what, lines, limit)
}
