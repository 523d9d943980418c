package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"hudang/internal/app"
	"hudang/internal/household/roster"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// rosterCall is what import and export have in common. Both need the data folder to themselves.
type rosterCall struct {
	*call
	app.RosterOptions
	data, database, lang string
}

func newRosterCall(c *call) *rosterCall {
	r := &rosterCall{call: c}
	c.flags.StringVar(&r.data, "data", "", "data folder")
	c.flags.StringVar(&r.database, "database", "", "PostgreSQL URL; without it SQLite in the data folder")
	c.flags.StringVar(&r.lang, "lang", string(i18n.Chinese), "language of the report")
	c.flags.StringVar(&r.Estate, "estate", "", "the estate, by name or number")
	c.flags.StringVar(&r.As, "as", "", "login of the account that acts; without it the only one that may")
	return r
}

// files reads the flags, which may stand before, between and after the files.
func (r *rosterCall) files() ([]string, error) {
	var files []string
	for rest := r.args; ; {
		if err := r.flags.Parse(rest); err != nil {
			return nil, err
		}
		if rest = r.flags.Args(); len(rest) == 0 {
			break
		}
		files, rest = append(files, rest[0]), rest[1:]
	}
	if r.data == "" || r.Estate == "" || len(files) == 0 {
		return nil, app.Words(errs.E(errs.Invalid, "cli.error.needs.roster"), i18n.Lang(r.lang))
	}
	return files, nil
}

// with opens the installation for work and closes it; what it refuses is said in words and could not run.
func (r *rosterCall) with(ctx context.Context, work func(*app.App) (int, error)) (code int, err error) {
	if !app.Present(r.data) {
		return stuck, app.Words(errs.E(errs.NotFound, "cli.error.no_data", r.data), i18n.Lang(r.lang))
	}
	a, err := app.Open(ctx, app.Options{Data: r.data, Database: r.database, Log: logger(r.call), Render: renderer(r.data)})
	if err != nil {
		return stuck, app.Words(err, i18n.Lang(r.lang))
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(ctx))) }()
	code, err = work(a)
	if why, refused := a.Why(err, i18n.Lang(r.lang)); refused {
		fmt.Fprintln(r.err, "hudang:", why)
		return stuck, nil
	}
	return code, err
}

func importRoster(ctx context.Context, c *call) (int, error) {
	r := newRosterCall(c)
	c.flags.BoolVar(&r.Create, "create", false, "make the estate when there is none")
	c.flags.BoolVar(&r.DryRun, "dry-run", false, "only say what would come of it")
	mapping := c.flags.String("mapping", "", "JSON file: how the columns are read")
	asJSON := c.flags.Bool("json", false, "report as JSON")
	files, err := r.files()
	if err != nil {
		return stuck, err
	}
	if *mapping != "" {
		if r.Mapping, err = readMapping(*mapping); err != nil {
			return stuck, app.Words(err, i18n.Lang(r.lang))
		}
	}
	return r.with(ctx, func(a *app.App) (int, error) {
		code := good
		var reports []*app.RosterReport
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				return stuck, err
			}
			report, err := a.ImportRoster(ctx, name, data, r.RosterOptions, i18n.Lang(r.lang))
			if err != nil {
				return stuck, err
			}
			if reports = append(reports, report); !report.Clean() {
				code = found
			}
			if !*asJSON {
				fmt.Fprint(c.out, a.TellRoster(report, i18n.Lang(r.lang)))
			}
		}
		if !*asJSON {
			return code, nil
		}
		out := json.NewEncoder(c.out)
		out.SetIndent("", "  ")
		return code, out.Encode(reports)
	})
}

// readMapping reads one mapping, or a list of them; one without headers and fields holds for every table.
func readMapping(name string) (all []roster.Mapping, err error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if raw = bytes.TrimSpace(raw); bytes.HasPrefix(raw, []byte("{")) {
		raw = slices.Concat([]byte("["), raw, []byte("]"))
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, errs.E(errs.Invalid, "cli.error.mapping.file", name, err.Error()).Because(err)
	}
	return all, nil
}

func exportRoster(ctx context.Context, c *call) (int, error) {
	r := newRosterCall(c)
	clear := c.flags.Bool("clear", false, "telephone and identity numbers in clear, so that the file comes back whole")
	why := c.flags.String("why", "", "the reason, which --clear needs")
	files, err := r.files()
	if err != nil {
		return stuck, err
	}
	return r.with(ctx, func(a *app.App) (code int, err error) {
		out, err := os.OpenFile(files[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return stuck, err
		}
		rows, err := a.ExportRoster(ctx, r.RosterOptions, *clear, *why, out)
		if err = errors.Join(err, out.Close()); err != nil {
			return stuck, errors.Join(err, os.Remove(files[0]))
		}
		key := "cli.export.masked"
		if *clear {
			key = "cli.export.clear"
		}
		_, err = fmt.Fprintln(c.out, a.Texts.Text(i18n.Lang(r.lang), key, rows, files[0]))
		return good, err
	})
}
