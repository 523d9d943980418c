package command

import (
	"context"
	"errors"
	"fmt"

	"hudang/internal/app"
	"hudang/internal/platform/i18n"
)

func verify(ctx context.Context, c *call) (int, error) {
	var o app.VerifyOptions
	c.flags.StringVar(&o.Data, "data", "", "data folder")
	c.flags.StringVar(&o.Database, "database", "", "PostgreSQL URL; without it SQLite in the data folder")
	c.flags.StringVar(&o.Key, "vkey", "", "the log's public key as you keep it; without it the one in the data folder")
	c.flags.Func("anchor", "a checkpoint kept outside: a file, a signed note, or `origin size root`", func(s string) error {
		o.Anchors = append(o.Anchors, s)
		return nil
	})
	c.flags.BoolVar(&o.Papers, "papers", false, "read every scan too, which takes as long as reading them all from the disk")
	asJSON := c.flags.Bool("json", false, "report as JSON")
	lang := c.flags.String("lang", string(i18n.Chinese), "language of the report")
	if err := c.flags.Parse(c.args); err != nil {
		return stuck, err
	}
	if o.Data == "" {
		return stuck, errors.New("verify needs --data DIR")
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
	text, err := app.Tell(report, i18n.Lang(*lang))
	if err == nil {
		_, err = fmt.Fprint(c.out, text)
	}
	return code, err
}
