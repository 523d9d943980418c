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
)

// rosterCall is what import and export have in common. Both need the data folder to themselves.
type rosterCall struct {
	*call
	app.RosterOptions
	data, database string
}

func newRosterCall(c *call) *rosterCall {
	r := &rosterCall{call: c}
	c.text(&r.data, "data", "")
	c.text(&r.database, "database", "")
	c.text(&r.Estate, "estate", "")
	c.text(&r.As, "as", "")
	return r
}

// files reads the flags, which may stand before, between and after the files.
func (r *rosterCall) files() ([]string, error) {
	files, err := r.rest(r.args)
	if err != nil {
		return nil, err
	}
	if r.data == "" || r.Estate == "" || len(files) == 0 {
		return nil, errs.E(errs.Invalid, "cli.error.needs.roster")
	}
	return files, nil
}

// with opens the installation for work and closes it; what it refuses is said in words and could not run.
func (r *rosterCall) with(ctx context.Context, work func(*app.App) (int, error)) (code int, err error) {
	if !app.Present(r.data) {
		return stuck, errs.E(errs.NotFound, "cli.error.no_data", r.data)
	}
	a, err := app.Open(ctx, app.Options{Data: r.data, Database: r.database, Log: logger(r.call), Render: renderer(r.data)})
	if err != nil {
		return stuck, err
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(ctx))) }()
	return work(a)
}

func importRoster(ctx context.Context, c *call) (int, error) {
	r := newRosterCall(c)
	c.flags.BoolVar(&r.Create, "create", false, "cli.flag.create")
	c.flags.BoolVar(&r.DryRun, "dry-run", false, "cli.flag.dry_run")
	var mapping string
	c.text(&mapping, "mapping", "")
	asJSON := c.yes("json")
	files, err := r.files()
	if err != nil {
		return stuck, err
	}
	if mapping != "" {
		if r.Mapping, err = readMapping(mapping); err != nil {
			return stuck, err
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
			report, err := a.ImportRoster(ctx, name, data, r.RosterOptions, r.lang)
			if err != nil {
				return stuck, err
			}
			if reports = append(reports, report); !report.Clean() {
				code = found
			}
			if !*asJSON {
				fmt.Fprint(c.out, a.TellRoster(report, r.lang))
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
	clear := c.yes("clear")
	var why string
	c.text(&why, "why", "")
	files, err := r.files()
	if err != nil {
		return stuck, err
	}
	return r.with(ctx, func(a *app.App) (code int, err error) {
		out, err := os.OpenFile(files[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return stuck, err
		}
		rows, err := a.ExportRoster(ctx, r.RosterOptions, *clear, why, out)
		if err = errors.Join(err, out.Close()); err != nil {
			return stuck, errors.Join(err, os.Remove(files[0]))
		}
		key := "cli.export.masked"
		if *clear {
			key = "cli.export.clear"
		}
		_, err = fmt.Fprintln(c.out, a.Texts.Text(r.lang, key, rows, files[0]))
		return good, err
	})
}
