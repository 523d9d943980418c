package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"hudang/internal/app"
	"hudang/internal/platform/i18n"
)

func copyData(ctx context.Context, c *call) (int, error) {
	var o app.CopyOptions
	c.flags.StringVar(&o.Data, "data", "", "data folder")
	c.flags.StringVar(&o.Keys, "keys", "", "where the key store is copied to, on another medium; without it, it is not copied")
	asJSON := c.flags.Bool("json", false, "report as JSON")
	lang := c.flags.String("lang", string(i18n.Chinese), "language of the report")
	if len(c.args) > 0 && c.args[0] != "" && c.args[0][0] != '-' { // DEST may stand first, as people write it
		o.Dest, c.args = c.args[0], c.args[1:]
	}
	if err := c.flags.Parse(c.args); err != nil {
		return stuck, err
	}
	if o.Dest == "" {
		o.Dest = c.flags.Arg(0)
	}
	if o.Data == "" || o.Dest == "" {
		return stuck, errors.New("copy needs DEST and --data DIR")
	}
	report, err := app.Copy(ctx, o)
	if err != nil {
		return stuck, app.Words(err, i18n.Lang(*lang))
	}
	code := good
	if !report.Verified.Clean() {
		code = found
	}
	if *asJSON {
		return code, write(c, report)
	}
	text, err := app.TellCopy(report, i18n.Lang(*lang))
	if err == nil {
		_, err = fmt.Fprint(c.out, text)
	}
	return code, err
}

func doctor(ctx context.Context, c *call) (int, error) {
	data := c.flags.String("data", "", "data folder")
	database := c.flags.String("database", "", "PostgreSQL URL; without it SQLite in the data folder")
	asJSON := c.flags.Bool("json", false, "report as JSON")
	lang := c.flags.String("lang", string(i18n.Chinese), "language of the report")
	if err := c.flags.Parse(c.args); err != nil {
		return stuck, err
	}
	if *data == "" {
		return stuck, errors.New("doctor needs --data DIR")
	}
	health, err := app.Doctor(ctx, *data, *database)
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
	text, err := app.TellHealth(health, i18n.Lang(*lang))
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
