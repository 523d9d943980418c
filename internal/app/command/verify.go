package command

import (
	"context"
	"fmt"

	"hudang/internal/app"
	"hudang/internal/platform/errs"
)

func verify(ctx context.Context, c *call) (int, error) {
	var o app.VerifyOptions
	c.text(&o.Data, "data", "")
	c.text(&o.Database, "database", "")
	c.text(&o.Key, "vkey", "")
	c.list(&o.Anchors, "anchor")
	c.flags.BoolVar(&o.Papers, "papers", false, "cli.flag.papers")
	asJSON := c.yes("json")
	if err := c.only(c.args); err != nil {
		return stuck, err
	}
	if o.Data == "" {
		return stuck, errs.E(errs.Invalid, "cli.error.needs.data")
	}
	report, err := app.Verify(ctx, o)
	if err != nil {
		return stuck, err
	}
	code := good
	if !report.Clean() {
		code = found
	}
	if *asJSON {
		return code, write(c, report)
	}
	text, err := app.Tell(report, c.lang)
	if err == nil {
		_, err = fmt.Fprint(c.out, text)
	}
	return code, err
}
