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
	"os"
	"slices"

	"hudang/internal/app"
	"hudang/internal/platform/render"
)

// Exit codes.
const (
	good  = 0
	found = 1
	stuck = 2
)

// command is one subcommand.
type command struct {
	name, args, does string
	run              func(ctx context.Context, c *call) (int, error)
}

// call is one call of a command.
type call struct {
	flags    *flag.FlagSet
	args     []string
	in       io.Reader // a person at a terminal; nil: nobody to ask
	out, err io.Writer
}

var commands = []command{
	{"copy", "DEST --data DIR [--keys DEST2] [--json] [--lang zh|en]", "make a consistent, verified copy of a data folder, beside a running program or without one", copyData},
	{"demo", "[--data DIR] [--addr HOST:PORT]", "start a demonstration company and print a sign-in link per post", demo},
	{"doctor", "--data DIR [--database URL] [--json] [--lang zh|en]", "look at an installation and say what is wrong with it", doctor},
	{"serve", "--data DIR [--addr HOST:PORT] [--tls own|off|CERT.pem,KEY.pem] [--database URL] [--lang zh|en]", "start an installation; at an address that others can reach, choose once whether it is encrypted", serve},
	{"import", "FILE... --data DIR --estate NAME [--create] [--as LOGIN] [--mapping FILE] [--dry-run] [--json] [--database URL] [--lang zh|en]", "bring a company's rosters into an estate's files, and say what became of every row", importRoster},
	{"export", "FILE.xlsx --data DIR --estate NAME [--clear --why REASON] [--as LOGIN] [--database URL] [--lang zh|en]", "write an estate's roster; in clear it imports to the same state", exportRoster},
	{"user", "add|reset --data DIR --login L [--name N --post POST[@ESTATE]...] [--database URL] [--lang zh|en]", "add an account, or take a forgotten password away; prints the path of a one-time sign-in link", user},
	{"verify", "--data DIR [--database URL] [--anchor FILE|TEXT]... [--vkey KEY] [--papers] [--json] [--lang zh|en]", "look for changes made behind the program's back", verify},
	{"version", "", "print the version", version},
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
	if len(args) == 0 || slices.Contains([]string{"help", "-h", "--help"}, args[0]) {
		usage(out)
		return good
	}
	if args[0] == render.Subcommand {
		return renderWorker(args[1:])
	}
	app.LimitMemory()
	for _, c := range commands {
		if c.name != args[0] {
			continue
		}
		flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
		flags.SetOutput(errOut)
		flags.Usage = func() { fmt.Fprintf(errOut, "hudang %s %s\n", c.name, c.args); flags.PrintDefaults() }
		code, err := c.run(ctx, &call{flags, args[1:], in, out, errOut})
		if err != nil && !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(errOut, "hudang:", err)
			return stuck
		}
		return code
	}
	fmt.Fprintf(errOut, "hudang: no command %q\n", args[0])
	usage(errOut)
	return stuck
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "Hudang 户档\n\nCommands:")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-8s %s\n           %s\n", c.name, c.args, c.does)
	}
}
