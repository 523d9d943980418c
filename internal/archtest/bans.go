package archtest

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Bans reports what may be used only in certain places. Tests, fixtures and tools are free of them.
func Bans(t *Tree) []Wrong {
	var found []Wrong
	for _, f := range t.product(false) {
		found = slices.Concat(found, banClock(f), banRandom(f), banWrites(f), banSQL(f), banHTTP(f), banInit(f), banExit(f), banOpen(f, t.Module))
	}
	for _, f := range t.product(true) { // a page's text stands in the file generated from its template
		found = append(found, banHan(f)...)
	}
	return found
}

var clockNames = []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Sleep"}

// banClock: a test must be able to say what time it is.
func banClock(f *File) (found []Wrong) {
	each(f, func(sel *ast.SelectorExpr) {
		if name, ok := f.refers(sel, "time"); ok && slices.Contains(clockNames, name) {
			found = append(found, f.wrong("clock", sel.Pos(), "time.%s: ask a clock.Clock, so that a test can set the time", name))
		}
	})
	return found
}

// banRandom: guessable numbers nowhere; keys, salts and tokens only where they are made on purpose.
func banRandom(f *File) (found []Wrong) {
	for _, spec := range f.AST.Imports {
		switch at, _ := strconv.Unquote(spec.Path.Value); at {
		case "math/rand", "math/rand/v2":
			found = append(found, f.wrong("rand", spec.Pos(), "%s is guessable and makes runs differ", at))
		case "crypto/rand":
			found = append(found, f.wrong("secret", spec.Pos(), "crypto/rand: keys, salts and tokens are made by the packages listed for it"))
		}
	}
	return found
}

var writers = []string{"NewInsert", "NewUpdate", "NewDelete", "NewMerge", "NewRaw", "NewCreateTable", "NewDropTable", "NewTruncateTable"}

// banWrites: every write goes through op.Run. bun's writers, and the way from a query back to its database, would go round it.
func banWrites(f *File) (found []Wrong) {
	each(f, func(call *ast.CallExpr) {
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return
		}
		name := sel.Sel.Name
		if slices.Contains(writers, name) || name == "DB" && len(call.Args) == 0 {
			found = append(found, f.wrong("door", sel.Sel.Pos(), ".%s(): rows are written by op.Tx, inside an operation", name))
		}
	})
	return found
}

// sqlText is what a statement begins with, in the capitals SQL is written in, and the plainer statements in any.
var sqlText = regexp.MustCompile(`^\s*((BEGIN|COMMIT|ROLLBACK|VACUUM)(\s|$)|(SELECT|INSERT INTO|UPDATE|DELETE FROM|MERGE INTO|WITH|CREATE|` +
	`ALTER|DROP|TRUNCATE|PRAGMA|SAVEPOINT|RELEASE|ATTACH|COPY|LOCK TABLE|EXPLAIN|ANALYZE)\s)` +
	`|(?is:^\s*(select\s.+\sfrom|insert\s+into|delete\s+from|update\s+\S+\s+set)\s)`)

// banSQL: a room's SQL stands in its store files, where it is looked for.
func banSQL(f *File) (found []Wrong) {
	if strings.HasPrefix(f.base(), "store_") {
		return nil
	}
	each(f, func(lit *ast.BasicLit) {
		if s, ok := literal(lit); ok && sqlText.MatchString(s) {
			found = append(found, f.wrong("sql", lit.Pos(), "SQL outside store_<noun>.go: %.40q", s))
		}
	})
	return found
}

// banHTTP: rooms and the ground speak errs and context; pages and shells speak HTTP.
func banHTTP(f *File) (found []Wrong) {
	if f.Place.Layer != Room && f.Place.Layer != Ground || strings.HasSuffix(f.Place.Part, "web") {
		return nil
	}
	for _, spec := range f.AST.Imports {
		if at, _ := strconv.Unquote(spec.Path.Value); at == "net/http" || strings.HasPrefix(at, "net/http/") {
			found = append(found, f.wrong("http", spec.Pos(), "%s: only pages, shells and the page kit know the web", at))
		}
	}
	return found
}

// banInit: nothing happens because a package was imported; app composes.
func banInit(f *File) (found []Wrong) {
	for _, d := range f.AST.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
			found = append(found, f.wrong("init", fn.Pos(), "init(): composition is app's; make it a value or a function"))
		}
	}
	return found
}

// banExit: an error travels up to main; else deferred work, such as giving back the data folder, is skipped.
func banExit(f *File) (found []Wrong) {
	if f.Place.Layer == Cmd {
		return nil
	}
	each(f, func(sel *ast.SelectorExpr) {
		if name, ok := f.refers(sel, "os"); ok && name == "Exit" {
			found = append(found, f.wrong("exit", sel.Pos(), "os.Exit: return an error to cmd"))
		}
		if name, ok := f.refers(sel, "log"); ok && (strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Panic")) {
			found = append(found, f.wrong("exit", sel.Pos(), "log.%s: return an error to cmd", name))
		}
	})
	return found
}

// banOpen: one owner of the data folder. A second handle on the database would be a way round the door.
func banOpen(f *File, module string) (found []Wrong) {
	if f.Place.Layer == App || f.Place.Part == "platform/db" {
		return nil
	}
	each(f, func(sel *ast.SelectorExpr) {
		name, ours := f.refers(sel, module+"/internal/platform/db")
		std, raw := f.refers(sel, "database/sql")
		if ours && strings.HasPrefix(name, "Open") || raw && strings.HasPrefix(std, "Open") {
			found = append(found, f.wrong("open", sel.Pos(), "only app opens the database"))
		}
	})
	return found
}

// banHan: what a person reads on a screen is in the catalogues, in both languages; a form's own wording is in its print.
func banHan(f *File) (found []Wrong) {
	if strings.HasPrefix(f.base(), "print_") {
		return nil
	}
	each(f, func(lit *ast.BasicLit) {
		if lit.Kind != token.STRING && lit.Kind != token.CHAR {
			return
		}
		if s, err := strconv.Unquote(lit.Value); err == nil && hasHan(s) {
			found = append(found, f.wrong("han", lit.Pos(), "Chinese text %.30q: put it into locales/zh.json and en.json", s))
		}
	})
	return found
}

// hasHan reports Chinese in a text. The product's name is the same in both languages.
func hasHan(s string) bool {
	return strings.ContainsFunc(strings.ReplaceAll(s, "户档", ""), func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
