package archtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Catalogue is one locales/<lang>.json.
type Catalogue struct {
	File, Dir, Lang string
	Texts           map[string]string
}

// Dynamic is the beginning of keys that the program puts together ("op." + name), with the reason.
type Dynamic struct{ Prefix, Why string }

func (t *Tree) addTexts(fsys fs.FS, name string) error {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	c := Catalogue{File: name, Dir: path.Dir(name), Lang: strings.TrimSuffix(path.Base(name), ".json")}
	if err := json.Unmarshal(raw, &c.Texts); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	t.Texts = append(t.Texts, c)
	return nil
}

// keyCalls are the functions that take a catalogue key: package, name, which argument.
var keyCalls = []struct {
	pkg, name string
	arg       int
}{
	{"internal/platform/i18n", "T", 1},
	{"internal/platform/i18n", "Key", 0},
	{"internal/platform/errs", "E", 1},
	{"internal/platform/errs", "Rule", 1},
}

// fieldsMethods are the methods of errs.Fields that take a key, and which argument.
var fieldsMethods = map[string]int{"Add": 1, "Check": 2}

// keyNames are names of struct fields, and ends of names, that hold a key wherever they stand: errs.Field{Key: "…"}, TitleKey: "…".
var keyNames = regexp.MustCompile(`^(Key|[A-Z]\w*Key)$`)

// keyShape is what a key looks like: at least two words with a dot between them.
var keyShape = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)

var placeholder = regexp.MustCompile(`\{\d+\}`)

// TextsOf reports keys that are used and in no catalogue, in a catalogue and not used, missing in one language, defined
// twice, with other placeholders in the other language, or with Chinese in the English text.
func TextsOf(t *Tree, dynamic []Dynamic) []Wrong {
	known, found := catalogued(t)
	mentioned := map[string]bool{}
	for _, f := range t.product(true) {
		each(f, func(lit *ast.BasicLit) {
			if s, ok := literal(lit); ok {
				mentioned[s] = true
			}
		})
		sure := map[token.Pos]bool{}
		for _, use := range keysOf(f, t.Module) {
			sure[use.at] = true
			switch _, ok := known[use.key]; {
			case use.begins:
				if !slices.ContainsFunc(dynamic, func(d Dynamic) bool { return d.Prefix == use.key }) {
					found = append(found, f.wrong("text", use.at,
						"a key put together from %q: list its beginning in Dynamics in internal/archtest/allowed.go:\n\t{%q, %q},", use.key, use.key, "what follows, and from where"))
				}
			case !ok:
				found = append(found, f.wrong("text", use.at, "the key %q is in no locales/zh.json", use.key))
			}
		}
		found = append(found, likeKeys(f, known, sure)...)
	}
	for _, key := range slices.Sorted(maps.Keys(known)) {
		if !mentioned[key] && !slices.ContainsFunc(dynamic, func(d Dynamic) bool { return strings.HasPrefix(key, d.Prefix) }) {
			found = append(found, Wrong{Rule: "text", File: known[key].File, Text: fmt.Sprintf("the key %q is used nowhere", key)})
		}
	}
	for _, d := range dynamic {
		if !mentioned[d.Prefix] || strings.TrimSpace(d.Why) == "" {
			found = append(found, Wrong{Rule: "text", File: "internal/archtest/allowed.go",
				Text: fmt.Sprintf("no key begins with %q in the program any more, or no reason is given: delete it from Dynamics", d.Prefix)})
		}
	}
	return found
}

// fileName is what looks like a key and names a file.
var fileName = regexp.MustCompile(`\.(templ|go|html|css|js|json|svg|png|pdf|xlsx?|csv|txt|db|key|sql)$`)

// likeKeys reports strings that look like a key of a catalogue and are none, wherever they are handed to: a list's column,
// a wrapper of errs.E. A field called Name is no text; the name of an operation is the key "op.<name>".
func likeKeys(f *File, known map[string]Catalogue, sure map[token.Pos]bool) (found []Wrong) {
	spaces := map[string]bool{}
	for key := range known {
		space, _, _ := strings.Cut(key, ".")
		spaces[space] = true
	}
	each(f, func(kv *ast.KeyValueExpr) {
		if name, ok := kv.Key.(*ast.Ident); ok && name.Name == "Name" {
			sure[kv.Value.Pos()] = true
		}
	})
	each(f, func(lit *ast.BasicLit) {
		s, ok := literal(lit)
		if !ok || sure[lit.Pos()] || !keyShape.MatchString(s) || fileName.MatchString(s) {
			return
		}
		space, _, _ := strings.Cut(s, ".")
		_, key := known[s]
		_, operation := known["op."+s]
		if spaces[space] && !key && !operation {
			found = append(found, f.wrong("text", lit.Pos(), "%q looks like a key, and neither it nor \"op.%s\" is in any locales/zh.json", s, s))
		}
	})
	return found
}

