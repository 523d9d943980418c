// Package i18n holds the catalogues: every text a person reads on a screen, in Chinese (the source) and English.
//
// A room keeps its texts in locales/zh.json and locales/en.json: flat keys, "unit.title": "房屋", placeholders {0} {1}, and
// {0|lease|leases} for one word or the other, as argument 0 is 1 or not.
// Composition hands all of them to New, which refuses a key missing in one language or defined twice.
// Registers and receipts print in Chinese; their fixed wording stands in print_*.go, not here (design §8).
package i18n

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// Lang is a language of the product.
type Lang string

// The two languages; Chinese is the source and the default.
const (
	Chinese Lang = "zh"
	English Lang = "en"
)

// Langs lists the languages, the default first.
var Langs = []Lang{Chinese, English}

// Bundle is every text in every language.
type Bundle struct{ texts map[Lang]map[string]string }

// New reads locales/<lang>.json of each file system. It reports all missing and doubled keys at once.
func New(rooms ...fs.FS) (*Bundle, error) {
	b := &Bundle{texts: map[Lang]map[string]string{}}
	var errs []error
	for _, lang := range Langs {
		b.texts[lang] = map[string]string{}
		for _, room := range rooms {
			errs = append(errs, b.read(room, lang)...)
		}
	}
	for _, key := range b.Keys() {
		for _, lang := range Langs {
			if _, ok := b.texts[lang][key]; !ok {
				errs = append(errs, fmt.Errorf("i18n: %s has no %q", lang, key))
			}
		}
	}
	return b, errors.Join(errs...)
}

func (b *Bundle) read(room fs.FS, lang Lang) []error {
	raw, err := fs.ReadFile(room, "locales/"+string(lang)+".json")
	if err != nil {
		return []error{fmt.Errorf("i18n: %w", err)}
	}
	var texts map[string]string
	if err := json.Unmarshal(raw, &texts); err != nil {
		return []error{fmt.Errorf("i18n: %s.json: %w", lang, err)}
	}
	var errs []error
	for key, text := range texts {
		if _, twice := b.texts[lang][key]; twice {
			errs = append(errs, fmt.Errorf("i18n: %s defines %q twice", lang, key))
		}
		b.texts[lang][key] = text
	}
	return errs
}

// Keys lists every key of any language, sorted.
func (b *Bundle) Keys() []string {
	all := map[string]bool{}
	for _, texts := range b.texts {
		for key := range texts {
			all[key] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// Text is the text of a key with its placeholders filled. An unknown key shows itself in brackets, so that it is seen.
// An argument of type Key is looked up too; one that has no words shows the key as well.
func (b *Bundle) Text(lang Lang, key string, args ...any) string {
	text, ok := b.texts[lang][key]
	if !ok {
		return "[" + key + "]"
	}
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	for i, arg := range args {
		if k, ok := arg.(Key); ok {
			arg = b.Text(lang, string(k))
		}
		if address(arg) {
			return "[" + key + "]"
		}
		pairs = append(pairs, fmt.Sprintf("{%d}", i), fmt.Sprint(arg))
	}
	return strings.NewReplacer(pairs...).Replace(numbered(text, args))
}

// address reports an argument that would print as a place in memory: a function or a pointer without words of its own. Its
// text shows its key instead, as an unknown one does: nobody takes that for a number.
func address(arg any) bool {
	switch arg.(type) {
	case fmt.Stringer, error, nil:
		return false
	}
	switch reflect.TypeOf(arg).Kind() {
	case reflect.Func, reflect.Pointer, reflect.Chan, reflect.UnsafePointer:
		return true
	}
	return false
}

var plural = regexp.MustCompile(`\{(\d)\|([^|{}]*)\|([^|{}]*)\}`)

// numbered chooses between the singular and the plural of a text.
func numbered(text string, args []any) string {
	if !strings.Contains(text, "|") {
		return text
	}
	return plural.ReplaceAllStringFunc(text, func(choice string) string {
		part := plural.FindStringSubmatch(choice)
		if n := int(part[1][0] - '0'); n < len(args) && fmt.Sprint(args[n]) == "1" {
			return part[2]
		}
		return part[3]
	})
}

// Has reports whether a key exists.
func (b *Bundle) Has(key string) bool { _, ok := b.texts[Chinese][key]; return ok }

// Key is an argument that is itself a text of the catalogue.
type Key string

type printer struct {
	bundle *Bundle
	lang   Lang
}

type ctxKey struct{}

// With puts a language into a context, for T.
func With(ctx context.Context, b *Bundle, lang Lang) context.Context {
	return context.WithValue(ctx, ctxKey{}, printer{b, lang})
}

// In changes the language of a context: prints are Chinese whatever the screen speaks (design §8).
func In(ctx context.Context, lang Lang) context.Context {
	p, ok := ctx.Value(ctxKey{}).(printer)
	if !ok {
		return ctx
	}
	return With(ctx, p.bundle, lang)
}

// LangOf is the language of a context; Chinese when none was set.
func LangOf(ctx context.Context) Lang {
	if p, ok := ctx.Value(ctxKey{}).(printer); ok {
		return p.lang
	}
	return Chinese
}

// T is the text of a key in the context's language.
func T(ctx context.Context, key string, args ...any) string {
	p, ok := ctx.Value(ctxKey{}).(printer)
	if !ok {
		return "[" + key + "]"
	}
	return p.bundle.Text(p.lang, key, args...)
}
