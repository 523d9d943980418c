// Package archtest holds the house rules that a test can check: who may import whom (edges.go), what only certain places
// may use (bans.go), sizes (sizes.go) and texts (texts.go); what is excused, with its reason, stands in allowed.go.
//
// Every rule is a function from the parsed tree to what is wrong with it, so that rules_test.go can show each one failing
// on a few lines of made-up source; archtest_test.go runs them on the house. Nothing may import this package.
// To allow an import or excuse a place, copy the line that the failing test prints.
package archtest

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Tree is the parsed source of a module. Files are read whatever their build tags: a rule holds on every system.
type Tree struct {
	Module   string
	Packages map[string]*Package // by folder: "internal/platform/db"
	Texts    []Catalogue
	fset     *token.FileSet
}

// Package is one folder of Go files.
type Package struct {
	Dir   string
	Place Place
	Files []*File // by name
}

// File is one parsed file.
type File struct {
	Name      string // "internal/platform/db/db.go"
	Dir       string
	Place     Place
	Test      bool // _test.go
	Generated bool
	Lines     int
	AST       *ast.File
	imports   map[string]string // name in this file → import path
	fset      *token.FileSet
}

// Wrong is one thing that a rule found.
type Wrong struct {
	Rule string
	Dir  string // the package it is in
	File string
	Name string // of the function, where the rule is about functions
	Line int
	Text string
}

// String is a line that an editor can jump to.
func (w Wrong) String() string {
	at := cmp.Or(w.File, w.Dir)
	if w.Line > 0 {
		at += ":" + strconv.Itoa(w.Line)
	}
	return at + ": " + w.Text
}

// Load parses everything below the root of fsys, leaving out what the go command leaves out.
func Load(fsys fs.FS, module string) (*Tree, error) {
	t := &Tree{Module: module, Packages: map[string]*Package{}, fset: token.NewFileSet()}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if name != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "node_modules") {
				return fs.SkipDir
			}
			return nil
		case strings.HasSuffix(base, ".go") && !strings.HasPrefix(base, "_") && !strings.HasPrefix(base, "."):
			return t.add(fsys, name)
		case path.Base(path.Dir(name)) == "locales" && path.Ext(base) == ".json":
			return t.addTexts(fsys, name)
		}
		return nil
	})
	return t, err
}

func (t *Tree) add(fsys fs.FS, name string) error {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	parsed, err := parser.ParseFile(t.fset, name, raw, parser.ParseComments)
	if err != nil {
		return err
	}
	dir := path.Dir(name)
	p := t.Packages[dir]
	if p == nil {
		p = &Package{Dir: dir, Place: placeOf(dir)}
		t.Packages[dir] = p
	}
	f := &File{
		Name: name, Dir: dir, Place: p.Place, Test: strings.HasSuffix(name, "_test.go"), Generated: ast.IsGenerated(parsed),
		Lines: bytes.Count(raw, []byte("\n")), AST: parsed, imports: map[string]string{}, fset: t.fset,
	}
	for _, spec := range parsed.Imports {
		at, _ := strconv.Unquote(spec.Path.Value)
		f.imports[importName(spec, at)] = at
	}
	p.Files = append(p.Files, f)
	return nil
}

// importName is the name by which a file knows an import: its own, or the path's last part without a version.
func importName(spec *ast.ImportSpec, at string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	base := path.Base(at)
	if len(base) > 1 && base[0] == 'v' && base[1] >= '0' && base[1] <= '9' {
		base = path.Base(path.Dir(at))
	}
	return base
}

// product gives the files that go into the program, except fixtures and tools; generated ones when asked for.
func (t *Tree) product(generated bool) []*File {
	var files []*File
	for _, f := range t.source() {
		if f.Place.Layer != Tool && !f.Place.Fixture && (generated || !f.Generated) {
			files = append(files, f)
		}
	}
	return files
}

// source gives every file but tests, in order of name.
func (t *Tree) source() []*File {
	var files []*File
	for _, p := range t.Packages {
		for _, f := range p.Files {
			if !f.Test {
				files = append(files, f)
			}
		}
	}
	slices.SortFunc(files, func(a, b *File) int { return cmp.Compare(a.Name, b.Name) })
	return files
}

func (f *File) wrong(rule string, at token.Pos, format string, args ...any) Wrong {
	return Wrong{Rule: rule, Dir: f.Dir, File: f.Name, Line: f.fset.Position(at).Line, Text: fmt.Sprintf(format, args...)}
}

// base is the file's name without its folder.
func (f *File) base() string { return path.Base(f.Name) }

// refers reports whether a selector is pkg.name of the imported package, and which name it is.
func (f *File) refers(sel *ast.SelectorExpr, imported string) (string, bool) {
	x, ok := sel.X.(*ast.Ident)
	if !ok || x.Obj != nil || f.imports[x.Name] != imported {
		return "", false
	}
	return sel.Sel.Name, true
}

// each calls visit for every node of type N.
func each[N ast.Node](f *File, visit func(N)) {
	ast.Inspect(f.AST, func(n ast.Node) bool {
		if wanted, ok := n.(N); ok {
			visit(wanted)
		}
		return true
	})
}

// literal is the value of a string literal.
func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// Excused is a place where a rule does not hold, with the reason. Where is a package, a file, or a function of a package
// ("internal/cash.Close").
type Excused struct{ Rule, Where, Why string }

// Judge leaves out what is excused, and reports excuses that nothing needs any more, or that give no reason.
func Judge(found []Wrong, excuses []Excused) []Wrong {
	used := make([]bool, len(excuses))
	var left []Wrong
	for _, w := range found {
		i := slices.IndexFunc(excuses, func(e Excused) bool {
			return e.Rule == w.Rule && e.Where != "" && (e.Where == w.Dir || e.Where == w.File || e.Where == w.Dir+"."+w.Name)
		})
		if i >= 0 {
			used[i] = true
			continue
		}
		left = append(left, w)
	}
	for i, e := range excuses {
		if !used[i] {
			left = append(left, Wrong{Rule: e.Rule, File: "internal/archtest/allowed.go",
				Text: fmt.Sprintf("{%q, %q} is needed no more: delete it", e.Rule, e.Where)})
		} else if strings.TrimSpace(e.Why) == "" {
			left = append(left, Wrong{Rule: e.Rule, File: "internal/archtest/allowed.go",
				Text: fmt.Sprintf("{%q, %q} gives no reason", e.Rule, e.Where)})
		}
	}
	return left
}
