package command

import (
	"context"
	"fmt"

	"hudang/internal/app"
	"hudang/internal/platform/errs"
)

// user adds an account or takes a password away, where no security administrator can: before the first, or when the only
// one forgot his password.
func user(ctx context.Context, c *call) (int, error) {
	if len(c.args) == 0 || c.args[0] != "add" && c.args[0] != "reset" {
		if err := c.parse(c.args); err != nil {
			return stuck, err
		}
		return stuck, errs.E(errs.Invalid, "cli.error.needs.user")
	}
	var u app.NewUser
	var data, database string
	c.text(&data, "data", "")
	c.text(&database, "database", "")
	c.text(&u.Login, "login", "")
	if c.args[0] == "add" {
		c.text(&u.Name, "name", "")
		c.list(&u.Posts, "post")
	}
	if err := c.only(c.args[1:]); err != nil {
		return stuck, err
	}
	if data == "" || u.Login == "" {
		return stuck, errs.E(errs.Invalid, "cli.error.needs.login")
	}
	if c.args[0] == "reset" {
		if err := c.present(data); err != nil {
			return stuck, err
		}
	}
	return c.open(ctx, data, database, func(a *app.App) (code int, err error) {
		var path string
		if c.args[0] == "add" {
			path, err = a.AddUser(ctx, u)
		} else {
			path, err = a.ResetUser(ctx, u.Login)
		}
		if app.Refused(err) {
			c.complain(err)
			return found, nil
		}
		if err != nil {
			return stuck, err
		}
		_, err = fmt.Fprintln(c.out, path)
		return good, err
	})
}
