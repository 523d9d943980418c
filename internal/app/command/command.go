// Package command is the program's command line: it reads arguments, hands over to app, and writes what came of it.
//
// It may import app. Always true: exit 0 good, 1 found something, 2 could not run; reports go to standard output,
// progress and errors to standard error.
package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/rpc"
	"os"
	"slices"

	"hudang/internal/app"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/render"
)

// Exit codes.
const (
	good  = 0
	found = 1
	stuck = 2
)

// command is one subcommand; what it does and takes is told by the catalogue (cli.does.<name>, cli.args.<name>).
type command struct {
	name string
	run  func(ctx context.Context, c *call) (int, error)
}

// call is one call of a command.
type call struct {
	flags    *flag.FlagSet
	args     []string
	lang     i18n.Lang // of everything that is said
	in       io.Reader // a person at a terminal; nil: nobody to ask
	out, err io.Writer

	serving *app.App    // the program that carries it out for somebody else; nil: this one was started for it
	far     *rpc.Client // then the terminal where it was given
}

// commands are what the program can do. They are a function since one of them, serve, carries out the others.
func commands() []command {
	return []command{{"controls", controls}, {"copy", copyData}, {"demo", demo}, {"doctor", doctor}, {"serve", serve}, {"import", importRoster}, {"export", exportRoster},
		{"user", user}, {"verify", verify}, {"version", version}}
}

// Run carries out a command line and returns the exit status.
func Run(ctx context.Context, args []string, out, errOut io.Writer) int {
	return carryOut(ctx, args, terminal(), out, errOut)
}

// terminal is where a person can be asked something; nil where there is none, or only the device that services are given.
func terminal() io.Reader {
	info, err := os.Stdin.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	if null, err := os.Stat(os.DevNull); err == nil && os.SameFile(info, null) {
		return nil
	}
	return os.Stdin
}

func carryOut(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	lang, known := langOf(args)
	if !known {
		fmt.Fprintln(errOut, "hudang:", noLanguage(lang))
		return stuck
	}
	if len(args) == 0 || slices.Contains([]string{"help", "-h", "--help"}, args[0]) {
		usage(out, lang)
		return good
	}
	if args[0] == render.Subcommand {
		return renderWorker(args[1:])
	}
	app.LimitMemory()
	for _, one := range commands() {
		if one.name == args[0] {
			return newCall(one.name, args[1:], lang, in, out, errOut).do(ctx, one)
		}
	}
	fmt.Fprintln(errOut, "hudang:", app.Say(lang, "cli.error.command", args[0]))
	usage(errOut, lang)
	return stuck
}

// do carries a command out and says what went wrong.
func (c *call) do(ctx context.Context, one command) int {
	code, err := one.run(ctx, c)
	if errors.Is(err, flag.ErrHelp) {
		return good
	}
	if err == nil {
		return code
	}
	if ctx.Err() != nil && !app.Refused(err) { // it failed because it was stopped
		err = errs.E(errs.Blocked, "cli.error.interrupted")
		if cause := context.Cause(ctx); errs.Is(cause, errs.Unavailable) {
			err = cause
		}
	}
	c.complain(err)
	return stuck
}

func usage(w io.Writer, lang i18n.Lang) {
	fmt.Fprintln(w, app.Say(lang, "cli.commands"))
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-8s %s\n", c.name, app.Say(lang, "cli.does."+c.name))
		if args := argsOf(c.name, lang); args != "" {
			fmt.Fprintf(w, "           %s\n", args)
		}
	}
	fmt.Fprintln(w, app.Say(lang, "cli.commands.lang"))
}

// argsOf is what a command takes; version takes nothing.
func argsOf(name string, lang i18n.Lang) string {
	if name == "version" {
		return ""
	}
	return app.Say(lang, "cli.args."+name)
}
