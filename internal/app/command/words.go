package command

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/rpc"
	"slices"
	"strings"

	"hudang/internal/app"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// langOf is the language a command line asks for, read before its flags so that what is wrong with them is said in it too;
// false for one there is not, which is then answered in both.
func langOf(args []string) (lang i18n.Lang, known bool) {
	lang = i18n.Chinese
	for i, arg := range args {
		name, value, joined := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		switch {
		case name != "lang" || !strings.HasPrefix(arg, "-"):
		case joined:
			lang = i18n.Lang(value)
		case i+1 < len(args):
			lang = i18n.Lang(args[i+1])
		}
	}
	return lang, slices.Contains(i18n.Langs, lang)
}

func newCall(name string, args []string, lang i18n.Lang, in io.Reader, out, errOut io.Writer) *call {
	c := &call{flags: flag.NewFlagSet(name, flag.ContinueOnError), args: args, lang: lang, in: in, out: out, err: errOut}
	c.flags.SetOutput(io.Discard) // its words are English; complain says them
	c.flags.Usage = func() {
		fmt.Fprintf(errOut, "hudang %s %s\n", name, argsOf(name, lang))
		c.flags.VisitAll(func(f *flag.Flag) { fmt.Fprintf(errOut, "  --%-9s %s\n", f.Name, app.Say(lang, f.Usage)) })
	}
	c.flags.String("lang", string(i18n.Chinese), "cli.flag.lang")
	return c
}

// text, yes and list define a flag; its words are the catalogue's cli.flag.<name>.
func (c *call) text(p *string, name, unless string) {
	c.flags.StringVar(p, name, unless, "cli.flag."+name)
}

func (c *call) yes(name string) *bool { return c.flags.Bool(name, false, "cli.flag."+name) }

func (c *call) list(p *[]string, name string) {
	c.flags.Func(name, "cli.flag."+name, func(s string) error {
		*p = append(*p, s)
		return nil
	})
}

// parse reads flags and says what is wrong with them in the catalogue's words; the package flag has English ones only, by
// whose beginnings they are told apart.
func (c *call) parse(args []string) error {
	err := c.flags.Parse(args)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return err
	}
	for begins, key := range map[string]string{"flag provided but not defined: -": "cli.error.flag.unknown", "flag needs an argument: -": "cli.error.flag.empty", "bad flag syntax: ": "cli.error.flag.form"} {
		if name, ok := strings.CutPrefix(err.Error(), begins); ok {
			return errs.E(errs.Invalid, key, name)
		}
	}
	_, name, _ := strings.Cut(err.Error(), " -")
	name = strings.TrimPrefix(name, "-")
	name, _, _ = strings.Cut(name, ":")
	return errs.E(errs.Invalid, "cli.error.flag.value", strings.TrimPrefix(name, "flag -"))
}

// rest reads the flags, which may stand before, between and after what else is given.
func (c *call) rest(args []string) (rest []string, err error) {
	for {
		if err := c.parse(args); err != nil {
			return nil, err
		}
		if args = c.flags.Args(); len(args) == 0 {
			return rest, nil
		}
		rest, args = append(rest, args[0]), args[1:]
	}
}

// only reads the flags of a command that takes nothing else.
func (c *call) only(args []string) error {
	rest, err := c.rest(args)
	if err != nil {
		return err
	}
	return tooMany(rest)
}

func tooMany(rest []string) error {
	if len(rest) == 0 {
		return nil
	}
	return errs.E(errs.Invalid, "cli.error.rest", strings.Join(rest, " "))
}

// noLanguage is said in every language there is, since the one asked for is none of them.
func noLanguage(asked i18n.Lang) string {
	lines := make([]string, len(i18n.Langs))
	for i, lang := range i18n.Langs {
		lines[i] = app.Say(lang, "cli.error.lang", string(asked))
	}
	return strings.Join(lines, "\n")
}

// complain says an error in the person's words. Of a file elsewhere the terminal has said it already.
func (c *call) complain(err error) {
	words := app.Words(err, c.lang)
	var said rpc.ServerError
	if errors.As(err, &said) {
		words = said.Error()
	}
	fmt.Fprintln(c.err, "hudang:", words)
}
