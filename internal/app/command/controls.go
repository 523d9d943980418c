package command

import (
	"context"
	"fmt"

	"hudang/internal/app"
	"hudang/internal/platform/control"
	"hudang/internal/platform/errs"
	"hudang/internal/rulebook"
)

// controls says how every clause of the rules stands, or stood at the end of a month. It exits 1 when one is broken.
func controls(ctx context.Context, c *call) (int, error) {
	o := app.RulesOptions{Lang: c.lang}
	c.text(&o.Data, "data", "")
	c.text(&o.Database, "database", "")
	c.text(&o.Estate, "estate", "")
	c.text(&o.Month, "month", "")
	asJSON := c.yes("json")
	if err := c.only(c.args); err != nil {
		return stuck, err
	}
	if o.Data == "" {
		return stuck, errs.E(errs.Invalid, "cli.error.needs.data")
	}
	if !app.Present(o.Data) {
		return stuck, errs.E(errs.NotFound, "cli.error.no_data", o.Data)
	}
	all, err := app.ReportRules(ctx, o)
	if err != nil {
		return stuck, err
	}
	code := good
	for _, r := range all {
		if r.State == control.Broken {
			code = found
		}
	}
	if *asJSON {
		return code, write(c, all)
	}
	set := ""
	for _, r := range all {
		if r.Set != set {
			set = r.Set
			fmt.Fprintln(c.out, set)
		}
		fmt.Fprintf(c.out, "  %-3s %s  %s\n", r.Clause, app.Say(c.lang, rulebook.StateKey(r.State)), r.Title)
		for _, one := range r.Controls {
			figure := ""
			if one.Target > 0 {
				figure = fmt.Sprintf("%d / %d  ", one.Figure, one.Target)
			}
			fmt.Fprintf(c.out, "        %s  %s  %s  %s%s\n", app.Say(c.lang, rulebook.StateKey(one.State)), one.Estate, one.Title, figure, one.Text)
		}
		if r.Rest != "" {
			fmt.Fprintf(c.out, "        %s\n", app.Say(c.lang, "rulebook.rest", r.Rest))
		}
		if r.State == rulebook.NotBuilt {
			fmt.Fprintf(c.out, "        %s\n", app.Say(c.lang, "rulebook.not_built"))
		}
	}
	return code, nil
}
