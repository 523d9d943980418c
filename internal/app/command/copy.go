package command

import (
	"context"
	"encoding/json"
	"fmt"

	"hudang/internal/app"
	"hudang/internal/platform/errs"
)

func copyData(ctx context.Context, c *call) (int, error) {
	var o app.CopyOptions
	c.text(&o.Data, "data", "")
	c.text(&o.Keys, "keys", "")
	asJSON := c.yes("json")
	rest, err := c.rest(c.args)
	if err != nil {
		return stuck, err
	}
	if o.Data == "" || len(rest) == 0 {
		return stuck, errs.E(errs.Invalid, "cli.error.needs.copy")
	}
	if err := tooMany(rest[1:]); err != nil {
		return stuck, err
	}
	o.Dest = rest[0]
	report, err := app.Copy(ctx, o)
	if err != nil {
		return stuck, err
	}
	code := good
	if !report.Verified.Clean() {
		code = found
	}
	if *asJSON {
		return code, write(c, report)
	}
	text, err := app.TellCopy(report, c.lang)
	if err == nil {
		_, err = fmt.Fprint(c.out, text)
	}
	return code, err
}

func doctor(ctx context.Context, c *call) (int, error) {
	var data, database string
	c.text(&data, "data", "")
	c.text(&database, "database", "")
	asJSON := c.yes("json")
	if err := c.only(c.args); err != nil {
		return stuck, err
	}
	if data == "" {
		return stuck, errs.E(errs.Invalid, "cli.error.needs.data")
	}
	health, err := app.Doctor(ctx, data, database)
	if err != nil {
		return stuck, err
	}
	code := good
	for _, h := range health {
		if h.Bad() {
			code = found
		}
	}
	if *asJSON {
		return code, write(c, health)
	}
	text, err := app.TellHealth(health, c.lang)
	if err == nil {
		_, err = fmt.Fprint(c.out, text)
	}
	return code, err
}

// write writes a report as JSON.
func write(c *call, report any) error {
	out := json.NewEncoder(c.out)
	out.SetIndent("", "  ")
	return out.Encode(report)
}
