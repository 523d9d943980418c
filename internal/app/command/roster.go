package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"hudang/internal/app"
	"hudang/internal/household/roster"
	"hudang/internal/platform/errs"
)

// rosterCall is what import and export have in common.
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

// with does work in the installation.
func (r *rosterCall) with(ctx context.Context, work func(*app.App) (int, error)) (code int, err error) {
	if err := r.present(r.data); err != nil {
		return stuck, err
	}
	return r.open(ctx, r.data, r.database, work)
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
		if r.Mapping, err = c.readMapping(mapping); err != nil {
			return stuck, err
		}
	}
	return r.with(ctx, func(a *app.App) (int, error) {
		code := good
		var reports []*app.RosterReport
		for _, name := range files {
			data, err := c.readFile(name)
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
func (c *call) readMapping(name string) (all []roster.Mapping, err error) {
	raw, err := c.readFile(name)
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
		rows := 0
		err = c.writeFile(files[0], func(w io.Writer) (err error) {
			rows, err = a.ExportRoster(ctx, r.RosterOptions, *clear, why, w)
			return err
		})
		if err != nil {
			return stuck, err
		}
		key := "cli.export.masked"
		if *clear {
			key = "cli.export.clear"
		}
		_, err = fmt.Fprintln(c.out, a.Texts.Text(r.lang, key, rows, files[0]))
		return good, err
	})
}
