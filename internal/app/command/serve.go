package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime/debug"
	"strings"

	"hudang/internal/app"
	"hudang/internal/platform/errs"
)

const defaultAddr = "127.0.0.1:8420"

func demo(ctx context.Context, c *call) (int, error) {
	var data, addr string
	c.text(&data, "data", ".demo")
	c.text(&addr, "addr", defaultAddr)
	if err := c.only(c.args); err != nil {
		return stuck, err
	}
	l, err := listen(addr)
	if err != nil {
		return stuck, err
	}
	fmt.Fprintf(c.err, "Hudang 户档 http://%s\n", l.Addr())
	a, err := app.Open(ctx, app.Options{Data: data, Log: logger(c), Gallery: true, Render: renderer(data)})
	if err != nil {
		return stuck, errors.Join(err, l.Close())
	}
	filled := make(chan error, 1)
	ended := make(chan error, 1)
	filling := app.Filling(a.Handler)
	go func() { ended <- served(ctx, a, data, func() error { return a.Serve(ctx, l, filling) }) }()
	go func() { filled <- a.Fill(ctx, c.err) }()
	if err := <-filled; err != nil {
		return stuck, errors.Join(err, a.Close(ctx))
	}
	filling.Done()
	links, err := a.DemoLinks(ctx)
	if err != nil {
		return stuck, errors.Join(err, a.Close(ctx))
	}
	for _, link := range links {
		fmt.Fprintf(c.out, "%-15s %s\thttp://%s%s\n", link.Post, link.Name, l.Addr(), link.Path)
	}
	return good, errors.Join(<-ended, a.Close(context.WithoutCancel(ctx)))
}

func serve(ctx context.Context, c *call) (int, error) {
	var data, addr, database, encryption string
	c.text(&data, "data", "")
	c.text(&addr, "addr", defaultAddr)
	c.text(&database, "database", "")
	c.text(&encryption, "tls", "")
	if err := c.only(c.args); err != nil {
		return stuck, err
	}
	if data == "" {
		return stuck, errs.E(errs.Invalid, "cli.error.needs.data")
	}
	chosen, err := app.ChooseEncryption(data, addr, encryption)
	if errs.Is(err, errs.Blocked) && c.in != nil {
		chosen, err = askEncryption(c, addr, c.lang, err)
	}
	if err != nil {
		return stuck, err
	}
	a, err := app.Open(ctx, app.Options{Data: data, Database: database, Log: logger(c), Render: renderer(data)})
	if err != nil {
		return stuck, err
	}
	l, err := listen(addr)
	if err != nil {
		return stuck, errors.Join(err, a.Close(ctx))
	}
	err = a.Secure(chosen)
	if err == nil {
		err = announce(ctx, c, a, l, c.lang)
	}
	if err != nil {
		return stuck, errors.Join(err, l.Close(), a.Close(ctx))
	}
	return good, errors.Join(served(ctx, a, data, func() error { return a.Serve(ctx, l, a.Handler) }), a.Close(context.WithoutCancel(ctx)))
}

// listen opens an address, or says what to do about one that is taken or is none.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, errs.E(errs.Blocked, "cli.error.listen", addr, err.Error()).Because(err)
	}
	return l, nil
}

func logger(c *call) *slog.Logger { return slog.New(slog.NewJSONHandler(c.err, nil)) }

func version(_ context.Context, c *call) (int, error) {
	_, err := fmt.Fprintln(c.out, build())
	return good, err
}

// build is the version of this program, by which a command knows that it and the serving program are the same.
func build() string {
	text := "hudang"
	if info, ok := debug.ReadBuildInfo(); ok {
		text += " " + info.Main.Version + " " + info.GoVersion
		for _, s := range info.Settings {
			if strings.HasPrefix(s.Key, "vcs.revision") {
				text += " " + s.Value
			}
		}
	}
	return text
}
