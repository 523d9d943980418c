package command

import (
	"context"
	"errors"
	"fmt"

	"hudang/internal/app"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// user adds an account or takes a password away, where no security administrator can: before the first, or when the only
// one forgot his password. It needs the data folder to itself.
func user(ctx context.Context, c *call) (code int, err error) {
	if len(c.args) == 0 || c.args[0] != "add" && c.args[0] != "reset" {
		return stuck, app.Words(errs.E(errs.Invalid, "cli.error.needs.user"), i18n.Chinese)
	}
	var u app.NewUser
	data := c.flags.String("data", "", "data folder")
	database := c.flags.String("database", "", "PostgreSQL URL; without it SQLite in the data folder")
	lang := c.flags.String("lang", string(i18n.Chinese), "language of a refusal")
	c.flags.StringVar(&u.Login, "login", "", "login of the account")
	if c.args[0] == "add" {
		c.flags.StringVar(&u.Name, "name", "", "the person's name")
		c.flags.Func("post", "a post, in all estates or as POST@ESTATE in one, by name or number; may be repeated", func(s string) error {
			u.Posts = append(u.Posts, s)
			return nil
		})
	}
	if err := c.flags.Parse(c.args[1:]); err != nil {
		return stuck, err
	}
	if *data == "" || u.Login == "" {
		return stuck, app.Words(errs.E(errs.Invalid, "cli.error.needs.login"), i18n.Lang(*lang))
	}
	if c.args[0] == "reset" && !app.Present(*data) {
		return stuck, app.Words(errs.E(errs.NotFound, "cli.error.no_data", *data), i18n.Lang(*lang))
	}
	a, err := app.Open(ctx, app.Options{Data: *data, Database: *database, Log: logger(c)})
	if err != nil {
		return stuck, app.Words(err, i18n.Lang(*lang))
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(ctx))) }()
	var path string
	if c.args[0] == "add" {
		path, err = a.AddUser(ctx, u)
	} else {
		path, err = a.ResetUser(ctx, u.Login)
	}
	if why, refused := a.Why(err, i18n.Lang(*lang)); refused {
		fmt.Fprintln(c.err, "hudang:", why)
		return found, nil
	}
	if err != nil {
		return stuck, err
	}
	fmt.Fprintln(c.out, path)
	return good, nil
}