// catalogued gathers the Chinese texts, the source, and compares the English ones with them.
func catalogued(t *Tree) (map[string]Catalogue, []Wrong) {
	known := map[string]Catalogue{}
	english := map[string]map[string]string{} // by folder
	var found []Wrong
	wrong := func(c Catalogue, format string, args ...any) {
		found = append(found, Wrong{Rule: "text", File: c.File, Text: fmt.Sprintf(format, args...)})
	}
	for _, c := range t.Texts {
		if c.Lang == "en" {
			english[c.Dir] = c.Texts
		}
		for key, text := range c.Texts {
			if !keyShape.MatchString(key) {
				wrong(c, "%q is no key: lower case words with dots between them", key)
			}
			if strings.TrimSpace(text) == "" {
				wrong(c, "%q is empty", key)
			}
			if first, twice := known[key]; c.Lang == "zh" && twice {
				wrong(c, "%q is defined in %s too", key, first.File)
			} else if c.Lang == "zh" {
				known[key] = c
			}
			if c.Lang == "en" && hasHan(text) {
				found = append(found, Wrong{Rule: "han-in-en", Dir: c.Dir, File: c.File, Name: key, Text: fmt.Sprintf("%q has Chinese in its English text", key)})
			}
		}
	}
	for _, c := range t.Texts {
		other := english[c.Dir]
		if c.Lang != "zh" {
			other = zhOf(t, c.Dir)
		}
		for key, text := range c.Texts {
			match, ok := other[key]
			if !ok {
				wrong(c, "%q is missing in the other language", key)
			} else if c.Lang == "zh" && !slices.Equal(places(text), places(match)) {
				wrong(c, "%q has placeholders %v here and %v in English", key, places(text), places(match))
			}
		}
	}
	slices.SortFunc(found, func(a, b Wrong) int { return cmp.Compare(a.String(), b.String()) })
	return known, found
}

func zhOf(t *Tree, dir string) map[string]string {
	for _, c := range t.Texts {
		if c.Dir == dir && c.Lang == "zh" {
			return c.Texts
		}
	}
	return nil
}

func places(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

type keyUse struct {
	key    string
	begins bool // the key goes on with something computed
	at     token.Pos
}

// keysOf gives the keys that a file surely means as keys.
func keysOf(f *File, module string) []keyUse {
	var uses []keyUse
	note := func(e ast.Expr) {
		if s, ok := literal(e); ok {
			uses = append(uses, keyUse{s, false, e.Pos()})
		} else if sum, ok := e.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
			for left, ok := sum, true; ok; left, ok = left.X.(*ast.BinaryExpr) {
				if s, lit := literal(left.X); lit {
					uses = append(uses, keyUse{s, true, e.Pos()})
				}
			}
		}
	}
	each(f, func(call *ast.CallExpr) {
		if arg, ok := keyArgument(f, module, call); ok && arg < len(call.Args) {
			note(call.Args[arg])
		}
	})
	each(f, func(kv *ast.KeyValueExpr) {
		name, ok := kv.Key.(*ast.Ident)
		if !ok || !keyNames.MatchString(name.Name) {
			return
		}
		if s, ok := literal(kv.Value); ok && keyShape.MatchString(s) {
			note(kv.Value)
		}
	})
	return uses
}

// keyArgument says which argument of a call is a key, if one is.
func keyArgument(f *File, module string, call *ast.CallExpr) (int, bool) {
	switch fn := call.Fun.(type) {
	case *ast.SelectorExpr:
		for _, k := range keyCalls {
			if name, ok := f.refers(fn, module+"/"+k.pkg); ok && name == k.name {
				return k.arg, true
			}
		}
		if arg, ok := fieldsMethods[fn.Sel.Name]; ok && isFields(f, module, fn.X) {
			return arg, true
		}
	case *ast.Ident: // inside the package itself
		for _, k := range keyCalls {
			if f.Dir == k.pkg && fn.Name == k.name {
				return k.arg, true
			}
		}
	}
	return 0, false
}

// isFields reports whether a name was declared as errs.Fields, as far as the file itself tells.
func isFields(f *File, module string, e ast.Expr) bool {
	if u, ok := e.(*ast.UnaryExpr); ok {
		e = u.X
	}
	x, ok := e.(*ast.Ident)
	if !ok || x.Obj == nil {
		return false
	}
	var declared ast.Node
	switch d := x.Obj.Decl.(type) {
	case *ast.Field:
		declared = d.Type
	case *ast.ValueSpec:
		declared = d
	case *ast.AssignStmt:
		declared = d
	default:
		return false
	}
	is := false
	ast.Inspect(declared, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if name, ours := f.refers(sel, module+"/internal/platform/errs"); ours && name == "Fields" {
				is = true
			}
		}
		return true
	})
	return is
}
